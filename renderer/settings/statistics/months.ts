interface Month {
  /** As `2026-11`. */
  readonly month: string
  readonly tickets: number
}

const number = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
const name = (at: number): string => `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`

/** The last `count` months up to the newest with a ticket; months without one are there with 0. */
export function lastMonths(months: readonly Month[], count: number): readonly Month[] {
  if (months.length === 0) return []
  const known = new Map(months.map(({ month, tickets }) => [month, tickets]))
  const newest = Math.max(...months.map(({ month }) => number(month)))
  return Array.from({ length: count }, (_, i) => {
    const month = name(newest - count + 1 + i)
    return { month, tickets: known.get(month) ?? 0 }
  })
}
