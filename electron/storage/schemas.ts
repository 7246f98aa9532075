/** The shapes of what lies on disk. A change here needs a new version number and a migration beside it. */
import { z } from 'zod'
import { problemKinds, type Problem } from '../tickets/problem.ts'
import { apiVersions, type LocalFacts, type NewTicket } from '../tickets/ticket.ts'
import { outboxEnds, type OutboxQuestion, type OutboxRecord } from '../tickets/views.ts'
import { storedRulesSchema } from './account-rules-schema.ts'
import type { StoredAccount } from './types.ts'
import { list, mergeRows, record, whole, type Parts } from './tolerant-file.ts'

const version = z.enum(apiVersions)

/** How it looks may be lost; where its token goes may not be guessed. */
export const accountSchema: z.ZodType<StoredAccount> = z.looseObject({
  id: z.string(),
  name: z.string(),
  color: z.number().catch(0),
  version,
  baseUrl: z.string(),
  auth: z.enum(['bearer', 'header', 'pair']),
  paused: z.boolean().catch(false),
  demo: z.boolean().catch(false),
  rules: storedRulesSchema
})

export const accountsParts: Parts<{ accounts: readonly StoredAccount[] }> = { accounts: list(accountSchema) }

const factsSchema: z.ZodType<LocalFacts> = z.object({
  title: z.string(),
  departmentId: z.number(),
  service: z.string()
})

const newTicketShape: z.ZodType<NewTicket> = z.strictObject({
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
const ticketMarks = z.object({
  seen: z.array(z.string()),
  told: z.array(z.string()).optional(),
  own: z.array(z.string()).optional(),
  status: z.string().optional()
})
const marksSchema = z.object({
  /** The first list was taken in. */
  baseline: z.boolean(),
  /** When that was, by the server's clock where it told it. Marks of earlier versions do not have it. */
  connectedAt: z.number().optional(),
  tickets: z.record(z.string(), ticketMarks),
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

const { shape: marksShape } = marksSchema
export const marksParts: Parts<StoredMarks> = {
  // In doubt unread: a baseline would make everything read.
  baseline: whole(marksShape.baseline, true),
  connectedAt: whole(marksShape.connectedAt, undefined),
  tickets: record(ticketMarks),
  ids: whole(marksShape.ids, undefined),
  gone: whole(marksShape.gone, undefined),
  facts: record(factsSchema),
  recentDepartments: whole(marksShape.recentDepartments, []),
  recentServices: whole(marksShape.recentServices, []),
  signedOut: whole(marksShape.signedOut, undefined),
  listAt: whole(marksShape.listAt, undefined)
}

/** As they stand in the file. */
interface RawMarks {
  readonly ids?: unknown
  readonly tickets?: unknown
  readonly facts?: unknown
}
const idsOf = ({ ids }: RawMarks): readonly unknown[] => (Array.isArray(ids) ? (ids as unknown[]) : [])

/** `change` has the tickets and facts that are others, and all the rest. */
export const mergeMarks = <M extends RawMarks>(before: M, change: M): M => ({
  ...change,
  ids: [...idsOf(before), ...idsOf(change)],
  tickets: Object.assign(before.tickets ?? {}, change.tickets),
  facts: Object.assign(before.facts ?? {}, change.facts)
})

const problemSchema: z.ZodType<Problem> = z.object({
  kind: z.enum(problemKinds),
  serverMessage: z.string().optional(),
  httpStatus: z.number().optional(),
  retryAt: z.number().optional(),
  field: z.string().optional()
})

/**
 * One of another kind is not understood, nor its entry, nor is one with a field that only a later version has: sent
 * without it, it would be something else.
 */
const action = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('create'), draft: newTicketShape, hasPassword: z.boolean() }),
  z.strictObject({ kind: z.literal('reply'), ticketId: z.number(), text: z.string() }),
  z.strictObject({ kind: z.literal('close'), ticketId: z.number() })
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
const storedEntry = z.looseObject({
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
export interface StoredOutbox {
  readonly entries: readonly StoredEntry[]
  readonly removed: readonly string[]
}
/** Whose state is not known here has no question, either. */
const askedEntry = storedEntry.transform((entry): StoredEntry =>
  entry.state === 'undecided' && entry.question === null
    ? { ...entry, question: { kind: 'cannot-tell' } }
    : entry
)
export const outboxParts: Parts<StoredOutbox> = { entries: list(askedEntry), removed: list(z.string()) }

interface RawOutbox {
  readonly entries?: unknown
  readonly removed?: unknown
}
export const mergeOutbox = <O extends RawOutbox>(before: O, change: O): O => ({
  ...before,
  ...change,
  entries: mergeRows(before.entries, change.entries, change.removed),
  removed: []
})

const entryVersion1 = z.object({
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

function fromVersion1(row: unknown): unknown {
  const read = entryVersion1.safeParse(row)
  if (!read.success) return row
  const { known, ...entry } = read.data
  return {
    ...entry,
    unknowns: entry.state === 'uncertain' || entry.state === 'sending' ? 1 : 0,
    baseline: null,
    claimed: known,
    question: null,
    acknowledgedAt: entry.state === 'sent' ? entry.queuedAt : null,
    batch: null
  }
}

/** Version 1 knew by name only what had the same text: enough to find an entry, too little to prove its absence. */
export const outboxMigrations: readonly ((data: unknown) => unknown)[] = [
  (data) => ({ entries: z.array(z.unknown()).parse(data).map(fromVersion1), removed: [] })
]

const outboxRecord: z.ZodType<OutboxRecord> = z.looseObject({
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
const sentReply = z.looseObject({
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
export interface StoredSent {
  readonly records: readonly OutboxRecord[]
  readonly replies: readonly SentReply[]
  readonly shown: readonly string[]
}
export const sentParts: Parts<StoredSent> = {
  records: list(outboxRecord),
  replies: list(sentReply),
  shown: list(z.string())
}

interface RawSent {
  readonly records?: unknown
  readonly replies?: unknown
  readonly shown?: unknown
}
/** As they stand in the file: what was shown is no kept reply any more, and a record replaces an earlier one. */
export const mergeRawSent = <S extends RawSent>(before: S, change: S): S => ({
  ...before,
  ...change,
  records: mergeRows(before.records, change.records, []),
  replies: mergeRows(before.replies, change.replies, change.shown),
  shown: []
})

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

export interface StoredDrafts {
  readonly replies: Readonly<Record<string, string>>
  readonly compose: { readonly accountId: string | null; readonly draft: NewTicket } | null
}
export const draftsParts: Parts<StoredDrafts> = {
  replies: record(z.string()),
  compose: whole(
    z.object({ accountId: z.string().nullable().catch(null), draft: draftShape }).nullable(),
    null
  )
}
