import type { EpochMs, TicketId } from '../tickets/ticket.ts'
import type { Habit } from './habits.ts'
import { LaggingView } from './lag.ts'
import { protocols } from './protocols.ts'
import { sampleTickets } from './sample.ts'
import { staffAnswers } from './staff.ts'
import type { WorldReply, WorldStatus, WorldTicket } from './world-ticket.ts'

/** By its own name or as any version writes it. */
const closedStatuses: ReadonlySet<string> = new Set([
  'closed',
  ...Object.values(protocols).map(({ statuses }) => statuses.closed)
])

/** What the system writes after every message of the customer's. */
export const footer = '\n\n-----------------\nIP Adresiniz: 127.0.0.1'

/** The ticket system behind the demo API: what is there and what each call does to it. Knows no HTTP. */
export class World {
  readonly #tickets = new Map<TicketId, WorldTicket>()
  readonly #now: () => EpochMs
  #nextTicket = 272300
  #nextReply = 9000
  #nextAnswer = 0
  #habit: Habit | null = null
  #view: LaggingView<readonly WorldTicket[]> | null = null

  constructor(now: () => EpochMs, sample: boolean) {
    this.#now = now
    if (sample) for (const ticket of sampleTickets(now())) this.#tickets.set(ticket.id, ticket)
  }

  /** Newest first. */
  tickets(): readonly WorldTicket[] {
    return [...this.#tickets.values()].sort((a, b) => b.id - a.id)
  }

  get habit(): Habit | null {
    return this.#habit
  }

  /** Takes what stands there as it is; what is written from now on is stored in this habit's way. */
  adopt(habit: Habit | null): void {
    this.#habit = habit
    this.#view = habit?.lag ? new LaggingView(habit.lag) : null
    this.#note()
  }

  /** What a list shows now, with the headers that say how old it is. */
  shown(): { readonly tickets: readonly WorldTicket[]; readonly headers: Readonly<Record<string, string>> } {
    const now = this.#now() + (this.#habit?.clockMs ?? 0)
    const seen = this.#view?.read(now)
    if (!this.#view || !seen)
      return { tickets: this.tickets(), headers: { Date: new Date(now).toUTCString() } }
    return { tickets: seen.state, headers: this.#view.headers(now, seen.at) }
  }

  has(id: TicketId): boolean {
    return this.#tickets.has(id)
  }

  add(
    message: string,
    status: WorldStatus,
    thread: readonly { admin: string; message: string }[] = []
  ): TicketId {
    const id = this.#habit?.randomIds ? this.#randomId() : this.#nextTicket++
    const at = this.#ticketNow()
    const ticket = { id, createdAt: at, lastReplyAt: at, status, message, attachment: '', replies: [] }
    this.#tickets.set(id, ticket)
    for (const { admin, message: text } of thread) this.#reply(id, admin, text, status)
    this.#note()
    return id
  }

  create(message: string): TicketId {
    return this.add(this.#stored(message), 'open')
  }

  /** The customer's reply; reopens a closed ticket, as WHMCS does. */
  reply(id: TicketId, message: string): void {
    this.#reply(id, ' ', this.#stored(message), 'customer-reply')
  }

  staffReply(id: TicketId, admin: string, message: string): void {
    this.#reply(id, admin, message, 'answered')
  }

  /** The next of the staff's own answers; none to a ticket that is closed or gone. */
  answer(id: TicketId): void {
    const status = this.#tickets.get(id)?.status
    if (status === undefined || closedStatuses.has(status)) return
    const [admin, message] = staffAnswers[this.#nextAnswer++ % staffAnswers.length] ?? ['', '']
    this.staffReply(id, admin, message)
  }

  setStatus(id: TicketId, status: WorldStatus): void {
    this.#change(id, (ticket) => ({ ...ticket, status }))
  }

  /** Replaces everything by generated tickets of the shape that benchmarks want. */
  fill(count: number, replies: number): void {
    this.#tickets.clear()
    const text =
      'Sunucumuzda yavaşlık görüyoruz; ağ gecikmesi akşam saatlerinde artıyor, günlükleri inceleyip dönüş yapar mısınız? '
    const at = this.#now()
    const step = Math.floor(3_000_000 / Math.max(replies, 5))
    for (let i = 1; i <= count; i++) {
      const createdAt = at - (count - i + 1) * 3600_000
      const thread = Array.from({ length: replies }, (_, n): WorldReply => ({
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
    this.#note()
  }

  #reply(id: TicketId, admin: string, message: string, status: WorldStatus): void {
    const sentAt = this.#ticketNow()
    this.#change(id, (ticket) => ({
      ...ticket,
      status,
      lastReplyAt: sentAt,
      replies: [...ticket.replies, { id: this.#nextReply++, admin, sentAt, message, attachment: '' }]
    }))
  }

  #change(id: TicketId, to: (ticket: WorldTicket) => WorldTicket): void {
    const ticket = this.#tickets.get(id)
    if (!ticket) throw new Error(`The demo has no ticket ${id}`)
    this.#tickets.set(id, to(ticket))
    this.#note()
  }

  #stored(message: string): string {
    return (this.#habit?.rewrite?.(message) ?? message) + footer
  }

  /** The clock by which tickets are dated. */
  #ticketNow(): EpochMs {
    return this.#now() + (this.#habit?.clockMs ?? 0) + (this.#habit?.ticketClockMs ?? 0)
  }

  /** Six digits, as WHMCS masks have; not one that is taken. */
  #randomId(): TicketId {
    for (let id = 100_000 + ((this.#nextTicket++ * 7919) % 900_000); ; id = 100_000 + ((id * 31) % 900_000))
      if (!this.#tickets.has(id)) return id
  }

  #note(): void {
    this.#view?.note(this.tickets(), this.#now() + (this.#habit?.clockMs ?? 0))
  }
}
