/** Runs commands about very many entries in slices that yield to the event loop; others have one slice, run at once. */
import { randomUUID } from 'node:crypto'
import type { Problem } from '../../tickets/problem.ts'
import type { TicketRef } from '../../tickets/ticket.ts'
import type { OutboxItem } from '../../tickets/views.ts'
import type { Turns } from '../turns.ts'
import type { Outcome } from '../types.ts'
import type { OutboxCommands } from './outbox-commands.ts'

/** Runs commands with the cause that the log names. */
export type RunCommands = <T>(cause: string, run: (commands: OutboxCommands) => T) => T

/** Entries handled in one slice: some 20 ms of work with the write to disk. */
const entriesInSlice = 1000

/** Problems of a single entry, unlike those of the folder. */
const notRemovable: ReadonlySet<Problem['kind']> = new Set(['in-flight', 'invalid-arguments'])

function* slicesOf<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at === 0 || at < all.length; at += entriesInSlice) yield all.slice(at, at + entriesInSlice)
}

/** Queues all or none as one batch. `withdraw` removes what was queued before a write failed. */
export function* closeEach(
  commands: Pick<OutboxCommands, 'whyRefused'>,
  by: RunCommands,
  refs: readonly TicketRef[],
  holdMs: number,
  withdraw: (items: readonly OutboxItem[]) => void
): Generator<undefined, Outcome<readonly OutboxItem[]>> {
  const wanted = refs.map(
    ({ accountId, ticketId }) => ({ accountId, action: { kind: 'close', ticketId } }) as const
  )
  const refusal = commands.whyRefused(wanted)
  if (refusal) return refusal
  const batch = wanted.length > 1 ? { batch: randomUUID() } : {}
  const items: OutboxItem[] = []
  for (const slice of slicesOf(wanted)) {
    if (items.length > 0) yield
    const queued = by('closed by the person', (all) => all.enqueue(slice, { holdMs, ...batch }))
    if (!queued.ok) {
      withdraw(items)
      return queued
    }
    items.push(...queued.value)
  }
  return { ok: true, value: items }
}

/** Removes all that may be removed. */
export function* cancelEach(
  by: RunCommands,
  ids: readonly string[]
): Generator<undefined, Outcome<readonly OutboxItem[]>> {
  const items: OutboxItem[] = []
  for (const slice of slicesOf(ids)) {
    if (items.length > 0) yield
    const taken = by('taken back by the person', (commands) => commands.cancel(slice))
    if (taken.ok) items.push(...taken.value)
    else if (!notRemovable.has(taken.error.kind)) return taken
  }
  return { ok: true, value: items }
}

export class CommandsInTurns {
  readonly #turns: Pick<Turns, 'pause'>
  /** Functions that run a command in progress to its end. */
  readonly #running = new Set<() => void>()

  constructor(turns: Pick<Turns, 'pause'>) {
    this.#turns = turns
  }

  /** Runs the first slice before it returns. */
  async run<T>(work: Generator<undefined, T>): Promise<T> {
    let last = work.next()
    const complete = (): void => {
      while (last.done !== true) last = work.next()
    }
    this.#running.add(complete)
    try {
      for (;;) {
        if (last.done === true) return last.value
        await this.#turns.pause()
        // Completed meanwhile if the app is closing.
        last = step(last, work)
      }
    } finally {
      this.#running.delete(complete)
    }
  }

  /** Completes the commands in progress at once: the app is closing. */
  finish(): void {
    for (const complete of this.#running) complete()
  }
}

const step = <T>(
  last: IteratorResult<undefined, T>,
  work: Generator<undefined, T>
): IteratorResult<undefined, T> => (last.done === true ? last : work.next())
