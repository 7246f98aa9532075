import type { Clock } from '../../../electron/storage/types.ts'

interface Timer {
  readonly at: number
  readonly order: number
  readonly run: () => void
}

/** A clock that only tests advance; timers fire in order. The wall clock can jump, the monotonic clock cannot. */
export class VirtualTime implements Clock {
  #monotonic = 1_000
  /** Number of fired timers; each would wake up the machine. */
  fired = 0
  #wall: number
  #order = 0
  #working = 0
  readonly #timers = new Map<number, Timer>()
  /** Called after every timer, once all pending work is done. */
  afterStep: () => void = () => undefined

  constructor(wall = Date.UTC(2026, 10, 24, 9)) {
    this.#wall = wall - this.#monotonic
  }

  now = (): number => this.#wall + this.#monotonic
  monotonic = (): number => this.#monotonic
  setTimeout = (run: () => void, ms: number): number => {
    const order = ++this.#order
    this.#timers.set(order, { at: this.#monotonic + Math.max(0, ms), order, run })
    return order
  }
  clearTimeout = (handle: unknown): void => {
    this.#timers.delete(handle as number)
  }

  /** Number of timers that have not fired. */
  get waiting(): number {
    return this.#timers.size
  }

  /** Stops virtual time until this work on the real event loop is done. */
  async awaitRealWork<T>(work: Promise<T>): Promise<T> {
    this.#working += 1
    try {
      return await work
    } finally {
      this.#working -= 1
    }
  }

  /** Lets virtual time continue during a part of such work that waits for virtual time. */
  async awaitVirtualTime<T>(work: Promise<T>): Promise<T> {
    this.#working -= 1
    try {
      return await work
    } finally {
      this.#working += 1
    }
  }

  /** Runs all pending promises and immediate work. */
  async settle(): Promise<void> {
    do {
      if (this.#working > 0) await new Promise(setImmediate)
      for (let i = 0; i < 60; i++) await Promise.resolve()
    } while (this.#working > 0)
  }

  /** Simulates sleep: both clocks advance without firing timers; overdue timers fire at the end. */
  async sleep(ms: number): Promise<void> {
    this.#monotonic += ms
    await this.advance(0)
  }

  jump(ms: number): void {
    this.#wall += ms
  }

  async advance(ms: number): Promise<void> {
    const end = this.#monotonic + ms
    await this.settle()
    for (;;) {
      let next: Timer | null = null
      for (const timer of this.#timers.values())
        if (!next || timer.at < next.at || (timer.at === next.at && timer.order < next.order)) next = timer
      if (!next || next.at > end) break
      this.#timers.delete(next.order)
      this.#monotonic = Math.max(this.#monotonic, next.at)
      this.fired += 1
      next.run()
      await this.settle()
      this.afterStep()
    }
    this.#monotonic = end
    await this.settle()
    this.afterStep()
  }
}
