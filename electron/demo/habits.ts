/** How real ticket systems differ from what the documentation promises, each with a name. For tests and rehearsals. */
import type { Lag } from './lag.ts'
import { rewrites } from './rewrites.ts'

export interface Habit {
  readonly name: string
  /** A customer's words as they are stored; the footer with the address comes after. */
  readonly rewrite?: (text: string) => string
  /** v1 as documented: `replies` is empty, whatever was said. */
  readonly hidesReplies?: boolean
  readonly lag?: Lag
  /** What becomes of every write: see `WriteHabit`. */
  readonly writes?: WriteHabit
  /** A firewall's page (403, HTML) for texts that it takes for an attack. */
  readonly refuses?: (text: string) => boolean
  /** `30-11-18` instead of `30-11-18 10:30:09`. */
  readonly omitsTimes?: boolean
  /** Added to every date of a ticket or reply, in milliseconds; the HTTP `Date` is right. */
  readonly ticketClockMs?: number
  /** Added to the HTTP `Date` as well. */
  readonly clockMs?: number
  /** Ticket numbers are random, as WHMCS' masks are: a new one may be lower than all others. */
  readonly randomIds?: boolean
  /** Replies have no number. */
  readonly omitsReplyIds?: boolean
}

/**
 * - `unkept`: acknowledged, and nothing happened.
 * - `error`: it happened, and the answer is a 500.
 * - `cut`: it happened, and the connection is cut.
 */
export type WriteHabit = 'unkept' | 'error' | 'cut'

const minute = 60_000
const hour = 60 * minute

/** As rule sets do it that look for code and paths in what is posted. */
export const looksLikeAttack = (text: string): boolean =>
  /<\?php|<script|\bunion\s+select\b|\bselect\b.+\bfrom\b|\/etc\/passwd|\.\.\/|base64_decode/is.test(text)

export const habits: readonly Habit[] = [
  ...rewrites.map(({ name, text }): Habit => ({ name, rewrite: text })),
  { name: 'hides replies', hidesReplies: true },
  { name: 'list cached five minutes', lag: { ms: 5 * minute, kind: 'cache', date: 'now' } },
  { name: 'list cached five minutes, with its age', lag: { ms: 5 * minute, kind: 'cache', date: 'age' } },
  {
    name: 'list cached two minutes, with its own date',
    lag: { ms: 2 * minute, kind: 'cache', date: 'made' }
  },
  { name: 'list cached a minute, without a date', lag: { ms: minute, kind: 'cache', date: 'none' } },
  { name: 'list of 90 seconds ago', lag: { ms: 90_000, kind: 'replica', date: 'now' } },
  { name: 'list of five minutes ago', lag: { ms: 5 * minute, kind: 'replica', date: 'now' } },
  { name: 'acknowledges without keeping', writes: 'unkept' },
  { name: 'keeps and says 500', writes: 'error' },
  { name: 'keeps and cuts', writes: 'cut' },
  { name: 'firewall', refuses: looksLikeAttack },
  { name: 'dates without a time', omitsTimes: true },
  { name: 'ticket clock three hours ahead', ticketClockMs: 3 * hour },
  { name: 'ticket clock eleven hours behind', ticketClockMs: -11 * hour },
  { name: 'clock two hours ahead', clockMs: 2 * hour },
  { name: 'random ids', randomIds: true },
  { name: 'replies without ids', omitsReplyIds: true }
]

export function habitNamed(name: string): Habit {
  const found = habits.find((habit) => habit.name === name)
  if (!found) throw new Error(`There is no habit "${name}"`)
  return found
}
