/**
 * Notifications on Linux over the session bus. Electron's Notification has no buttons there, and `notify-send`, which
 * node-notifier runs, does not report clicks.
 * https://specifications.freedesktop.org/notification-spec/latest/protocol.html
 */
import { appId } from '../../app-id.ts'
import type { Value } from '../../linux/dbus-types.ts'
import { valuesOf } from '../../linux/dbus-writer.ts'
import {
  capabilitiesOf,
  notificationsName as name,
  notificationsPath as path
} from './notification-server.ts'
import {
  replyChoice,
  type Choice,
  type LaterOutcome,
  type NotificationText,
  type NotificationBackend,
  type ShowOutcome
} from '../notification.ts'
import { NoAnswer } from '../../linux/bus-connection.ts'
import type { SessionBus } from '../../linux/session-bus.ts'

/** RGBA pixels. Sent as data, because other programs cannot read files inside the asar. */
export interface IconPixels {
  readonly width: number
  readonly height: number
  readonly rgba: Buffer
}

interface ShownNotification {
  readonly id: number
  /** Unique bus name of the server that gave the id: each server, also after a restart, counts ids from one. */
  readonly owner: string
  readonly group: string
  readonly onOutcome: (later: LaterOutcome) => void
  onScreen: boolean
  /** Token of the click that is reported next. */
  activationToken: string | null
}

/** This many are tracked: servers keep lists of old notifications, which can still be clicked. */
const maxKept = 50

/** The token becomes an environment variable: only printable ASCII of limited length is accepted. */
const isToken = (token: unknown): token is string =>
  typeof token === 'string' && /^[\x21-\x7e]{1,512}$/.test(token)

/** Close reason "expired" of the specification; all others count as dismissed. */
const expired = 1

/** Actions in display order; the first is the click on the notification itself. */
function actionsOf(
  { buttons, reply }: NotificationText,
  can: ReadonlySet<string>
): readonly (readonly [key: string, label: string])[] {
  if (!can.has('actions')) return []
  return [
    ['default', ''],
    // A reply field (KDE's extension, adopted by others); its text arrives by a separate signal.
    ...(reply && can.has('inline-reply') ? [['inline-reply', reply.label] as const] : []),
    ...buttons.map(({ kind, label }) => [kind, label] as const)
  ]
}

/** Arguments of `Notify`. `replaces`: id of the notification to replace, 0 for none. */
export function notifyValues(
  text: NotificationText,
  options: { readonly can: ReadonlySet<string>; readonly icon: IconPixels | null; readonly replaces: number }
): ReturnType<typeof valuesOf> {
  const { can, icon, replaces } = options
  const hint = (key: string, type: string, value: Value): Value => [key, { type, value }]
  const hints: readonly Value[] = [
    hint('desktop-entry', 's', appId),
    text.silent ? hint('suppress-sound', 'b', true) : hint('sound-name', 's', 'message-new-instant'),
    ...(icon
      ? [
          hint('image-data', '(iiibiiay)', [
            ...[icon.width, icon.height, icon.width * 4, true, 8, 4],
            icon.rgba
          ])
        ]
      : []),
    ...(text.reply ? [hint('x-kde-reply-placeholder-text', 's', text.reply.placeholder)] : [])
  ]
  // Timeout -1: the server decides.
  return valuesOf('susssasa{sv}i', [
    ...['Bilet', replaces, '', text.title, text.body],
    actionsOf(text, can).flat(),
    hints,
    -1
  ])
}

interface SessionBusOptions {
  readonly bus: () => Promise<SessionBus | null>
  readonly icon: () => IconPixels | null
}

class SessionBusBackend implements NotificationBackend {
  readonly #options: SessionBusOptions
  /** By group; the one shown longest ago first. */
  readonly #shown = new Map<string, ShownNotification>()
  #listeningOn: SessionBus | null = null

  constructor(options: SessionBusOptions) {
    this.#options = options
  }

