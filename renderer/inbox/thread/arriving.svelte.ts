import { untrack } from 'svelte'
import type { OutboxItem } from '../../../electron/tickets/views.ts'

/** Entries that left the outbox because the list has them; shown until the thread with them is loaded. */
export class Arriving {
  items = $state.raw<readonly OutboxItem[]>([])
  #before: readonly OutboxItem[] = []

  constructor(waiting: () => readonly OutboxItem[], load: () => void) {
    $effect.pre(() => {
      const now = waiting()
      const gone = this.#before.filter(
        (one) => ['sent', 'uncertain'].includes(one.state) && !now.some(({ id }) => id === one.id)
      )
      this.#before = now
      if (gone.length === 0) return
      untrack(() => {
        this.items = [...this.items, ...gone]
        load()
      })
    })
  }

  /** The thread has them. */
  clear(): void {
    this.items = []
  }
}
