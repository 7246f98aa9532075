import type { Clock } from '../../storage/types.ts'

/** Resolves with `promise`, or after `ms` milliseconds without it. Rejects where it does. */
export async function withTimeout(clock: Clock, ms: number, promise: Promise<unknown>): Promise<void> {
  let timer: unknown
  const late = new Promise<void>((resolve) => (timer = clock.setTimeout(resolve, ms)))
  try {
    await Promise.race([promise, late])
  } finally {
    clock.clearTimeout(timer)
  }
}

/** A request that can be given up here, also where the network stack never answers its abort signal. */
export class Interruptible<T> {
  /** Null when it was given up: what it still brings reaches nobody. */
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

  /** Gives it up in `graceMs` milliseconds, if nothing came until then; at once for 0. */
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
