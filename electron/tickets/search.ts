import { highlight, isWhole, needleOf, nextPlace, place, type Needle } from './highlight.ts'
import { newestFirst } from './order.ts'
import { parseQuery, type Query } from './query.ts'
import { isClosed } from './status.ts'
import type { AccountId, LocalFacts, Reply, Ticket, TicketId } from './ticket.ts'
import { fold, foldWithMap } from './turkish.ts'
import type { SearchAnswer, SearchHit, TicketRow } from './views.ts'

export { highlight } from './highlight.ts'

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
  readonly columns: Columns
  /** In its list. */
  readonly position: number
  readonly entry: SearchEntry
  readonly score: number
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

/**
 * A list as it is searched: column by column, for to reach ten thousand tickets in memory takes longer than to look
 * through their words. Only what is shown is looked up in the tickets themselves.
 */
class Columns {
  readonly entries: readonly SearchEntry[]
  readonly ids: readonly TicketId[]
  readonly #fold: (entry: SearchEntry) => Folded
  /** Undefined until the ticket is looked at. */
  readonly #words: (string | undefined)[] = []
  readonly #subjectEnds: number[] = []
  readonly #messageEnds: number[] = []

  constructor(entries: readonly SearchEntry[], fold: (entry: SearchEntry) => Folded) {
    this.entries = entries
    this.ids = entries.map(({ row }) => row.id)
    this.#fold = fold
  }

  /** Null where a word is missing. */
  match(position: number, entry: SearchEntry, needles: readonly Needle[]): Match | null {
    let score = 0
    for (const needle of needles) {
      const words = this.#words[position] ?? this.#take(position, entry)
      const at = this.#best(position, words, needle)
      if (at === -1) return null
      score += this.#weight(position, at) + (isWhole(words, needle, at) ? 1 : 0)
    }
    return { columns: this, position, entry, score }
  }

  /** The text around the first match, and where in it the words are. The subject is shown anyway. */
  hit({ position, entry }: Match, needles: readonly Needle[], foldOnce: (text: string) => string): SearchHit {
    const { row, ticket } = entry
    const ref = { accountId: row.accountId, ticketId: row.id }
    const { words, ends } = this.#fold(entry)
    const source = needles
      .map((needle) => sourceAt(ends, this.#best(position, words, needle)))
      .find((one) => one !== 0)
    if (source === undefined) return { ref, excerpt: '', ranges: [] }
    const reply = ticket.replies[source - 2]
    const text = reply ? sourceOf(reply) : ticket.message
    const folded = foldOnce(text)
    const found = needles.map((needle) => place(folded, needle)).filter((at) => at !== -1)
    const excerpt = cutAround(text, originOf(text, folded, Math.min(...found)))
    const searched = needles.map(({ word }) => word)
    return { ref, excerpt, ranges: highlight(searched, excerpt) }
  }

  #take(position: number, entry: SearchEntry): string {
    const { words, ends } = this.#fold(entry)
    this.#subjectEnds[position] = ends[0] ?? 0
    this.#messageEnds[position] = ends[1] ?? 0
    this.#words[position] = words
    return words
  }

  #weight(position: number, at: number): number {
    return at < (this.#subjectEnds[position] ?? 0) ? 8 : at < (this.#messageEnds[position] ?? 0) ? 4 : 2
  }

  /** Where a word weighs most, a whole one before others that weigh as much; -1 for nowhere. */
  #best(position: number, words: string, needle: Needle): number {
    const first = nextPlace(words, needle, 0)
    if (first === -1) return -1
    const weight = this.#weight(position, first)
    let at = first
    while (at !== -1 && this.#weight(position, at) === weight) {
      if (isWhole(words, needle, at)) return at
      at = nextPlace(words, needle, at + 1)
    }
    return first
  }
}

/** What a search found, for the next one. */
interface Last {
  readonly query: Query
  readonly lists: readonly Columns[]
  /** Every one, in the order of the lists. */
  readonly found: readonly Match[]
}

/**
 * Searches by scanning folded text: an index costs some 200 times what it saves. Text is folded when a ticket
 * is first searched and again only after it changed; what is folded goes with its ticket. Who types on searches only
 * among what was found before.
 */
