import type { ElectronNotification } from './electron-notification-api.ts'
import type { Choice } from '../notification.ts'

/** A garbage-collected notification loses its click events, even in the system's list; this many are referenced. */
const maxKept = 50

export interface KeptNotification {
  readonly group: string
  readonly notification: ElectronNotification
  /** Id of the toast in Windows' activation arguments; empty for a notification of an earlier run. */
  readonly toast: string
  /** Called with the person's choice, or null if it was dismissed. */
  readonly end: (choice: Choice | null) => void
}

/** Keeps references to notifications that can still be clicked, one per group; the oldest are dropped. */
export class KeptNotifications {
  readonly #byGroup = new Map<string, KeptNotification>()
  readonly #onForgotten: (kept: KeptNotification) => void

  /** `onForgotten` is called for each dropped notification, e.g. to clear its timers. */
  constructor(onForgotten: (kept: KeptNotification) => void) {
    this.#onForgotten = onForgotten
  }

  get(group: string): KeptNotification | undefined {
    return this.#byGroup.get(group)
  }

  /** Replaces the notification of the same group, which is closed. */
  add(kept: KeptNotification): void {
    this.withdraw(kept.group)
    this.#byGroup.set(kept.group, kept)
    const [oldest] = this.#byGroup.values()
    if (this.#byGroup.size > maxKept && oldest) this.forget(oldest)
  }

  /** Drops the reference only; the notification stays on screen. */
  forget(kept: KeptNotification): void {
    this.#onForgotten(kept)
    if (this.#byGroup.get(kept.group) === kept) this.#byGroup.delete(kept.group)
  }

  withdraw(group: string): void {
    const kept = this.#byGroup.get(group)
    if (!kept) return
    this.forget(kept)
    this.close(kept)
  }

  close({ notification }: KeptNotification): void {
    try {
      notification.close()
    } catch {
      // Already closed: nothing to do.
    }
  }
}
