import { Notification, type NotificationConstructorOptions } from 'electron'
import { replyChoice, type Ended, type NotificationText, type NotificationWay } from './notification.ts'
import type { Platform } from './port.ts'

/** No event at all after this long: the system neither showed nor refused it. */
const patienceMs = 5000
/** A collected notification loses its click, also in the system's list of old ones; this many are kept. */
const mostKept = 50

/**
 * As Electron takes it. Reply field and buttons are ignored where a system or an older Electron has none
 * (25: macOS only), `id` and `groupId` likewise.
 */
export function electronOptions(
  { title, body, silent, group, buttons, reply }: NotificationText,
  platform: Platform,
  icon: string
): NotificationConstructorOptions {
  return {
    title,
    body,
    silent,
    id: group,
    groupId: group,
    // macOS shows the app's own icon; a second one beside it would be a picture of the content.
    ...(platform === 'darwin' ? {} : { icon }),
    ...(reply ? { hasReply: true, replyPlaceholder: reply.placeholder } : {}),
    actions: buttons.map(({ label }) => ({ type: 'button', text: label }))
  }
}

const field = (details: unknown, name: string): unknown =>
  typeof details === 'object' && details !== null ? (details as Record<string, unknown>)[name] : undefined

/** Newer Electrons say more in the event, older ones in the second argument. */
const said = (details: unknown, name: string, second: unknown): unknown => field(details, name) ?? second

export function electronWay(platform: Platform, icon: string): NotificationWay {
  const kept = new Map<string, Notification>()

  function keep(group: string, notification: Notification): void {
    withdraw(group)
    kept.set(group, notification)
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
  }
  function forget(group: string, notification: Notification): void {
    if (kept.get(group) === notification) kept.delete(group)
  }
  function withdraw(group: string): void {
    const old = kept.get(group)
    kept.delete(group)
    old?.close()
  }

  return {
    withdraw,
    show(text, ended) {
      if (!Notification.isSupported()) return Promise.resolve('no-helper')
      return new Promise((resolve) => {
        const notification = new Notification(electronOptions(text, platform, icon))
        const timer = setTimeout(() => resolve('timed-out'), patienceMs)
        const end = (how: Ended): void => {
          forget(text.group, notification)
          ended(how)
          // Not every system takes away what was clicked.
          notification.close()
        }
        notification.once('show', () => {
          clearTimeout(timer)
          resolve('shown')
        })
        notification.once('failed', () => {
          clearTimeout(timer)
          forget(text.group, notification)
          resolve('no-permission')
        })
        notification.on('click', () => end({ outcome: 'clicked', choice: { kind: 'open' } }))
        notification.on('action', (details, index) => {
          const button = text.buttons[Number(said(details, 'actionIndex', index))]
          end({ outcome: 'clicked', choice: { kind: button?.kind ?? 'open' } })
        })
        notification.on('reply', (details, reply) => {
          const choice = replyChoice(said(details, 'reply', reply))
          end(choice ? { outcome: 'replied', choice } : { outcome: 'dismissed' })
        })
        notification.on('close', (details) => {
          // On macOS and Windows it may lie in the system's list now, where it can still be clicked.
          if (platform === 'linux') forget(text.group, notification)
          const byItself = ['timedOut', 'applicationHidden'].includes(String(field(details, 'reason')))
          ended({ outcome: byItself ? 'timed-out' : 'dismissed' })
        })
        keep(text.group, notification)
        notification.show()
      })
    }
  }
}
