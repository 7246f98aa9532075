/** Own data of accounts as they are exported, and as they wait in imported.json for their account to be added. */
import { z } from 'zod'
import { apiVersions, type ApiVersion, type TicketId } from '../tickets/ticket.ts'
import type { AccountRules } from '../tickets/account-rules.ts'
import type { AuthKind } from '../tickets/views.ts'
import { maxNoteLength, maxTagLength, maxTitleLength } from '../tickets/work/ticket-work.ts'
import { storedRulesSchema } from './account-rules-schema.ts'
import { list, whole, type Parts } from './files/tolerant-file.ts'
import { ticketWorkSchema, type StoredWork } from './work-schema.ts'

/** What is kept about an account and its tickets. Never a secret. */
export interface OwnData {
  readonly name: string
  readonly color: number
  /** The canonical address of the server, without the version of its API. */
  readonly server: string
  readonly version: ApiVersion
  readonly auth: AuthKind
  readonly rules: AccountRules
  /** Numbers of tickets that were ever in its list: the customer is recognized by them. */
  readonly ticketIds: readonly TicketId[]
  readonly tickets: StoredWork['tickets']
}

const number = z.int().nonnegative()

/** Notes may be longer than a window accepts: merging adds one to another. */
const longestNote = 10 * maxNoteLength
const checkedWork = ticketWorkSchema.refine(
  ({ title = '', note = '', tags = [] }) =>
    title.length <= maxTitleLength &&
    note.length <= longestNote &&
    tags.every((tag) => tag.length >= 1 && tag.length <= maxTagLength)
)

export const ownDataSchema: z.ZodType<OwnData> = z.looseObject({
  name: z.string().max(500),
  color: z.int().min(0).max(7),
  server: z.string().max(2000),
  version: z.enum(apiVersions),
  auth: z.enum(['bearer', 'header', 'pair']),
  rules: storedRulesSchema,
  ticketIds: z.array(number).max(1_000_000),
  tickets: z.record(z.string().regex(/^\d{1,16}$/), checkedWork)
})

/** With an id, which tells rows of the file apart. */
export interface WaitingData extends OwnData {
  readonly id: string
}

/** What was imported and is not applied yet. */
export interface StoredImport {
  readonly accounts: readonly WaitingData[]
  /** A patch of the settings; null if there is none to apply. */
  readonly settings: Readonly<Record<string, unknown>> | null
}

const waitingData: z.ZodType<WaitingData> = z.looseObject({ id: z.string() }).and(ownDataSchema)

export const importParts: Parts<StoredImport> = {
  accounts: list(waitingData),
  settings: whole(z.record(z.string(), z.unknown()).nullable(), null)
}
