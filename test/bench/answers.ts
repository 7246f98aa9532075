/** Generated ticket lists in the JSON format of API v2. */
import { listBody, formatTicket } from '../../electron/demo/response-bodies.ts'
import { TicketSystem } from '../../electron/demo/ticket-system.ts'

export interface Answers {
  readonly bytes: Uint8Array
  /** Adds a staff reply to one ticket, another one at each call. */
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
