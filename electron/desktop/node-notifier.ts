import { existsSync } from 'node:fs'
import { join } from 'node:path'
import notifier from 'node-notifier'
import { replyChoice, type Ended, type NotificationText, type NotificationWay } from './notification.ts'
import type { Platform } from './port.ts'

/** As it really is: each platform's notifier takes options of its own, and answers text where no Error came. */
const notify = (
  options: Readonly<Record<string, unknown>>,
  done: (error: unknown, response: string | undefined, details: unknown) => void
): void => {
  notifier.notify(options, done)
}

/** macOS' and Windows' helpers end only with the notification; no error until then means that it is shown. */
const shownAfterMs = 1000

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
  { title, body, silent, group, buttons, replyPlaceholder }: NotificationText,
  platform: Platform,
  icon: string
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
        ...(replyPlaceholder === null ? {} : { reply: replyPlaceholder })
      }
    case 'win32':
      // No reply: SnoreToast's answer comes through a buffer that garbles ü, ö and ç.
      return { ...common, sound: !silent, id: group, appID: 'tr.bilet.app', actions: labels }
  }
}

/** What the buffer of SnoreToast leaves of a label. */
const skeleton = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')

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

/** `vendorFolder`: node-notifier's helpers; they are found by path, so they lie outside the bundle and the asar. */
export function nodeNotifierWay(
  platform: Platform,
  icon: string,
  vendorFolder: string,
  arch: string = process.arch
): NotificationWay {
  const helper = helperPath(vendorFolder, platform, arch)
  return {
    withdraw: () => undefined,
    show(text, ended) {
      if (helper !== null && !existsSync(helper)) return Promise.resolve('no-helper')
      return new Promise((resolve) => {
        const timer =
          platform === 'linux' ? undefined : setTimeout(() => resolve('shown'), shownAfterMs).unref()
        const options = {
          ...nodeNotifierOptions(text, platform, icon),
          ...(helper === null ? {} : { customPath: helper })
        }
        notify(options, (error, response, details) => {
          clearTimeout(timer)
          // Text instead of an Error is what the helper wrote to stderr; it may well have shown it.
          if (error instanceof Error) {
            resolve('no-helper')
            return
          }
          resolve('shown')
          if (platform !== 'linux')
            ended(endOf(response, (details ?? {}) as Record<string, unknown>, text.buttons))
        })
      })
    }
  }
}
