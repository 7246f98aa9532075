import type { ElectronNotification } from './electron-notification-api.ts'
import type { Choice } from '../notification.ts'

/** A collected notification loses its click, also in the system's list of old ones; this many are kept. */
const maxKept = 50

export interface KeptNotification {
  readonly group: string
  readonly notification: ElectronNotification
  /** Its name in what Windows tells of a click; empty for one of an earlier run. */
  readonly toast: string
  /** The person chose this with it, or took it away (null). */
  readonly end: (choice: Choice | null) => void
}

/** Notifications that may still be clicked, one of each group; the oldest are forgotten. */
export class KeptNotifications {
  readonly #byGroup = new Map<string, KeptNotification>()
  readonly #onForgotten: (kept: KeptNotification) => void

  /** `onForgotten`: for what else belongs to one, such as timers. */
  constructor(onForgotten: (kept: KeptNotification) => void) {
    this.#onForgotten = onForgotten
  }

  get(group: string): KeptNotification | undefined {
    return this.#byGroup.get(group)
  }

  /** In the place of the one of its group, which is taken away. */
  add(kept: KeptNotification): void {
    this.withdraw(kept.group)
    this.#byGroup.set(kept.group, kept)
    const [oldest] = this.#byGroup.values()
    if (this.#byGroup.size > maxKept && oldest) this.forget(oldest)
  }

  /** It stays where the system shows it. */
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
