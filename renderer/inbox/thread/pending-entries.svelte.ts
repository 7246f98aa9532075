import { untrack } from 'svelte'
import type { OutboxItem } from '../../../electron/tickets/views.ts'

/** Outbox entries shown below a thread. An entry and the message that it became are never shown together. */
export class PendingEntries {
  readonly #waiting: () => readonly OutboxItem[]
  /** Entries that left the outbox because the list has them; shown until the thread with them is loaded. */
  #arriving = $state.raw<readonly OutboxItem[]>([])
  /** Ids of entries that the loaded thread shows as messages. */
  #inThread = $state.raw<ReadonlySet<string>>(new Set())
  readonly items = $derived.by(() =>
    [...this.#arriving, ...this.#waiting()].filter(({ id }) => !this.#inThread.has(id))
  )
  #before: readonly OutboxItem[] = []

  /** `waiting`: the outbox entries of the ticket. `load` loads its thread. */
  constructor(waiting: () => readonly OutboxItem[], load: () => void) {
    this.#waiting = waiting
    $effect.pre(() => {
      const now = waiting()
      const gone = this.#before.filter(
        (one) => ['sent', 'uncertain'].includes(one.state) && !now.some(({ id }) => id === one.id)
      )
      this.#before = now
      if (gone.length === 0) return
      untrack(() => {
        this.#arriving = [...this.#arriving, ...gone]
        load()
      })
    })
  }

  /** Called when the thread was loaded, which has those that left the outbox. */
  threadLoaded(finishedEntryIds: readonly string[]): void {
    this.#inThread = new Set(finishedEntryIds)
    this.#arriving = []
  }
}
