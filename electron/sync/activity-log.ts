/**
 * Log of polls, outbox changes, the folder lock and internal errors. Contains only ids, kinds and counts, never a text,
 * name, token or address. Ids are cut to eight characters, so that redaction does not take them for tokens.
 */
import type { Problem } from '../tickets/problem.ts'
import type { AccountId, TicketId } from '../tickets/ticket.ts'
import type { OutboxEnd, OutboxItem, OutboxState } from '../tickets/views.ts'
import { errorTrace } from './error-trace.ts'

/**
 * - `unchanged`: the same bytes as last time. `tickets`: a list that was processed.
 * - `suspicious`: an empty or much shorter list, which is requested again.
 * - `failed`: with its `problem`. `interrupted`: aborted by sleep or shutdown. `stopped`: aborted by the person.
 */
export type PollOutcome = 'unchanged' | 'tickets' | 'suspicious' | 'failed' | 'interrupted' | 'stopped'

export interface PollDetails {
  /** Milliseconds from the request to the end of processing. */
  readonly ms: number
  readonly problem?: Pick<Problem, 'kind' | 'httpStatus'>
  /** Number of tickets in the list, and of changed and removed rows. */
  readonly tickets?: number
  readonly changed?: number
  readonly removed?: number
  /** Number of unreadable tickets. */
  readonly broken?: number
  /** Number of events for notifications. */
  readonly events?: number
}

/**
 * Log interface of an account. Outbox changes are logged by `OutboxActivity` where all of them are saved, so that none
 * is missed.
 */
export interface ActivityLog {
  /** Logs a finished or aborted list request. Repeated identical outcomes are only counted. */
  poll(accountId: AccountId, outcome: PollOutcome, details: PollDetails): void
  /** Logs an internal error with its stack. `where`: the code that caught it, e.g. `account turn`. */
  error(where: string, error: unknown): void
}

/** A change of one outbox entry, created by `OutboxActivity`. */
export interface OutboxTransition {
  readonly accountId: AccountId
  readonly entryId: string
  readonly action: OutboxItem['action']['kind']
  /** Null for a new ticket. */
  readonly ticketId: TicketId | null
  readonly from: OutboxState | 'new'
  readonly to: OutboxState | OutboxEnd | 'gone'
  /** The cause, as a fixed text. */
  readonly why: string
  readonly attempts: number
  readonly problem: Pick<Problem, 'kind' | 'httpStatus'> | null
}

/** Log interface of the other parts of the engine. */
export interface EngineLog extends ActivityLog {
  /** Logs the changes of one save; identical ones share a line. */
  outbox(transitions: readonly OutboxTransition[]): void
  /** Logs any other line, e.g. that the folder lock was lost; without texts, names and addresses. */
  note(line: string): void
}

/** Identical outcomes are logged again after this number of milliseconds. */
const repeatMs = 3_600_000

/** Maximum number of outbox entries in a line. */
const entriesAtOnce = 12

/** Short id of an account or an outbox entry. */
export const shortId = (id: string): string => id.slice(0, 8)

const problemText = ({ kind, httpStatus }: Pick<Problem, 'kind' | 'httpStatus'>): string =>
  httpStatus === undefined ? kind : `${kind} (HTTP ${httpStatus})`

interface RepeatedPolls {
  /** The part of the line that identical changes share. */
  readonly text: string
  readonly writtenAt: number
  /** Number of identical polls since the last line. */
  readonly count: number
  readonly slowestMs: number
}

/** `write` takes a line; `now` is monotonic, in milliseconds. */
export function createEngineLog(write: (line: string) => void, now: () => number): EngineLog {
  const polls = new Map<AccountId, RepeatedPolls>()

  function writeRepeated(accountId: AccountId, { text, count, slowestMs }: RepeatedPolls): void {
    if (count > 0)
      write(`poll ${shortId(accountId)}: ${text}, ${count} more times, slowest ${Math.round(slowestMs)} ms`)
  }

  return {
    poll(accountId, outcome, details) {
      const text = pollText(outcome, details)
      const last = polls.get(accountId)
      const isNews = (details.changed ?? 0) + (details.removed ?? 0) + (details.events ?? 0) > 0
      if (last?.text === text && !isNews) {
        const repeated = {
          ...last,
          count: last.count + 1,
          slowestMs: Math.max(last.slowestMs, details.ms)
        }
        const isDue = now() - last.writtenAt >= repeatMs
        if (isDue) writeRepeated(accountId, repeated)
        polls.set(accountId, isDue ? { text, writtenAt: now(), count: 0, slowestMs: 0 } : repeated)
        return
      }
      if (last) writeRepeated(accountId, last)
      write(`poll ${shortId(accountId)}: ${text}, ${Math.round(details.ms)} ms`)
      polls.set(accountId, { text, writtenAt: now(), count: 0, slowestMs: 0 })
    },
    outbox(transitions) {
      const groups = new Map<string, string[]>()
      for (const transition of transitions) {
        const text = transitionText(transition)
        const group = groups.get(text)
        if (group) group.push(entryText(transition))
        else groups.set(text, [entryText(transition)])
      }
      for (const [text, entries] of groups)
        for (let at = 0; at < entries.length; at += entriesAtOnce)
          write(`outbox ${text}: ${entries.slice(at, at + entriesAtOnce).join(', ')}`)
    },
    error: (where, error) => write(`error in ${where}: ${errorTrace(error)}`),
    note: write
  }
}

function transitionText(transition: OutboxTransition): string {
  const { accountId, action, from, to, why, attempts, problem } = transition
  const cause = problem ? `, ${problemText(problem)}` : ''
  return `${from} → ${to}, ${why}${cause}, attempt ${attempts}, ${action}, account ${shortId(accountId)}`
}

const entryText = ({ entryId, ticketId }: OutboxTransition): string =>
  ticketId === null ? shortId(entryId) : `${shortId(entryId)} (ticket ${ticketId})`

function pollText(outcome: PollOutcome, details: PollDetails): string {
  const { problem, tickets, changed = 0, removed = 0, broken = 0, events = 0 } = details
  return [
    outcome,
    ...(problem ? [problemText(problem)] : []),
    ...(tickets === undefined ? [] : [`${tickets} tickets`]),
    ...(changed > 0 ? [`${changed} changed`] : []),
    ...(removed > 0 ? [`${removed} removed`] : []),
    ...(broken > 0 ? [`${broken} unreadable`] : []),
    ...(events > 0 ? [`${events} events`] : [])
  ].join(', ')
}
