/** Generated ticket lists in the JSON format of API v2. */
import { listBody, formatTicket } from '../../electron/demo/response-bodies.ts'
import type { StoredTicket } from '../../electron/demo/stored-ticket.ts'
import { TicketSystem } from '../../electron/demo/ticket-system.ts'

export interface Answers {
  readonly bytes: Uint8Array
  /** Adds a staff reply to so many tickets, another one at each call. */
  change(count?: number): void
}

export interface AnswerShape {
  /** Added to the ids of tickets, so that several accounts have tickets of their own. */
  readonly firstId?: number
  /** Characters of each message, at most 350. */
  readonly length?: number
}

/** The list of an account. All tickets have so many replies. */
export function answers(tickets: number, replies: number, shape: AnswerShape = {}): Answers {
  const world = new TicketSystem(() => Date.UTC(2026, 10, 24, 9), false)
  world.fill(tickets, replies)
  const encode = (): Uint8Array => encodeTickets(world.tickets(), shape)
  let bytes = encode()
  let changes = 0
  return {
    get bytes() {
      return bytes
    },
    change(count = 1) {
      for (let i = 0; i < count; i++) {
        const id = 1 + ((Math.ceil(tickets / 2) + changes) % tickets)
        world.staffReply(id, 'Ayşe Öztürk', `Günlükleri inceledik. (${++changes})`)
      }
      bytes = encode()
    }
  }
}

function encodeTickets(
  tickets: readonly StoredTicket[],
  { firstId = 0, length = 400 }: AnswerShape
): Uint8Array {
  const shaped = tickets.map((ticket) => ({
    ...ticket,
    id: ticket.id + firstId,
    message: ticket.message.slice(0, length),
    replies: ticket.replies.map((reply) => ({ ...reply, message: reply.message.slice(-length) }))
  }))
  return Buffer.from(
    JSON.stringify(
      listBody(
        shaped.map((ticket) => formatTicket(ticket, 'v2')),
        'v2'
      )
    )
  )
}
