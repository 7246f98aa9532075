import { dayMs, dayOf, parseDate } from '../text/dates.ts'
import { statusKey, statusKindOf } from '../status.ts'
import type { EpochMs, Speaker, StatusKind } from '../ticket.ts'
import type { ListState } from './filters.ts'
import { lexicon, type FilterName, type Lexicon, type LengthUnit } from './query-words.ts'
import { fold, foldedWords } from '../text/turkish.ts'

/** What a filter asks of a ticket. Names are folded. */
export type Condition =
  | { readonly kind: 'state'; readonly state: ListState }
  | { readonly kind: 'status'; readonly status: StatusKind }
  /** How the server's own words for a status begin: no list of statuses is complete. */
  | { readonly kind: 'status-text'; readonly text: string }
  | { readonly kind: 'speaker'; readonly speaker: Speaker }
  /** The beginning of a department's name. */
  | { readonly kind: 'department'; readonly name: string }
  /** The beginning of an account's name, or the whole of it. */
  | { readonly kind: 'account'; readonly name: string }
  /** Last activity before this moment. */
  | { readonly kind: 'before'; readonly at: EpochMs }
  /** Last activity at this moment or later. */
  | { readonly kind: 'after'; readonly at: EpochMs }
  | { readonly kind: 'draft' }
  | { readonly kind: 'attachment' }

export interface QueryFilter {
  readonly condition: Condition
  /** Written with a `-` before it: tickets of which it is true are left out. */
  readonly negated: boolean
  /** As it was typed. */
  readonly typed: string
}

export interface Phrase {
  /** Folded words, one blank between them. */
  readonly text: string
  /** The closing quote is not typed yet: the last word may go on. */
  readonly isOpen: boolean
}

export interface Query {
  /** Folded words; all must be found. */
  readonly words: readonly string[]
  /** From quotes; each must be found as it stands. */
  readonly phrases: readonly Phrase[]
  /** With a `-` before them: none may be found. */
  readonly withoutWords: readonly string[]
  readonly withoutPhrases: readonly Phrase[]
  readonly filters: readonly QueryFilter[]
  readonly unknownFilters: readonly string[]
  /** The same query without the quotes of its phrases; null where there are none. */
  readonly unquoted: string | null
}

const unitMs: Readonly<Record<LengthUnit, number>> = {
  hour: 3600_000,
  day: dayMs,
  week: 7 * dayMs,
  month: 30 * dayMs,
  year: 365 * dayMs
}

interface Span {
  readonly from: EpochMs
  /** Where `after:` begins: past a date, but with what is counted back from today. */
  readonly after: EpochMs
  readonly to: EpochMs
}

/** A day in Istanbul, or a moment so many hours ago. A two-digit year would be a guess. */
function parseSpan(typed: string, isTurkish: boolean, now: EpochMs, known: Lexicon): Span | null {
  if (/^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[.-]\d{1,2}[.-]\d{4})$/.test(typed)) {
    const from = parseDate(typed)
    return from === null ? null : { from, after: from + dayMs, to: from + dayMs }
  }
  const word = fold(typed)
  const named = known.days.get(word)
  const dayBack = (days: number): Span => {
    const from = dayOf(now) - days * dayMs
    return { from, after: from, to: from + dayMs }
  }
  if (named) return dayBack(named === 'today' ? 0 : 1)
  const [, count = '', unitWord = ''] = /^(\d{1,4}) ?(\p{L}+)$/u.exec(word) ?? []
  const unit = known.units[isTurkish ? 'tr' : 'en'].get(unitWord)
  if (!unit) return null
  if (unit !== 'hour') return dayBack((Number(count) * unitMs[unit]) / dayMs)
  const at = now - Number(count) * unitMs.hour
  return { from: at, after: at, to: now }
}

