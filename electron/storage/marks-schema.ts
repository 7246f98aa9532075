/** The shape of an account's marks.json. A change here needs a new version number and a migration beside it. */
import { z } from 'zod'
import { isNumberList, isRecord, isTextList } from '../tickets/json.ts'
import type { LocalFacts } from '../tickets/ticket.ts'
import { earlier, rejoinTicketMarks, union } from './files/rejoin.ts'
import { checked, record, whole, type Parts } from './files/tolerant-file.ts'

const factsSchema: z.ZodType<LocalFacts> = z.object({
  title: z.string(),
  departmentId: z.number(),
  service: z.string()
})

/**
 * Per ticket: `seen` staff replies, those `told` by a notification though not seen yet, the person's `own` that
 * were sent from here, and the last `status` that was dealt with. A reply with a number may be named twice: by the number,
 * and by its moment and text.
 */
interface TicketMarks {
  readonly seen: readonly string[]
  readonly told?: readonly string[]
  readonly own?: readonly string[]
  readonly status?: string
}
const isTicketMarks = (value: unknown): value is TicketMarks => {
  if (!isRecord(value)) return false
  const { seen, told = [], own = [], status = '' } = value
  return [seen, told, own].every(isTextList) && typeof status === 'string'
}
const marksSchema = z.object({
  /** The first list was taken in. */
  baseline: z.boolean(),
  /** When that was, by the server's clock where it told it. Marks of earlier versions do not have it. */
  connectedAt: z.number().optional(),
  tickets: z.record(z.string(), z.custom<TicketMarks>(isTicketMarks)),
  /** Every id that any list ever had, also of tickets that are gone from it; of a change, the new ones. */
  ids: z.array(z.number()).optional(),
  /** Tickets that left the list and are kept because somebody writes in them or something waits for them. */
  gone: z.array(z.number()).optional(),
  facts: z.record(z.string(), factsSchema),
  recentDepartments: z.array(z.number()),
  recentServices: z.array(z.string()),
  /** The person said so of tickets that were not read from the cache yet. */
  pending: z.record(z.string(), z.enum(['read', 'unread'])).optional(),
  /** The person was told that the server lets the account in no more. */
  signedOut: z.boolean().optional(),
  /** When the last good list came, by this machine's clock; up to a quarter of an hour old. */
  listAt: z.number().optional(),
  /**
   * A message of the person's came back with other letters than it was sent with: from then on messages are transliterated,
   * unless a rule says otherwise. Until the person has dismissed the notice about it, `untold`.
   */
  letterDamage: z.enum(['untold', 'told']).optional()
})
export type StoredMarks = z.infer<typeof marksSchema>

const { shape: marksShape } = marksSchema
export const marksParts: Parts<StoredMarks> = {
  // In doubt unread: a baseline would make everything read.
  baseline: whole(marksShape.baseline, true),
  connectedAt: whole(marksShape.connectedAt, undefined, earlier),
  // A start reads tens of thousands before its first window.
  tickets: record(checked(isTicketMarks), rejoinTicketMarks),
  ids: whole(checked(isNumberList), undefined, union),
  gone: whole(marksShape.gone, undefined, union),
  facts: record(factsSchema),
  recentDepartments: whole(marksShape.recentDepartments, [], union),
  recentServices: whole(marksShape.recentServices, [], union),
  pending: whole(marksShape.pending, undefined),
  signedOut: whole(marksShape.signedOut, undefined),
  listAt: whole(marksShape.listAt, undefined),
  letterDamage: whole(marksShape.letterDamage, undefined)
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
