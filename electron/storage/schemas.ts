/** Schemas of the stored files. A change here needs a new version number and a migration. */
import { z } from 'zod'
import { sentForms } from '../tickets/account-rules.ts'
import { problemKinds, type Problem } from '../tickets/problem.ts'
import { apiVersions, type NewTicket } from '../tickets/ticket.ts'
import type { OriginalText } from '../tickets/thread/originals.ts'
import { outboxEnds, type OutboxQuestion, type OutboxRecord } from '../tickets/views.ts'
import { storedRulesSchema } from './account-rules-schema.ts'
import type { StoredAccount } from './types.ts'
import { doubtEntry, rejoinAccount, rejoinEntry } from './files/rejoin.ts'
import { list, mergeRows, type Parts } from './files/tolerant-file.ts'

const version = z.enum(apiVersions)

/** Appearance has defaults; the address that gets the token must never be guessed. */
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

export const accountsParts: Parts<{ accounts: readonly StoredAccount[] }> = {
  accounts: list(accountSchema, rejoinAccount)
}

const newTicketShape: z.ZodType<NewTicket> = z.strictObject({
  title: z.string(),
  departmentId: z.number(),
  service: z.string(),
  message: z.string(),
  serverIp: z.string(),
  serverUser: z.string()
})

const problemSchema: z.ZodType<Problem> = z.object({
  kind: z.enum(problemKinds),
  serverMessage: z.string().optional(),
  httpStatus: z.number().optional(),
  retryAt: z.number().optional(),
  field: z.string().optional()
})

/**
 * An action of another kind, or with a field of a later version, makes its entry not understood: sent without that field
 * it would mean something else.
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
  /** Whether the ticket of the entry was known. */
  isKnown: z.boolean(),
  /** Keys of the messages in its thread. */
  keys: z.array(z.string()),
  lastReplyAt: z.number().nullable(),
  status: z.string(),
  /** For a new ticket: all ids known at that time, packed, and how many of them the list had. */
  ids: z.string(),
  count: z.number()
})
export type ServerBaseline = z.infer<typeof serverBaseline>

/** A state of a later version becomes `undecided`, so that the entry is kept. */
const storedEntry = z.looseObject({
  id: z.string(),
  accountId: z.string(),
  action,
  state: z.enum(['queued', 'sending', 'uncertain', 'sent', 'refused', 'undecided']).catch('undecided'),
  queuedAt: z.number(),
  attempts: z.number(),
  /** Number of consecutive attempts with an unknown outcome. */
  unknowns: z.number(),
  problem: problemSchema.nullable().catch({ kind: 'internal' }),
  /** State of the server before the first attempt; null before it, and if it is not known. */
  baseline: serverBaseline.nullable().catch(null),
  /** Keys of later messages and tickets that belong to another entry or that the person has ruled out. */
  claimed: z.array(z.string()),
  question: question.nullable().catch({ kind: 'cannot-tell' }),
  acknowledgedAt: z.number().nullable(),
  batch: z.string().nullable(),
  /** Form of the text in the last attempt; earlier versions sent ASCII. */
  sentForm: z.enum(sentForms).optional().catch(undefined)
})
export type StoredEntry = z.infer<typeof storedEntry>

/** In a change: changed entries, and ids of removed ones (otherwise empty). */
export interface StoredOutbox {
  readonly entries: readonly StoredEntry[]
  readonly removed: readonly string[]
}
/** An entry with an unknown state has no question. */
const askedEntry = storedEntry.transform((entry): StoredEntry =>
  entry.state === 'undecided' && entry.question === null
    ? { ...entry, question: { kind: 'cannot-tell' } }
    : entry
)
/** Makes an entry uncertain because changes of the file were damaged. */
export function doubtfulEntry(entry: StoredEntry): StoredEntry {
  const read = storedEntry.safeParse(doubtEntry(entry))
  return read.success ? read.data : entry
}
export const outboxParts: Parts<StoredOutbox> = {
  entries: list(askedEntry, rejoinEntry),
  removed: list(z.string())
}

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

/** Version 1 had only keys of messages with the same text: enough to find an entry, not to prove its absence. */
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

/** A reply that the server has acknowledged but does not show. */
const sentReply = z.looseObject({
  id: z.string(),
  ticketId: z.number(),
  text: z.string(),
  /** By this machine's clock. */
  sentAt: z.number(),
  /** Keys of other messages in its ticket. */
  known: z.array(z.string()),
  sentForm: z.enum(sentForms).optional().catch(undefined)
})
export type SentReply = z.infer<typeof sentReply>

const originalText: z.ZodType<OriginalText> = z.looseObject({
  id: z.string(),
  ticketId: z.number(),
  key: z.string(),
  text: z.string(),
  atServer: z.string(),
  damage: z.enum(['letters', 'words']).nullable().catch(null)
})

/** Finished entries of an account's outbox. In a change: new ones, and ids of replies that the server now shows. */
export interface StoredSent {
  readonly records: readonly OutboxRecord[]
  readonly replies: readonly SentReply[]
  readonly shown: readonly string[]
  readonly originals: readonly OriginalText[]
}
export const sentParts: Parts<StoredSent> = {
  records: list(outboxRecord),
  replies: list(sentReply),
  shown: list(z.string()),
  originals: list(originalText)
}

interface RawSent {
  readonly records?: unknown
  readonly replies?: unknown
  readonly shown?: unknown
  readonly originals?: unknown
}
/** Applies a change as in the file: shown replies are removed, records replace earlier ones. */
export const mergeRawSent = <S extends RawSent>(before: S, change: S): S => ({
  ...before,
  ...change,
  records: mergeRows(before.records, change.records, []),
  replies: mergeRows(before.replies, change.replies, change.shown),
  originals: mergeRows(before.originals, change.originals, []),
  shown: []
})
