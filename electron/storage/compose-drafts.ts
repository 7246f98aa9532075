import type { AccountId, NewTicket } from '../tickets/ticket.ts'
import { noQueuedDrafts, type StoredDrafts } from './drafts-schema.ts'
import type { ListedDraft, NewTicketDraft } from './types.ts'

type Stored = Pick<StoredDrafts, 'compose' | 'composeLater'>

const withoutAccess = ({ accountId, draft }: NewTicketDraft): NewTicketDraft => ({
  accountId,
  draft: { ...draft, serverIp: '', serverUser: '' }
})

/** Whether a draft holds text. A chosen department or service alone is not worth keeping. */
const hasWords = (listed: ListedDraft | null): listed is ListedDraft =>
  listed !== null && `${listed.ticket.draft.title}${listed.ticket.draft.message}`.trim() !== ''

/** Drafts of new tickets: the one shown in the window, and the queue behind it. */
export class ComposeDrafts {
  readonly #onChange: () => void
  #front: ListedDraft | null
  #later: readonly ListedDraft[]
  #lastId = 0

  constructor(read: Stored | null, onChange: () => void) {
    this.#front = read?.compose ? this.#listed(read.compose) : null
    this.#later = (read?.composeLater ?? []).map((ticket) => this.#listed(ticket))
    this.#onChange = onChange
  }

  get front(): NewTicketDraft | null {
    return this.#front?.ticket ?? null
  }

  get later(): readonly NewTicketDraft[] {
    return this.#later.map(({ ticket }) => ticket)
  }

  /** Drafts with text, the one in the window first. */
  all(): readonly ListedDraft[] {
    return [this.#front, ...this.#later].filter(hasWords)
  }

  /** The draft as it is stored: without access data of servers. */
  stored(): Stored {
    return {
      compose: this.front && withoutAccess(this.front),
      composeLater: this.#later.length === 0 ? noQueuedDrafts : this.later.map(withoutAccess)
    }
  }

  set(accountId: AccountId | null, draft: NewTicket): void {
    const ticket = { accountId, draft }
    this.#become(this.#front ? { id: this.#front.id, ticket } : this.#listed(ticket), this.#later)
  }

  putInFront(ticket: NewTicketDraft): () => void {
    const [front, later] = [this.#front, this.#later]
    const listed = this.#listed(ticket)
    if (front !== null && !hasWords(listed)) return () => undefined
    this.#become(listed, hasWords(front) ? [front, ...later] : later)
    return () => this.#become(front, later)
  }

  /** The one in the window waits behind the others, which keep their order. */
  startNew(): void {
    const front = this.#front
    this.#become(null, hasWords(front) ? [...this.#later, front] : this.#later)
  }

  turnToNext(accountId: AccountId | null): boolean {
    const next = this.#later.find(({ ticket }) => accountId === null || ticket.accountId === accountId)
    return next ? this.open(next.id) : false
  }

  open(id: string): boolean {
    if (this.#front?.id === id) return true
    const opened = this.#later.find((listed) => listed.id === id)
    if (!opened) return false
    const front = this.#front
    const others = this.#later.filter((listed) => listed !== opened)
    this.#become(opened, hasWords(front) ? [...others, front] : others)
    return true
  }

  /** Answers the removed draft; null if there is none with this id. */
  remove(id: string): NewTicketDraft | null {
    const listed = [this.#front, ...this.#later].find((one) => one?.id === id)
    if (!listed) return null
    this.#become(
      this.#front === listed ? null : this.#front,
      this.#later.filter((one) => one !== listed)
    )
    return listed.ticket
  }

  /** Puts a removed draft behind the others. */
  putBehind(ticket: NewTicketDraft): void {
    this.#become(this.#front, [...this.#later, this.#listed(ticket)])
  }

  /** Removes the drafts of a removed account. */
  forget(account: AccountId): void {
    if (this.front?.accountId === account) this.#front = null
    this.#later = this.#later.filter(({ ticket }) => ticket.accountId !== account)
  }

  /** Ids name a draft while the app runs; they are not stored. */
  #listed(ticket: NewTicketDraft): ListedDraft {
    this.#lastId++
    return { id: `d${this.#lastId}`, ticket }
  }

  #become(front: ListedDraft | null, later: readonly ListedDraft[]): void {
    this.#front = front
    this.#later = later
    this.#onChange()
  }
}
