import { parseDate } from './dates.ts'
import type { EpochMs } from './ticket.ts'
import { fold } from './turkish.ts'

export interface Query {
  /** Folded words; all must be found. */
  readonly words: readonly string[]
  readonly is: readonly ('unread' | 'open' | 'closed' | 'waiting')[]
  readonly from: 'staff' | 'customer' | null
  /** Folded beginning of a department's name. */
  readonly department: string | null
  readonly before: EpochMs | null
  readonly after: EpochMs | null
  readonly unknownFilters: readonly string[]
}

const states = ['unread', 'open', 'closed', 'waiting'] as const
const dayMs = 86_400_000

/** A day's beginning in Istanbul. A two-digit year would be a guess. */
const parseDay = (text: string): EpochMs | null =>
  /^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[.-]\d{1,2}[.-]\d{4})$/.test(text) ? parseDate(text) : null

/** Parts between spaces; a filter's value may be quoted: `dept:"Bulut Servisler"`. */
const tokens = (input: string): readonly string[] =>
  Array.from(input.matchAll(/(is|from|dept|before|after):"([^"]*)"?|\S+/gi), ([whole, filter, value]) =>
    filter === undefined ? whole : `${filter}:${value ?? ''}`
  )

/**
 * Words and filters: `is:unread|open|closed|waiting from:staff|me dept:… before:… after:…`. Dates are days in
 * Istanbul, `2026-11-24` or `24.11.2026`; `before:` excludes its day, `after:` begins with the next.
 */
export function parseQuery(input: string): Query {
  const words: string[] = []
  const unknownFilters: string[] = []
  const is: Query['is'][number][] = []
  let from: Query['from'] = null
  let department: string | null = null
  let before: EpochMs | null = null
  let after: EpochMs | null = null
  for (const token of tokens(input)) {
    const filter = /^(is|from|dept|before|after):(.*)$/is.exec(token)
    if (!filter) {
      const word = fold(token.replace(/^#(?=\d)/, ''))
      if (word) words.push(word)
      continue
    }
    const value = fold(filter[2] ?? '').trim()
    const day = parseDay(filter[2] ?? '')
    const state = states.find((name) => name === value)
    const name = filter[1]?.toLowerCase()
    if (name === 'is' && state) is.push(state)
    else if (name === 'from' && value === 'staff') from = 'staff'
    else if (name === 'from' && value === 'me') from = 'customer'
    else if (name === 'dept' && value !== '') department = value
    else if (name === 'before' && day !== null) before = day
    else if (name === 'after' && day !== null) after = day + dayMs
    else unknownFilters.push(token)
  }
  return { words, is, from, department, before, after, unknownFilters }
}
