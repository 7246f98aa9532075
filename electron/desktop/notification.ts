/** What a notification is, whichever way shows it. */
import type { TicketRef } from '../tickets/ticket.ts'
import type { DeliveryOutcome } from './port.ts'

/** What the person did with it. */
export type Choice =
  | {
      readonly kind: 'open'
      /** Wayland: of the click, if the server told it; with it a window may come to the front. */
      readonly activationToken?: string
    }
  | { readonly kind: 'mark-read' | 'snooze' }
  | { readonly kind: 'reply'; readonly text: string }

/** A button; a click on the notification itself always opens. */
interface NotificationButton {
  readonly kind: 'mark-read' | 'snooze'
  readonly label: string
}

export interface NotificationText {
  readonly title: string
  /** At most 140 characters a line; plain text, never markup. */
  readonly body: string
  /** What a click opens; null opens the inbox. */
  readonly ref: TicketRef | null
  readonly silent: boolean
  /** A newer one of the same group takes the place of an older one. */
  readonly group: string
  readonly buttons: readonly NotificationButton[]
  /** A field for an answer, where the way has one. */
  readonly reply: { readonly label: string; readonly placeholder: string } | null
}

export type Ended =
  | { readonly outcome: 'clicked' | 'replied'; readonly choice: Choice }
  /** `no-permission`: what was taken for shown turns out not to have been. */
  | { readonly outcome: 'dismissed' | 'timed-out' | 'no-permission' }

/** How showing it went; how it ended comes later. */
export type ShowOutcome = Extract<
  DeliveryOutcome,
  'shown' | 'do-not-disturb' | 'no-permission' | 'no-helper' | 'timed-out'
>

export type WayName = 'electron' | 'node-notifier' | 'session-bus'

/** One way to show notifications. Never throws. `ended` may be told more than once; the first choice counts. */
export interface NotificationWay {
  show(text: NotificationText, ended: (how: Ended) => void): Promise<ShowOutcome>
  /** Takes away what is still shown of a group, where the way can. */
  withdraw(group: string): void
}

/** An answer typed into a notification; null when there is nothing in it. */
export function replyChoice(text: unknown): Choice | null {
  const trimmed = typeof text === 'string' ? text.trim() : ''
  return trimmed === '' ? null : { kind: 'reply', text: trimmed }
}
