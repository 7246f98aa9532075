/** The shape of an account's work.json. A change here needs a new version number and a migration beside it. */
import { z } from 'zod'
import { isRecord } from '../tickets/json.ts'
import { mergeWork as mergeTicketWork } from '../tickets/work/merge-work.ts'
import { noWork, reminderKinds, type TicketWork } from '../tickets/work/ticket-work.ts'
import { record, type Parts } from './files/tolerant-file.ts'

const time = z.number().nullable()

/** Missing fields have their default. Fields of later versions are kept with the ticket. */
export const ticketWorkSchema = z
  .looseObject({
    done: z.boolean(),
    snoozedUntil: time,
    followUp: z.looseObject({ at: z.number(), byRule: z.boolean(), isDue: z.boolean() }).nullable(),
    untold: z.array(z.enum(reminderKinds)),
    known: z.looseObject({ answers: z.array(z.string()), newestAt: time, status: z.string() }).nullable(),
    remindedFor: time,
    pinned: z.boolean(),
    muted: z.boolean(),
    title: z.string(),
    note: z.string(),
    tags: z.array(z.string())
  })
  .partial()
type StoredTicketWork = z.infer<typeof ticketWorkSchema>

/** By ticket number. In a change: changed tickets, `{}` for one about which nothing is kept any more. */
export interface StoredWork {
  readonly tickets: Readonly<Record<string, StoredTicketWork>>
}

/** Merges what a later version had written with what was changed meanwhile. */
function rejoinWork(aside: unknown, current: unknown): unknown {
  const [before, now] = [ticketWorkSchema.safeParse(aside), ticketWorkSchema.safeParse(current)]
  if (!before.success || !now.success) return current ?? aside
  return storedWorkOf(mergeTicketWork(workFromStored(now.data), workFromStored(before.data)))
}

export const workParts: Parts<StoredWork> = { tickets: record(ticketWorkSchema, rejoinWork) }

interface RawWork {
  readonly tickets?: unknown
}
const fields = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {})

/** Applies a change as in the file. */
export const mergeWork = <W extends RawWork>(before: W, change: W): W => ({
  ...before,
  ...change,
  tickets: { ...fields(before.tickets), ...fields(change.tickets) }
})

/** Only the fields that differ from their default, and those of later versions. */
export function storedWorkOf(work: TicketWork): StoredTicketWork {
  const isDefault = (value: unknown, name: string): boolean =>
    value === noWork[name as keyof TicketWork] || (Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(work).filter(([name, value]) => !isDefault(value, name)))
}

export const workFromStored = (stored: StoredTicketWork): TicketWork => {
  const given = Object.entries(stored).filter(([, value]) => value !== undefined)
  return { ...noWork, ...Object.fromEntries(given) }
}
