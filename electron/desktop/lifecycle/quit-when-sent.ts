/**
 * Quits after the last window was closed, but first waits for entries that are being sent. The outbox is on disk and
 * would continue at the next start, but the person assumes that everything was sent.
 */
import type { AccountView, OutboxItem, OutboxState } from '../../tickets/views.ts'

/** Number of entries that wait only for their turn or for the end of the undo period, in connected accounts. */
export function countBeingSent(outbox: readonly OutboxItem[], accounts: readonly AccountView[]): number {
  const reachable = new Set(
    accounts.filter(({ connection }) => connection.state === 'ok').map(({ id }) => id)
  )
  return outbox.filter(
    ({ state, accountId }) => (state === 'queued' || state === 'sending') && reachable.has(accountId)
  ).length
}

/** Unfinished outbox entries when the app quits, counted by what happens to them. */
export interface Unsent {
  /** Will be sent after the next start. */
  readonly waiting: number
  /** May have arrived; after the next start it is looked up in the list. */
  readonly uncertain: number
  /** Only the person can decide whether it arrived. */
  readonly undecided: number
  /** Accepted by the server, but not in its list yet. */
  readonly notShown: number
}

export function countUnsent(outbox: readonly OutboxItem[]): Unsent {
  const count = (...states: readonly OutboxState[]): number =>
    outbox.filter(({ state }) => states.includes(state)).length
  return {
    waiting: count('queued', 'sending'),
    uncertain: count('uncertain'),
    undecided: count('undecided'),
    notShown: count('sent')
  }
}

/** Maximum wait, longer than the undo period; the rest is sent after the next start. */
const maxWaitMs = 30_000

export interface QuitWhenSent {
  /** Quits as soon as nothing is being sent. */
  begin(): void
  /** Call it after changes: quits if it is waiting and nothing is being sent any more. */
  changed(): void
}

export function createQuitWhenSent(options: {
  countBeingSent(): number
  /** Whether a window is visible again, which cancels quitting. */
  isAnyVisible(): boolean
  quit(): void
}): QuitWhenSent {
  let waiting: ReturnType<typeof setTimeout> | undefined
  function stop(): void {
    clearTimeout(waiting)
    waiting = undefined
  }
  function finish(): void {
    stop()
    if (!options.isAnyVisible()) options.quit()
  }
  return {
    begin() {
      stop()
      if (options.countBeingSent() === 0) options.quit()
      else waiting = setTimeout(finish, maxWaitMs)
    },
    changed() {
      if (waiting !== undefined && options.countBeingSent() === 0) finish()
    }
  }
}
