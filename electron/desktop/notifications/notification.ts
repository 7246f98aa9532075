/** The data of a notification, independent of the backend that shows it. */
import type { AccountId, TicketRef } from '../../tickets/ticket.ts'
import type { DeliveryOutcome } from '../types.ts'

/** The buttons in display order; a click on the notification itself always opens it. */
export const buttonKinds = ['mark-read', 'snooze'] as const

/** What the person did with the notification. */
export type Choice =
  | {
      readonly kind: 'open'
      /** Wayland: the activation token of the click, if the server sent one; it lets a window come to the front. */
      readonly activationToken?: string
    }
  | { readonly kind: (typeof buttonKinds)[number] }
  | { readonly kind: 'reply'; readonly text: string }

interface NotificationButton {
  readonly kind: (typeof buttonKinds)[number]
  readonly label: string
}

export interface NotificationText {
  readonly title: string
  /** At most 140 characters a line; plain text, never markup. */
  readonly body: string
  /** What a click opens; null opens the inbox. */
  readonly ref: TicketRef | null
  readonly silent: boolean
  /** A newer notification of the same group replaces the older one. */
  readonly group: string
  /** Either empty, or all of `buttonKinds` in their order. */
  readonly buttons: readonly NotificationButton[]
  /** The account's name if there are several accounts; used in the lines of a summary. */
  readonly account?: string
  /** Set if it is news only as long as its ticket is unread; a reminder also is of a ticket that was read. */
  readonly untilRead?: true
  /** For a summary: the notifications it summarizes. */
  readonly summarized?: readonly NotificationText[]
  /** Label and placeholder of the reply field, which only some backends have. */
  readonly reply: { readonly label: string; readonly placeholder: string } | null
}

/** Group of a ticket's notifications; encodes the ticket, so that a click after a restart can be resolved. */
export const ticketGroup = ({ accountId, ticketId }: TicketRef): string => `ticket-${accountId}-${ticketId}`

/** The ticket of a group; null if the group belongs to no ticket. */
export function ticketOfGroup(group: string): TicketRef | null {
  const [, accountId, ticketId] = /^ticket-(.+)-(\d{1,12})$/.exec(group) ?? []
  return accountId === undefined ? null : { accountId, ticketId: Number(ticketId) }
}

/** Group of notifications about an account as a whole. */
export const accountGroup = (accountId: AccountId): string => `account-${accountId}`

/** The account of a group; null for the groups of summaries and of the app's own messages. */
export const accountOfGroup = (group: string): AccountId | null =>
  ticketOfGroup(group)?.accountId ?? /^account-(.+)$/.exec(group)?.[1] ?? null

/** Group of summaries. */
export const summaryGroup = 'summary'

/** An outcome that a backend reports after `show` has resolved. */
export type LaterOutcome =
  | { readonly outcome: 'clicked' | 'replied'; readonly choice: Choice }
  /** `shown`: a silent notification appeared after all. `no-permission`: the system refused it later. */
  | { readonly outcome: 'dismissed' | 'timed-out' | 'shown' | 'no-permission' }

/**
 * Result of showing a notification. `silent`: the system neither showed nor refused it yet; it may still appear.
 * `timed-out`: no answer in time; it may be on screen.
 */
export type ShowOutcome =
  | Extract<
      DeliveryOutcome,
      'shown' | 'do-not-disturb' | 'no-permission' | 'no-helper' | 'failed' | 'timed-out'
    >
  | 'silent'

export type BackendName = 'electron' | 'node-notifier' | 'session-bus'

/**
 * A program or API that shows notifications. `show` never rejects. `onOutcome` may be called several times; only the
 * first choice counts.
 */
export interface NotificationBackend {
  show(text: NotificationText, onOutcome: (outcome: LaterOutcome) => void): Promise<ShowOutcome>
  /** Removes the notification of a group from the screen, if the backend can. */
  withdraw(group: string): void
  /** Registers the handler for choices on notifications of an earlier run, where the system keeps them. */
  onEarlierChoice?(act: (group: string, choice: Choice) => void): void
}

/** Stands in on platforms that do not have a backend. */
export const missingBackend: NotificationBackend = {
  show: () => Promise.resolve('no-helper'),
  withdraw: () => undefined
}

/** A reply typed into a notification; null if it is empty. */
export function replyChoice(text: unknown): Choice | null {
  const trimmed = typeof text === 'string' ? text.trim() : ''
  return trimmed === '' ? null : { kind: 'reply', text: trimmed }
}
