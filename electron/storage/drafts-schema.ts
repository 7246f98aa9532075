/** The file of what is being written, field by field. */
import { z } from 'zod'
import type { NewTicket } from '../tickets/ticket.ts'
import { rejoinCompose, rejoinLater, rejoinTexts } from './files/rejoin.ts'
import { record, whole, type Parts } from './files/tolerant-file.ts'
import type { NewTicketDraft } from './types.ts'

const text = z.string().catch('')
/** Of what is being written every field that is understood is kept; it goes nowhere before a person has seen it. */
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
  /** New tickets that wait behind it; the first comes next. */
  readonly composeLater: readonly NewTicketDraft[]
}
export const nothingLater: readonly NewTicketDraft[] = []

export const draftsParts: Parts<StoredDrafts> = {
  replies: record(z.string(), rejoinTexts),
  compose: whole(newTicketDraft.nullable(), null, rejoinCompose),
  // Files of before have no such field.
  composeLater: whole(z.array(newTicketDraft), nothingLater, rejoinLater)
}
