import type { Settings } from '../../ipc/contract.ts'
import type { SettingsStore } from '../../storage/settings.ts'
import type { Engine } from '../../sync/types.ts'
import type { TicketRef } from '../../tickets/ticket.ts'
import type { TrayHost } from '../tray/tray-host.ts'
import type { Act } from '../types.ts'
import type { Windows } from '../windows/windows.ts'
import type { CommandLine, Link } from './command-line.ts'

type TicketLink = Extract<Link, { kind: 'ticket' }>

interface LaunchParts {
  readonly engine: Engine
  readonly settings: SettingsStore<Settings>
  readonly windows: Windows
  readonly trayHost: TrayHost
  readonly act: Act
}

/** Performs what the command line of the first or a second instance, or a link, asks for. */
export const createLaunchHandler =
  (parts: LaunchParts) =>
  ({ newTicket, check, hidden, link }: CommandLine): void => {
    const { act, settings, trayHost } = parts
    // Without a tray a window is the only way into the app, unless the person chose to run it without.
    const needsWindow = !trayHost.isThere() && !settings.current().stayWithoutTray
    if (check) act({ kind: 'check-now' })
    if (link?.kind === 'new') act({ kind: 'new-ticket', prefill: link.prefill })
    else if (link?.kind === 'ticket') openLinked(parts, link)
    else if (newTicket) act({ kind: 'new-ticket' })
    else if (needsWindow || (!hidden && !check)) act({ kind: 'inbox' })
  }

/** Opens a linked ticket. An unknown one (new, or the list was never fetched) is looked up on the server once. */
function openLinked({ engine, act, windows }: LaunchParts, { ticketId, accountId }: TicketLink): void {
  const find = (): TicketRef | null => {
    const rows = engine.tickets.rows().filter(({ id }) => id === ticketId)
    const row = rows.find((candidate) => candidate.accountId === accountId) ?? rows[0]
    return row ? { accountId: row.accountId, ticketId } : null
  }
  const known = find()
  if (known) {
    act({ kind: 'open-ticket', ref: known })
    return
  }
  act({ kind: 'inbox' })
  const openIfStillWaiting = async (): Promise<void> => {
    // The ticket may be in a cache that is still being read.
    await engine.control.opened()
    if (!find()) await engine.control.check('asked')
    const ref = find()
    // After a slow answer the person may be doing something else, so the window does not take the focus.
    if (ref) windows.navigateInBackground({ to: 'ticket', ...ref })
  }
  openIfStillWaiting().catch(() => undefined)
}
