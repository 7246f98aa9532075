/** The shapes of what lies on disk. A change here needs a new version number and a migration beside it. */
import { z } from 'zod'
import { problemKinds, type Problem } from '../tickets/problem.ts'
import { apiVersions, type LocalFacts, type NewTicket } from '../tickets/ticket.ts'
import { outboxEnds, type OutboxQuestion, type OutboxRecord } from '../tickets/views.ts'
import type { StoredAccount } from './types.ts'

const version = z.enum(apiVersions)

export const accountsSchema: z.ZodType<readonly StoredAccount[]> = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    color: z.number(),
    version,
    baseUrl: z.string(),
    auth: z.enum(['bearer', 'header', 'pair']),
    paused: z.boolean(),
    demo: z.boolean()
  })
)

export const factsSchema: z.ZodType<LocalFacts> = z.object({
  title: z.string(),
  departmentId: z.number(),
  service: z.string()
})

export const newTicketShape: z.ZodType<NewTicket> = z.object({
  title: z.string(),
  departmentId: z.number(),
  service: z.string(),
  message: z.string(),
  serverIp: z.string(),
  serverUser: z.string()
})

/**
 * Per ticket: `seen` staff replies, those `told` by a notification though not seen yet, the person's `own` that
 * were sent from here, and the last `status` that was dealt with. A reply with a number may be named twice: by the number,
 * and by its moment and text.
 */
export const marksSchema = z.object({
  /** The first list was taken in. */
  baseline: z.boolean(),
  /** When that was, by the server's clock where it told it. Marks of earlier versions do not have it. */
  connectedAt: z.number().optional(),
  tickets: z.record(
    z.string(),
    z.object({
      seen: z.array(z.string()),
      told: z.array(z.string()).optional(),
      own: z.array(z.string()).optional(),
      status: z.string().optional()
    })
  ),
  /** Every id that any list ever had, also of tickets that are gone from it; of a change, the new ones. */
  ids: z.array(z.number()).optional(),
  /** Tickets that left the list and are kept because somebody writes in them or something waits for them. */
  gone: z.array(z.number()).optional(),
  facts: z.record(z.string(), factsSchema),
  recentDepartments: z.array(z.number()),
  recentServices: z.array(z.string()),
  /** The person was told that the server lets the account in no more. */
  signedOut: z.boolean().optional(),
  /** When the last good list came, by this machine's clock; up to a quarter of an hour old. */
  listAt: z.number().optional()
})
export type StoredMarks = z.infer<typeof marksSchema>

/** `change` has the tickets and facts that are others, and all the rest. */
export const mergeMarks = (before: StoredMarks, change: StoredMarks): StoredMarks => ({
  ...change,
  ids: [...(before.ids ?? []), ...(change.ids ?? [])],
  tickets: Object.assign(before.tickets, change.tickets),
  facts: Object.assign(before.facts, change.facts)
})

export const problemSchema: z.ZodType<Problem> = z.object({
  kind: z.enum(problemKinds),
  serverMessage: z.string().optional(),
  httpStatus: z.number().optional(),
  retryAt: z.number().optional(),
  field: z.string().optional()
})

const action = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('create'), draft: newTicketShape, hasPassword: z.boolean() }),
  z.object({ kind: z.literal('reply'), ticketId: z.number(), text: z.string() }),
  z.object({ kind: z.literal('close'), ticketId: z.number() })
])

const candidate = z.object({
  key: z.string(),
  ticketId: z.number(),
  text: z.string(),
  sentAt: z.number().nullable()
})
const question: z.ZodType<OutboxQuestion> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('similar'), candidates: z.array(candidate) }),
  z.object({ kind: z.literal('not-shown') }),
  z.object({ kind: z.literal('cannot-tell') })
])

