/** The bytes that a server would send: the demo's own tickets in v2's shape, as JSON. */
import { listBody, formatTicket } from '../../electron/demo/response-bodies.ts'
import { TicketSystem } from '../../electron/demo/ticket-system.ts'

export interface Answers {
  readonly bytes: Uint8Array
  /** The staff answer one ticket, each time another one; the bytes are others from then on. */
  change(): void
}

export function answers(tickets: number, replies: number): Answers {
  const world = new TicketSystem(() => Date.UTC(2026, 10, 24, 9), false)
  world.fill(tickets, replies)
  const encode = (): Uint8Array =>
    Buffer.from(
      JSON.stringify(
        listBody(
          world.tickets().map((ticket) => formatTicket(ticket, 'v2')),
          'v2'
        )
      )
    )
  let bytes = encode()
  let changes = 0
  return {
    get bytes() {
      return bytes
    },
    change() {
      const id = 1 + ((Math.ceil(tickets / 2) + changes) % tickets)
      world.staffReply(id, 'Ayşe Öztürk', `Günlükleri inceledik. (${++changes})`)
      bytes = encode()
    }
  }
}
