import type { ApiVersion, EpochMs, TicketId } from '../tickets/ticket.ts'
import { protocols } from './protocols.ts'
import { formatTicket } from './response-bodies.ts'
import { sampleTickets } from './sample.ts'
import { automaticStaffReplies } from './staff.ts'
import type { StoredReply, StoredStatus, StoredTicket } from './stored-ticket.ts'

/** The name used here and the spellings of all API versions. */
const closedStatuses: ReadonlySet<string> = new Set([
  'closed',
  ...Object.values(protocols).map(({ statuses }) => statuses.closed)
])

/** Appended by the system to every message of the customer. */
export const footer = '\n\n-----------------\nIP Adresiniz: 127.0.0.1'

export interface ListedTickets {
  readonly tickets: readonly StoredTicket[]
  /** Headers that state the age of the list. */
  readonly headers: Readonly<Record<string, string>>
}

/**
 * The ticket system behind the demo API: its tickets and how each call changes them. Independent of HTTP. Tests override the
 * protected methods to imitate real systems that behave differently.
 */
export class TicketSystem {
  readonly #tickets = new Map<TicketId, StoredTicket>()
  readonly #now: () => EpochMs
  #nextTicket = 272300
  #nextReply = 9000
  #nextStaffReply = 0

  constructor(now: () => EpochMs, sample: boolean) {
    this.#now = now
    if (sample) for (const ticket of sampleTickets(now())) this.#tickets.set(ticket.id, ticket)
  }

  /** Newest first. */
  tickets(): readonly StoredTicket[] {
    return [...this.#tickets.values()].sort((a, b) => b.id - a.id)
  }

  /** The time of the server's clock. */
  clock(): EpochMs {
    return this.#now()
  }

  /** What a list request returns now. */
  listed(): ListedTickets {
    return { tickets: this.tickets(), headers: { Date: new Date(this.clock()).toUTCString() } }
  }

  format(ticket: StoredTicket, version: ApiVersion): unknown {
    return formatTicket(ticket, version)
  }

  has(id: TicketId): boolean {
    return this.#tickets.has(id)
  }

  add(
    message: string,
    status: StoredStatus,
    thread: readonly { admin: string; message: string }[] = [],
    attachment = ''
  ): TicketId {
    const id = this.nextId()
    const at = this.dateOfNow()
    const ticket = { id, createdAt: at, lastReplyAt: at, status, message, attachment, replies: [] }
    this.#tickets.set(id, ticket)
    for (const { admin, message: text } of thread) this.#reply(id, admin, text, status)
    this.changed()
    return id
  }

  create(message: string): TicketId {
    return this.add(this.textAsStored(message), 'open')
  }

  /** The customer's reply; reopens a closed ticket, as WHMCS does. */
  reply(id: TicketId, message: string): void {
    this.#reply(id, ' ', this.textAsStored(message), 'customer-reply')
  }

  staffReply(id: TicketId, admin: string, message: string): void {
    this.#reply(id, admin, message, 'answered')
  }

  /** Adds the next automatic staff reply, unless the ticket is closed or missing. */
  addAutomaticStaffReply(id: TicketId): void {
    const status = this.#tickets.get(id)?.status
    if (status === undefined || closedStatuses.has(status)) return
    const [admin, message] = automaticStaffReplies[this.#nextStaffReply++ % automaticStaffReplies.length] ?? [
      '',
      ''
    ]
    this.staffReply(id, admin, message)
  }

  setStatus(id: TicketId, status: StoredStatus): void {
    this.#change(id, (ticket) => ({ ...ticket, status }))
  }

  /** Replaces all tickets by generated ones, for benchmarks. */
  fill(count: number, replies: number): void {
    this.#tickets.clear()
    const text =
      'Sunucumuzda yavaşlık görüyoruz; ağ gecikmesi akşam saatlerinde artıyor, günlükleri inceleyip dönüş yapar mısınız? '
    const at = this.#now()
    const step = Math.floor(3_000_000 / Math.max(replies, 5))
    for (let i = 1; i <= count; i++) {
      const createdAt = at - (count - i + 1) * 3600_000
      const thread = Array.from({ length: replies }, (_, n): StoredReply => ({
        id: (i - 1) * replies + n + 1,
        admin: n % 2 === 0 ? 'Ayşe Öztürk' : ' ',
        sentAt: createdAt + (n + 1) * step,
        message: `${text.repeat(3)}(${i}.${n})`,
        attachment: ''
      }))
      this.#tickets.set(i, {
        id: i,
        createdAt,
        lastReplyAt: thread.at(-1)?.sentAt ?? createdAt,
        status: i % 3 === 0 ? 'closed' : 'answered',
        message: `${text.repeat(3)}(${i})${footer}`,
        attachment: '',
        replies: thread
      })
    }
    this.#nextTicket = count + 1
    this.#nextReply = count * replies + 1
    this.changed()
  }

  #reply(id: TicketId, admin: string, message: string, status: StoredStatus): void {
    const sentAt = this.dateOfNow()
    this.#change(id, (ticket) => ({
      ...ticket,
      status,
      lastReplyAt: sentAt,
      replies: [...ticket.replies, { id: this.#nextReply++, admin, sentAt, message, attachment: '' }]
    }))
  }

  #change(id: TicketId, change: (ticket: StoredTicket) => StoredTicket): void {
    const ticket = this.#tickets.get(id)
    if (!ticket) throw new Error(`The demo has no ticket ${id}`)
    this.#tickets.set(id, change(ticket))
    this.changed()
  }

  protected textAsStored(message: string): string {
    return message + footer
  }

  /** The date of new tickets and replies. */
  protected dateOfNow(): EpochMs {
    return this.clock()
  }

  protected nextId(): TicketId {
    return this.#nextTicket++
  }

  /** Called after every change of a ticket. */
  protected changed(): void {
    // Nothing to do: lists are made from the current tickets.
  }
}
