/** What became of a ticket after Send, as far as it is known; nothing is called sent before the server took it. */
import type { Problem } from '../../../electron/tickets/problem.ts'
import type { ConnectionState, OutboxItem, OutboxRecord } from '../../../electron/tickets/views.ts'

export type SentProgress =
  | { readonly kind: 'sending' }
  /** Held back so that sending can be undone, until `until` (epoch ms). */
  | { readonly kind: 'held'; readonly until: number }
  /** The server has it; its number is known once the list shows it. */
  | { readonly kind: 'sent'; readonly ticketId: number | null }
  | { readonly kind: 'waiting'; readonly for: 'network' | 'sign-in' | 'resume' | 'server' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'asks' }
  | { readonly kind: 'refused'; readonly problem: Problem | null }
  /** Taken back elsewhere: it is the draft of this window again. */
  | { readonly kind: 'draft' }
  /** Thrown away elsewhere. */
  | { readonly kind: 'gone' }

/** `isSlow`: it has been on its way longer than anybody wants to look at it. `now`: epoch ms. */
export function progressOf(
  { state, problem, attempts, nextAttemptAt }: OutboxItem,
  connection: ConnectionState | null,
  isSlow: boolean,
  now: number
): SentProgress {
  if (state === 'queued' && attempts === 0 && nextAttemptAt !== null && nextAttemptAt > now)
    return { kind: 'held', until: nextAttemptAt }
  switch (state) {
    case 'sent':
      return { kind: 'sent', ticketId: null }
    case 'refused':
      return { kind: 'refused', problem }
    case 'uncertain':
      return { kind: 'checking' }
    case 'undecided':
      return { kind: 'asks' }
    case 'sending':
      return isSlow ? { kind: 'waiting', for: 'server' } : { kind: 'sending' }
    case 'queued':
      return waitingOf(connection, isSlow)
  }
}

function waitingOf(connection: ConnectionState | null, isSlow: boolean): SentProgress {
  switch (connection) {
    case 'offline':
      return { kind: 'waiting', for: 'network' }
    case 'signed-out':
      return { kind: 'waiting', for: 'sign-in' }
    case 'paused':
      return { kind: 'waiting', for: 'resume' }
    case 'failing':
    case null:
      return { kind: 'waiting', for: 'server' }
    case 'opening':
    case 'connecting':
    case 'asking':
    case 'ok':
      return isSlow ? { kind: 'waiting', for: 'server' } : { kind: 'sending' }
  }
}

/** The result of an entry that left the outbox; null when nothing is known about it. */
export function progressAfter(record: OutboxRecord | null): SentProgress {
  switch (record?.end) {
    case 'shown':
    case 'hidden':
    case 'confirmed':
      return { kind: 'sent', ticketId: record.ticketId }
    case 'kept-as-draft':
    case 'taken-back':
      return { kind: 'draft' }
    case 'discarded':
    case 'refused':
    case undefined:
      return { kind: 'gone' }
  }
}
