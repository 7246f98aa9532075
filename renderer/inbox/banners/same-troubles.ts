import type { AccountView, Connection } from '../../../electron/tickets/views.ts'

/** Accounts whose connections have the same trouble, as one. */
export interface SharedTrouble {
  /** Id of the first account. */
  readonly id: string
  readonly names: readonly string[]
  /** With the earliest `freshAt` and the earliest next attempt of all of them. */
  readonly connection: Connection
}

/** Problems that have to be solved per account, such as signing in, are not shared. */
function kindOf({ id, connection: { state, problem } }: AccountView): string {
  if (state === 'signed-out' || problem?.kind === 'unauthorized' || problem?.kind === 'forbidden') return id
  return JSON.stringify([state === 'asking' ? 'failing' : state, problem?.kind, problem?.serverMessage])
}

const earlier = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : Math.min(a, b)

const sooner = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b)

/** In the accounts' order; those without trouble are left out. */
export function sameTroubles(accounts: readonly AccountView[]): readonly SharedTrouble[] {
  const shared = new Map<string, SharedTrouble>()
  for (const account of accounts) {
    const { id, name, connection } = account
    if (connection.problem === null && connection.state !== 'offline' && connection.state !== 'signed-out')
      continue
    const kind = kindOf(account)
    const before = shared.get(kind)
    shared.set(
      kind,
      before
        ? {
            id: before.id,
            names: [...before.names, name],
            connection: {
              ...before.connection,
              freshAt: earlier(before.connection.freshAt, connection.freshAt),
              nextAt: sooner(before.connection.nextAt, connection.nextAt)
            }
          }
        : { id, names: [name], connection }
    )
  }
  return [...shared.values()]
}
