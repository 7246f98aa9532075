import type { EpochMs, TicketId } from '../tickets/ticket.ts'
import type { ServerBehaviour } from './server-behaviours.ts'
import { StaleListView } from './stale-list.ts'
import { protocols } from './protocols.ts'
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

/** The ticket system behind the demo API: its tickets and how each call changes them. Independent of HTTP. */
export class TicketSystem {
  readonly #tickets = new Map<TicketId, StoredTicket>()
  readonly #now: () => EpochMs
  #nextTicket = 272300
  #nextReply = 9000
  #nextStaffReply = 0
  #behaviour: ServerBehaviour | null = null
  #staleView: StaleListView<readonly StoredTicket[]> | null = null

  constructor(now: () => EpochMs, sample: boolean) {
    this.#now = now
    if (sample) for (const ticket of sampleTickets(now())) this.#tickets.set(ticket.id, ticket)
  }

  /** Newest first. */
  tickets(): readonly StoredTicket[] {
    return [...this.#tickets.values()].sort((a, b) => b.id - a.id)
  }

  get behaviour(): ServerBehaviour | null {
    return this.#behaviour
  }

  /** Affects messages stored from now on; existing ones do not change. */
  setBehaviour(behaviour: ServerBehaviour | null): void {
    this.#behaviour = behaviour
    this.#staleView = behaviour?.staleList ? new StaleListView(behaviour.staleList) : null
    this.#recordList()
  }

  /** The tickets that a list request returns now, and the headers that tell its age. */
  listed(): {
    readonly tickets: readonly StoredTicket[]
    readonly headers: Readonly<Record<string, string>>
  } {
    const now = this.#now() + (this.#behaviour?.clockMs ?? 0)
    const seen = this.#staleView?.read(now)
    if (!this.#staleView || !seen)
      return { tickets: this.tickets(), headers: { Date: new Date(now).toUTCString() } }
    return { tickets: seen.state, headers: this.#staleView.headers(now, seen.at) }
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
    const id = this.#behaviour?.randomIds ? this.#randomId() : this.#nextTicket++
    const at = this.#ticketNow()
    const ticket = { id, createdAt: at, lastReplyAt: at, status, message, attachment, replies: [] }
    this.#tickets.set(id, ticket)
    for (const { admin, message: text } of thread) this.#reply(id, admin, text, status)
    this.#recordList()
    return id
  }

  create(message: string): TicketId {
    return this.add(this.#textAsStored(message), 'open')
  }

  /** The customer's reply; reopens a closed ticket, as WHMCS does. */
  reply(id: TicketId, message: string): void {
    this.#reply(id, ' ', this.#textAsStored(message), 'customer-reply')
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
    this.#recordList()
  }

  #reply(id: TicketId, admin: string, message: string, status: StoredStatus): void {
    const sentAt = this.#ticketNow()
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
    this.#recordList()
  }

  #textAsStored(message: string): string {
    return (this.#behaviour?.rewrite?.(message) ?? message) + footer
  }

  /** The clock that dates tickets and replies. */
  #ticketNow(): EpochMs {
    return this.#now() + (this.#behaviour?.clockMs ?? 0) + (this.#behaviour?.ticketClockMs ?? 0)
  }

  /** An unused id of six digits, as with the masks of WHMCS. */
  #randomId(): TicketId {
    for (let id = 100_000 + ((this.#nextTicket++ * 7919) % 900_000); ; id = 100_000 + ((id * 31) % 900_000))
      if (!this.#tickets.has(id)) return id
  }

  #recordList(): void {
    this.#staleView?.record(this.tickets(), this.#now() + (this.#behaviour?.clockMs ?? 0))
  }
}
