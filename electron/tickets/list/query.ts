import { parseDate } from '../text/dates.ts'
import type { EpochMs } from '../ticket.ts'
import type { ListState } from './filters.ts'
import { fold, foldedWords } from '../text/turkish.ts'

export interface Query {
  /** Folded words; all must be found. */
  readonly words: readonly string[]
  readonly is: readonly ListState[]
  readonly from: 'staff' | 'customer' | null
  /** Folded beginning of a department's name. */
  readonly department: string | null
  /** Folded beginning of an account's name, or the whole of it. */
  readonly account: string | null
  readonly before: EpochMs | null
  readonly after: EpochMs | null
  readonly unknownFilters: readonly string[]
}

/** As they are written, folded; in Turkish and English alike. */
const names = new Map<string, 'is' | 'from' | 'dept' | 'account' | 'before' | 'after'>([
  ['is', 'is'],
  ['durum', 'is'],
  ['from', 'from'],
  ['kimden', 'from'],
  ['dept', 'dept'],
  ['departman', 'dept'],
  ['account', 'account'],
  ['hesap', 'account'],
  ['before', 'before'],
  ['once', 'before'],
  ['after', 'after'],
  ['sonra', 'after']
])
const states = new Map<string, Query['is'][number]>([
  ['unread', 'unread'],
  ['okunmamis', 'unread'],
  ['open', 'open'],
  ['acik', 'open'],
  ['closed', 'closed'],
  ['kapali', 'closed'],
  ['waiting', 'waiting'],
  ['bekleyen', 'waiting']
])
const speakers = new Map<string, NonNullable<Query['from']>>([
  ['staff', 'staff'],
  ['yetkili', 'staff'],
  ['me', 'customer'],
  ['ben', 'customer']
])
const dayMs = 86_400_000

/** A day's beginning in Istanbul. A two-digit year would be a guess. */
const parseDay = (text: string): EpochMs | null =>
  /^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[.-]\d{1,2}[.-]\d{4})$/.test(text) ? parseDate(text) : null

const quoted =
  /(is|durum|from|kimden|dept|departman|account|hesap|before|[oö]nce|after|sonra):"([^"]*)"?|\S+/giu

/**
 * Parts between spaces; a filter's value may be quoted: `dept:"Bulut Servisler"`. Of nothing there are none, which is
 * said without the expression: to compile it takes milliseconds of a window's start.
 */
const tokens = (input: string): readonly string[] =>
  input === ''
    ? []
    : Array.from(input.matchAll(quoted), ([whole, filter, value]) =>
        filter === undefined ? whole : `${filter}:${value ?? ''}`
      )

/**
 * Words and filters: `is:unread|open|closed|waiting from:staff|me dept:… account:… before:… after:…`, or
 * `durum:okunmamış|açık|kapalı|bekleyen kimden:yetkili|ben departman:… hesap:… önce:… sonra:…`. Dates are days in
 * Istanbul, `2026-11-24` or `24.11.2026`; `before:` excludes its day, `after:` begins with the next.
 */
export function parseQuery(input: string): Query {
  const words: string[] = []
  const unknownFilters: string[] = []
  const is: Query['is'][number][] = []
  let from: Query['from'] = null
  let department: string | null = null
  let account: string | null = null
  let before: EpochMs | null = null
  let after: EpochMs | null = null
  for (const token of tokens(input)) {
    const filter = /^(\p{L}+):(.*)$/su.exec(token)
    const name = names.get(fold(filter?.[1] ?? ''))
    if (!filter || !name) {
      words.push(...foldedWords(token.replace(/^#(?=\d)/, '')))
      continue
    }
    const value = fold(filter[2] ?? '').trim()
    const day = parseDay(filter[2] ?? '')
    const state = states.get(value)
    const speaker = speakers.get(value)
    if (name === 'is' && state) is.push(state)
    else if (name === 'from' && speaker) from = speaker
    else if (name === 'dept' && value !== '') department = value
    else if (name === 'account' && value !== '') account = value
    else if (name === 'before' && day !== null) before = day
    else if (name === 'after' && day !== null) after = day + dayMs
    else unknownFilters.push(token)
  }
  return { words, is, from, department, account, before, after, unknownFilters }
}
