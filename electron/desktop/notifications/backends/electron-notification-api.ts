/** Electron's Notification: as much of it as is used, and what it is given. */
import { Notification, type ActivationArguments, type NotificationConstructorOptions } from 'electron'
import { isRecord } from '../../../tickets/json.ts'
import type { Platform } from '../../types.ts'
import { buttonKinds, replyChoice, type Choice, type NotificationText } from '../notification.ts'
import { toastXml } from './windows-toast.ts'

type NotificationEvent = 'show' | 'click' | 'close' | 'failed' | 'action' | 'reply'

/** As much of Electron's Notification as is used. */
export interface ElectronNotification {
  readonly id?: string
  on(event: NotificationEvent, listener: (details: unknown) => void): unknown
  show(): void
  close(): void
}

export interface ElectronNotifications {
  isSupported(): boolean
  /** May throw. */
  create(options: NotificationConstructorOptions): ElectronNotification
  /** Windows only: every click on a toast, also of an earlier run, also the one that started the app. */
  handleActivation?(callback: (details: ActivationArguments) => void): void
  /** macOS only: what lies in the Notification Center since an earlier run. */
  getHistory?(): Promise<readonly ElectronNotification[]>
}

/** Electron's events have a type each; here all are told what Electron tells. */
const listenable = (notification: Notification): ElectronNotification => notification

export function systemNotifications(platform: Platform): ElectronNotifications {
  return {
    isSupported: () => Notification.isSupported(),
    create: (options) => listenable(new Notification(options)),
    ...(platform === 'win32'
      ? {
          handleActivation: (callback) => {
            Notification.handleActivation(callback)
          }
        }
      : {}),
    ...(platform === 'darwin'
      ? { getHistory: async () => (await Notification.getHistory()).map(listenable) }
      : {})
  }
}

/** As Electron takes it. Linux has neither reply field nor buttons, and ignores them. */
export function electronOptions(
  text: NotificationText,
  platform: Platform,
  icon: string,
  toast: string
): NotificationConstructorOptions {
  const { title, body, silent, group, buttons, reply } = text
  const common = { title, body, silent, id: group }
  // The Start-menu entry brings the icon there, and a file inside the app Windows cannot read.
  if (platform === 'win32') return { ...common, toastXml: toastXml(text, toast) }
  return {
    ...common,
    groupId: group,
    // macOS shows the app's own icon; a second one beside it would be a picture of the content.
    ...(platform === 'darwin' ? {} : { icon }),
    ...(reply ? { hasReply: true, replyPlaceholder: reply.placeholder } : {}),
    actions: buttons.map(({ label }) => ({ type: 'button', text: label }))
  }
}

/** A field of an event's details, which Electron types for each event alone. */
export const field = (details: unknown, name: string): unknown =>
  isRecord(details) ? details[name] : undefined

/** What the events `click`, `action` and `reply` mean; null for an empty answer. */
export function onChoice(notification: ElectronNotification, chosen: (choice: Choice | null) => void): void {
  notification.on('click', () => chosen({ kind: 'open' }))
  notification.on('action', (details) =>
    chosen({ kind: buttonKinds[Number(field(details, 'actionIndex'))] ?? 'open' })
  )
  notification.on('reply', (details) => chosen(replyChoice(field(details, 'reply'))))
}
