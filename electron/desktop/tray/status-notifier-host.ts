import type { SessionBus } from '../linux/session-bus.ts'
import { listsIconOf, watcherName } from './status-notifier-watcher.ts'

/** A panel that restarts is back sooner than this; until then it counts as there. */
const restartGraceMs = 10_000

/** Electron offers the icon and the watcher takes it in far less; until then it counts as there. */
const acceptGraceMs = 4_000

/**
 * The tray of a Linux desktop: there while somebody owns the watcher's name and has not refused the icon. The watcher
 * may refuse it, and Electron tells nobody: the icon is believed once it stands in the watcher's list.
 */
export class StatusNotifierHost {
  readonly #bus: SessionBus
  readonly #restartMs: number
  readonly #acceptMs: number
  readonly #changeListeners = new Set<(there: boolean) => void>()
  readonly #arrivalListeners = new Set<() => void>()
  /** The watcher's name has an owner. */
  #isOwned = false
  #isThere = false
  #icon: 'none' | 'offered' | 'accepted' | 'refused' = 'none'
  /** Of the newest question to the watcher: an older answer no longer counts. */
  #checkId = 0
  #leaving: ReturnType<typeof setTimeout> | undefined
  #deciding: ReturnType<typeof setTimeout> | undefined

  constructor(bus: SessionBus, { restartMs = restartGraceMs, acceptMs = acceptGraceMs }) {
    this.#bus = bus
    this.#restartMs = restartMs
    this.#acceptMs = acceptMs
  }

  /** Rejects where the bus does not answer. */
  async start(): Promise<void> {
    const lookNow = (): void => this.#checkIconNow()
    await this.#bus.watch(watcherName, (owned) => this.#ownerChanged(owned))
    await this.#bus.listen(watcherName, 'StatusNotifierItemRegistered', lookNow)
    await this.#bus.listen(watcherName, 'StatusNotifierItemUnregistered', lookNow)
    // A watcher without anybody who draws takes no icon; Electron does not try again by itself.
    await this.#bus.listen(watcherName, 'StatusNotifierHostRegistered', () => {
      if (this.#isOwned && !this.#isThere) this.#arrive()
    })
    if (await this.#bus.hasOwner(watcherName)) this.#ownerChanged(true)
  }

  get backend(): string {
    return `StatusNotifier, icon ${this.#icon}`
  }

  isThere(): boolean {
    return this.#isThere
  }

  offered(): void {
    this.#icon = 'offered'
    clearTimeout(this.#deciding)
    this.#deciding = setTimeout(() => {
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

  /** Resolves when a panel arrives, or after `patienceMs` without one. */
  waitForPanel(timeoutMs: number): Promise<void> {
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
    clearTimeout(this.#leaving)
    if (!owned) {
      this.#leaving = setTimeout(() => this.#setThere(false), this.#restartMs)
      return
    }
    this.#arrive()
    this.#setThere(true)
  }

  #checkIconNow(): void {
    this.#checkIcon().catch(() => undefined)
  }

  /** Believes what the watcher lists; an icon that was just offered has its time to get there. */
  async #checkIcon(): Promise<void> {
    if (this.#icon === 'none' || !this.#isOwned) return
    const question = ++this.#checkId
    const isListed = await listsIconOf(this.#bus, process.pid).catch(() => false)
    if (question !== this.#checkId || !this.#ownedNow()) return
    if (isListed) {
      clearTimeout(this.#deciding)
      this.#icon = 'accepted'
      this.#setThere(true)
    } else if (this.#iconNow() !== 'offered') {
      this.#icon = 'refused'
      this.#setThere(false)
    }
  }

  /** What may have changed during an `await`, which the compiler does not see of a field. */
  #ownedNow(): boolean {
    return this.#isOwned
  }

  #iconNow(): string {
    return this.#icon
  }
}
