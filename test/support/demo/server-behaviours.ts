/** Named ways in which real ticket systems deviate from the documented API, for tests. */
import type { TicketOmissions } from '../../../electron/demo/response-bodies.ts'
import type { StaleList } from './stale-list.ts'
import { letterDamages, rewrites } from './rewrites.ts'

export interface ServerBehaviour extends TicketOmissions {
  readonly name: string
  /** Changes the customer's text before it is stored; the footer with the IP address is appended afterwards. */
  readonly rewrite?: (text: string) => string
  readonly staleList?: StaleList
  /** How every write is handled, see `WriteBehaviour`. */
  readonly writes?: WriteBehaviour
  /** Whether a firewall answers this text with its page (403, HTML) because it looks like an attack. */
  readonly refuses?: (text: string) => boolean
  /** Clock error of the dates of tickets and replies, in milliseconds; the HTTP `Date` header is not affected. */
  readonly ticketClockMs?: number
  /** Clock error of all dates, including the HTTP `Date` header, in milliseconds. */
  readonly clockMs?: number
  /** Ticket ids are random, like the ticket masks of WHMCS: the id of a new ticket may be lower than all others. */
  readonly randomIds?: boolean
}

/**
 * - `acknowledged-only`: the answer is success, but nothing is stored.
 * - `error`: it is stored, and the answer is a 500.
 * - `cut`: it is stored, and the connection is cut without an answer.
 */
export type WriteBehaviour = 'acknowledged-only' | 'error' | 'cut'

const minute = 60_000
const hour = 60 * minute

/** Imitates web application firewall rules that look for code and paths in posted text. */
export const looksLikeAttack = (text: string): boolean =>
  /<\?php|<script|\bunion\s+select\b|\bselect\b.+\bfrom\b|\/etc\/passwd|\.\.\/|base64_decode/is.test(text)

export const serverBehaviours: readonly ServerBehaviour[] = [
  ...[...rewrites, ...letterDamages].map(({ name, apply }): ServerBehaviour => ({ name, rewrite: apply })),
  { name: 'hides replies', hidesReplies: true },
  { name: 'list cached five minutes', staleList: { ms: 5 * minute, kind: 'cache', date: 'now' } },
  {
    name: 'list cached five minutes, with its age',
    staleList: { ms: 5 * minute, kind: 'cache', date: 'age' }
  },
  {
    name: 'list cached two minutes, with its own date',
    staleList: { ms: 2 * minute, kind: 'cache', date: 'made' }
  },
  { name: 'list cached a minute, without a date', staleList: { ms: minute, kind: 'cache', date: 'none' } },
  { name: 'list of 90 seconds ago', staleList: { ms: 90_000, kind: 'replica', date: 'now' } },
  { name: 'list of five minutes ago', staleList: { ms: 5 * minute, kind: 'replica', date: 'now' } },
  { name: 'acknowledges without storing', writes: 'acknowledged-only' },
  { name: 'stores and answers 500', writes: 'error' },
  { name: 'stores and cuts the connection', writes: 'cut' },
  { name: 'firewall', refuses: looksLikeAttack },
  { name: 'dates without a time', omitsTimes: true },
  { name: 'ticket clock three hours ahead', ticketClockMs: 3 * hour },
  { name: 'ticket clock eleven hours behind', ticketClockMs: -11 * hour },
  { name: 'clock two hours ahead', clockMs: 2 * hour },
  { name: 'random ids', randomIds: true },
  { name: 'replies without ids', omitsReplyIds: true }
]

export function serverBehaviourNamed(name: string): ServerBehaviour {
  const found = serverBehaviours.find((behaviour) => behaviour.name === name)
  if (!found) throw new Error(`There is no server behaviour "${name}"`)
  return found
}
