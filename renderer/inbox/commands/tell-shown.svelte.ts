import { refOf } from '../../../electron/tickets/ticket.ts'
import type { TicketRow } from '../../../electron/tickets/views.ts'
import { bridge } from '../../lib/bridge/bridge.ts'

/**
 * Tells main which ticket is open for as long as the inbox is on screen: it raises no notification of what one looks at,
 * and begins a new ticket with its account.
 */
export function tellShown(open: () => TicketRow | null): void {
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