export class TicketSearch {
  readonly #folded = new WeakMap<Ticket, Folded>()
  readonly #lists = new WeakMap<readonly SearchEntry[], Columns>()
  #last: Last | null = null
  /** The texts that the last answer shows a part of, folded as a whole: the next letter mostly finds them again. */
  #shown: ReadonlyMap<string, string> = new Map()

  /** Best first: where the words stand (subject, message, replies), whole words before beginnings, then newest. */
  search(input: string, accounts: readonly SearchAccount[]): SearchAnswer {
    const query = parseQuery(input)
    const among = query.account === null ? accounts : accountsNamed(query.account, accounts)
    const lists = among.map(({ entries }) => this.#columns(entries))
    const needles = query.words.map(needleOf)
    const found: Match[] = []
    const look = (columns: Columns, position: number, entry: SearchEntry): void => {
      const match = columns.match(position, entry, needles)
      if (match) found.push(match)
    }
    if (this.#last && narrows(this.#last, query, lists))
      for (const { columns, position, entry } of this.#last.found) look(columns, position, entry)
    else {
      const passes = filterOf(query)
      for (const columns of lists)
        columns.entries.forEach((entry, position) => {
          if (!passes || passes(entry.row)) look(columns, position, entry)
        })
    }
    this.#last = { query, lists, found }
    const best = ordered(found, lists.length > 1)
    const shown = new Map<string, string>()
    const foldOnce = (text: string): string => {
      const folded = this.#shown.get(text) ?? fold(text)
      shown.set(text, folded)
      return folded
    }
    const hits = best.slice(0, maxExcerpts).map((match) => match.columns.hit(match, needles, foldOnce))
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

  #columns(entries: readonly SearchEntry[]): Columns {
    const known = this.#lists.get(entries)
    if (known) return known
    const columns = new Columns(entries, (entry) => this.#fold(entry))
    this.#lists.set(entries, columns)
    return columns
  }

  #known({ ticket, facts, row }: SearchEntry): Folded | null {
    const known = this.#folded.get(ticket)
    return known && known.facts === facts && known.department === row.department ? known : null
  }

  #fold(entry: SearchEntry): Folded {
    const known = this.#known(entry)
    if (known) return known
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
    for (const word of fold(text).split(/\s+/))
      if (!words.has(word)) {
        words.add(word)
        length += word.length + 1
      }
    return length
  })
  return { words: [...words, ''].join(' '), ends }
}

/** Which source the word at a place is of. */
function sourceAt(ends: readonly number[], at: number): number {
  let source = 0
  while (at >= (ends[source] ?? Infinity)) source++
  return source
}

/** One after the other, those of one account together. */
function runsOf(matches: readonly Match[]): SearchAnswer['more'] {
  const runs: { accountId: AccountId; ticketIds: number[] }[] = []
  let from: Columns | null = null
  for (const { columns, position, entry } of matches) {
    const id = columns.ids[position] ?? entry.row.id
    if (columns === from) runs.at(-1)?.ticketIds.push(id)
    else runs.push({ accountId: entry.row.accountId, ticketIds: [id] })
    from = columns
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

/** Null where every ticket passes. */
function filterOf(query: Query): ((row: TicketRow) => boolean) | null {
  const { is, from, department, before, after } = query
  if (is.length === 0 && [from, department, before, after].every((one) => one === null)) return null
  return (row) => passes(query, row)
}

function passes(query: Query, row: TicketRow): boolean {
  const at = row.lastActivityAt ?? 0
  if (query.from && row.lastSpeaker !== query.from) return false
  if (query.department !== null && !fold(row.department ?? '').startsWith(query.department)) return false
  if (query.before !== null && at >= query.before) return false
  if (query.after !== null && at < query.after) return false
  return query.is.every((state) => {
    switch (state) {
      case 'unread':
        return row.unread > 0
      case 'open':
        return !isClosed(row.status)
      case 'closed':
        return isClosed(row.status)
      case 'waiting':
        return row.waitingFor === 'you'
    }
  })
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
