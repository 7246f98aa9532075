import type { EpochMs, TicketId } from '../tickets/ticket.ts'
import type { Parameters } from './parameters.ts'
import { protocols } from './protocols.ts'
import type { Route } from './routes.ts'
import { closedMessage, services, wireTicket } from './wire.ts'
import type { World } from './world.ts'

export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface CallContext {
  readonly world: World
  readonly now: () => EpochMs
  /** The customer wrote to this ticket. */
  readonly onWrite: (id: TicketId) => void
}

/** Lets a call take effect, and says what the API says. A refused one changes nothing. */
export function perform({ call, version, id }: Route, parameters: Parameters, context: CallContext): Answer {
  const { world, now, onWrite } = context
  const protocol = protocols[version]
  const done = (message: string): Answer => ({ status: 200, body: protocol.done(message) })
  const refused = (status: number, message: string): Answer => ({ status, body: protocol.error(message) })
  const unknown = refused(404, 'Destek talebi bulunamadı.')
  const missing = (...names: readonly string[]): Answer | null => {
    const absent = names.find((name) => !parameters[name]?.trim())
    return absent ? refused(422, `${absent} alanı zorunludur.`) : null
  }
  switch (call) {
    case 'list': {
      const { tickets, headers } = world.shown()
      const all = tickets.map((ticket) => wireTicket(ticket, version, world.habit ?? {}))
      return { status: 200, headers, body: protocol.list(all) }
    }
    case 'services': {
      const all = services(now(), version)
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
      onWrite(world.create(parameters.message ?? ''))
      return done('Destek talebi başarıyla oluşturuldu.')
    }
    case 'reply': {
      const error = missing('id', 'reply')
      if (error) return error
      const ticket = Number(parameters.id)
      if (!world.has(ticket)) return unknown
      world.reply(ticket, parameters.reply ?? '')
      onWrite(ticket)
      return done('Ticket başarıyla cevaplandı.')
    }
    case 'close':
      if (!world.has(id)) return unknown
      world.setStatus(id, 'closed')
      return done(closedMessage(id, version))
  }
}
