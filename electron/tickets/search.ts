import { highlight, place } from './highlight.ts'
import { parseQuery, type Query } from './query.ts'
import { isClosed } from './status.ts'
import type { AccountId, LocalFacts, Ticket, TicketRef } from './ticket.ts'
import { fold, foldWithMap } from './turkish.ts'
import type { SearchAnswer, SearchHit, TicketRow } from './views.ts'

export { highlight } from './highlight.ts'

export interface SearchEntry {
  readonly ref: TicketRef
  readonly row: TicketRow
  readonly ticket: Ticket
  readonly facts: LocalFacts | null
}

/** An account as a query names it. */
export interface SearchAccount {
  readonly id: AccountId
  readonly name: string
}

interface Folded {
  readonly facts: LocalFacts | null
  readonly department: string | null
  readonly texts: readonly string[]
}

interface Match {
  readonly score: number
  /** Which of the ticket's texts to show; 0 is the subject, which is shown anyway. */
  readonly source: number
}

const maxExcerpts = 200
/** Characters of an excerpt before and after the match. */
const around = { before: 60, after: 100 } as const

/** Everything searchable of one ticket: subject and ids weigh most, then the message, then the replies. */
function sources({ row, ticket, facts }: SearchEntry): readonly string[] {
  const subject = row.titleKnown ? row.subject : ''
  return [
    [subject, ticket.id, facts?.service ?? '', row.department ?? ''].join(' '),
    ticket.message,
    ...ticket.replies.map(({ name, message, author }) =>
      author === 'staff' ? `${name}: ${message}` : message
    )
  ]
}

const weight = (source: number): number => (source === 0 ? 8 : source === 1 ? 4 : 2)

/**
 * Searches by scanning folded text: an index costs some 200 times what it saves. Text is folded when a ticket
 * is first searched and again only after it changed; what is folded goes with its ticket.
 */
export class TicketSearch {
  readonly #folded = new WeakMap<Ticket, Folded>()

  /** Best first: where the words stand (subject, message, replies), whole words before beginnings, then newest. */
  search(input: string, entries: Iterable<SearchEntry>, accounts: readonly SearchAccount[]): SearchAnswer {
    const query = parseQuery(input)
    const among = query.account === null ? null : accountsNamed(query.account, accounts)
    const found: { readonly entry: SearchEntry; readonly match: Match }[] = []
    for (const entry of entries) {
      if (among && !among.has(entry.ref.accountId)) continue
      if (!passes(query, entry.row)) continue
      const match = this.#match(query.words, entry)
      if (match) found.push({ entry, match })
    }
    found.sort(
      (a, b) =>
        b.match.score - a.match.score ||
        (b.entry.row.lastActivityAt ?? 0) - (a.entry.row.lastActivityAt ?? 0) ||
        b.entry.row.id - a.entry.row.id
    )
    return {
      hits: found
        .slice(0, maxExcerpts)
        .map(({ entry, match }) => this.#hit(query.words, entry, match.source)),
      more: runsOf(found.slice(maxExcerpts).map(({ entry }) => entry.ref)),
      unknownFilters: query.unknownFilters
    }
  }

  /** Does the folding of one ticket before it is searched. Answers whether there was any to do. */
  prepare(entry: SearchEntry): boolean {
    const { ticket, facts, row } = entry
    const known = this.#folded.get(ticket)
    if (known && known.facts === facts && known.department === row.department) return false
    this.#texts(entry)
    return true
  }

  #match(words: readonly string[], entry: SearchEntry): Match | null {
    if (words.length === 0) return { score: 0, source: 0 }
    const texts = this.#texts(entry)
    let score = 0
    let source = 0
    for (const word of words) {
      let best = 0
      let at = 0
      for (const [i, text] of texts.entries()) {
        // Nothing further down weighs more than a whole word here.
        if (best > weight(i)) break
        const found = place(text, word)
        if (found === null) continue
        const worth = weight(i) + (found.whole ? 1 : 0)
        if (worth > best) [best, at] = [worth, i]
      }
      if (best === 0) return null
      score += best
      if (source === 0) source = at
    }
    return { score, source }
  }

  /** The text around the first match, and where in it the words are. */
  #hit(words: readonly string[], entry: SearchEntry, source: number): SearchHit {
    const text = source === 0 ? '' : (sources(entry)[source] ?? '')
    if (text === '') return { ref: entry.ref, excerpt: '', ranges: [] }
    const folded = this.#texts(entry)[source] ?? ''
    const found = words.map((word) => place(folded, word)).filter((one) => one !== null)
    const first = found.length === 0 ? 0 : Math.min(...found.map(({ at }) => at))
    const excerpt = cutAround(text, originOf(text, folded, first))
    return { ref: entry.ref, excerpt, ranges: highlight(words, excerpt) }
  }

  #texts(entry: SearchEntry): readonly string[] {
    const { ticket, facts, row } = entry
    const known = this.#folded.get(ticket)
    if (known && known.facts === facts && known.department === row.department) return known.texts
    const texts = sources(entry).map(fold)
    this.#folded.set(ticket, { facts, department: row.department, texts })
    return texts
  }
}

/** One after the other, those of one account together. */
function runsOf(refs: readonly TicketRef[]): SearchAnswer['more'] {
  const runs: { accountId: string; ticketIds: number[] }[] = []
  for (const { accountId, ticketId } of refs) {
    const run = runs.at(-1)
    if (run?.accountId === accountId) run.ticketIds.push(ticketId)
    else runs.push({ accountId, ticketIds: [ticketId] })
  }
  return runs
}

/** Whose name begins so. A whole name means its own account, though another's may go on from there. */
function accountsNamed(value: string, accounts: readonly SearchAccount[]): ReadonlySet<AccountId> {
  // A value cannot hold the quotes it stands in.
  const named = accounts.map(({ id, name }) => ({ id, name: fold(name).replaceAll('"', '').trim() }))
  const whole = named.filter(({ name }) => name === value)
  const found = whole.length > 0 ? whole : named.filter(({ name }) => name.startsWith(value))
  return new Set(found.map(({ id }) => id))
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
