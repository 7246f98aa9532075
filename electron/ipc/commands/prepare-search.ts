import { setImmediate } from 'node:timers/promises'
import type { Engine } from '../../sync/types.ts'

/** Milliseconds of work before yielding to the event loop. */
const sliceMs = 8

/**
 * Prepares the texts that a search reads, in slices. Mostly they are prepared already; right after a start a search would
 * otherwise block main for hundreds of milliseconds.
 */
export async function prepareSearch({ tickets }: Pick<Engine, 'tickets'>): Promise<void> {
  const steps = tickets.foldForSearch()
  let until = performance.now() + sliceMs
  while (steps.next().done !== true) {
    if (performance.now() < until) continue
    await setImmediate()
    until = performance.now() + sliceMs
  }
}
