import type { EpochMs, TicketId } from '../tickets/ticket.ts'
import type { Parameters } from './parameters.ts'
import { protocols } from './protocols.ts'
import type { Route } from './routes.ts'
import { closedMessage, sampleServices } from './response-bodies.ts'
import type { TicketSystem } from './ticket-system.ts'

export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface CallContext {
  readonly ticketSystem: TicketSystem
  readonly now: () => EpochMs
  /** Called after the customer created or replied to this ticket. */
  readonly onWrite: (id: TicketId) => void
}

/** Executes a call and returns the API's answer. A refused call changes nothing. */
export function executeCall(
  { call, version, id }: Route,
  parameters: Parameters,
  context: CallContext
): Answer {
  const { ticketSystem, now, onWrite } = context
  const protocol = protocols[version]
  const done = (message: string): Answer => ({ status: 200, body: protocol.done(message) })
  const refused = (status: number, message: string): Answer => ({ status, body: protocol.error(message) })
  const notFound = refused(404, 'Destek talebi bulunamadı.')
  const missing = (...names: readonly string[]): Answer | null => {
    const absent = names.find((name) => !parameters[name]?.trim())
    return absent ? refused(422, `${absent} alanı zorunludur.`) : null
  }
  switch (call) {
    case 'list': {
      const { tickets, headers } = ticketSystem.listed()
      const all = tickets.map((ticket) => ticketSystem.format(ticket, version))
      return { status: 200, headers, body: protocol.list(all) }
    }
    case 'services': {
      const all = sampleServices(now(), version)
      const data = id === 0 ? all : all.find((service) => service.id === id)
      if (!data || !protocol.services) return refused(404, 'Hizmet bulunamadı.')
      return { status: 200, body: protocol.services(data) }
    }
    case 'create': {
      const error = missing('title', 'department', 'message', 'service')
      if (error) return error
      if (!/^\d+$/.test(parameters.department ?? '')) return refused(422, 'department alanı sayı olmalıdır.')
      if (protocol.servicePattern?.test(parameters.service ?? '') === false)
        return refused(422, 'Servis idsinin başında S olmalıdır.')
      onWrite(ticketSystem.create(parameters.message ?? ''))
      return done('Destek talebi başarıyla oluşturuldu.')
    }
    case 'reply': {
      const error = missing('id', 'reply')
      if (error) return error
      const ticket = Number(parameters.id)
      if (!ticketSystem.has(ticket)) return notFound
      ticketSystem.reply(ticket, parameters.reply ?? '')
      onWrite(ticket)
      return done('Ticket başarıyla cevaplandı.')
    }
    case 'close':
      if (!ticketSystem.has(id)) return notFound
      ticketSystem.setStatus(id, 'closed')
      return done(closedMessage(id, version))
  }
}
