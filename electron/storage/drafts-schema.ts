/** The schema of the drafts file. */
import { z } from 'zod'
import type { NewTicket } from '../tickets/ticket.ts'
import { rejoinCompose, rejoinLater, rejoinTexts } from './files/rejoin.ts'
import { record, whole, type Parts } from './files/tolerant-file.ts'
import type { NewTicketDraft } from './types.ts'

const text = z.string().catch('')
/** Keeps every readable field of a draft: a person reads it before it is sent. */
const draftShape: z.ZodType<NewTicket> = z.looseObject({
  title: text,
  departmentId: z.number().catch(0),
  service: text,
  message: text,
  serverIp: text,
  serverUser: text
})

const newTicketDraft = z.object({ accountId: z.string().nullable().catch(null), draft: draftShape })

export interface StoredDrafts {
  readonly replies: Readonly<Record<string, string>>
  readonly compose: NewTicketDraft | null
  /** Drafts of new tickets queued behind it, the next one first. */
  readonly composeLater: readonly NewTicketDraft[]
}
export const noQueuedDrafts: readonly NewTicketDraft[] = []

export const draftsParts: Parts<StoredDrafts> = {
  replies: record(z.string(), rejoinTexts),
  compose: whole(newTicketDraft.nullable(), null, rejoinCompose),
  // Files of earlier versions do not have this field.
  composeLater: whole(z.array(newTicketDraft), noQueuedDrafts, rejoinLater)
}
