import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  replyChoice,
  type LaterOutcome,
  type NotificationText,
  type NotificationBackend
} from '../notification.ts'
import type { Platform } from '../../types.ts'

/**
 * node-notifier's `notify` with its actual types: options differ per platform, and `error` may be a text. The package is
 * loaded by the first call, since most systems show notifications without it.
 */
async function notify(
  options: Readonly<Record<string, unknown>>,
  done: (error: unknown, response: string | undefined, details: unknown) => void
): Promise<void> {
  const { default: notifier } = await import('node-notifier')
  notifier.notify(options, done)
}

/**
 * The helpers of macOS and Windows exit when the notification ends, so one that still runs after this many milliseconds
 * is showing it. SnoreToast needs longer to find out that toasts are disabled.
 */
const assumedShownAfterMs = { darwin: 1000, win32: 3000 }

/** The helper program inside node-notifier's `vendor` folder; null on Linux, where it is `notify-send`. */
export function helperPath(vendorFolder: string, platform: Platform, arch: string): string | null {
  switch (platform) {
    case 'darwin':
      return join(vendorFolder, 'mac.noindex/terminal-notifier.app/Contents/MacOS/terminal-notifier')
    case 'win32':
      return join(vendorFolder, 'snoreToast', `snoretoast-x${arch === 'x64' ? '64' : '86'}.exe`)
    case 'linux':
      return null
  }
}

/** Helpers are command-line programs: keeps a text from being parsed as an option. */
const escapeDash = (text: string): string => (text.startsWith('-') ? ` ${text}` : text)

/**
 * Options for node-notifier, which quotes for the shell itself; `notify-send` additionally reads backslashes in the
 * body as escapes.
 */
export function nodeNotifierOptions(
  { title, body, silent, group, buttons, reply }: NotificationText,
  platform: Platform,
  icon: string,
  installed: boolean
): Readonly<Record<string, unknown>> {
  const common = { title: escapeDash(title), message: escapeDash(body) || ' ', icon }
  const labels = buttons.map(({ label }) => label)
  switch (platform) {
    case 'linux':
      return {
        ...common,
        message: common.message.replaceAll('\\', '\\\\'),
        'app-name': 'Bilet',
        hint: silent ? 'boolean:suppress-sound:true' : 'string:sound-name:message-new-instant'
      }
    case 'darwin':
      // `timeout: false`: stays until the person reacts.
      return {
        ...common,
        sound: !silent,
        timeout: false,
        group,
        ...(labels.length > 0 ? { actions: labels } : {}),
        ...(reply ? { reply: reply.placeholder } : {})
      }
    case 'win32':
      // No reply field: SnoreToast returns the reply through a buffer that garbles ü, ö and ç. Windows drops toasts of
      // an app id that no Start-menu entry has, and only the installer creates ours. Without an app id SnoreToast uses
      // its own and creates an entry for it.
      return {
        ...common,
        sound: !silent,
        id: group,
        actions: labels,
        ...(installed ? { appID: 'tr.bilet.app' } : {})
      }
  }
}

/** The characters of a label that SnoreToast's buffer leaves intact. */
const intactCharacters = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')

/**
 * SnoreToast reports what happened only through its pipe: node-notifier calls back without an error for any exit
 * status, even if the program could not be started. So an answer without an action means that no toast appeared
 * (notifications are disabled, or the toast was refused).
 */
const wasToast = (details: Readonly<Record<string, unknown>>): boolean => typeof details.action === 'string'

/** Translates a helper's answer. `details`: the helper's output as parsed by node-notifier. */
export function readOutcome(
  response: string | undefined,
  details: Readonly<Record<string, unknown>>,
  buttons: NotificationText['buttons']
): LaterOutcome {
  const type = typeof details.activationType === 'string' ? details.activationType : ''
  const pressed = type === 'actionClicked' ? details.activationValue : details.button
  if (typeof pressed === 'string') {
    const button = buttons.find(({ label }) => intactCharacters(label) === intactCharacters(pressed))
    return { outcome: 'clicked', choice: { kind: button?.kind ?? 'open' } }
  }
  switch (response) {
    case 'replied': {
      const choice = replyChoice(details.activationValue)
      return choice ? { outcome: 'replied', choice } : { outcome: 'dismissed' }
    }
    case 'activate':
      return { outcome: 'clicked', choice: { kind: 'open' } }
    case 'timeout':
      return { outcome: 'timed-out' }
    default:
      return { outcome: 'dismissed' }
  }
}

export interface NodeNotifierOptions {
  /** Folder of node-notifier's helpers, outside of the bundle and the asar because they are run by path. */
  readonly vendorFolder: string
  /** Windows: whether the installer was used, so that the Start menu knows the app. */
  readonly installed: boolean
  readonly arch?: string
}

export function nodeNotifierBackend(
  platform: Platform,
  icon: string,
  { vendorFolder, installed, arch = process.arch }: NodeNotifierOptions
): NotificationBackend {
  const helper = helperPath(vendorFolder, platform, arch)
  let missing = false
  return {
    withdraw: () => undefined,
    show(text, onOutcome) {
      // A missing file stays missing, so it is checked until the first failure only.
      missing ||= helper !== null && !existsSync(helper)
      if (missing) return Promise.resolve('no-helper')
      return new Promise((resolve) => {
        const timer =
          platform === 'linux'
            ? undefined
            : setTimeout(() => resolve('shown'), assumedShownAfterMs[platform]).unref()
        const options = {
          ...nodeNotifierOptions(text, platform, icon, installed),
          ...(helper === null ? {} : { customPath: helper })
        }
        notify(options, (error, response, details) => {
          clearTimeout(timer)
          // A text instead of an Error is the helper's stderr; the notification may have been shown.
          if (error instanceof Error) {
            resolve('no-helper')
            return
          }
          const printed = (details ?? {}) as Record<string, unknown>
          if (platform === 'win32' && !wasToast(printed)) {
            resolve('no-permission')
            onOutcome({ outcome: 'no-permission' })
            return
          }
          resolve('shown')
          if (platform !== 'linux') onOutcome(readOutcome(response, printed, text.buttons))
        }).catch(() => resolve('no-helper'))
      })
    }
  }
}
