import type { NotificationText } from './notification.ts'
import type { DeliveryOutcome, Platform } from '../types.ts'

/** Older notifications are dropped; their tickets are in the inbox. */
const maxKept = 500

/**
 * Whether a notification could not be shown at the moment. A refusal counts on Linux, where nobody refuses: there it
 * means that no server is running.
 */
export const isUndelivered = (outcome: DeliveryOutcome, platform: Platform): boolean =>
  outcome === 'no-helper' || outcome === 'failed' || (outcome === 'no-permission' && platform === 'linux')

/** Keeps notifications that could not be shown until a notification server is running. */
export class Undelivered {
  readonly #texts = new Map<string, NotificationText>()

  get size(): number {
    return this.#texts.size
  }

  /** A newer notification replaces the older one of its group; of a summary, its parts are kept. */
  add({ summarized, ...text }: NotificationText): void {
    for (const entry of summarized ?? [text]) {
      this.#texts.delete(entry.group)
      this.#texts.set(entry.group, entry)
      const [oldest] = this.#texts.keys()
      if (this.#texts.size > maxKept && oldest !== undefined) this.#texts.delete(oldest)
    }
  }

  /** Removes and returns those that may be shown now, newest first. */
  take(mayShow: (text: NotificationText) => boolean): readonly NotificationText[] {
    const texts = [...this.#texts.values()].filter(mayShow).reverse()
    for (const { group } of texts) this.#texts.delete(group)
    return texts
  }
}
