/** What a notification is, whichever backend shows it. */
import type { AccountId, TicketRef } from '../../tickets/ticket.ts'
import type { DeliveryOutcome } from '../types.ts'

/** The buttons, in the order in which they stand; a click on the notification itself always opens. */
export const buttonKinds = ['mark-read', 'snooze'] as const

/** What the person did with it. */
export type Choice =
  | {
      readonly kind: 'open'
      /** Wayland: of the click, if the server told it; with it a window may come to the front. */
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
  /** A newer one of the same group takes the place of an older one. */
  readonly group: string
  /** None, or those of `buttonKinds` in their order. */
  readonly buttons: readonly NotificationButton[]
  /** The account's name where there are several, for a line of a summary. */
  readonly account?: string
  /** Of a summary: what it sums up. */
  readonly sums?: readonly NotificationText[]
  /** A field for an answer, where the backend has one. */
  readonly reply: { readonly label: string; readonly placeholder: string } | null
}

/** The group of a ticket's notifications, by which it is found again after a restart. */
export const ticketGroup = ({ accountId, ticketId }: TicketRef): string => `ticket-${accountId}-${ticketId}`

/** The other way round; null for a group that is no ticket's. */
export function ticketOfGroup(group: string): TicketRef | null {
  const [, accountId, ticketId] = /^ticket-(.+)-(\d{1,12})$/.exec(group) ?? []
  return accountId === undefined ? null : { accountId, ticketId: Number(ticketId) }
}

/** The group of what is told of an account as a whole. */
export const accountGroup = (accountId: AccountId): string => `account-${accountId}`

/** The account that a group is about; null for a group of several or of none. */
export const accountOfGroup = (group: string): AccountId | null =>
  ticketOfGroup(group)?.accountId ?? /^account-(.+)$/.exec(group)?.[1] ?? null

/** The group of what sums up others. */
export const summaryGroup = 'summary'

/** What is told after `show` has answered. */
export type Ended =
  | { readonly outcome: 'clicked' | 'replied'; readonly choice: Choice }
  /**
   * `shown`: what was silent came on screen after all. `no-permission`: what was taken for shown, or was silent, turns
   * out to be refused.
   */
  | { readonly outcome: 'dismissed' | 'timed-out' | 'shown' | 'no-permission' }

/**
 * How showing it went; how it ended comes later. `silent`: the system neither showed nor refused it, and it is not on
 * screen; it may still come. `timed-out`: no answer, but it may well be on screen.
 */
export type ShowOutcome =
  | Extract<
      DeliveryOutcome,
      'shown' | 'do-not-disturb' | 'no-permission' | 'no-helper' | 'failed' | 'timed-out'
    >
  | 'silent'

export type BackendName = 'electron' | 'node-notifier' | 'session-bus'

/** One of the programs and interfaces that show notifications. Never throws. `ended` may be told more than once; the first choice counts. */
export interface NotificationBackend {
  show(text: NotificationText, ended: (how: Ended) => void): Promise<ShowOutcome>
  /** Takes away what is still shown of a group, where the backend can. */
  withdraw(group: string): void
  /** Hears what the person does with notifications of an earlier run, where the system keeps them. */
  onEarlierChoice?(act: (group: string, choice: Choice) => void): void
}

/** For a system that has no such backend. */
export const missingBackend: NotificationBackend = {
  show: () => Promise.resolve('no-helper'),
  withdraw: () => undefined
}

/** An answer typed into a notification; null when there is nothing in it. */
export function replyChoice(text: unknown): Choice | null {
  const trimmed = typeof text === 'string' ? text.trim() : ''
  return trimmed === '' ? null : { kind: 'reply', text: trimmed }
}
