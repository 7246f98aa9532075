import { highlight, isWhole, needleOf, nextMatch, bestMatch, type Needle } from '../text/highlight.ts'
import { packMatches } from './more-matches.ts'
import { newestFirst } from './order.ts'
import { parseQuery, type Query } from './query.ts'
import {
  accountsOf,
  passes,
  rejectUnknownStatuses,
  withWholeTags,
  type SearchAccount,
  type SearchEntry
} from './search-filters.ts'
import { excerptAround, originalPosition } from './search-excerpt.ts'
import { sources, textsOf, workText } from './search-sources.ts'
import { termsOf, type PhraseTerm, type SearchTerms } from './search-terms.ts'
import { refOf, type EpochMs, type LocalFacts, type Ticket } from '../ticket.ts'
import { hideSecrets } from '../text/secrets.ts'
import { narrowed } from '../text/narrow.ts'
import { fold, foldedWords } from '../text/turkish.ts'
import type { SearchAnswer, SearchHit } from '../views.ts'

export { highlight } from '../text/highlight.ts'

interface Folded {
  readonly facts: LocalFacts | null
  readonly department: string | null
  /** Own title and tags, as they were folded. */
  readonly work: string
  readonly note: string
  /**
   * Every distinct word once, in the source with the highest weight, each followed by a space. Quotes, signatures and
   * repetitions make this much shorter than the texts.
   */
  readonly words: string
  /** End position in `words` of each source. */
  readonly ends: readonly number[]
}

interface Match {
  readonly entry: SearchEntry
  readonly score: number
  /** Index of the text that matched; 0 is the subject, for which no excerpt is needed. */
  readonly source: number
}

const maxExcerpts = 100

const weight = (source: number): number => (source === 0 ? 8 : source === 1 ? 4 : 2)

/** The previous search, which the next one may narrow. */
interface PreviousSearch {
  readonly query: Query
  readonly lists: readonly (readonly SearchEntry[])[]
  /** All matches, in the order of the lists. */
  readonly found: readonly SearchEntry[]
}

/**
 * Searches by scanning folded text; building an index would cost some 200 times what it saves. A ticket is folded once until
 * it changes; the result is cached for the lifetime of the ticket object. A query that extends the previous one is searched
 * only in the previous matches.
 */
export class TicketSearch {
  readonly #folded = new WeakMap<Ticket, Folded>()
  #previous: PreviousSearch | null = null
  /** Folded texts of the excerpts shown last; the next search mostly shows the same ones. */
  #foldedExcerptTexts: ReadonlyMap<string, string> = new Map()

  /** Best first: by source (subject, message, replies), then whole words before prefixes, then newest activity. */
  search(input: string, accounts: readonly SearchAccount[], now: EpochMs = Date.now()): SearchAnswer {
    const parsed = rejectUnknownStatuses(parseQuery(input, now), accounts, input)
    const query = withWholeTags(parsed, accounts)
    const lists = accountsOf(query.filters, accounts).map(({ entries }) => entries)
    const terms = termsOf(query)
    const searched = [...query.words, ...query.phrases.map(({ text }) => text)]
    const before = this.#previous && isNarrowing(this.#previous, query, lists) ? this.#previous.found : null
    const matches: Match[] = []
    for (const list of before ? [before] : lists)
      for (const entry of list) {
        if (!before && !passes(query.filters, entry)) continue
        const match = this.#match(terms, entry)
        if (match) matches.push(match)
      }
    this.#previous = { query, lists, found: matches.map(({ entry }) => entry) }
    const best = sortMatches(matches, lists.length > 1)
    const shown = new Map<string, string>()
    const foldOnce = (text: string): string => {
      const folded = this.#foldedExcerptTexts.get(text) ?? fold(text)
      shown.set(text, folded)
      return folded
    }
    const hits = best.slice(0, maxExcerpts).map((match) => createHit(terms, searched, match, foldOnce))
    this.#foldedExcerptTexts = shown
    return {
      hits,
      more: packMatches(best.slice(maxExcerpts).map(({ entry }) => entry.row)),
      unknownFilters: query.unknownFilters,
      searched,
      unquoted: matches.length === 0 ? this.#withoutQuotes(query, lists) : null
    }
  }

