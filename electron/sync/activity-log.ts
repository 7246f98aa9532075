/**
 * One log of what happened: polls, changes of the outbox, the folder's lock, mistakes. Ids, kinds and counts only, never a
 * text, name, token or address. Ids are cut to eight characters, so that what redacts the log does not take them for tokens.
 */
import type { Problem } from '../tickets/problem.ts'
import type { AccountId, TicketId } from '../tickets/ticket.ts'
import type { OutboxEnd, OutboxItem, OutboxState } from '../tickets/views.ts'
import { errorTrace } from './error-trace.ts'

/**
 * - `unchanged`: the same bytes as last time. `tickets`: a list that was taken in.
 * - `suspicious`: an empty list where there were many tickets, asked for again.
 * - `failed`: with its `problem`. `interrupted`: given up for sleep or the end. `stopped`: given up by the person.
 */
export type PollOutcome = 'unchanged' | 'tickets' | 'suspicious' | 'failed' | 'interrupted' | 'stopped'

export interface PollDetails {
  /** Milliseconds from asking to the list being taken in. */
  readonly ms: number
  readonly problem?: Pick<Problem, 'kind' | 'httpStatus'>
  /** Tickets in the list, and rows that changed or went with it. */
  readonly tickets?: number
  readonly changed?: number
  readonly removed?: number
  /** Tickets that could not be read. */
  readonly broken?: number
  /** Events that people are told of. */
  readonly events?: number
}

/**
 * What an account tells. It does not tell the changes of its outbox: `OutboxActivity` reads them where every change is
 * saved, so that none can be forgotten.
 */
export interface ActivityLog {
  /** One answered or given up request for the list. Repeated ones of the same outcome are counted, not written. */
  poll(accountId: AccountId, outcome: PollOutcome, details: PollDetails): void
  /** A mistake of ours, with its stack. `where`: the code that caught it, e.g. `account turn`. */
  error(where: string, error: unknown): void
}

/** Of one entry; `OutboxActivity` (outbox/outbox-activity.ts) reads them. */
export interface OutboxTransition {
  readonly accountId: AccountId
  readonly entryId: string
  readonly action: OutboxItem['action']['kind']
  /** Null for a new ticket. */
  readonly ticketId: TicketId | null
  readonly from: OutboxState | 'new'
  readonly to: OutboxState | OutboxEnd | 'gone'
  /** What caused it, in words of this code. */
  readonly why: string
  readonly attempts: number
  readonly problem: Pick<Problem, 'kind' | 'httpStatus'> | null
}

/** What the engine's other parts tell. */
export interface EngineLog extends ActivityLog {
  /** Those of one save; alike ones share a line. */
  outbox(transitions: readonly OutboxTransition[]): void
  /** Anything else, e.g. that the folder's lock was lost; without texts, names and addresses. */
  note(line: string): void
}

/** Identical outcomes are written again after so many milliseconds. */
const repeatMs = 3_600_000

/** Entries of the outbox that one line names at most. */
const entriesAtOnce = 12

/** Of an account or an entry of the outbox. */
export const shortId = (id: string): string => id.slice(0, 8)

const problemText = ({ kind, httpStatus }: Pick<Problem, 'kind' | 'httpStatus'>): string =>
  httpStatus === undefined ? kind : `${kind} (HTTP ${httpStatus})`

interface RepeatedPolls {
  /** What they have in common. */
  readonly text: string
  readonly writtenAt: number
  /** Since it was written. */
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
