/**
 * `status --nagios`: one line and an exit code as monitoring plugins give them.
 * https://nagios-plugins.org/doc/guidelines.html
 */
import type { NagiosLimits } from '../arguments/parse.ts'
import type { NagiosState } from '../exit-codes.ts'
import type { Locale } from '../../tickets/locale.ts'
import { problemText, type System } from '../words/problems.ts'
import { wordsOf } from '../words/words.ts'
import { printableLine } from './printable.ts'
import type { StatusValue } from './schema.ts'

export interface NagiosResult {
  readonly state: NagiosState
  readonly line: string
}

/** `|` begins the performance data. */
const plain = (text: string): string => printableLine(text).replaceAll('|', '/')

export const nagiosLine = (state: NagiosState, text: string): string =>
  `BILET ${state.toUpperCase()} - ${plain(text)}`

const isReached = (count: number, limit: number | null): boolean =>
  limit !== null && limit > 0 && count >= limit

/** Connections of which a person must know: tickets may be missing. */
const brokenStates: ReadonlySet<string> = new Set(['offline', 'failing', 'signed-out'])

function stateOf(status: StatusValue, { warning, critical }: NagiosLimits): NagiosState {
  const { accounts, outbox, unread } = status
  if (accounts.length === 0) return 'unknown'
  const isBroken = accounts.some(({ connection }) => brokenStates.has(connection.state))
  if (isBroken || outbox.refused + outbox.undecided > 0 || isReached(unread, critical)) return 'critical'
  return isReached(unread, warning) ? 'warning' : 'ok'
}

/**
 * Critical: an account without connection, or a message that was refused or needs a decision. Warning: unread tickets.
 * Unknown: no account.
 */
export function nagiosResult(
  status: StatusValue,
  limits: NagiosLimits,
  locale: Locale,
  system: System
): NagiosResult {
  const words = wordsOf(locale)
  const state = stateOf(status, limits)
  const { unread, yourTurn, open, outbox } = status
  const broken = status.accounts.flatMap(({ name, connection }) =>
    brokenStates.has(connection.state)
      ? [
          `${name}: ${words.connection[connection.state]}${connection.problem ? ` (${problemText(connection.problem, locale, system)})` : ''}`
        ]
      : []
  )
  const parts = [
    ...(status.accounts.length === 0 ? [words.noAccount] : []),
    ...broken,
    ...(outbox.refused > 0 ? [`${words.outboxStates.refused}: ${outbox.refused}`] : []),
    ...(outbox.undecided > 0 ? [`${words.outboxStates.undecided}: ${outbox.undecided}`] : []),
    words.unread(unread),
    words.yourTurn(yourTurn)
  ]
  const limit = (value: number | null): string => (value === null || value === 0 ? '' : String(value))
  const data = [
    `unread=${unread};${limit(limits.warning)};${limit(limits.critical)};0`,
    `your_turn=${yourTurn};;;0`,
    `open=${open};;;0`,
    `waiting=${outbox.queued + outbox.sending + outbox.uncertain};;;0`,
    `refused=${outbox.refused};;1;0`,
    `undecided=${outbox.undecided};;1;0`
  ]
  return { state, line: `${nagiosLine(state, parts.join(', '))} | ${data.join(' ')}` }
}
