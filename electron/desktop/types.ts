/**
 * Types shared by the parts of the desktop. Tray, badge and menus are rendered idempotently from `DesktopState` after every change.
 * The platform is a parameter, so that all three can be tested anywhere.
 */
import type { ComposePrefill, HelpPage } from '../ipc/contract.ts'
import type { Locale } from '../tickets/locale.ts'
import type { PausedUntil, PauseLength } from '../tickets/pause.ts'
import type { Bounds } from './windows/placement.ts'
import type { AccountId, TicketRef } from '../tickets/ticket.ts'
import type { TrayCounts } from '../tickets/work/put-aside.ts'

export type Platform = 'darwin' | 'win32' | 'linux'

/** A line of the tray menu: one ticket. */
export interface TrayTicket {
  readonly ref: TicketRef
  readonly subject: string
  /** Name of the last speaker. */
  readonly speaker: string
  /** The account's name if there are several accounts, else empty. */
  readonly account: string
}

export interface DesktopState {
  readonly locale: Locale
  /** Number of tickets that tray and badge show: unread ones, or those that wait for the person. */
  readonly counted: number
  readonly counts: TrayCounts
  /** The ticket cache is still being read, so `counted` may be too low. */
  readonly isOpening: boolean
  /** Newest first; at most five. */
  readonly newest: readonly TrayTicket[]
  /** Pinned tickets that are not among them, newest first; at most five. */
  readonly pinned: readonly TrayTicket[]
  readonly connection: 'ok' | 'offline' | 'attention' | 'paused'
  /** Outbox entries that are waiting to be sent or being sent. */
  readonly sending: number
  /** Outbox entries that may have arrived and are looked up in the list. */
  readonly uncertain: number
  /** Outbox entries that were not sent and need a correction. */
  readonly refused: number
  /** Outbox entries of which only the person can decide whether they arrived. */
  readonly undecided: number
  readonly notificationsPausedUntil: PausedUntil
  /** Accelerator of the new-ticket shortcut, empty for none. */
  readonly shortcut: string
}

/** An action that the person chose in the tray, a notification, a menu, by a shortcut or a link. */
export type DesktopAction =
  | { readonly kind: 'open-ticket'; readonly ref: TicketRef }
  | { readonly kind: 'mark-read'; readonly ref: TicketRef }
  /** Puts the ticket aside for an hour. */
  | { readonly kind: 'snooze'; readonly ref: TicketRef }
  | { readonly kind: 'reply'; readonly ref: TicketRef; readonly text: string }
  | { readonly kind: 'new-ticket'; readonly prefill?: ComposePrefill }
  | { readonly kind: 'check-now' }
  | { readonly kind: 'pause-notifications'; readonly for: PauseLength | 'off' }
  | { readonly kind: 'inbox' }
  /** The popover of the tray icon, whose area is `anchor` where it is known. */
  | { readonly kind: 'popover'; readonly anchor: Bounds | null }
  /** The inbox with the unread tickets. */
  | { readonly kind: 'unread' }
  /** The settings page with the address of the account's panel. */
  | { readonly kind: 'panel-address'; readonly accountId: AccountId }
  | { readonly kind: 'outbox' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'help'; readonly page: HelpPage }
  /** One step larger or smaller; 0 resets. */
  | { readonly kind: 'text-size'; readonly step: 1 | -1 | 0 }
  | { readonly kind: 'quit' }

export type Act = (action: DesktopAction) => void

/** Result of showing a notification, or what happened to it later. */
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

/** Why a reply typed into a notification is not sent unchanged; see `asciiWarnings`. */
export type HeldBackReason = 'lost-characters' | 'changed-words'
