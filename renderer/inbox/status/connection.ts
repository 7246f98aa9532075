import type { Locale } from '../../../electron/tickets/locale.ts'
import type { AccountView, Connection, ConnectionState } from '../../../electron/tickets/views.ts'
import { moment, shortSpan } from '../../lib/format.ts'
import type { words } from '../../lib/i18n/index.ts'

const order: readonly ConnectionState[] = [
  'signed-out',
  'failing',
  'offline',
  'asking',
  'connecting',
  'opening',
  'ok',
  'paused'
]

/** The connection that most needs to be told of. */
export const worstConnection = (accounts: readonly AccountView[]): Connection | null =>
  [...accounts].sort((a, b) => order.indexOf(a.connection.state) - order.indexOf(b.connection.state))[0]
    ?.connection ?? null

/** The truth about a connection in a few words; `now` by this machine's clock. */
export function connectionWords(
  { state, freshAt, problem }: Connection,
  now: number,
  locale: Locale,
  say: ReturnType<typeof words>['inbox']
): string {
  switch (state) {
    case 'opening':
      return say.opening
    case 'connecting':
      return say.connecting
    case 'asking':
      return say.asking
    case 'offline':
      return freshAt === null ? say.offline : say.offlineSince(moment(freshAt, now, locale))
    case 'failing':
      return problem?.kind === 'stopped' ? say.stopped : say.failing
    case 'signed-out':
      return say.signedOut
    case 'paused':
      return say.paused
    case 'ok':
      if (freshAt === null) return ''
      return now - freshAt < 2000 ? say.now : say.fresh(shortSpan(now - freshAt, locale))
  }
}

/** Epoch ms until which the servers of all accounts have asked not to be asked; null if one may be asked at `now`. */
export function waitsUntil(accounts: readonly AccountView[], now: number): number | null {
  const active = accounts.filter(({ connection }) => connection.state !== 'paused')
  const ends = active.map(({ connection }) => connection.problem?.retryAt ?? 0)
  return ends.length > 0 && ends.every((at) => at > now) ? Math.min(...ends) : null
}

/** What is known of the first list. `opening`: the copy on this computer is still being read. */
export function firstList(accounts: readonly AccountView[]): 'opening' | 'there' | 'coming' | 'blocked' {
  if (accounts.some(({ connection }) => connection.state === 'opening')) return 'opening'
  if (accounts.some(({ connection }) => connection.freshAt !== null)) return 'there'
  return accounts.some(
    ({ connection: { state, problem, loading } }) =>
      loading || (problem === null && (state === 'connecting' || state === 'asking' || state === 'ok'))
  )
    ? 'coming'
    : 'blocked'
}
