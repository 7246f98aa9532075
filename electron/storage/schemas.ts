/** The shapes of what lies on disk. A change here needs a new version number and a migration beside it. */
import { z } from 'zod'
import { problemKinds, type Problem } from '../tickets/problem.ts'
import type { LocalFacts, NewTicket } from '../tickets/ticket.ts'
import type { StoredAccount } from './port.ts'

const version = z.enum(['v1', 'v2'])

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
 * were sent from here, and the last `status` that was dealt with.
 */
export const marksSchema = z.object({
  /** The first list was taken in. */
  baseline: z.boolean(),
  tickets: z.record(
    z.string(),
    z.object({
      seen: z.array(z.string()),
      told: z.array(z.string()).optional(),
      own: z.array(z.string()).optional(),
      status: z.string().optional()
    })
  ),
  /** The highest number that any list ever had, also of tickets that are gone from it. */
  newest: z.number().optional(),
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

export const outboxSchema = z.array(
  z.object({
    id: z.string(),
    accountId: z.string(),
    action,
    state: z.enum(['queued', 'sending', 'uncertain', 'sent', 'refused', 'undecided']),
    queuedAt: z.number(),
    attempts: z.number(),
    problem: problemSchema.nullable(),
    /** Names of what stood at the server with the same text before the first attempt, or was claimed by another entry. */
    known: z.array(z.string()),
    /** The server's time at the first attempt, as far as it was known. */
    since: z.number().nullable()
  })
)
export type StoredEntry = z.infer<typeof outboxSchema>[number]

export const draftsSchema = z.object({
  replies: z.record(z.string(), z.string()),
  compose: z.object({ accountId: z.string().nullable(), draft: newTicketShape }).nullable()
})
export type StoredDrafts = z.infer<typeof draftsSchema>
