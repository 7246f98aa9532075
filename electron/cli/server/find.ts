/** Finds what a command names: accounts, tickets, departments. */
import { fold } from '../../tickets/text/turkish.ts'
import type { EngineAccounts, EngineTickets } from '../../sync/types.ts'
import { refOf, type TicketId, type TicketRef } from '../../tickets/ticket.ts'
import type { AccountView } from '../../tickets/views.ts'
import { failWith, type CommandOutcome } from '../protocol/command-problem.ts'

const foldedName = (name: string): string => fold(name).trim()

/** Accounts with this id, with this name, or whose name begins with it, whichever is found first. */
function accountsNamed(typed: string, accounts: readonly AccountView[]): readonly AccountView[] {
  const wanted = foldedName(typed)
  // Every name begins with nothing.
  if (wanted === '') return []
  const ways: readonly ((account: AccountView) => boolean)[] = [
    ({ id }) => id === typed,
    ({ name }) => foldedName(name) === wanted,
    ({ name }) => foldedName(name).startsWith(wanted)
  ]
  return ways.map((isWanted) => accounts.filter(isWanted)).find(({ length }) => length > 0) ?? []
}

/** With the id, which can be typed as well, where two accounts have one name. */
const namesOf = (accounts: readonly AccountView[]): string =>
  accounts
    .map(({ id, name }) =>
      accounts.some((other) => other.id !== id && foldedName(other.name) === foldedName(name))
        ? `${name} (${id})`
        : name
    )
    .join(', ')

/** The accounts that a command is about: all of them, or those that were named. */
export function findAccounts(
  typed: string | null,
  { list }: Pick<EngineAccounts, 'list'>
): CommandOutcome<readonly AccountView[]> {
  const accounts = list()
  if (accounts.length === 0) return failWith('no-account')
  if (typed === null) return { ok: true, value: accounts }
  const named = accountsNamed(typed, accounts)
  return named.length === 0 ? failWith('unknown-account', namesOf(accounts)) : { ok: true, value: named }
}

/** The account of a new ticket. The sample account only if it was named or is the only one. */
export function findAccount(
  typed: string | null,
  accounts: Pick<EngineAccounts, 'list'>
): CommandOutcome<AccountView> {
  const found = findAccounts(typed, accounts)
  if (!found.ok) return found
  const real = found.value.filter(({ demo }) => !demo)
  const [account, ...others] = real.length > 0 ? real : found.value
  if (!account) return failWith('no-account')
  return others.length > 0
    ? failWith('ambiguous-account', namesOf([account, ...others]))
    : { ok: true, value: account }
}

/** A ticket by its number, in the named account or in whichever has it. */
export function findTicket(
  ticketId: TicketId,
  typedAccount: string | null,
  accounts: Pick<EngineAccounts, 'list'>,
  tickets: Pick<EngineTickets, 'rows'>
): CommandOutcome<TicketRef> {
  const among = findAccounts(typedAccount, accounts)
  if (!among.ok) return among
  const owners = among.value.filter((account) =>
    tickets.rows().some((row) => row.accountId === account.id && row.id === ticketId)
  )
  const [owner, ...others] = owners
  if (!owner) return failWith('unknown-ticket', String(ticketId))
  return others.length > 0
    ? failWith('ambiguous-ticket', namesOf(owners))
    : { ok: true, value: refOf({ accountId: owner.id, id: ticketId }) }
}

/** The department's id, by its id, name or the beginning of its name; null: that of the account's settings. */
export function findDepartment(
  typed: string | null,
  { departments, rules }: AccountView
): CommandOutcome<number> {
  const known = departments.map(({ id, name }) => `${id} ${name}`).join(', ')
  if (typed === null)
    return rules.departmentId === null
      ? failWith('field-required', 'department')
      : { ok: true, value: rules.departmentId }
  const wanted = foldedName(typed)
  const exact = departments.filter(({ id, name }) => String(id) === wanted || foldedName(name) === wanted)
  const found =
    exact.length > 0 || wanted === ''
      ? exact
      : departments.filter(({ name }) => foldedName(name).startsWith(wanted))
  const [department, ...others] = found
  return department && others.length === 0
    ? { ok: true, value: department.id }
    : failWith('unknown-department', known)
}
