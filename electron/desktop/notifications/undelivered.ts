import type { NotificationText } from './notification.ts'
import type { DeliveryOutcome, Platform } from '../types.ts'

/** Older ones are in the inbox. */
const maxKept = 500

/** Nobody shows notifications at the moment. On Linux nobody refuses them either: what looks so is a daemon that is not there. */
export const isUndelivered = (outcome: DeliveryOutcome, platform: Platform): boolean =>
  outcome === 'no-helper' || outcome === 'failed' || (outcome === 'no-permission' && platform === 'linux')

/** Keeps notifications that could not be shown until a notification server is running. */
export class Undelivered {
  readonly #texts = new Map<string, NotificationText>()

  get size(): number {
    return this.#texts.size
  }

  /** A newer one of the same group takes the place of an older one; of a summary, what it sums up. */
  add({ sums, ...text }: NotificationText): void {
    for (const entry of sums ?? [text]) {
      this.#texts.delete(entry.group)
      this.#texts.set(entry.group, entry)
      const [oldest] = this.#texts.keys()
      if (this.#texts.size > maxKept && oldest !== undefined) this.#texts.delete(oldest)
    }
  }

  /** Newest first those that may be shown now; they are not kept any more. */
  take(mayShow: (text: NotificationText) => boolean): readonly NotificationText[] {
    const texts = [...this.#texts.values()].filter(mayShow).reverse()
    for (const { group } of texts) this.#texts.delete(group)
    return texts
  }
}
