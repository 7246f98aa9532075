import type { TicketRow } from '../../../electron/tickets/views.ts'
import { bridge } from '../../lib/bridge/bridge.ts'

interface TicketWatcher {
  changed(): Promise<void>
  removed(): void
  /** `added` was appended to the draft by something other than the reply box. */
  drafted(added: string): Promise<void>
}

/** Hears what main tells of one ticket until the returned function is called. */
export function watchTicket(row: () => TicketRow, watcher: TicketWatcher): () => void {
  const stops = [
    bridge.on('rows', ({ accountId, changed, removed }) => {
      const { accountId: own, id } = row()
      if (accountId !== own) return
      if (changed.some((one) => one.id === id)) void watcher.changed()
      else if (removed.includes(id)) watcher.removed()
    }),
    bridge.on('draft', ({ accountId, ticketId, added }) => {
      if (accountId === row().accountId && ticketId === row().id) void watcher.drafted(added)
    })
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
