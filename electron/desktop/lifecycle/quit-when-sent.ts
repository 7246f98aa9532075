/**
 * The end of the app after its last window, while what the person sent is still on its way. Nothing would be lost:
 * the outbox is on the disk and goes on with the next start. But who closed the window thinks that it was sent.
 */
import type { AccountView, OutboxItem, OutboxState } from '../../tickets/views.ts'

/** Entries that wait for nothing but their turn, or for the time in which they can be taken back. */
export function countBeingSent(outbox: readonly OutboxItem[], accounts: readonly AccountView[]): number {
  const reachable = new Set(
    accounts.filter(({ connection }) => connection.state === 'ok').map(({ id }) => id)
  )
  return outbox.filter(
    ({ state, accountId }) => (state === 'queued' || state === 'sending') && reachable.has(accountId)
  ).length
}

/** What is not over when the app ends, by what becomes of it. */
export interface Unsent {
  /** Goes with the next start. */
  readonly waiting: number
  /** May have arrived; the next start looks for it in the list. */
  readonly uncertain: number
  /** Only the person can say whether it arrived. */
  readonly undecided: number
  /** Taken by the server, but not in its list yet. */
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

/** Longer than what can be taken back is held; after that the rest waits for the next start. */
const maxWaitMs = 30_000

export interface QuitWhenSent {
  /** Ends the app, once nothing is leaving any more. */
  begin(): void
  /** Something changed: is it time? */
  changed(): void
}

export function createQuitWhenSent(options: {
  leaving(): number
  /** The person came back. */
  isAnyVisible(): boolean
  quit(): void
}): QuitWhenSent {
  let waiting: ReturnType<typeof setTimeout> | undefined
  function stop(): void {
    clearTimeout(waiting)
    waiting = undefined
  }
  function end(): void {
    stop()
    if (!options.isAnyVisible()) options.quit()
  }
  return {
    begin() {
      stop()
      if (options.leaving() === 0) options.quit()
      else waiting = setTimeout(end, maxWaitMs)
    },
    changed() {
      if (waiting !== undefined && options.leaving() === 0) end()
    }
  }
}
