/**
 * What the desktop shows is a function of this one state; main renders it after every change, and every
 * room renders idempotently. Platform is a parameter, so all three are tested anywhere.
 */
import type { ComposePrefill, HelpPage } from '../ipc/contract.ts'
import type { Locale } from '../tickets/locale.ts'
import type { PausedUntil, PauseLength } from '../tickets/pause.ts'
import type { AccountId, TicketRef } from '../tickets/ticket.ts'

export type Platform = 'darwin' | 'win32' | 'linux'

/** A line of the tray menu: one unread ticket. */
export interface UnreadTicket {
  readonly ref: TicketRef
  readonly subject: string
  /** Who answered. */
  readonly speaker: string
  /** The account's name where there are several; empty elsewhere. */
  readonly account: string
}

export interface DesktopState {
  readonly locale: Locale
  readonly unread: number
  /** Kept tickets are still being read: there may be more that are unread. */
  readonly isOpening: boolean
  /** Newest first, at most five. */
  readonly newest: readonly UnreadTicket[]
  readonly connection: 'ok' | 'offline' | 'attention' | 'paused'
  /** Entries of the outbox that wait to be sent, or are on their way. */
  readonly sending: number
  /** Those that may have arrived and are looked for in the list. */
  readonly uncertain: number
  /** Those that were not sent and wait to be corrected. */
  readonly refused: number
  /** Those of which only the person can say whether they arrived. */
  readonly undecided: number
  readonly notificationsPausedUntil: PausedUntil
  /** Accelerator of the new-ticket shortcut, empty for none. */
  readonly shortcut: string
}

/** What the person chose in the tray, a notification, a shortcut, a link or a menu. */
export type DesktopAction =
  | { readonly kind: 'open-ticket'; readonly ref: TicketRef }
  | { readonly kind: 'mark-read'; readonly ref: TicketRef }
  | { readonly kind: 'reply'; readonly ref: TicketRef; readonly text: string }
  | { readonly kind: 'new-ticket'; readonly prefill?: ComposePrefill }
  | { readonly kind: 'check-now' }
  | { readonly kind: 'pause-notifications'; readonly for: PauseLength | 'off' }
  | { readonly kind: 'inbox' }
  /** The inbox, and in it what is unread. */
  | { readonly kind: 'unread' }
  /** The settings, where the address of an account's panel stands. */
  | { readonly kind: 'panel-address'; readonly accountId: AccountId }
  | { readonly kind: 'outbox' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'help'; readonly page: HelpPage }
  /** One step larger or smaller, or 0: back to normal. */
  | { readonly kind: 'text-size'; readonly step: 1 | -1 | 0 }
  | { readonly kind: 'quit' }

export type Act = (action: DesktopAction) => void

/** How a notification ended. */
export type DeliveryOutcome =
  | 'shown'
  | 'clicked'
  | 'replied'
  | 'dismissed'
  | 'do-not-disturb'
  | 'no-permission'
  | 'no-helper'
  | 'failed'
  | 'timed-out'

/** Why a reply from a notification is not sent as it is: see `asciiWarnings`. */
export type HeldBackReason = 'lost-characters' | 'changed-words'