/** What one filter asks for; more than one condition for a day, none where its value means nothing. */
function conditionsOf(
  name: FilterName,
  typed: string,
  isTurkish: boolean,
  now: EpochMs,
  known: Lexicon
): readonly Condition[] | 'negated' | null {
  const value = fold(typed).trim()
  switch (name) {
    case 'is': {
      const state = known.states.get(value)
      if (state) return [{ kind: 'state', state }]
      const key = statusKey(value)
      const status = statusKindOf(value) ?? known.statuses.get(key)
      if (status) return [{ kind: 'status', status }]
      return key === '' ? null : [{ kind: 'status-text', text: key }]
    }
    case 'from': {
      const speaker = known.speakers.get(value)
      return speaker ? [{ kind: 'speaker', speaker }] : null
    }
    case 'dept':
      return value === '' ? null : [{ kind: 'department', name: value }]
    case 'account':
      return value === '' ? null : [{ kind: 'account', name: value }]
    case 'before':
    case 'after':
    case 'date': {
      const span = parseSpan(typed.trim(), isTurkish, now, known)
      if (!span) return null
      if (name === 'before') return [{ kind: 'before', at: span.from }]
      if (name === 'after') return [{ kind: 'after', at: span.after }]
      return [
        { kind: 'after', at: span.from },
        { kind: 'before', at: span.to }
      ]
    }
    case 'draft':
    case 'attachment':
      switch (known.answers.get(value)) {
        case 'yes':
          return [{ kind: name }]
        case 'no':
          return 'negated'
        default:
          return null
      }
    case 'has': {
      const thing = known.things.get(value)
      return thing ? [{ kind: thing }] : null
    }
  }
}

/** Of these the last one counts: a ticket has one of each. */
const isOnlyOne: ReadonlySet<Condition['kind']> = new Set([
  'speaker',
  'department',
  'account',
  'before',
  'after'
])

/** A part between blanks: perhaps a `-`, a filter's name, and a value that may be quoted: `dept:"Bulut Servisler"`. */
const part = /(-?)(?:(\p{L}+):)?(?:["“]([^"“”]*)(["”]?)|(\S*))/gu

/**
 * Words, `"phrases"`, `-words` that must not be found, and filters, which take a `-` as well:
 * `is:unread|open|closed|waiting` or any status, `from:staff|me dept:… account:… before:… after:… date:…
 * has:draft|attachment`, or `durum:okunmamış|açık|kapalı|bekleyen kimden:destek|ben departman:… hesap:… önce:… sonra:…
 * tarih:… taslak:var ek:var`. Dates are days in Istanbul: `2026-11-24`, `24.11.2026`, `dün`, `7g`. `before:` excludes its
 * day; `after:` begins with the next one after a date, and with the day itself where that is counted back from `now`.
 */
export function parseQuery(input: string, now: EpochMs = Date.now()): Query {
  const words: string[] = []
  const phrases: Phrase[] = []
  const withoutWords: string[] = []
  const withoutPhrases: Phrase[] = []
  const unknownFilters: string[] = []
  const unquoted: string[] = []
  let filters: readonly QueryFilter[] = []
  const known = input === '' ? null : lexicon()
  for (const [typed, dash = '', name = '', quoted, closing, bare = ''] of input.matchAll(part)) {
    if (!known || typed === '') continue
    const filter = known.names.get(fold(name))
    // Two dashes begin an option of a program.
    const negated = dash === '-' && (name !== '' || quoted !== undefined || /^[\p{L}\p{N}]/u.test(bare))
    if (filter) {
      const own = `${name}:${quoted ?? bare}`
      const found = conditionsOf(filter, quoted ?? bare, known.isTurkish.has(fold(name)), now, known)
      unquoted.push(typed)
      if (found === null) unknownFilters.push(negated ? `-${own}` : own)
      else {
        const isNegated = negated !== (found === 'negated')
        const conditions: readonly Condition[] =
          found === 'negated' ? [{ kind: filter === 'draft' ? 'draft' : 'attachment' }] : found
        const replaced = isNegated
          ? []
          : conditions.map(({ kind }) => kind).filter((kind) => isOnlyOne.has(kind))
        filters = [
          ...filters.filter((one) => one.negated || !replaced.includes(one.condition.kind)),
          ...conditions.map((condition) => ({
            condition,
            negated: isNegated,
            typed: negated ? `-${own}` : own
          }))
        ]
      }
    } else if (quoted !== undefined && name === '') {
      const text = foldedWords(quoted).join(' ')
      if (text === '') continue
      ;(negated ? withoutPhrases : phrases).push({ text, isOpen: closing === '' })
      unquoted.push(negated ? typed : quoted)
    } else if (typed !== '-') {
      unquoted.push(typed)
      const all = foldedWords((negated ? typed.slice(1) : typed).replace(/^#(?=\d)/, ''))
      ;(negated ? withoutWords : words).push(...all)
    }
  }
  return {
    words,
    phrases,
    withoutWords,
    withoutPhrases,
    filters,
    unknownFilters,
    unquoted: phrases.length === 0 ? null : unquoted.join(' ')
  }
}
