import { existsSync } from 'node:fs'
import { join } from 'node:path'
import notifier from 'node-notifier'
import { replyChoice, type Ended, type NotificationText, type NotificationBackend } from '../notification.ts'
import type { Platform } from '../../types.ts'

/** As it really is: each platform's notifier takes options of its own, and answers text where no Error came. */
const notify = (
  options: Readonly<Record<string, unknown>>,
  done: (error: unknown, response: string | undefined, details: unknown) => void
): void => {
  notifier.notify(options, done)
}

/**
 * macOS' and Windows' helpers end only with the notification: one that still runs after this long shows it.
 * SnoreToast takes its time to find out that it may not.
 */
const shownAfterMs = { darwin: 1000, win32: 3000 }

/** The program node-notifier runs, inside its `vendor` folder; null on Linux, where it is `notify-send`. */
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

/** All helpers are command lines: text must not look like an option. */
const argument = (text: string): string => (text.startsWith('-') ? ` ${text}` : text)

/**
 * As node-notifier takes it. It quotes for the shell by itself; `notify-send` then reads backslashes in the
 * body as escapes.
 */
export function nodeNotifierOptions(
  { title, body, silent, group, buttons, reply }: NotificationText,
  platform: Platform,
  icon: string,
  installed: boolean
): Readonly<Record<string, unknown>> {
  const common = { title: argument(title), message: argument(body) || ' ', icon }
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
      // `timeout: false`: it stays until the person does something.
      return {
        ...common,
        sound: !silent,
        timeout: false,
        group,
        ...(labels.length > 0 ? { actions: labels } : {}),
        ...(reply ? { reply: reply.placeholder } : {})
      }
    case 'win32':
      // No reply: SnoreToast's answer comes through a buffer that garbles ü, ö and ç.
      // Windows drops toasts of a name that no Start-menu entry has, and only the installer makes ours. Told no
      // name, SnoreToast takes its own and makes the entry for it.
      return {
        ...common,
        sound: !silent,
        id: group,
        actions: labels,
        ...(installed ? { appID: 'tr.bilet.app' } : {})
      }
  }
}

/** What the buffer of SnoreToast leaves of a label. */
const skeleton = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')

/**
 * SnoreToast tells what happened through its pipe and nowhere else: node-notifier calls back without an error for
 * whatever exit status, also when it could not be started. So an answer without an action was never a toast
 * (notifications are off, or the toast was refused).
 */
const wasToast = (details: Readonly<Record<string, unknown>>): boolean => typeof details.action === 'string'

/** What a helper's answer means. `details` is what it printed, as node-notifier reads it. */
export function endOf(
  response: string | undefined,
  details: Readonly<Record<string, unknown>>,
  buttons: NotificationText['buttons']
): Ended {
  const type = typeof details.activationType === 'string' ? details.activationType : ''
  const pressed = type === 'actionClicked' ? details.activationValue : details.button
  if (typeof pressed === 'string') {
    const button = buttons.find(({ label }) => skeleton(label) === skeleton(pressed))
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
  /** node-notifier's helpers; they are found by path, so they lie outside the bundle and the asar. */
  readonly vendorFolder: string
  /** Windows: by the installer, so that the Start menu knows the app. */
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
    show(text, ended) {
      // It does not come by itself: once is enough to ask.
      missing ||= helper !== null && !existsSync(helper)
      if (missing) return Promise.resolve('no-helper')
      return new Promise((resolve) => {
        const timer =
          platform === 'linux'
            ? undefined
            : setTimeout(() => resolve('shown'), shownAfterMs[platform]).unref()
        const options = {
          ...nodeNotifierOptions(text, platform, icon, installed),
          ...(helper === null ? {} : { customPath: helper })
        }
        notify(options, (error, response, details) => {
          clearTimeout(timer)
          // Text instead of an Error is what the helper wrote to stderr; it may well have shown it.
          if (error instanceof Error) {
            resolve('no-helper')
            return
          }
          const printed = (details ?? {}) as Record<string, unknown>
          if (platform === 'win32' && !wasToast(printed)) {
            resolve('no-permission')
            ended({ outcome: 'no-permission' })
            return
          }
          resolve('shown')
          if (platform !== 'linux') ended(endOf(response, printed, text.buttons))
        })
      })
    }
  }
}
