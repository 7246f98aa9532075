/** The commands of the contract on drafts, the new-ticket window and the outbox. */
import { z } from 'zod'
import type { DraftList, NewTicket } from '../../tickets/ticket.ts'
import type { OutboxItem, OutboxRecord } from '../../tickets/views.ts'
import { accountId, draftId, draftText, newTicketSchema, outboxId, outboxIds, ref } from '../schemas.ts'
import { command } from './command.ts'

const noArgs = z.undefined()

/** Initial content of the new-ticket window. Never contains the password. */
export interface ComposeStart {
  readonly accountId: string | null
  readonly draft: NewTicket
  /** Number of other drafts of new tickets that wait. */
  readonly later: number
  /** Department ids used before, by account id, newest first. */
  readonly recentDepartments: Readonly<Record<string, readonly number[]>>
  /** Services used before, by account id, newest first. */
  readonly recentServices: Readonly<Record<string, readonly string[]>>
}

export const writingCommands = {
  'outbox.retry': command<null>()(z.strictObject({ id: outboxId })),
  /** Removes the entry and returns it. Fails if it is being sent or may have arrived. */
  'outbox.cancel': command<OutboxItem>()(z.strictObject({ id: outboxId })),
  /** Sends refused and queued entries again; entries in other states are not changed. */
  'outbox.retryAll': command<null>()(z.strictObject({ ids: outboxIds })),
  /** Removes the entries, except those that are being sent or may have arrived. */
  'outbox.cancelAll': command<{ readonly cancelled: number }>()(z.strictObject({ ids: outboxIds })),
  /** Decides about an undecided entry; a refused one can only be discarded. `candidateKey`: the candidate that is the message. */
  'outbox.decide': command<null>()(
    z.strictObject({
      id: outboxId,
      decision: z.enum(['arrived', 'send-again', 'keep-as-draft', 'discard']),
      candidateKey: z.string().max(200).nullable()
    })
  ),
  /** Finished entries, newest first. The number is limited. */
  'outbox.history': command<readonly OutboxRecord[]>()(noArgs),
  /** Makes a finished entry a draft again: a reply is appended to the ticket's draft, a new ticket becomes the first draft. */
  'outbox.writeAgain': command<OutboxRecord>()(z.strictObject({ id: outboxId })),

  'drafts.reply': command<null>()(z.strictObject({ ref, text: draftText })),
  'compose.start': command<ComposeStart>()(noArgs),
  /** Makes the next waiting draft (of this account, if given) the current one; false if there is none. */
  'compose.next': command<boolean>()(z.strictObject({ accountId: accountId.nullable() })),
  'compose.draft': command<null>()(
    z.strictObject({ accountId: accountId.nullable(), draft: newTicketSchema })
  ),
  /** Begins an empty draft; the current one waits. */
  'compose.new': command<ComposeStart>()(noArgs),
  'drafts.list': command<DraftList>()(noArgs),
  /** Makes a new ticket's draft the current one; false if it no longer exists. */
  'drafts.open': command<boolean>()(z.strictObject({ id: draftId })),
  /** False if it no longer exists. */
  'drafts.discard': command<boolean>()(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('reply'), ref }),
      z.strictObject({ kind: z.literal('new-ticket'), id: draftId })
    ])
  ),
  /** Restores the draft discarded last; false if there is none. */
  'drafts.restore': command<boolean>()(noArgs)
} as const
