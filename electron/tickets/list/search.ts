import { highlight, isWhole, needleOf, nextPlace, place, type Needle } from '../text/highlight.ts'
import { newestFirst } from './order.ts'
import { parseQuery, type Query } from './query.ts'
import { hasState } from './filters.ts'
import { refOf, type AccountId, type LocalFacts, type Reply, type Ticket } from '../ticket.ts'
import { fold, foldedWords, foldWithMap } from '../text/turkish.ts'
import type { SearchAnswer, SearchHit, TicketRow } from '../views.ts'

export { highlight } from '../text/highlight.ts'

export interface SearchEntry {
  readonly row: TicketRow
  readonly ticket: Ticket
  readonly facts: LocalFacts | null
}

/** An account as a query names it, and its tickets. */
export interface SearchAccount {
  readonly name: string
  /** Newest activity first; the same array for as long as nothing in it changed. */
  readonly entries: readonly SearchEntry[]
}

interface Folded {
  readonly facts: LocalFacts | null
  readonly department: string | null
  /**
   * Every word once, where it weighs most, a space after each: people quote, sign and repeat themselves, and what is
   * looked through is a fraction of what was written.
   */
  readonly words: string
  /** Where in `words` those of each source end. */
  readonly ends: readonly number[]
}

interface Match {
  readonly entry: SearchEntry
  readonly score: number
  /** Which of the ticket's texts to show; 0 is the subject, which is shown anyway. */
  readonly source: number
}

const maxExcerpts = 100
/** Characters of an excerpt before and after the match. */
const around = { before: 60, after: 100 } as const

/** Everything searchable of one ticket: subject and ids weigh most, then the message, then the replies. */
function sources({ row, ticket, facts }: SearchEntry): readonly string[] {
  const subject = row.titleKnown ? row.subject : ''
  return [
    [subject, ticket.id, facts?.service ?? '', row.department ?? ''].join(' '),
    ticket.message,
    ...ticket.replies.map(sourceOf)
  ]
}

const sourceOf = ({ name, message, author }: Reply): string =>
  author === 'staff' ? `${name}: ${message}` : message

const weight = (source: number): number => (source === 0 ? 8 : source === 1 ? 4 : 2)

/** What a search found, for the next one. */
interface Last {
  readonly query: Query
  readonly lists: readonly (readonly SearchEntry[])[]
  /** Every one, in the order of the lists. */
  readonly found: readonly SearchEntry[]
}

/**
 * Searches by scanning folded text: an index costs some 200 times what it saves. Text is folded when a ticket
 * is first searched and again only after it changed; what is folded goes with its ticket. Who types on searches only
 * among what was found before.
 */
export class TicketSearch {
  readonly #folded = new WeakMap<Ticket, Folded>()
  #last: Last | null = null
  /** The texts that the last answer shows a part of, folded as a whole: the next letter mostly finds them again. */
  #shown: ReadonlyMap<string, string> = new Map()

  /** Best first: where the words stand (subject, message, replies), whole words before beginnings, then newest. */
  search(input: string, accounts: readonly SearchAccount[]): SearchAnswer {
    const query = parseQuery(input)
    const among = query.account === null ? accounts : accountsNamed(query.account, accounts)
    const lists = among.map(({ entries }) => entries)
    const needles = query.words.map(needleOf)
    const before = this.#last && narrows(this.#last, query, lists) ? this.#last.found : null
    const matches: Match[] = []
    for (const list of before ? [before] : lists)
      for (const entry of list) {
        if (!before && !passes(query, entry.row)) continue
        const match = this.#match(needles, entry)
        if (match) matches.push(match)
      }
    this.#last = { query, lists, found: matches.map(({ entry }) => entry) }
    const best = ordered(matches, lists.length > 1)
    const shown = new Map<string, string>()
    const foldOnce = (text: string): string => {
      const folded = this.#shown.get(text) ?? fold(text)
      shown.set(text, folded)
      return folded
    }
    const hits = best.slice(0, maxExcerpts).map((match) => hitOf(needles, match, foldOnce))
    this.#shown = shown
    return {
      hits,
      more: runsOf(best.slice(maxExcerpts)),
      unknownFilters: query.unknownFilters
    }
  }

  /** Does the folding of one ticket before it is searched. Answers whether there was any to do. */
  prepare(entry: SearchEntry): boolean {
    if (this.#known(entry)) return false
    this.#fold(entry)
    return true
  }

  #match(needles: readonly Needle[], entry: SearchEntry): Match | null {
    if (needles.length === 0) return { entry, score: 0, source: 0 }
    const folded = this.#known(entry) ?? this.#fold(entry)
    let score = 0
    let source = 0
    for (const needle of needles) {
      const at = bestPlace(folded, needle)
      if (at === -1) return null
      const its = sourceAt(folded, at)
      score += weight(its) + (isWhole(folded.words, needle, at) ? 1 : 0)
      if (source === 0) source = its
    }
    return { entry, score, source }
  }

