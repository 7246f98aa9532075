import { parseDate } from '../text/dates.ts'
import type { Locale } from '../locale.ts'
import type { EpochMs } from '../ticket.ts'
import type { ListState } from './filters.ts'
import { fold, foldedWords } from '../text/turkish.ts'

export interface Query {
  /** Folded words; all must be found. */
  readonly words: readonly string[]
  readonly is: readonly ListState[]
  readonly from: 'staff' | 'customer' | null
  /** Folded prefix of the department's name. */
  readonly department: string | null
  /** Folded prefix of the account's name. */
  readonly account: string | null
  readonly before: EpochMs | null
  readonly after: EpochMs | null
  readonly unknownFilters: readonly string[]
}

type FilterName = 'is' | 'from' | 'dept' | 'account' | 'before' | 'after'

interface FilterWords {
  readonly names: Readonly<Record<FilterName, string>>
  readonly states: Readonly<Record<Query['is'][number], string>>
  readonly speakers: Readonly<Record<NonNullable<Query['from']>, string>>
}

/** Filter words of every language; all of them are understood, whatever the app's language. */
const filterWords: Readonly<Record<Locale, FilterWords>> = {
  tr: {
    names: {
      is: 'durum',
      from: 'kimden',
      dept: 'departman',
      account: 'hesap',
      before: 'önce',
      after: 'sonra'
    },
    states: { unread: 'okunmamış', open: 'açık', closed: 'kapalı', waiting: 'bekleyen' },
    speakers: { staff: 'yetkili', customer: 'ben' }
  },
  en: {
    names: { is: 'is', from: 'from', dept: 'dept', account: 'account', before: 'before', after: 'after' },
    states: { unread: 'unread', open: 'open', closed: 'closed', waiting: 'waiting' },
    speakers: { staff: 'staff', customer: 'me' }
  }
}

/** Maps folded words of all languages to their meaning. */
function meaningsByWord<Meaning extends string>(
  wordsIn: (words: FilterWords) => Readonly<Record<Meaning, string>>
): ReadonlyMap<string, Meaning> {
  const byWord = new Map<string, Meaning>()
  for (const words of Object.values(filterWords))
    for (const [meaning, word] of Object.entries(wordsIn(words)) as [Meaning, string][])
      byWord.set(fold(word), meaning)
  return byWord
}

interface Lexicon {
  readonly names: ReadonlyMap<string, FilterName>
  readonly states: ReadonlyMap<string, Query['is'][number]>
  readonly speakers: ReadonlyMap<string, NonNullable<Query['from']>>
  /** Splits at spaces; the value of a filter may be quoted: `dept:"Bulut Servisler"`. */
  readonly token: RegExp
}

function makeLexicon(): Lexicon {
  const names = meaningsByWord(({ names }) => names)
  const written = Object.values(filterWords).flatMap(({ names }) => Object.values(names))
  return {
    names,
    states: meaningsByWord(({ states }) => states),
    speakers: meaningsByWord(({ speakers }) => speakers),
    token: new RegExp(`(${[...new Set([...written, ...names.keys()])].join('|')}):"([^"]*)"?|\\S+`, 'giu')
  }
}

/** Created at the first search: it takes a few milliseconds, which would delay the start of a window. */
let lexicon: Lexicon | null = null

const dayMs = 86_400_000

/** Start of a day in Istanbul. Two-digit years are rejected as ambiguous. */
const parseDay = (text: string): EpochMs | null =>
  /^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[.-]\d{1,2}[.-]\d{4})$/.test(text) ? parseDate(text) : null

const tokens = (input: string, pattern: RegExp): readonly string[] =>
  Array.from(input.matchAll(pattern), ([whole, filter, value]) =>
    filter === undefined ? whole : `${filter}:${value ?? ''}`
  )

/**
 * Parses words and filters: `is:unread|open|closed|waiting from:staff|me dept:… account:… before:… after:…`, or
 * `durum:okunmamış|açık|kapalı|bekleyen kimden:yetkili|ben departman:… hesap:… önce:… sonra:…`. Dates are days in
 * Istanbul, `2026-11-24` or `24.11.2026`; both `before:` and `after:` exclude the day itself.
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
  if (input === '') return { words, is, from, department, account, before, after, unknownFilters }
  const { names, states, speakers, token } = (lexicon ??= makeLexicon())
  for (const part of tokens(input, token)) {
    const filter = /^(\p{L}+):(.*)$/su.exec(part)
    const name = names.get(fold(filter?.[1] ?? ''))
    if (!filter || !name) {
      words.push(...foldedWords(part.replace(/^#(?=\d)/, '')))
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
    else unknownFilters.push(part)
  }
  return { words, is, from, department, account, before, after, unknownFilters }
}