const serverBaseline = z.object({
  /** The entry's ticket was known. */
  isKnown: z.boolean(),
  /** Names of the messages in its thread. */
  keys: z.array(z.string()),
  lastReplyAt: z.number().nullable(),
  status: z.string(),
  /** For a new ticket: all ids known then, packed, and how many of them the list had. */
  ids: z.string(),
  count: z.number()
})
export type ServerBaseline = z.infer<typeof serverBaseline>

/** What a later version may have written and this one does not know costs no entry: it becomes the person's to decide. */
const storedEntry = z.object({
  id: z.string(),
  accountId: z.string(),
  action,
  state: z.enum(['queued', 'sending', 'uncertain', 'sent', 'refused', 'undecided']).catch('undecided'),
  queuedAt: z.number(),
  attempts: z.number(),
  /** Attempts in a row of which nobody knows what became. */
  unknowns: z.number(),
  problem: problemSchema.nullable().catch({ kind: 'internal' }),
  /** Before the first attempt; null until then, and for an attempt of which it is not known. */
  baseline: serverBaseline.nullable().catch(null),
  /** Names of messages and tickets that came since and belong to another entry, or are not it for the person. */
  claimed: z.array(z.string()),
  question: question.nullable().catch({ kind: 'cannot-tell' }),
  acknowledgedAt: z.number().nullable(),
  batch: z.string().nullable()
})
export type StoredEntry = z.infer<typeof storedEntry>

/** `removed` is empty but in a change, which has the entries that are others. */
export const outboxSchema = z.object({ entries: z.array(storedEntry), removed: z.array(z.string()) })
export type StoredOutbox = z.infer<typeof outboxSchema>

export function mergeOutbox(before: StoredOutbox, change: StoredOutbox): StoredOutbox {
  const entries = new Map(before.entries.map((entry) => [entry.id, entry]))
  for (const id of change.removed) entries.delete(id)
  for (const entry of change.entries) entries.set(entry.id, entry)
  return { entries: [...entries.values()], removed: [] }
}

const outboxVersion1 = z.array(
  z.object({
    ...storedEntry.omit({
      unknowns: true,
      baseline: true,
      claimed: true,
      question: true,
      acknowledgedAt: true,
      batch: true
    }).shape,
    known: z.array(z.string())
  })
)

/** Version 1 knew by name only what had the same text: enough to find an entry, too little to prove its absence. */
export const outboxMigrations: readonly ((data: unknown) => unknown)[] = [
  (data) => ({
    entries: outboxVersion1.parse(data).map(({ known, ...entry }) => ({
      ...entry,
      unknowns: entry.state === 'uncertain' || entry.state === 'sending' ? 1 : 0,
      baseline: null,
      claimed: known,
      question: null,
      acknowledgedAt: entry.state === 'sent' ? entry.queuedAt : null,
      batch: null
    })),
    removed: []
  })
]

const outboxRecord: z.ZodType<OutboxRecord> = z.object({
  id: z.string(),
  accountId: z.string(),
  action,
  queuedAt: z.number(),
  acknowledgedAt: z.number().nullable(),
  endedAt: z.number(),
  attempts: z.number(),
  end: z.enum(outboxEnds),
  ticketId: z.number().nullable()
})

/** A reply that the server acknowledged and does not show. */
const sentReply = z.object({
  id: z.string(),
  ticketId: z.number(),
  text: z.string(),
  /** By this machine's clock. */
  sentAt: z.number(),
  /** Names of the messages of its ticket that are not it. */
  known: z.array(z.string())
})
export type SentReply = z.infer<typeof sentReply>

/** What an account's outbox is done with. Of a change: what is new, and the ids of replies that are shown by now. */
export const sentSchema = z.object({
  records: z.array(outboxRecord),
  replies: z.array(sentReply),
  shown: z.array(z.string())
})
export type StoredSent = z.infer<typeof sentSchema>

export const draftsSchema = z.object({
  replies: z.record(z.string(), z.string()),
  compose: z.object({ accountId: z.string().nullable(), draft: newTicketShape }).nullable()
})
export type StoredDrafts = z.infer<typeof draftsSchema>
