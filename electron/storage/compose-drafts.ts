import type { AccountId, NewTicket } from '../tickets/ticket.ts'
import { nothingLater, type StoredDrafts } from './drafts-schema.ts'
import type { NewTicketDraft } from './types.ts'

type Stored = Pick<StoredDrafts, 'compose' | 'composeLater'>

const withoutAccess = ({ accountId, draft }: NewTicketDraft): NewTicketDraft => ({
  accountId,
  draft: { ...draft, serverIp: '', serverUser: '' }
})

/** Whether a draft holds text. A chosen department or service alone is not worth keeping. */
const hasWords = (ticket: NewTicketDraft | null): ticket is NewTicketDraft =>
  ticket !== null && `${ticket.draft.title}${ticket.draft.message}`.trim() !== ''

/** Drafts of new tickets: the one shown in the window, and the queue behind it. */
export class ComposeDrafts {
  readonly #onChange: () => void
  #front: NewTicketDraft | null
  #later: readonly NewTicketDraft[]

  constructor(read: Stored | null, onChange: () => void) {
    this.#front = read?.compose ?? null
    this.#later = read?.composeLater ?? nothingLater
    this.#onChange = onChange
  }

  get front(): NewTicketDraft | null {
    return this.#front
  }

  get later(): readonly NewTicketDraft[] {
    return this.#later
  }

  /** The draft as it is stored: without access data of servers. */
  stored(): Stored {
    return {
      compose: this.#front && withoutAccess(this.#front),
      composeLater: this.#later.length === 0 ? nothingLater : this.#later.map(withoutAccess)
    }
  }

  set(accountId: AccountId | null, draft: NewTicket): void {
    this.#become({ accountId, draft }, this.#later)
  }

  putInFront(ticket: NewTicketDraft): () => void {
    const [front, later] = [this.#front, this.#later]
    if (front !== null && !hasWords(ticket)) return () => undefined
    this.#become(ticket, hasWords(front) ? [front, ...later] : later)
    return () => this.#become(front, later)
  }

  turnToNext(accountId: AccountId | null): boolean {
    const front = this.#front
    const next = this.#later.find((ticket) => accountId === null || ticket.accountId === accountId)
    if (!next) return false
    const others = this.#later.filter((ticket) => ticket !== next)
    this.#become(next, hasWords(front) ? [...others, front] : others)
    return true
  }

  /** Removes the drafts of a removed account. */
  forget(account: AccountId): void {
    if (this.#front?.accountId === account) this.#front = null
    this.#later = this.#later.filter(({ accountId }) => accountId !== account)
  }

  #become(front: NewTicketDraft | null, later: readonly NewTicketDraft[]): void {
    this.#front = front
    this.#later = later
    this.#onChange()
  }
}