  async show(text: NotificationText, onOutcome: (later: LaterOutcome) => void): Promise<ShowOutcome> {
    const bus = await this.#options.bus()
    if (!bus) return 'no-helper'
    try {
      await this.#listen(bus)
      const { owner, can } = await capabilitiesOf(bus)
      const old = this.#shown.get(text.group)
      const replaces = old?.onScreen === true && old.owner === owner ? old.id : 0
      const values = notifyValues(text, { can, icon: this.#options.icon(), replaces })
      const [id] = await bus.call(name, path, name, 'Notify', values)
      if (typeof id !== 'number') return 'no-helper'
      this.#remember({ id, owner, group: text.group, onOutcome, onScreen: true, activationToken: null })
      return 'shown'
    } catch (error) {
      // Without an answer it may still be on screen, so no other backend is tried.
      return error instanceof NoAnswer ? 'timed-out' : 'no-helper'
    }
  }

  withdraw(group: string): void {
    const notification = this.#shown.get(group)
    this.#shown.delete(group)
    if (notification && this.#listeningOn) close(this.#listeningOn, notification)
  }

  #remember(notification: ShownNotification): void {
    // Re-inserted at the end, so that the first entry is the one shown longest ago.
    this.#shown.delete(notification.group)
    this.#shown.set(notification.group, notification)
    const [oldest] = this.#shown.keys()
    if (this.#shown.size > maxKept && oldest !== undefined) this.#shown.delete(oldest)
  }

  #find(id: unknown, sender: string): ShownNotification | undefined {
    return [...this.#shown.values()].find(
      (notification) => notification.id === id && notification.owner === sender
    )
  }

  async #listen(bus: SessionBus): Promise<void> {
    if (this.#listeningOn === bus) return
    this.#listeningOn = bus
    const on = (
      member: string,
      act: (notification: ShownNotification, argument: unknown) => void
    ): Promise<void> =>
      bus.listen(name, member, ([id, argument], sender) => {
        // Deferred, because the signal may arrive in the same chunk as the answer that contains the id.
        setImmediate(() => {
          const notification = this.#find(id, sender)
          if (notification) act(notification, argument)
        })
      })
    await Promise.all([
      on('ActivationToken', (notification, token) => {
        notification.activationToken = isToken(token) ? token : null
      }),
      on('ActionInvoked', (notification, key) => this.#actionInvoked(bus, notification, key)),
      on('NotificationReplied', (notification, text) => {
        const choice = replyChoice(text)
        if (choice) this.#chosen(bus, notification, 'replied', choice)
      }),
      on('NotificationClosed', (notification, reason) => {
        // Still tracked: some servers keep a list and report a click after closing.
        notification.onScreen = false
        notification.onOutcome({ outcome: reason === expired ? 'timed-out' : 'dismissed' })
      })
    ])
  }

  #actionInvoked(bus: SessionBus, notification: ShownNotification, key: unknown): void {
    const { activationToken: token } = notification
    if (key === 'default')
      this.#chosen(bus, notification, 'clicked', {
        kind: 'open',
        ...(token === null ? {} : { activationToken: token })
      })
    else if (key === 'mark-read' || key === 'snooze')
      this.#chosen(bus, notification, 'clicked', { kind: key })
  }

  #chosen(
    bus: SessionBus,
    notification: ShownNotification,
    outcome: 'clicked' | 'replied',
    choice: Choice
  ): void {
    notification.onOutcome({ outcome, choice })
    // Some servers keep a notification after it was clicked.
    if (this.#shown.get(notification.group) === notification) this.#shown.delete(notification.group)
    close(bus, notification)
  }
}

function close(bus: SessionBus, { id }: ShownNotification): void {
  // Already closed: nothing to do.
  bus.call(name, path, name, 'CloseNotification', valuesOf('u', [id])).catch(() => undefined)
}

export const sessionBusBackend = (options: SessionBusOptions): NotificationBackend =>
  new SessionBusBackend(options)
