/** Runs the tasks that must finish before the app quits, whoever requested it. */

/** Maximum time for the tasks in milliseconds; at the end of a session the system kills slower programs. */
const stopTimeoutMs = 1500

/** The part of Electron's `app` that quitting uses. */
export interface QuittingApp {
  on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown
  quit(): void
}

type Failed = (task: string, error: unknown) => void

export class QuitService {
  readonly #app: QuittingApp
  readonly #failed: Failed
  readonly #listeners: (() => void)[] = []
  readonly #tasks: { readonly name: string; readonly run: () => Promise<void> }[] = []
  #state: 'running' | 'stopping' | 'stopped' = 'running'

  /** `failed` is called for tasks that reject. */
  constructor(app: QuittingApp, failed: Failed) {
    this.#app = app
    this.#failed = failed
    app.on('before-quit', (event) => this.#beforeQuit(event))
  }

  /** Requests that the app quits, like the person or the system does. */
  quit(): void {
    this.#app.quit()
  }

  /** `listener` is called synchronously when the app is about to quit, possibly twice. */
  onBegin(listener: () => void): void {
    this.#listeners.push(listener)
  }

  /**
   * Adds a task: the app quits when all tasks are done, or after `stopTimeoutMs`. Tasks start in the order in which
   * they were added.
   */
  join(name: string, run: () => Promise<void>): void {
    this.#tasks.push({ name, run })
  }

  #beforeQuit(event: { preventDefault(): void }): void {
    for (const listener of this.#listeners) listener()
    if (this.#state === 'stopped') return
    event.preventDefault()
    if (this.#state === 'stopping') return
    this.#state = 'stopping'
    this.#stop().catch(() => undefined)
  }

  async #stop(): Promise<void> {
    const tasks = Promise.all(this.#tasks.map(({ name, run }) => this.#run(name, run)))
    await Promise.race([tasks, new Promise((resolve) => setTimeout(resolve, stopTimeoutMs))])
    this.#state = 'stopped'
    // Deferred, because a system that asked the app to quit waits for this event and would see the prevented first
    // attempt.
    setImmediate(() => this.#app.quit())
  }

  async #run(name: string, run: () => Promise<void>): Promise<void> {
    try {
      await run()
    } catch (error) {
      this.#failed(name, error)
    }
  }
}