  /** The query without quotes, if that finds something. */
  #withoutQuotes(query: Query, lists: PreviousSearch['lists']): string | null {
    const { words, phrases, filters, unquoted } = query
    if (unquoted === null) return null
    const all = [...words, ...phrases.flatMap(({ text }) => text.split(' '))]
    const terms = termsOf({ ...query, words: all, phrases: [] })
    const isFound = (entry: SearchEntry): boolean =>
      passes(filters, entry) && this.#match(terms, entry) !== null
    return lists.some((list) => list.some(isFound)) ? unquoted : null
  }

  /** Folds a ticket in advance. Returns false if it was folded already. */
  prepare(entry: SearchEntry): boolean {
    if (this.#foldedIfCurrent(entry)) return false
    this.#fold(entry)
    return true
  }

  #match({ needles, phrases, without, withoutPhrases }: SearchTerms, entry: SearchEntry): Match | null {
    if (needles.length + without.length + withoutPhrases.length === 0) return { entry, score: 0, source: 0 }
    const folded = this.#foldedIfCurrent(entry) ?? this.#fold(entry)
    let score = 0
    let source = 0
    for (const needle of needles) {
      const at = bestPosition(folded, needle)
      if (at === -1) return null
      const matchedSource = sourceAt(folded, at)
      score += weight(matchedSource) + (isWhole(folded.words, needle, at) ? 1 : 0)
      if (source === 0) source = matchedSource
    }
    if (without.some((needle) => bestPosition(folded, needle) !== -1)) return null
    if (withoutPhrases.some((phrase) => sourceOfPhrase(entry, folded, phrase) !== -1)) return null
    const phraseSources = phrases.map((phrase) => sourceOfPhrase(entry, folded, phrase))
    if (phraseSources.includes(-1)) return null
    return { entry, score, source: phraseSources[0] ?? source }
  }

  #foldedIfCurrent({ ticket, facts, row, note }: SearchEntry): Folded | null {
    const known = this.#folded.get(ticket)
    const isCurrent =
      known?.facts === facts &&
      known.department === row.department &&
      known.note === note &&
      known.work === workText(row)
    return isCurrent ? known : null
  }

  #fold(entry: SearchEntry): Folded {
    const { ticket, facts, row, note } = entry
    const folded = {
      facts,
      department: row.department,
      work: workText(row),
      note,
      ...uniqueWords(sources(entry))
    }
    this.#folded.set(ticket, folded)
    return folded
  }
}

function uniqueWords(texts: readonly string[]): Pick<Folded, 'words' | 'ends'> {
  const words = new Set<string>()
  let length = 0
  const ends = texts.map((text) => {
    for (const word of foldedWords(text))
      if (!words.has(word)) {
        words.add(word)
        length += word.length + 1
      }
    return length
  })
  return { words: narrowed([...words, ''].join(' ')), ends }
}

function sourceAt({ ends }: Folded, at: number): number {
  let source = 0
  while (at >= (ends[source] ?? Infinity)) source++
  return source
}

/** Position of the match with the highest weight, preferring whole words; -1 if there is none. */
function bestPosition(folded: Folded, needle: Needle): number {
  const first = nextMatch(folded.words, needle, 0)
  if (first === -1) return -1
  const source = sourceAt(folded, first)
  // All replies have the same weight.
  return bestMatch(folded.words, needle, first, source < 2 ? folded.ends[source] : undefined)
}

/** Index of the first text that contains the phrase; -1 if there is none. */
const sourceOfPhrase = (entry: SearchEntry, folded: Folded, { needles, pattern }: PhraseTerm): number =>
  needles.every((needle) => bestPosition(folded, needle) !== -1)
    ? sources(entry).findIndex((text) => pattern.test(fold(text)))
    : -1

/** The excerpt around the first match, with the ranges of all matches in it. */
function createHit(
  { needles, phrases }: SearchTerms,
  searched: readonly string[],
  { entry, source }: Match,
  foldOnce: (text: string) => string
): SearchHit {
  const ref = refOf(entry.row)
  if (source === 0) return { ref, excerpt: '', ranges: [] }
  const positionIn = (text: string): number | null => {
    const folded = foldOnce(text)
    const phrase = phrases.map(({ pattern }) => folded.search(pattern)).find((at) => at !== -1)
    const found = needles.map((needle) => bestMatch(folded, needle)).filter((at) => at !== -1)
    const at = phrase ?? Math.min(...found)
    return Number.isFinite(at) ? originalPosition(text, folded, at) : null
  }
  // Footer and signature are shown only when nothing else matched.
  const { shown, whole } = textsOf(entry, source)
  const inBody = positionIn(shown)
  const text = inBody !== null ? shown : whole
  const excerpt = excerptAround(hideSecrets(text), inBody ?? positionIn(text) ?? 0)
  return { ref, excerpt, ranges: highlight(searched, excerpt) }
}

/** Sorts by score, then by activity. The list of a single account is already sorted by activity. */
function sortMatches(matches: readonly Match[], isMixed: boolean): readonly Match[] {
  const byScore = new Map<number, Match[]>()
  for (const match of matches) {
    const same = byScore.get(match.score)
    if (same) same.push(match)
    else byScore.set(match.score, [match])
  }
  const groups = [...byScore.keys()].sort((a, b) => b - a).map((score) => byScore.get(score) ?? [])
  if (isMixed) for (const group of groups) group.sort((a, b) => newestFirst(a.entry.row, b.entry.row))
  return new Array<Match>().concat(...groups)
}

/** Whether all matches are among the previous ones: same tickets and filters, and words that only became longer. */
function isNarrowing(previous: PreviousSearch, query: Query, lists: PreviousSearch['lists']): boolean {
  const filtersOf = (value: Query): string => JSON.stringify({ ...value, words: [] })
  return (
    previous.lists.length === lists.length &&
    previous.lists.every((list, i) => list === lists[i]) &&
    filtersOf(previous.query) === filtersOf(query) &&
    previous.query.words.every((word, i) => {
      const now = query.words[i]
      // A word with a digit also matches inside other words.
      return now?.startsWith(word) && (needleOf(word).matchesInside || !needleOf(now).matchesInside)
    })
  )
}
