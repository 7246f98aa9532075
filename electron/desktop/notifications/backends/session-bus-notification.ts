/**
 * Notifications on Linux, said to whoever shows them in their own words. Electron's Notification has no buttons
 * there, and `notify-send`, which node-notifier runs, no clicks either.
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
  type Ended,
  type NotificationText,
  type NotificationBackend,
  type ShowOutcome
} from '../notification.ts'
import { NoAnswer } from '../../linux/bus-connection.ts'
import type { SessionBus } from '../../linux/session-bus.ts'

/** Pixels in red, green, blue, alpha; handed over as they are, because a file inside the app nobody else can read. */
export interface IconPixels {
  readonly width: number
  readonly height: number
  readonly rgba: Buffer
}

interface Shown {
  readonly id: number
  /** Its connection: another server, or the same one started again, counts from one anew. */
  readonly owner: string
  readonly group: string
  readonly ended: (how: Ended) => void
  onScreen: boolean
  /** Of the click that is told next. */
  activationToken: string | null
}

/** As many are remembered: servers keep lists of old ones, in which they can still be clicked. */
const maxKept = 50

/** It becomes a variable of a program's environment: printable, and no book. */
const isToken = (token: unknown): token is string =>
  typeof token === 'string' && /^[\x21-\x7e]{1,512}$/.test(token)

/** Why it closed, by the specification; anything else is the server's own reason. */
const expired = 1

/** Buttons in the order they stand; the first is the click on the notification itself. */
function actionsOf(
  { buttons, reply }: NotificationText,
  can: ReadonlySet<string>
): readonly (readonly [key: string, label: string])[] {
  if (!can.has('actions')) return []
  return [
    ['default', ''],
    // KDE's, which others took over: a field in the notification, whose text comes by a signal of its own.
    ...(reply && can.has('inline-reply') ? [['inline-reply', reply.label] as const] : []),
    ...buttons.map(({ kind, label }) => [kind, label] as const)
  ]
}

/** What `Notify` takes. `replaces`: the number of the one whose place it takes, 0 for none. */
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
  // The server knows best how long: -1.
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
  /** By group, the one shown longest ago first. */
  readonly #shown = new Map<string, Shown>()
  #listeningOn: SessionBus | null = null

  constructor(options: SessionBusOptions) {
    this.#options = options
  }

  async show(text: NotificationText, ended: (how: Ended) => void): Promise<ShowOutcome> {
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
      this.#remember({ id, owner, group: text.group, ended, onScreen: true, activationToken: null })
      return 'shown'
    } catch (error) {
      // Without an answer it may be on screen all the same: nothing is shown twice.
      return error instanceof NoAnswer ? 'timed-out' : 'no-helper'
    }
  }

  withdraw(group: string): void {
    const notification = this.#shown.get(group)
    this.#shown.delete(group)
    if (notification && this.#listeningOn) close(this.#listeningOn, notification)
  }

  #remember(notification: Shown): void {
    // At the end: the one that was shown longest ago is forgotten first.
    this.#shown.delete(notification.group)
    this.#shown.set(notification.group, notification)
    const [oldest] = this.#shown.keys()
    if (this.#shown.size > maxKept && oldest !== undefined) this.#shown.delete(oldest)
  }

  #find(id: unknown, sender: string): Shown | undefined {
    return [...this.#shown.values()].find(
      (notification) => notification.id === id && notification.owner === sender
    )
  }

  async #listen(bus: SessionBus): Promise<void> {
    if (this.#listeningOn === bus) return
    this.#listeningOn = bus
    const on = (member: string, act: (notification: Shown, argument: unknown) => void): Promise<void> =>
      bus.listen(name, member, ([id, argument], sender) => {
        // After the answer that brought the number, which may have come in the same chunk.
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
        // Remembered on: servers keep lists, and some tell of the click after the end.
        notification.onScreen = false
        notification.ended({ outcome: reason === expired ? 'timed-out' : 'dismissed' })
      })
    ])
  }

  #actionInvoked(bus: SessionBus, notification: Shown, key: unknown): void {
    const { activationToken: token } = notification
    if (key === 'default')
      this.#chosen(bus, notification, 'clicked', {
        kind: 'open',
        ...(token === null ? {} : { activationToken: token })
      })
    else if (key === 'mark-read' || key === 'snooze')
      this.#chosen(bus, notification, 'clicked', { kind: key })
  }

  #chosen(bus: SessionBus, notification: Shown, outcome: 'clicked' | 'replied', choice: Choice): void {
    notification.ended({ outcome, choice })
    // Not every server takes away what was clicked.
    if (this.#shown.get(notification.group) === notification) this.#shown.delete(notification.group)
    close(bus, notification)
  }
}

function close(bus: SessionBus, { id }: Shown): void {
  // Already closed: nothing to do.
  bus.call(name, path, name, 'CloseNotification', valuesOf('u', [id])).catch(() => undefined)
}

export const sessionBusBackend = (options: SessionBusOptions): NotificationBackend =>
  new SessionBusBackend(options)
