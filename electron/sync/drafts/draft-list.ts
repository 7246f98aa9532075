/** All drafts of the profile, and commands on those that are not being written now. */
import type { NewTicketDraft } from '../../storage/types.ts'
import { cutAt, oneLine } from '../../tickets/text/text.ts'
import type { DraftId, DraftList, TicketRef } from '../../tickets/ticket.ts'
import type { ProfileDrafts } from '../profile/profile-drafts.ts'

/** Characters of a draft's text in the list. */
const excerptLength = 200
const excerptOf = (text: string): string => cutAt(oneLine(text), excerptLength)

type Discarded =
  | { readonly kind: 'reply'; readonly ref: TicketRef; readonly text: string }
  | { readonly kind: 'new-ticket'; readonly ticket: NewTicketDraft }

interface DraftListParts {
  readonly drafts: ProfileDrafts
  /** Publishes the row when a reply's draft begins or ends. */
  readonly setReplyDraft: (ref: TicketRef, text: string) => void
}

export class ProfileDraftList {
  readonly #parts: DraftListParts
  /** The draft discarded last, until another one is. */
  #discarded: Discarded | null = null

  constructor(parts: DraftListParts) {
    this.#parts = parts
  }

  list(): DraftList {
    const drafts = this.#parts.drafts.get()
    return {
      replies: drafts.replies().map(({ accountId, ticketId, text }) => ({
        ref: { accountId, ticketId },
        excerpt: excerptOf(text)
      })),
      newTickets: drafts.newTickets().map(({ id, ticket: { accountId, draft } }) => ({
        id,
        accountId,
        title: oneLine(draft.title),
        excerpt: excerptOf(draft.message)
      }))
    }
  }

  startNew(): void {
    this.#parts.drafts.get().startNew()
  }

  open(id: string): boolean {
    return this.#parts.drafts.get().open(id)
  }

  /** False if there is no such draft. */
  discard(draft: DraftId): boolean {
    const drafts = this.#parts.drafts.get()
    if (draft.kind === 'reply') {
      const { ref } = draft
      const text = drafts.reply(ref.accountId, ref.ticketId)
      if (text === '') return false
      this.#discarded = { kind: 'reply', ref, text }
      this.#parts.setReplyDraft(ref, '')
      return true
    }
    const ticket = drafts.remove(draft.id)
    if (ticket) this.#discarded = { kind: 'new-ticket', ticket }
    return ticket !== null
  }

  /** Restores the draft discarded last, before what was written in its place since; false if there is none. */
  restore(): boolean {
    const drafts = this.#parts.drafts.get()
    const discarded = this.#discarded
    this.#discarded = null
    switch (discarded?.kind) {
      case 'reply': {
        const { ref, text } = discarded
        const since = drafts.reply(ref.accountId, ref.ticketId)
        this.#parts.setReplyDraft(ref, since === '' ? text : `${text}\n\n${since}`)
        return true
      }
      case 'new-ticket':
        drafts.putBehind(discarded.ticket)
        return true
      case undefined:
        return false
    }
  }
}
