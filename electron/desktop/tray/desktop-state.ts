import type { Settings } from '../../ipc/contract.ts'
import type { Engine } from '../../sync/types.ts'
import { refOf, type EpochMs } from '../../tickets/ticket.ts'
import type { OutboxState } from '../../tickets/views.ts'
import { isPaused } from '../../tickets/pause.ts'
import type { Locale } from '../../tickets/locale.ts'
import { isCounted } from '../../tickets/work/put-aside.ts'
import { titleOf } from '../../tickets/work/title.ts'
import type { DesktopState } from '../types.ts'

/** The state that tray, badge and menus show, computed from the engine and the settings. */
export function desktopState(engine: Engine, settings: Settings, locale: Locale, now: EpochMs): DesktopState {
  const accounts = engine.accounts.list()
  const states = accounts.map(({ connection }) => connection.state)
  const counted = new Map(accounts.flatMap(({ id, name, rules }) => (rules.badge ? [[id, name]] : [])))
  const { trayCounts } = settings
  const rows = engine.tickets.rows().filter((row) => counted.has(row.accountId) && isCounted(row, trayCounts))
  const newest = [...rows].sort((a, b) => (b.lastActivityAt ?? 0) - (a.lastActivityAt ?? 0)).slice(0, 5)
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
    newest: newest.map((row) => ({
      ref: refOf(row),
      subject: titleOf(row),
      speaker: row.lastSpeakerName,
      account: accounts.length > 1 ? (counted.get(row.accountId) ?? '') : ''
    })),
    connection: connection(),
    sending: count('queued') + count('sending'),
    uncertain: count('uncertain'),
    refused: count('refused'),
    undecided: count('undecided'),
    notificationsPausedUntil: isPaused(pausedUntil, now) ? pausedUntil : null,
    shortcut: settings.shortcut
  }
}
