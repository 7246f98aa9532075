/** Splits long work of the main thread into slices and yields to the event loop between them. */
import type { Clock } from '../storage/types.ts'

/** Maximum length of a slice in milliseconds. */
const turnMs = 8
/** Maximum number of steps in a slice. A step takes a fraction of a millisecond or processes one ticket. */
const stepsInTurn = 500

export class Turns {
  readonly #clock: Clock
  readonly #steps: number

  constructor(clock: Clock, steps = stepsInTurn) {
    this.#clock = clock
    this.#steps = steps
  }

  /**
   * Runs the work to its end, with pauses between steps. What the work reads may have changed after each pause. `endTurn` is
   * called before each pause and at the end.
   */
  async run<T>(work: Generator<undefined, T>, endTurn: () => void = () => undefined): Promise<T> {
    let begunAt = this.#clock.monotonic()
    let steps = 0
    for (;;) {
      const next = work.next()
      if (next.done === true) {
        endTurn()
        return next.value
      }
      steps += 1
      if (steps < this.#steps && this.#clock.monotonic() - begunAt < turnMs) continue
      endTurn()
      await this.pause()
      steps = 0
      begunAt = this.#clock.monotonic()
    }
  }

  pause(): Promise<void> {
    return new Promise((resolve) => this.#clock.setTimeout(resolve, 0))
  }
}
