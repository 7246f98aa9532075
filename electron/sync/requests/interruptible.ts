import type { Clock } from '../../storage/types.ts'

/** Settles with `promise`, or resolves after `ms` milliseconds. */
export async function withTimeout(clock: Clock, ms: number, promise: Promise<unknown>): Promise<void> {
  let timer: unknown
  const late = new Promise<void>((resolve) => (timer = clock.setTimeout(resolve, ms)))
  try {
    await Promise.race([promise, late])
  } finally {
    clock.clearTimeout(timer)
  }
}

/** A request that can be abandoned, also if the network stack ignores its abort signal. */
export class Interruptible<T> {
  /** Null if it was abandoned; a late result is ignored. */
  readonly answer: Promise<T | null>
  readonly #clock: Clock
  readonly #abort = new AbortController()
  #giveUp: () => void = () => undefined
  #timer: unknown = null

  constructor(clock: Clock, send: (signal: AbortSignal) => Promise<T>) {
    this.#clock = clock
    const given = new Promise<null>((resolve) => {
      this.#giveUp = () => resolve(null)
    })
    this.answer = Promise.race([send(this.#abort.signal), given]).finally(() => {
      clock.clearTimeout(this.#timer)
    })
  }

  /** Abandons it unless it ends within `graceMs` milliseconds; at once for 0. */
  interrupt(graceMs: number): void {
    if (graceMs === 0) {
      this.#giveUp()
      this.#abort.abort()
    } else
      this.#timer ??= this.#clock.setTimeout(() => {
        this.interrupt(0)
      }, graceMs)
  }
}
