/** What the app answered to a request. */
import type { ParsedCommand } from '../arguments/parse.ts'
import {
  entriesValueSchema,
  listValueSchema,
  showValueSchema,
  statusValueSchema,
  type EntriesValue,
  type ListValue,
  type ShowValue,
  type StatusValue
} from '../output/schema.ts'
import type { CommandOutcome, CommandProblem, Failure } from '../protocol/command-problem.ts'
import type { Reply } from '../protocol/messages.ts'
import type { Request } from '../protocol/requests.ts'
import { valueOf } from './call.ts'
import { reachApp, type ReachOptions } from './reach-app.ts'

export type CommandResult =
  | { readonly kind: 'list'; readonly value: ListValue }
  | { readonly kind: 'show'; readonly value: ShowValue }
  | { readonly kind: 'status'; readonly value: StatusValue }
  | {
      readonly kind: 'entries'
      readonly value: EntriesValue
      /** Whether the command waited for the end of the entries. */
      readonly waited: boolean
      /** Why the waiting ended early. */
      readonly problem: CommandProblem | null
    }

const mapped = <T>(
  outcome: CommandOutcome<T>,
  make: (value: T) => CommandResult
): CommandOutcome<CommandResult> => (outcome.ok ? { ok: true, value: make(outcome.value) } : outcome)

export function resultOf(request: Request, reply: Reply | Failure): CommandOutcome<CommandResult> {
  if (!reply.ok) return { ok: false, error: reply.error }
  switch (request.command) {
    case 'list':
      return mapped(valueOf(listValueSchema, reply), (value) => ({ kind: 'list', value }))
    case 'show':
      return mapped(valueOf(showValueSchema, reply), (value) => ({ kind: 'show', value }))
    case 'status':
      return mapped(valueOf(statusValueSchema, reply), (value) => ({ kind: 'status', value }))
    case 'reply':
    case 'new':
    case 'close':
    case 'entries':
      return mapped(valueOf(entriesValueSchema, reply), (value) => ({
        ...{ kind: 'entries', value, problem: null },
        waited: request.command === 'entries'
      }))
  }
}

/** Milliseconds for the answer itself, after the waiting. */
const answerMs = 30_000

/** With `--wait`: asks the app until the entries ended. The entries are in the outbox whatever happens meanwhile. */
export async function waitForEntries(
  result: CommandResult,
  command: ParsedCommand,
  options: ReachOptions
): Promise<CommandResult> {
  const waitMs = 'waitMs' in command ? command.waitMs : null
  if (result.kind !== 'entries' || result.waited || waitMs === null) return result
  const ids = result.value.entries.map(({ id }) => id)
  const request = { command: 'entries', ids, wait: waitMs } as const
  const reply = await reachApp(request, { ...options, start: null, timeoutMs: waitMs + answerMs })
  const later = resultOf(request, reply)
  return later.ok ? later.value : { ...result, waited: true, problem: later.error }
}
