/**
 * The process of the simulated servers, so that only the app's memory is measured: one server of API v2 for each account.
 * Its argument is a `Setup`; it answers each `Act`, in order.
 */
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { SampleServer, type PendingCall } from '../../../electron/demo/sample-server.ts'
import { TicketSystem, type ListedTickets } from '../../../electron/demo/ticket-system.ts'
import type { StoredTicket } from '../../../electron/demo/stored-ticket.ts'
import type { TicketId } from '../../../electron/tickets/ticket.ts'
import { timeHeader, type Act, type Answer, type Deed, type Setup } from './protocol.ts'

const repliesOfTicket = 3
const sentence = 'Sunucumuzda yavaşlık görüyoruz; günlükleri inceleyip dönüş yapar mısınız? '

let time = 0

class ArchivingTickets extends TicketSystem {
  readonly #hasTags: boolean
  readonly #archived = new Set<TicketId>()
  #changes = 0

  constructor({ hasTags }: Setup) {
    super(() => time, false)
    this.#hasTags = hasTags
  }

  get tag(): string {
    return `"${this.#changes}"`
  }

  override tickets(): readonly StoredTicket[] {
    return super.tickets().filter(({ id }) => !this.#archived.has(id))
  }

  override listed(): ListedTickets {
    const { tickets, headers } = super.listed()
    return { tickets, headers: this.#hasTags ? { ...headers, ETag: this.tag } : headers }
  }

  carryOut(deed: Deed): void {
    switch (deed.kind) {
      case 'staff-reply':
        this.staffReply(deed.id, 'Ayşe Öztürk', deed.text)
        return
      case 'status':
        this.setStatus(deed.id, deed.status)
        return
      case 'open': {
        const message = `${sentence.repeat(3)}${deed.text}`
        const replies = Array.from({ length: repliesOfTicket }, (_, i) => ({
          ...{ admin: i % 2 === 0 ? 'Ayşe Öztürk' : ' ', message }
        }))
        this.add(message, 'answered', replies)
        return
      }
      case 'archive':
        for (const { id, status } of this.tickets()) if (status === 'closed') this.#archived.add(id)
        for (const { id } of this.tickets().slice(deed.keep)) this.#archived.add(id)
        this.changed()
        return
      case 'look':
        return
    }
  }

  protected override changed(): void {
    this.#changes += 1
  }
}

class TaggingServer extends SampleServer {
  readonly #tickets: ArchivingTickets

  constructor(token: string, tickets: ArchivingTickets) {
    super({ token, now: () => time }, tickets)
    this.#tickets = tickets
  }

  protected override answer(call: PendingCall): Promise<void> | void {
    const { response, route } = call
    const { tag } = this.#tickets
    if (route.call !== 'list' || response.req.headers['if-none-match'] !== tag) return super.answer(call)
    response.writeHead(304, { ETag: tag }).end()
  }
}

async function serve(setup: Setup): Promise<void> {
  time = setup.now
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { readonly request: IncomingMessage }
    time = Number(request.headers[timeHeader] ?? time)
  })
  const systems = Array.from({ length: setup.accounts }, () => new ArchivingTickets(setup))
  for (const tickets of systems)
    for (let at = 0; at < setup.tickets; at++) tickets.carryOut({ kind: 'open', text: `(${at})` })
  const servers = systems.map((tickets) => new TaggingServer(setup.token, tickets))
  for (const server of servers) await server.listen(0)
  const answer = (message: Answer): void => void process.send?.(message)
  process.on('message', ({ account, now, deed }: Act) => {
    time = now
    systems[account]?.carryOut(deed)
    answer({ ids: systems[account]?.tickets().map(({ id }) => id) ?? [] })
  })
  process.once('disconnect', () => process.exit())
  answer({ origins: servers.map(({ origin }) => origin) })
}

await serve(JSON.parse(process.argv[2] ?? '{}') as Setup)
