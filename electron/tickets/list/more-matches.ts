/** The matches of a search beyond those with excerpts, as they are sent to a window. */
import type { AccountId, TicketRef } from '../ticket.ts'
import type { MoreMatches, SearchAnswer, TicketRow } from '../views.ts'

export function packMatches(rows: readonly Pick<TicketRow, 'accountId' | 'id'>[]): MoreMatches {
  const positions = new Map<AccountId, number>()
  const accounts = rows.map(({ accountId }) => {
    const position = positions.get(accountId) ?? positions.size
    positions.set(accountId, position)
    return position
  })
  return { accountIds: [...positions.keys()], accounts, ticketIds: rows.map(({ id }) => id) }
}

export const refsOfMatches = ({ accountIds, accounts, ticketIds }: MoreMatches): readonly TicketRef[] =>
  ticketIds.flatMap((ticketId, i) => {
    const accountId = accountIds[accounts[i] ?? -1]
    return accountId === undefined ? [] : [{ accountId, ticketId }]
  })

/** How many tickets were found in an account; null: in all of them. */
export function countMatches({ hits, more }: SearchAnswer, accountId: AccountId | null): number {
  if (accountId === null) return hits.length + more.ticketIds.length
  const position = more.accountIds.indexOf(accountId)
  return (
    hits.filter(({ ref }) => ref.accountId === accountId).length +
    more.accounts.filter((account) => account === position).length
  )
}
