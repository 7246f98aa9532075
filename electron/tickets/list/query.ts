import { dayMs, dayOf, parseDate } from '../text/dates.ts'
import { statusKey, statusKindOf } from '../status.ts'
import type { EpochMs, Speaker, StatusKind } from '../ticket.ts'
import type { SearchState } from './filters.ts'
import { lexicon, type FilterName, type Lexicon, type LengthUnit } from './query-words.ts'
import { fold, foldedWords } from '../text/turkish.ts'

/** A condition that a filter sets. Names are folded. */
export type Condition =
  | { readonly kind: 'state'; readonly state: SearchState }
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
  /** Start of a word of a tag's name, or the whole name; null for any tag. */
  | { readonly kind: 'tag'; readonly name: string | null; readonly isWhole: boolean }
  /** Start of a word of the note; null for any note. */
  | { readonly kind: 'note'; readonly text: string | null }

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

/** A value that means the opposite of its condition: `ek:yok`. */
interface Negated {
  readonly not: Condition
}

interface FilterValue {
  readonly typed: string
  readonly isQuoted: boolean
  /** Whether the filter's name is Turkish. */
  readonly isTurkish: boolean
}

/** The conditions of one filter: two for `date:`; null if the value is invalid. */
function conditionsOf(
  name: FilterName,
  { typed, isQuoted, isTurkish }: FilterValue,
  now: EpochMs,
  known: Lexicon
): readonly Condition[] | Negated | null {
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
      return answered({ kind: name }, known.answers.get(value))
    case 'snoozed':
      return answered({ kind: 'state', state: 'snoozed' }, known.answers.get(value))
    case 'tag':
    case 'note':
      if (value === '') return null
      // In quotes, a tag may be called `var` or `no`.
      return (
        answered(anyOf(name), isQuoted ? undefined : known.answers.get(value)) ?? [
          name === 'tag' ? { kind: 'tag', name: value, isWhole: false } : { kind: 'note', text: value }
        ]
      )
    case 'has': {
      const thing = known.things.get(value)
      return thing ? [anyOf(thing)] : null
    }
  }
}

/** `ek:var`, `ek:yok`; null for any other value. */
function answered(
  condition: Condition,
  answer: 'yes' | 'no' | undefined
): readonly Condition[] | Negated | null {
  if (answer === undefined) return null
  return answer === 'yes' ? [condition] : { not: condition }
}

/** The condition that there is one at all. */
function anyOf(thing: 'draft' | 'attachment' | 'tag' | 'note'): Condition {
  switch (thing) {
    case 'draft':
    case 'attachment':
      return { kind: thing }
    case 'tag':
      return { kind: 'tag', name: null, isWhole: false }
    case 'note':
      return { kind: 'note', text: null }
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
 * has:draft|attachment|tag|note tag:… note:…`, or `durum:okunmamış|açık|kapalı|bekleyen kimden:destek|ben departman:… hesap:…
 * önce:… sonra:… tarih:… taslak:var ek:var etiket:… not:…`, and the states of what the person keeps about a ticket
 * (`is:done`, `durum:tamam`). Dates are days in Istanbul: `2026-11-24`, `24.11.2026`, `dün`, `7g`. `before:` excludes its
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
      const value = {
        typed: quoted ?? bare,
        isQuoted: quoted !== undefined,
        isTurkish: known.isTurkish.has(fold(name))
      }
      const found = conditionsOf(filter, value, now, known)
      unquoted.push(typed)
      if (found === null) unknownFilters.push(negated ? `-${own}` : own)
      else {
        const isOpposite = 'not' in found
        const isNegated = negated !== isOpposite
        const conditions = isOpposite ? [found.not] : found
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