  #known({ ticket, facts, row }: SearchEntry): Folded | null {
    const known = this.#folded.get(ticket)
    return known && known.facts === facts && known.department === row.department ? known : null
  }

  #fold(entry: SearchEntry): Folded {
    const { ticket, facts, row } = entry
    const folded = { facts, department: row.department, ...uniqueWords(sources(entry)) }
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
  return { words: [...words, ''].join(' '), ends }
}

function sourceAt({ ends }: Folded, at: number): number {
  let source = 0
  while (at >= (ends[source] ?? Infinity)) source++
  return source
}

/** Where a word weighs most, a whole one before others that weigh as much; -1 for nowhere. */
function bestPlace(folded: Folded, needle: Needle): number {
  const first = nextPlace(folded.words, needle, 0)
  if (first === -1) return -1
  const source = sourceAt(folded, first)
  // One reply weighs as much as another.
  return place(folded.words, needle, first, source < 2 ? folded.ends[source] : undefined)
}

/** The text around the first match, and where in it the words are. */
function hitOf(
  needles: readonly Needle[],
  { entry, source }: Match,
  foldOnce: (text: string) => string
): SearchHit {
  const ref = refOf(entry.row)
  if (source === 0) return { ref, excerpt: '', ranges: [] }
  const reply = entry.ticket.replies[source - 2]
  const text = reply ? sourceOf(reply) : entry.ticket.message
  const folded = foldOnce(text)
  const found = needles.map((needle) => place(folded, needle)).filter((at) => at !== -1)
  const excerpt = cutAround(text, originOf(text, folded, Math.min(...found)))
  const words = needles.map(({ word }) => word)
  return { ref, excerpt, ranges: highlight(words, excerpt) }
}

/** One after the other, those of one account together. */
function runsOf(matches: readonly Match[]): SearchAnswer['more'] {
  const runs: { accountId: AccountId; ticketIds: number[] }[] = []
  for (const { entry } of matches) {
    const { accountId, id } = entry.row
    const run = runs.at(-1)
    if (run?.accountId === accountId) run.ticketIds.push(id)
    else runs.push({ accountId, ticketIds: [id] })
  }
  return runs
}

/** Whose name begins so. A whole name means its own account, though another's may go on from there. */
function accountsNamed(value: string, accounts: readonly SearchAccount[]): readonly SearchAccount[] {
  // A value cannot hold the quotes it stands in.
  const nameOf = ({ name }: SearchAccount): string => fold(name).replaceAll('"', '').trim()
  const whole = accounts.filter((account) => nameOf(account) === value)
  return whole.length > 0 ? whole : accounts.filter((account) => nameOf(account).startsWith(value))
}

/** By score, what has the same as it stood in the lists: of one account by activity already. */
function ordered(matches: readonly Match[], isMixed: boolean): readonly Match[] {
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

/** Nothing can match now that did not match before: the same tickets and filters, and words that were typed on. */
function narrows(last: Last, query: Query, lists: Last['lists']): boolean {
  const filtersOf = (of: Query): string => JSON.stringify({ ...of, words: [] })
  return (
    last.lists.length === lists.length &&
    last.lists.every((list, i) => list === lists[i]) &&
    filtersOf(last.query) === filtersOf(query) &&
    last.query.words.every((word, i) => {
      const now = query.words[i]
      // A word with a digit in it is also found inside of others.
      return now?.startsWith(word) && (needleOf(word).inside || !needleOf(now).inside)
    })
  )
}

function passes(query: Query, row: TicketRow): boolean {
  const at = row.lastActivityAt ?? 0
  if (query.from && row.lastSpeaker !== query.from) return false
  if (query.department !== null && !fold(row.department ?? '').startsWith(query.department)) return false
  if (query.before !== null && at >= query.before) return false
  if (query.after !== null && at < query.after) return false
  return query.is.every((state) => hasState[state](row))
}

/** Where a place of the folded text is in the text. Folding seldom makes it longer or shorter, and to look is slow. */
const originOf = (text: string, folded: string, at: number): number =>
  text.length === folded.length ? at : (foldWithMap(text).origin[at] ?? 0)

/** Whole words around a place, on one line. */
function cutAround(text: string, at: number): string {
  let start = Math.max(0, at - around.before)
  let end = Math.min(text.length, at + around.after)
  if (start > 0) start = wordEdge(text, start, at)
  if (end < text.length) end = Math.max(at + 1, text.lastIndexOf(' ', end), end - 20)
  const body = text
    .slice(start, end)
    .replace(/\s+/g, ' ')
    .replace(/\p{Cs}/gu, '')
    .trim()
  return `${start > 0 ? '…' : ''}${body}${end < text.length ? '…' : ''}`
}

/** The first beginning of a word at or after `from`, but not past `to`. */
function wordEdge(text: string, from: number, to: number): number {
  const space = text.slice(from, to).search(/\s/)
  return space === -1 ? from : from + space + 1
}
