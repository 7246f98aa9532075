import type { SessionBus } from '../linux/session-bus.ts'
import { listsIconOf, watcherName } from './status-notifier-watcher.ts'

/** A panel that restarts is back within this time; until then it counts as present. */
const restartGraceMs = 10_000

/** Registering the icon takes far less than this; until then it counts as accepted. */
const acceptGraceMs = 4_000

/**
 * The tray of a Linux desktop. It counts as present while the watcher's bus name has an owner and the icon was not
 * refused. Electron does not report a refusal, so the icon counts as accepted only when it is in the watcher's list.
 */
export class StatusNotifierHost {
  readonly #bus: SessionBus
  readonly #restartMs: number
  readonly #acceptMs: number
  readonly #changeListeners = new Set<(there: boolean) => void>()
  readonly #arrivalListeners = new Set<() => void>()
  /** Whether the watcher's bus name has an owner. */
  #isOwned = false
  #isThere = false
  #icon: 'none' | 'offered' | 'accepted' | 'refused' = 'none'
  /** Number of the newest query to the watcher; answers to older queries are ignored. */
  #checkId = 0
  #restartTimer: ReturnType<typeof setTimeout> | undefined
  #acceptTimer: ReturnType<typeof setTimeout> | undefined

  constructor(bus: SessionBus, { restartMs = restartGraceMs, acceptMs = acceptGraceMs }) {
    this.#bus = bus
    this.#restartMs = restartMs
    this.#acceptMs = acceptMs
  }

  /** Rejects if the bus does not answer. */
  async start(): Promise<void> {
    const checkNow = (): void => this.#checkIconNow()
    // Sent together, since the start waits for the answers; the bus keeps their order.
    const [, , , , isOwned] = await Promise.all([
      this.#bus.watch(watcherName, (owned) => this.#ownerChanged(owned)),
      this.#bus.listen(watcherName, 'StatusNotifierItemRegistered', checkNow),
      this.#bus.listen(watcherName, 'StatusNotifierItemUnregistered', checkNow),
      // A watcher without a host refuses icons, and Electron does not retry by itself.
      this.#bus.listen(watcherName, 'StatusNotifierHostRegistered', () => {
        if (this.#isOwned && !this.#isThere) this.#arrive()
      }),
      this.#bus.hasOwner(watcherName)
    ])
    if (isOwned) this.#ownerChanged(true)
  }

  get backend(): string {
    return `StatusNotifier, icon ${this.#icon}`
  }

  isThere(): boolean {
    return this.#isThere
  }

  offered(): void {
    this.#icon = 'offered'
    clearTimeout(this.#acceptTimer)
    this.#acceptTimer = setTimeout(() => {
      if (this.#icon === 'offered') this.#icon = 'refused'
      this.#checkIconNow()
    }, this.#acceptMs)
    this.#checkIconNow()
  }

  onArrival(listener: () => void): void {
    this.#arrivalListeners.add(listener)
  }

  onChange(listener: (there: boolean) => void): void {
    this.#changeListeners.add(listener)
  }

  waitForPanel(timeoutMs: number): Promise<void> {
    if (this.#isThere) return Promise.resolve()
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        this.#arrivalListeners.delete(done)
        resolve()
      }
      const timer = setTimeout(done, timeoutMs)
      this.#arrivalListeners.add(done)
    })
  }

  #setThere(there: boolean): void {
    if (there === this.#isThere) return
    this.#isThere = there
    for (const listener of this.#changeListeners) listener(there)
  }

  #arrive(): void {
    for (const listener of this.#arrivalListeners) listener()
  }

  #ownerChanged(owned: boolean): void {
    if (owned === this.#isOwned) return
    this.#isOwned = owned
    clearTimeout(this.#restartTimer)
    if (!owned) {
      this.#restartTimer = setTimeout(() => this.#setThere(false), this.#restartMs)
      return
    }
    this.#arrive()
    this.#setThere(true)
  }

  #checkIconNow(): void {
    this.#checkIcon().catch(() => undefined)
  }

  /** Takes over what the watcher lists; an icon that was just offered has until the timeout to appear there. */
  async #checkIcon(): Promise<void> {
    if (this.#icon === 'none' || !this.#isOwned) return
    const checkId = ++this.#checkId
    const isListed = await listsIconOf(this.#bus, process.pid).catch(() => false)
    if (checkId !== this.#checkId || !this.#ownedNow()) return
    if (isListed) {
      clearTimeout(this.#acceptTimer)
      this.#icon = 'accepted'
      this.#setThere(true)
    } else if (this.#iconNow() !== 'offered') {
      this.#icon = 'refused'
      this.#setThere(false)
    }
  }

  /** Getters, because the compiler does not see that the fields may change during an `await`. */
  #ownedNow(): boolean {
    return this.#isOwned
  }

  #iconNow(): string {
    return this.#icon
  }
}
