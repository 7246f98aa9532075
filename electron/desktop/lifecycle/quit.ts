/** The app is about to end, because the person, the system or the app itself said so: what is done before it does. */

/** Quitting waits no longer for what is on its way, in milliseconds: a session that ends kills what is left. */
const stopTimeoutMs = 1500

/** As much of Electron's `app` as quitting needs. */
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

  /** `failed` is told of tasks that reject. */
  constructor(app: QuittingApp, failed: Failed) {
    this.#app = app
    this.#failed = failed
    app.on('before-quit', (event) => this.#beforeQuit(event))
  }

  /** Ends the app, as the person's or the system's wish to end it does. */
  quit(): void {
    this.#app.quit()
  }

  /** Called at once when the app is about to end; it may be called twice. */
  onBegin(listener: () => void): void {
    this.#listeners.push(listener)
  }

  /** The app ends when every task is over, or after a second and a half. They begin in the order they joined in. */
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
    // Not synchronously: a system that asked the app to quit waits for this event and would see the prevented first attempt.
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
