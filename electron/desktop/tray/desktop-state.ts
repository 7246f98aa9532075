import type { Settings } from '../../ipc/contract.ts'
import type { Engine } from '../../sync/types.ts'
import { refOf, type EpochMs } from '../../tickets/ticket.ts'
import type { OutboxState, TicketRow } from '../../tickets/views.ts'
import { newestFirst } from '../../tickets/list/order.ts'
import { isPaused } from '../../tickets/pause.ts'
import type { Locale } from '../../tickets/locale.ts'
import { isCounted } from '../../tickets/work/put-aside.ts'
import { titleOf } from '../../tickets/work/title.ts'
import type { DesktopState, TrayTicket } from '../types.ts'

const newestOf = (rows: readonly TicketRow[]): readonly TicketRow[] => [...rows].sort(newestFirst).slice(0, 5)

/** The state that tray, badge and menus show, computed from the engine and the settings. */
export function desktopState(engine: Engine, settings: Settings, locale: Locale, now: EpochMs): DesktopState {
  const accounts = engine.accounts.list()
  const states = accounts.map(({ connection }) => connection.state)
  const counted = new Map(accounts.flatMap(({ id, name, rules }) => (rules.badge ? [[id, name]] : [])))
  const { trayCounts } = settings
  const all = engine.tickets.rows().filter(({ accountId }) => counted.has(accountId))
  const rows = all.filter((row) => isCounted(row, trayCounts))
  const newest = newestOf(rows)
  const pinned = newestOf(all.filter((row) => row.work?.pinned && !newest.includes(row)))
  const ticketOf = (row: TicketRow): TrayTicket => ({
    ref: refOf(row),
    subject: titleOf(row),
    speaker: row.lastSpeakerName,
    account: accounts.length > 1 ? (counted.get(row.accountId) ?? '') : ''
  })
  const { pausedUntil } = settings.notifications
  const connection = (): DesktopState['connection'] => {
    if (states.includes('signed-out')) return 'attention'
    if (states.includes('offline')) return 'offline'
    if (states.length > 0 && states.every((state) => state === 'paused')) return 'paused'
    return 'ok'
  }
  const outbox = engine.outgoing.items()
  const count = (wanted: OutboxState): number => outbox.filter(({ state }) => state === wanted).length
  return {
    locale,
    counted: rows.length,
    counts: trayCounts,
    isOpening: states.includes('opening'),
    newest: newest.map(ticketOf),
    pinned: pinned.map(ticketOf),
    connection: connection(),
    sending: count('queued') + count('sending'),
    uncertain: count('uncertain'),
    refused: count('refused'),
    undecided: count('undecided'),
    notificationsPausedUntil: isPaused(pausedUntil, now) ? pausedUntil : null,
    shortcut: settings.shortcut
  }
}
