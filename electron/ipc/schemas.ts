/** Schemas that several commands share. Windows import their types from contract.ts. */
import { z } from 'zod'
import { maxDraftLength, maxTextLength } from '../tickets/limits.ts'
import {
  maxNoteLength,
  maxTagLength,
  maxTagsOfTicket,
  maxTitleLength,
  type WorkChange
} from '../tickets/work/ticket-work.ts'
import { apiVersions, type NewTicket } from '../tickets/ticket.ts'

export const accountId = z.string().min(1).max(64)
const ticketId = z.int().positive()
export const ref = z.strictObject({ accountId, ticketId })
export const refs = z.array(ref).max(20_000)
export const line = z.string().max(500)
export const text = z.string().max(maxTextLength)
/** Drafts may be longer than what can be sent; the engine checks the length on sending. */
export const draftText = z.string().max(maxDraftLength)
export const outboxId = z.string().min(1).max(64)
export const draftId = z.string().min(1).max(64)
export const outboxIds = z.array(outboxId).max(20_000)

export const authSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bearer'), token: z.string().trim().min(1).max(4096) }),
  z.strictObject({
    kind: z.literal('header'),
    header: z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/),
    token: z.string().trim().min(1).max(4096)
  }),
  z.strictObject({
    kind: z.literal('pair'),
    access: z.string().trim().min(1).max(4096),
    secret: z.string().trim().min(1).max(4096)
  })
])
/** Credentials. They contain the secret, so they are only sent from windows to main. */
export type Auth = z.infer<typeof authSchema>

export const newTicketSchema = z.strictObject({
  title: line,
  departmentId: z.int().nonnegative(),
  service: z.string().max(64),
  message: draftText,
  serverIp: z.string().max(64),
  serverUser: z.string().max(128)
}) satisfies z.ZodType<NewTicket>

const when = z.int().nonnegative().nullable()
const tagNames = z.array(z.string().trim().min(1).max(maxTagLength)).max(maxTagsOfTicket)

/** Times are epoch ms by this machine's clock. */
export const workChangeSchema = z
  .strictObject({
    done: z.boolean(),
    snoozedUntil: when,
    followUpAt: when,
    pinned: z.boolean(),
    muted: z.boolean(),
    title: z.string().max(maxTitleLength),
    note: z.string().max(maxNoteLength),
    addTags: tagNames,
    removeTags: tagNames
  })
  .partial() satisfies z.ZodType<WorkChange>

/** `auto`: the newest version that the server supports. */
export const apiVersionChoice = z.enum([...apiVersions, 'auto'])
export const baseUrl = z.string().trim().max(2000)
