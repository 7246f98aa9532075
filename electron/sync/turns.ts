/** Long work of this thread a little at a time: in between others have their turn. */
import type { Clock } from '../storage/types.ts'

/** Work goes on for so many milliseconds at once. */
const turnMs = 8
/** And for so many steps, whatever the clock says. A step is a fraction of a millisecond, or a ticket. */
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
