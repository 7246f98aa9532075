import { dayMs, dayOf, parseDate } from '../text/dates.ts'
import { statusKey, statusKindOf } from '../status.ts'
import type { EpochMs, Speaker, StatusKind } from '../ticket.ts'
import type { ListState } from './filters.ts'
import { lexicon, type FilterName, type Lexicon, type LengthUnit } from './query-words.ts'
import { fold, foldedWords } from '../text/turkish.ts'

/** A condition that a filter sets. Names are folded. */
export type Condition =
  | { readonly kind: 'state'; readonly state: ListState }
  | { readonly kind: 'status'; readonly status: StatusKind }
  /** Start of the server's text of a status, since servers may have any statuses. */
  | { readonly kind: 'status-text'; readonly text: string }
  | { readonly kind: 'speaker'; readonly speaker: Speaker }
  /** Start of a department's name. */
  | { readonly kind: 'department'; readonly name: string }
  /** Start of an account's name, or the full name. */
  | { readonly kind: 'account'; readonly name: string }
  /** Last activity before this moment. */
  | { readonly kind: 'before'; readonly at: EpochMs }
  /** Last activity at this moment or later. */
  | { readonly kind: 'after'; readonly at: EpochMs }
  | { readonly kind: 'draft' }
  | { readonly kind: 'attachment' }

export interface QueryFilter {
  readonly condition: Condition
  /** Prefixed with `-`: excludes tickets that meet the condition. */
  readonly negated: boolean
  /** The filter as typed. */
  readonly typed: string
}

export interface Phrase {
  /** Folded words, separated by one space. */
  readonly text: string
  /** Without a closing quote yet: the last word may be incomplete. */
  readonly isOpen: boolean
}

export interface Query {
  /** Folded words; all must be found. */
  readonly words: readonly string[]
  /** Quoted phrases; each must be found as a whole. */
  readonly phrases: readonly Phrase[]
  /** Prefixed with `-`: none of them may be found. */
  readonly withoutWords: readonly string[]
  readonly withoutPhrases: readonly Phrase[]
  readonly filters: readonly QueryFilter[]
  readonly unknownFilters: readonly string[]
  /** The query without the quotes of its phrases; null if it has no phrases. */
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
  /** Start of `after:`: the next day for a date, the day itself for a relative one (`yesterday`, `7d`). */
  readonly after: EpochMs
  readonly to: EpochMs
}

/** Parses a day in Istanbul or a number of hours ago; else null. Two-digit years are ambiguous and not accepted. */
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

/** The conditions of one filter: two for `date:`; null if the value is invalid. */
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

/** A ticket has one of each, so only the last filter of such a kind is used. */
const singleValuedKinds: ReadonlySet<Condition['kind']> = new Set([
  'speaker',
  'department',
  'account',
  'before',
  'after'
])

/** A part of a query: optional `-`, optional filter name, and a value that may be quoted: `dept:"Bulut Servisler"`. */
const part = /(-?)(?:(\p{L}+):)?(?:["“]([^"“”]*)(["”]?)|(\S*))/gu

/**
 * Parses words, `"phrases"`, excluded `-words`, and filters, which can also be excluded with `-`:
 * `is:unread|open|closed|waiting` or any status, `from:staff|me dept:… account:… before:… after:… date:…
 * has:draft|attachment`, or `durum:okunmamış|açık|kapalı|bekleyen kimden:destek|ben departman:… hesap:… önce:… sonra:…
 * tarih:… taslak:var ek:var`. Dates are days in Istanbul: `2026-11-24`, `24.11.2026`, `dün`, `7g`. `before:` excludes its
 * day; `after:` begins on the day after a date, but on the day itself if the day is relative to `now`.
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
    // Two dashes are an option of a command, not a negation.
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
          : conditions.map(({ kind }) => kind).filter((kind) => singleValuedKinds.has(kind))
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
