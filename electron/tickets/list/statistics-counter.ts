import { dayMs, dayOf, hasTime, istanbulTime } from '../text/dates.ts'
import { firstResponseMs, lastResponseMs, staffReplies } from '../thread/thread.ts'
import type { AccountId, EpochMs, Ticket } from '../ticket.ts'
import type { ResponseTimes, Statistics, StatisticsPeriod } from './statistics.ts'

function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b)
  const middle = known.length >> 1
  const upper = known[middle]
  if (upper === undefined) return null
  return known.length % 2 === 1 ? upper : Math.round((upper + (known[middle - 1] ?? upper)) / 2)
}

const pad = (value: number): string => String(value).padStart(2, '0')

type Unit = 'day' | 'month' | 'year'

function nameOf(at: EpochMs, unit: Unit): string {
  const { year, month, day } = istanbulTime(at)
  if (unit === 'year') return String(year)
  return unit === 'month' ? `${year}-${pad(month)}` : `${year}-${pad(month)}-${pad(day)}`
}

/** Months since the year 0. */
function monthCount(at: EpochMs): number {
  const { year, month } = istanbulTime(at)
  return year * 12 + month - 1
}

const monthName = (count: number): string => `${Math.floor(count / 12)}-${pad((count % 12) + 1)}`

/** Longer periods are grouped by year. */
const maxMonths = 24

const range = (from: number, to: number, name: (at: number) => string): readonly string[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => name(from + i))

const daysOf = { '7d': 7, '30d': 30, '90d': 90 } as const

/** Start of the period; null if it is unlimited. */
function periodStart(period: StatisticsPeriod, now: EpochMs): EpochMs | null {
  if (period === 'all') return null
  if (period !== '12m') return dayOf(now) - (daysOf[period] - 1) * dayMs
  const first = monthCount(now) - 11
  // Midnight in Istanbul, which has been at UTC+3 since 2016.
  return Date.UTC(Math.floor(first / 12), first % 12, 1, -3)
}

interface TicketGroup {
  tickets: number
  readonly firstMs: (number | null)[]
  readonly lastMs: (number | null)[]
}

const timesOf = ({ tickets, firstMs, lastMs }: TicketGroup): ResponseTimes => ({
  tickets,
  medianFirstMs: median(firstMs),
  medianLastMs: median(lastMs)
})

const byTicketCount = <Group extends { readonly tickets: number }>(
  groups: readonly Group[]
): readonly Group[] => groups.toSorted((a, b) => b.tickets - a.tickets)

type Counts = { tickets: number; replies: number }
const noActivity = (length: number): readonly Counts[] =>
  Array.from({ length }, () => ({ tickets: 0, replies: 0 }))

/** Counts tickets one by one, so that the caller can yield to the event loop between them. */
export class StatisticsCounter {
  readonly #period: StatisticsPeriod
  readonly #now: EpochMs
  readonly #since: EpochMs
  readonly #opened: EpochMs[] = []
  #tickets = 0
  #replies = 0
  readonly #accounts = new Map<AccountId, TicketGroup>()
  readonly #departments = new Map<string, TicketGroup>()
  readonly #people = new Map<string, { replies: number; readonly waitedMs: (number | null)[] }>()
  readonly #weekdays = noActivity(7)
  readonly #hours = noActivity(24)

  /** `now` by this machine's clock. */
  constructor(period: StatisticsPeriod, now: EpochMs) {
    this.#period = period
    this.#now = now
    this.#since = periodStart(period, now) ?? -Infinity
  }

  /** `department` is null if it is not known. */
  add(ticket: Ticket, accountId: AccountId, department: string | null): void {
    const { createdAt } = ticket
    // A ticket without a date counts only in the unlimited period.
    if (createdAt === null ? this.#since === -Infinity : createdAt >= this.#since) {
      this.#tickets++
      const [firstMs, lastMs] = [firstResponseMs(ticket), lastResponseMs(ticket)]
      addTimes(this.#accounts, accountId, firstMs, lastMs)
      if (department !== null) addTimes(this.#departments, department, firstMs, lastMs)
      if (createdAt !== null) {
        this.#opened.push(createdAt)
        this.#addActivity(createdAt, 'tickets')
      }
    }
    for (const { name, sentAt, waitedMs } of staffReplies(ticket)) {
      if (sentAt === null ? this.#since !== -Infinity : sentAt < this.#since) continue
      this.#replies++
      const person = this.#people.get(name) ?? { replies: 0, waitedMs: [] }
      this.#people.set(name, person)
      person.replies++
      person.waitedMs.push(waitedMs)
      if (sentAt !== null) this.#addActivity(sentAt, 'replies')
    }
  }

  result(): Statistics {
    return {
      tickets: this.#tickets,
      replies: this.#replies,
      timeline: this.#timeline(),
      accounts: byTicketCount(
        [...this.#accounts].map(([accountId, group]) => ({ accountId, ...timesOf(group) }))
      ),
      departments: byTicketCount(
        [...this.#departments].map(([department, group]) => ({ department, ...timesOf(group) }))
      ),
      people: [...this.#people]
        .map(([name, { replies, waitedMs }]) => ({
          name: name === '' ? null : name,
          replies,
          medianResponseMs: median(waitedMs)
        }))
        .sort((a, b) => b.replies - a.replies),
      weekdays: this.#weekdays.map((counts) => ({ ...counts })),
      hours: this.#hours.map((counts) => ({ ...counts }))
    }
  }

  #addActivity(at: EpochMs, what: keyof Counts): void {
    const { weekday, hour } = istanbulTime(at)
    const day = this.#weekdays[weekday]
    if (day) day[what]++
    const counts = hasTime(at) ? this.#hours[hour] : undefined
    if (counts) counts[what]++
  }

  #timeline(): Statistics['timeline'] {
    // Not Math.min(...), since the number of arguments is limited.
    const first = this.#opened.reduce((least, at) => Math.min(least, at), this.#now)
    const { unit, names } = this.#buckets(first)
    const counts = new Map(names.map((from) => [from, 0]))
    for (const at of this.#opened) {
      const from = nameOf(at, unit)
      const count = counts.get(from)
      // Undefined for a ticket of tomorrow, which occurs if this machine's clock is slow.
      if (count !== undefined) counts.set(from, count + 1)
    }
    return Array.from(counts, ([from, tickets]) => ({ from, tickets }))
  }

  #buckets(first: EpochMs): { readonly unit: Unit; readonly names: readonly string[] } {
    const now = this.#now
    switch (this.#period) {
      case '7d':
      case '30d': {
        const days = daysOf[this.#period]
        return { unit: 'day', names: range(1 - days, 0, (day) => nameOf(now + day * dayMs, 'day')) }
      }
      case '90d':
        return { unit: 'month', names: range(monthCount(this.#since), monthCount(now), monthName) }
      case '12m':
        return { unit: 'month', names: range(monthCount(now) - 11, monthCount(now), monthName) }
      case 'all': {
        const [from, to] = [monthCount(first), monthCount(now)]
        return to - from < maxMonths
          ? { unit: 'month', names: range(from, to, monthName) }
          : { unit: 'year', names: range(Math.floor(from / 12), Math.floor(to / 12), String) }
      }
    }
  }
}

function addTimes<Key>(
  groups: Map<Key, TicketGroup>,
  key: Key,
  firstMs: number | null,
  lastMs: number | null
): void {
  const group = groups.get(key) ?? { tickets: 0, firstMs: [], lastMs: [] }
  groups.set(key, group)
  group.tickets++
  group.firstMs.push(firstMs)
  group.lastMs.push(lastMs)
}
