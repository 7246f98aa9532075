import type { Hint } from '../../../electron/ipc/contract.ts'

const hints: readonly Hint[] = ['filters', 'keys', 'tray']

/** State of the inbox that decides which hint fits. */
export interface HintOccasion {
  readonly dismissed: readonly Hint[]
  /** Unread tickets and those that wait for the person, of all accounts in the list. */
  readonly counted: number
  readonly isTicketOpen: boolean
  /** Closing the window leaves the app running in the tray. */
  readonly staysInTray: boolean
}

/** The one hint to show now, in the order of `hints`; null when there is none, or not yet an occasion for the next one. */
export function nextHint({ dismissed, counted, isTicketOpen, staysInTray }: HintOccasion): Hint | null {
  const hasOccasion: Readonly<Record<Hint, boolean>> = {
    filters: counted > 0,
    keys: isTicketOpen,
    tray: isTicketOpen && staysInTray
  }
  return hints.find((hint) => !dismissed.includes(hint) && hasOccasion[hint]) ?? null
}
