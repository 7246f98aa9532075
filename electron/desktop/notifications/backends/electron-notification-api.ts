/** The part of Electron's Notification API that is used, and the options passed to it. */
import { Notification, type ActivationArguments, type NotificationConstructorOptions } from 'electron'
import { isRecord } from '../../../tickets/json.ts'
import type { Platform } from '../../types.ts'
import { buttonKinds, replyChoice, type Choice, type NotificationText } from '../notification.ts'
import { toastXml } from './windows-toast.ts'

type NotificationEvent = 'show' | 'click' | 'close' | 'failed' | 'action' | 'reply'

/** The part of Electron's Notification that is used. */
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
  /**
   * Windows only: called for every click on a toast, including toasts of an earlier run and the click that started the
   * app.
   */
  handleActivation?(callback: (details: ActivationArguments) => void): void
  /** macOS only: notifications of earlier runs that are still in the Notification Center. */
  getHistory?(): Promise<readonly ElectronNotification[]>
}

/** Widens the type: Electron types each event's listener separately, here all take `unknown`. */
const asElectronNotification = (notification: Notification): ElectronNotification => notification

export function systemNotifications(platform: Platform): ElectronNotifications {
  return {
    isSupported: () => Notification.isSupported(),
    create: (options) => asElectronNotification(new Notification(options)),
    ...(platform === 'win32'
      ? {
          handleActivation: (callback) => {
            Notification.handleActivation(callback)
          }
        }
      : {}),
    ...(platform === 'darwin'
      ? { getHistory: async () => (await Notification.getHistory()).map(asElectronNotification) }
      : {})
  }
}

/** Options for Electron's Notification. Linux supports neither reply field nor buttons and ignores them. */
export function electronOptions(
  text: NotificationText,
  platform: Platform,
  icon: string,
  toast: string
): NotificationConstructorOptions {
  const { title, body, silent, group, buttons, reply } = text
  const common = { title, body, silent, id: group }
  // Windows takes the icon from the Start-menu entry, and cannot read files inside the asar.
  if (platform === 'win32') return { ...common, toastXml: toastXml(text, toast) }
  return {
    ...common,
    groupId: group,
    // macOS shows the app's own icon; a second one would look like content.
    ...(platform === 'darwin' ? {} : { icon }),
    ...(reply ? { hasReply: true, replyPlaceholder: reply.placeholder } : {}),
    actions: buttons.map(({ label }) => ({ type: 'button', text: label }))
  }
}

/** Reads a field of an event's details, which Electron types separately for each event. */
export const field = (details: unknown, name: string): unknown =>
  isRecord(details) ? details[name] : undefined

/** Translates the events `click`, `action` and `reply` into choices; null for an empty reply. */
export function onChoice(notification: ElectronNotification, chosen: (choice: Choice | null) => void): void {
  notification.on('click', () => chosen({ kind: 'open' }))
  notification.on('action', (details) =>
    chosen({ kind: buttonKinds[Number(field(details, 'actionIndex'))] ?? 'open' })
  )
  notification.on('reply', (details) => chosen(replyChoice(field(details, 'reply'))))
}
