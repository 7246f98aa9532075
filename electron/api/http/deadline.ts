import { ApiProblem } from '../api-problem.ts'

/** Slower than this for a whole window is silence: a byte a second holds a connection open and brings no list. */
const minBytesPerWindow = 8 * 1024

/**
 * The limit of one request, of our own. It ends waiting also where the network stack never answers an abort signal, which
 * can only be asked: every wait is a race against it. It limits silence, not length: an answer may take as long as it
 * keeps coming.
 */
export class Deadline {
  readonly #silenceMs: number
  readonly #abort = new AbortController()
  readonly #callerSignal: AbortSignal | undefined
  readonly #ended: Promise<never>
  #reject: (problem: ApiProblem) => void = () => undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #bytes = 0

  /** `callerSignal` ends it too, as a lost connection; it must not be aborted yet. */
  constructor(silenceMs: number, callerSignal: AbortSignal | undefined) {
    this.#silenceMs = silenceMs
    this.#callerSignal = callerSignal
    this.#ended = new Promise((_, reject) => (this.#reject = reject))
    // Nobody may be waiting when it ends.
    this.#ended.catch(() => undefined)
    callerSignal?.addEventListener('abort', this.#onAbort)
    this.#startWindow()
  }

  /** For the network stack. */
  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /** Rejects with ApiProblem `timeout` or `connection-lost` when the limit or the caller's signal comes first. */
  race<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#ended])
  }

  /** Something came; the headers count as much as they need to. */
  received(bytes: number): void {
    this.#bytes += bytes
  }

  /** The headers are there: a new window begins. */
  answered(): void {
    this.#startWindow()
  }

  /** Nothing more is waited for. */
  clear(): void {
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
