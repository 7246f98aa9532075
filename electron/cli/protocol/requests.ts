/** What the command line asks of the running app: every request with its schema, checked by the app. */
import { z } from 'zod'
import { draftText, newTicketSchema, outboxIds, ref } from '../../ipc/schemas.ts'
import { filters } from '../../tickets/list/filters.ts'

/** Increased when a request or an answer changes so that an older app or command line would misunderstand it. */
export const protocolVersion = 1

/** Bytes of one request: the longest text in UTF-8 with every character escaped. */
export const maxRequestBytes = 1024 * 1024

/** Name or id of an account as typed; null: the only one. */
const account = z.string().min(1).max(500).nullable()
const ticket = ref.shape.ticketId
/** Milliseconds. */
const wait = z.int().min(0).max(3_600_000)
/** Whether the lists are requested from the server before the answer. */
const refresh = z.boolean()
/** Whether a text is sent even if the server's character set loses or changes characters that matter. */
const allowChanges = z.boolean()

export const requestSchema = z.discriminatedUnion('command', [
  z.strictObject({
    command: z.literal('list'),
    query: z.string().max(1000),
    filter: z.enum(filters),
    account,
    limit: z.int().min(1).max(20_000),
    refresh
  }),
  z.strictObject({
    command: z.literal('show'),
    ticket,
    account,
    refresh,
    markRead: z.boolean(),
    /** Whether probable passwords in messages are shown. */
    showSecrets: z.boolean()
  }),
  z.strictObject({
    command: z.literal('reply'),
    ticket,
    account,
    text: draftText.min(1),
    close: z.boolean(),
    allowChanges
  }),
  z.strictObject({
    command: z.literal('new'),
    account,
    /** Name or id as typed; null: that of the account's settings. */
    department: z.string().min(1).max(200).nullable(),
    draft: newTicketSchema.omit({ departmentId: true }),
    password: z.string().max(1000),
    allowChanges
  }),
  z.strictObject({ command: z.literal('close'), tickets: z.array(ticket).min(1).max(200), account }),
  z.strictObject({ command: z.literal('status'), refresh }),
  /** Answers when every entry was sent, refused or needs a decision, or after `wait`. */
  z.strictObject({ command: z.literal('entries'), ids: outboxIds.min(1).max(200), wait })
])
export type Request = z.infer<typeof requestSchema>
export type RequestOf<Name extends Request['command']> = Extract<Request, { command: Name }>
