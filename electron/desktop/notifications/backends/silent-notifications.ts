import type { KeptNotification } from './kept-notifications.ts'

/**
 * Delays in milliseconds before a silent notification is shown again. macOS' permission question stays for about a
 * minute; if nobody answers, it counts as a refusal, which the next attempt reports.
 */
const retryAfterMs = [15_000, 60_000, 300_000]

/**
 * Notifications that the system neither showed nor refused. On macOS they are shown again, replacing themselves: after
 * a delay, and when the system shows another notification.
 */
export class SilentNotifications {
  readonly #retries: boolean
  readonly #timers = new Map<KeptNotification, ReturnType<typeof setTimeout> | undefined>()

  /** `retries`: false on systems where a second attempt would create a second notification. */
  constructor(retries: boolean) {
    this.#retries = retries
  }

  add(kept: KeptNotification): void {
    this.#retryAfter(kept, retryAfterMs)
  }

  delete(kept: KeptNotification): void {
    clearTimeout(this.#timers.get(kept))
    this.#timers.delete(kept)
  }

  /** Call it when the system shows notifications: shows the silent ones again, once. */
  showAll(): void {
    const waiting = [...this.#timers.keys()]
    for (const kept of waiting) this.delete(kept)
    if (this.#retries) waiting.forEach(showAgain)
  }

  #retryAfter(kept: KeptNotification, [delay, ...later]: readonly number[]): void {
    this.#timers.set(kept, undefined)
    if (delay === undefined || !this.#retries) return
    const retry = (): void => {
      if (!this.#timers.has(kept)) return
      showAgain(kept)
      this.#retryAfter(kept, later)
    }
    this.#timers.set(kept, setTimeout(retry, delay).unref())
  }
}

function showAgain({ notification }: KeptNotification): void {
  try {
    notification.show()
  } catch {
    // Failed again: nothing to do.
  }
}
