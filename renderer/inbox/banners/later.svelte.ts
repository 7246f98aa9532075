/** A component that is seldom needed: loaded when it first is, and then it stays. */
export class Later<Component> {
  #loaded = $state.raw<Component | null>(null)
  #loading: Promise<void> | null = null
  readonly #isNeeded: () => boolean
  readonly #load: () => Promise<{ readonly default: Component }>

  /** `isNeeded` reads state, so that a change of it is noticed. */
  constructor(isNeeded: () => boolean, load: () => Promise<{ readonly default: Component }>) {
    this.#isNeeded = isNeeded
    this.#load = load
  }

  /** Null while it was not needed yet, or is being loaded. */
  get component(): Component | null {
    if (this.#loaded === null) void this.ready()
    return this.#loaded
  }

  /** Resolves when it is here, or at once while it is not needed. */
  async ready(): Promise<void> {
    if (!this.#isNeeded()) return
    await (this.#loading ??= this.#load().then(
      (module) => void (this.#loaded = module.default),
      // Tried again when it is asked for the next time.
      () => void (this.#loading = null)
    ))
  }
}
