import type { EpochMs } from '../../tickets/ticket.ts'
import type { NotificationText } from './notification.ts'

/** More notifications at once than this become one summary. */
export const maxAtOnce = 3
/** Maximum number of single notifications within `recentMs` across all accounts; further ones are summarized. */
const maxRecent = 5
const recentMs = 10_000

/** Limits how many single notifications appear within `recentMs`, also when they come from several accounts. */
export class RecentNotifications {
  /** Times of single notifications by group. */
  readonly #shownAt = new Map<string, EpochMs>()
  #summed: readonly NotificationText[] = []
  #summedAt: EpochMs = -Infinity

  /** Returns what to show now: each notification by itself, or one summary that replaces the previous summary. */
  take(
    texts: readonly NotificationText[],
    now: EpochMs,
    summary: (texts: readonly NotificationText[]) => NotificationText
  ): readonly NotificationText[] {
    if (texts.length === 0) return []
    // `abs`: the clock may have been set back.
    const isRecent = (at: EpochMs): boolean => Math.abs(now - at) < recentMs
    for (const [group, at] of this.#shownAt) if (!isRecent(at)) this.#shownAt.delete(group)
    if (!isRecent(this.#summedAt)) this.#summed = []
    const more = texts.filter(({ group }) => !this.#shownAt.has(group)).length
    if (texts.length <= maxAtOnce && this.#shownAt.size + more <= maxRecent) {
      for (const { group } of texts) this.#shownAt.set(group, now)
      return texts
    }
    const groups = new Set(texts.map(({ group }) => group))
    this.#summed = [...texts, ...this.#summed.filter(({ group }) => !groups.has(group))]
    this.#summedAt = now
    return [summary(this.#summed)]
  }
}
