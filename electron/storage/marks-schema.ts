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
 * Per ticket, keys of replies: `seen` ones of the staff, `told` ones that were notified but not seen, `own` ones that
 * were sent from here; and the last processed `status`. A reply with an id may have two keys: one by id, and one by time
 * and text.
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
  /** Whether the first list was processed. */
  baseline: z.boolean(),
  /** When that was, by the server's clock if known. Missing in files of earlier versions. */
  connectedAt: z.number().optional(),
  tickets: z.record(z.string(), z.custom<TicketMarks>(isTicketMarks)),
  /** The id of every ticket that any list ever had; in a change, only new ids. */
  ids: z.array(z.number()).optional(),
  /** Tickets that left the list and are kept because of a draft or an outbox entry. */
  gone: z.array(z.number()).optional(),
  facts: z.record(z.string(), factsSchema),
  recentDepartments: z.array(z.number()),
  recentServices: z.array(z.string()),
  /** Commands about tickets that were not loaded from the cache yet. */
  pending: z.record(z.string(), z.enum(['read', 'unread'])).optional(),
  /** Whether the person was notified that the server rejects the credentials. */
  signedOut: z.boolean().optional(),
  /** When the last good list arrived, by this machine's clock; up to a quarter of an hour behind. */
  listAt: z.number().optional(),
  /**
   * Set when a message of the person came back with other letters: later messages are then transliterated unless a rule
   * says otherwise. `untold` until the person has dismissed the notice.
   */
  letterDamage: z.enum(['untold', 'told']).optional()
})
export type StoredMarks = z.infer<typeof marksSchema>

const { shape: marksShape } = marksSchema
export const marksParts: Parts<StoredMarks> = {
  // True if unreadable: otherwise the next list would be a baseline, which marks everything as read.
  baseline: whole(marksShape.baseline, true),
  connectedAt: whole(marksShape.connectedAt, undefined, earlier),
  // Checked by hand for speed: tens of thousands are read before the first window opens.
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

/** The fields as they are in the file. */
interface RawMarks {
  readonly ids?: unknown
  readonly tickets?: unknown
  readonly facts?: unknown
}
const idsOf = ({ ids }: RawMarks): readonly unknown[] => (Array.isArray(ids) ? (ids as unknown[]) : [])

/** `change` has only changed tickets and facts, and all other fields. */
export const mergeMarks = <M extends RawMarks>(before: M, change: M): M => ({
  ...change,
  ids: [...idsOf(before), ...idsOf(change)],
  tickets: Object.assign(before.tickets ?? {}, change.tickets),
  facts: Object.assign(before.facts ?? {}, change.facts)
})
