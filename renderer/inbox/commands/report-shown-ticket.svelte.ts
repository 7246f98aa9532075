import { refOf } from '../../../electron/tickets/ticket.ts'
import type { TicketRow } from '../../../electron/tickets/views.ts'
import { bridge } from '../../lib/bridge/bridge.ts'

/** Tells main which ticket is shown, for which it raises no notification and with whose account a new ticket begins. */
export function reportShownTicket(open: () => TicketRow | null): void {
  let told = ''
  $effect(() => {
    const row = open()
    const ref = row && refOf(row)
    const now = JSON.stringify(ref)
    if (now === told) return
    told = now
    void bridge.invoke('tickets.shown', { ref })
  })
  $effect(() => () => void bridge.invoke('tickets.shown', { ref: null }))
}
