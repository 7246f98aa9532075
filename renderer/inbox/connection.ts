import type { AccountView, Connection, ConnectionState } from '../../electron/tickets/views.ts'

const order: readonly ConnectionState[] = [
  'signed-out',
  'failing',
  'offline',
  'asking',
  'connecting',
  'ok',
  'paused'
]

/** The connection that most needs to be told of. */
export const worstConnection = (accounts: readonly AccountView[]): Connection | null =>
  [...accounts].sort((a, b) => order.indexOf(a.connection.state) - order.indexOf(b.connection.state))[0]
    ?.connection ?? null
