import { cutAt } from '../../../electron/tickets/text/text.ts'
import type { TicketRow } from '../../../electron/tickets/views.ts'
import { titleOf } from '../../../electron/tickets/work/title.ts'
import { nameBeside } from '../../lib/account-names.ts'
import { words } from '../../lib/i18n/index.ts'

/** Characters of a title in a line that names its ticket. */
const maxTitle = 60

/** One ticket by number, title and, where there are several accounts, account; more by how many they are. */
export function ticketNames(rows: readonly TicketRow[]): string {
  const say = words().work
  const [only] = rows
  if (rows.length !== 1 || !only) return say.tickets(rows.length)
  const account = nameBeside(only.accountId)
  const named = say.ticketNamed(only.id, cutAt(titleOf(only), maxTitle))
  return account === null ? named : `${named} · ${account}`
}
