/**
 * What `--json` prints. Scripts depend on it: fields are added, never renamed or removed; anything else needs a new
 * `schema` number. docs/command-line.schema.json is made from it.
 */
import { z } from 'zod'
import { apiVersions } from '../../tickets/ticket.ts'
import { allProblemKinds } from '../protocol/command-problem.ts'
import { exitCodes } from '../exit-codes.ts'

/** Number of this schema. */
export const schemaVersion = 1

const time = z.iso.datetime().describe('ISO 8601 in UTC')
const count = z.int().min(0)
const accountSchema = z.strictObject({ id: z.string(), name: z.string() })
const number = z.int().min(0).describe('number of the ticket')

const outboxState = z.enum(['queued', 'sending', 'uncertain', 'sent', 'refused', 'undecided'])

export const problemSchema = z.strictObject({
  kind: z.enum(allProblemKinds),
  message: z.string().describe('what happened and what to do, in the language of the person'),
  serverMessage: z.string().optional(),
  httpStatus: z.int().optional()
})

export const ticketSchema = z.strictObject({
  id: number,
  account: accountSchema,
  subject: z.string().describe('as the server has it'),
  title: z.string().describe('the title given on this computer, else the subject'),
  status: z.strictObject({
    kind: z.enum(['open', 'answered', 'customer-reply', 'on-hold', 'in-progress', 'closed', 'other']),
    text: z.string().describe('as the server names it')
  }),
  department: z.string().nullable(),
  waitingFor: z.enum(['you', 'staff', 'nobody']),
  unread: count.describe('replies of the staff that were not read'),
  replyCount: count,
  lastSpeaker: z.enum(['customer', 'staff']),
  lastSpeakerName: z.string(),
  excerpt: z.string(),
  createdAt: time.nullable(),
  lastActivityAt: time.nullable(),
  outbox: outboxState.nullable().describe('most urgent state of what is being sent to this ticket'),
  hasDraft: z.boolean(),
  gone: z.boolean().describe('no longer in the list of the server'),
  work: z
    .strictObject({
      done: z.boolean().describe('until something new comes'),
      snoozedUntil: time.nullable(),
      followUpAt: time.nullable().describe('when the person is reminded of a missing reply'),
      pinned: z.boolean(),
      muted: z.boolean(),
      tags: z.array(z.string())
    })
    .nullable()
    .describe('what is kept about it on this computer; null: nothing')
})

const messageSchema = z.strictObject({
  author: z.enum(['customer', 'staff']),
  name: z.string(),
  sentAt: time.nullable(),
  text: z.string(),
  signature: z.string().nullable(),
  unread: z.boolean(),
  origin: z.enum(['server', 'local']).describe('local: acknowledged by the server, but not in its list'),
  attachments: z.array(z.strictObject({ name: z.string(), url: z.string().nullable() }))
})

export const entrySchema = z.strictObject({
  id: z.string().describe('id in the outbox'),
  account: accountSchema,
  action: z.enum(['reply', 'new', 'close']),
  ticket: number.nullable().describe('null: a new ticket that is not in the list yet'),
  title: z.string().nullable().describe('of a new ticket'),
  result: z.enum(['waiting', 'sent', 'refused', 'undecided', 'cancelled']),
  state: outboxState.nullable().describe('null: no longer in the outbox'),
  queuedAt: time,
  attempts: count,
  problem: problemSchema.omit({ message: true }).nullable()
})

const connectionStates = [
  'opening',
  'connecting',
  'asking',
  'ok',
  'offline',
  'failing',
  'signed-out',
  'paused'
] as const

const accountStatusSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  isSample: z.boolean(),
  apiVersion: z.enum(apiVersions),
  connection: z.strictObject({
    state: z.enum(connectionStates),
    freshAt: time.nullable().describe('when the list was current last'),
    problem: problemSchema.omit({ message: true }).nullable()
  }),
  unread: count.describe('tickets with unread replies'),
  yourTurn: count.describe('tickets that wait for an answer of the customer'),
  open: count.describe('tickets that are not closed'),
  departments: z.array(z.strictObject({ id: z.int(), name: z.string() }))
})

export const listValueSchema = z.strictObject({
  tickets: z.array(ticketSchema),
  total: count.describe('number of tickets found, before --limit')
})
export const showValueSchema = z.strictObject({
  ticket: ticketSchema,
  service: z.string().nullable(),
  note: z.string().describe('kept on this computer; empty: none'),
  messages: z.array(messageSchema).describe('oldest first')
})
export const entriesValueSchema = z.strictObject({ entries: z.array(entrySchema) })
export const statusValueSchema = z.strictObject({
  version: z.string().describe('of the running app'),
  unread: count,
  yourTurn: count,
  open: count,
  accounts: z.array(accountStatusSchema),
  outbox: z.strictObject({
    queued: count,
    sending: count,
    uncertain: count,
    sent: count.describe('acknowledged by the server, but not in its list yet'),
    refused: count,
    undecided: count,
    entries: z.array(entrySchema)
  })
})

export type TicketOutput = z.infer<typeof ticketSchema>
export type ListValue = z.infer<typeof listValueSchema>
export type ShowValue = z.infer<typeof showValueSchema>
export type EntryOutput = z.infer<typeof entrySchema>
export type EntriesValue = z.infer<typeof entriesValueSchema>
export type StatusValue = z.infer<typeof statusValueSchema>

const schema = z.literal(schemaVersion)

/** Everything that `--json` prints: one object per call. */
export const outputSchema = z.union([
  z.strictObject({ schema, command: z.literal('list'), ...listValueSchema.shape }),
  z.strictObject({ schema, command: z.literal('show'), ...showValueSchema.shape }),
  z.strictObject({
    schema,
    command: z.literal('status'),
    ...statusValueSchema.shape
  }),
  z.strictObject({
    schema,
    command: z.enum(['reply', 'new', 'close', 'status']),
    ...entriesValueSchema.shape
  }),
  z.strictObject({
    schema,
    error: z.strictObject({
      kind: z.enum([...allProblemKinds, 'usage']),
      message: z.string(),
      detail: z.string().optional(),
      exitCode: z.enum(exitCodes)
    })
  })
])
export type Output = z.infer<typeof outputSchema>

/** JSON Schema (draft 2020-12) of everything that `--json` prints. */
export const outputJsonSchema = (): unknown => z.toJSONSchema(outputSchema, { target: 'draft-2020-12' })
