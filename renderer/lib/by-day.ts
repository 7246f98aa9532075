import type { Locale } from '../../electron/tickets/locale.ts'
import { day } from './format.ts'

export interface Day<Item> {
  /** Empty where nothing before it has a date. */
  readonly label: string
  readonly items: readonly Item[]
}

/** Runs of one day, by this machine's zone; what has no date (epoch ms) belongs to what stands before it. */
export function byDay<Item>(
  items: readonly Item[],
  dateOf: (item: Item) => number | null,
  now: number,
  locale: Locale
): readonly Day<Item>[] {
  const days: { label: string; items: Item[] }[] = []
  for (const item of items) {
    const at = dateOf(item)
    const label = at === null ? '' : day(at, now, locale)
    const last = days.at(-1)
    if (last && (last.label === label || label === '')) last.items.push(item)
    else days.push({ label, items: [item] })
  }
  return days
}
