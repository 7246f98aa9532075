import { ApiProblem } from '../api-problem.ts'

/** A slower answer counts as silence: one byte per second would keep a connection open for ever. */
const minBytesPerWindow = 8 * 1024

/**
 * The time limit of one request. Every wait is raced against it, so it also works if the network stack ignores an abort
 * signal. It limits silence, not duration: an answer may take as long as data keeps arriving.
 */
export class Deadline {
  readonly #silenceMs: number
  readonly #abort = new AbortController()
  readonly #callerSignal: AbortSignal | undefined
  readonly #ended: Promise<never>
  #reject: (problem: ApiProblem) => void = () => undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #bytes = 0
  #isOver = false

  /** An abort of `callerSignal` rejects waits as `connection-lost`; it must not be aborted yet. */
  constructor(silenceMs: number, callerSignal: AbortSignal | undefined) {
    this.#silenceMs = silenceMs
    this.#callerSignal = callerSignal
    this.#ended = new Promise((_, reject) => (this.#reject = reject))
    // Prevents an unhandled rejection if nothing is waiting.
    this.#ended.catch(() => undefined)
    callerSignal?.addEventListener('abort', this.#onAbort)
    this.#startWindow()
  }

  /** The abort signal for the network stack. */
  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /** Whether a wait was rejected, or the request is finished. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Rejects with ApiProblem `timeout` or `connection-lost` when the limit or the caller's signal comes first. */
  race<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#ended])
  }

  /** Reports received bytes. */
  received(bytes: number): void {
    this.#bytes += bytes
  }

  /** Reports that the headers have arrived; starts a new window. */
  answered(): void {
    this.#startWindow()
  }

  /** Stops the timers; call it when the request is finished. */
  clear(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
    this.#callerSignal?.removeEventListener('abort', this.#onAbort)
  }

  #startWindow(): void {
    clearTimeout(this.#timer)
    this.#bytes = 0
    this.#timer = setTimeout(() => {
      if (this.#bytes >= minBytesPerWindow) this.#startWindow()
      else this.#end('timeout')
    }, this.#silenceMs)
  }

  readonly #onAbort = (): void => {
    this.#end('connection-lost')
  }

  #end(kind: 'timeout' | 'connection-lost'): void {
    this.clear()
    this.#reject(new ApiProblem({ kind }))
    this.#abort.abort()
  }
}
