import type { EpochMs, TicketId } from '../tickets/ticket.ts'
import type { Parameters } from './parameters.ts'
import type { Route } from './routes.ts'
import { closedWords, doneBody, errorBody, listBody, services, wireTicket } from './wire.ts'
import type { World } from './world.ts'

export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface Surroundings {
  readonly world: World
  readonly now: () => EpochMs
  /** The customer wrote to this ticket. */
  readonly written: (id: TicketId) => void
}

/** Lets a call take effect, and says what the API says. A refused one changes nothing. */
export function perform({ call, version, id }: Route, parameters: Parameters, around: Surroundings): Answer {
  const { world, now, written } = around
  const done = (words: string): Answer => ({ status: 200, body: doneBody(words, version) })
  const refused = (status: number, words: string): Answer => ({ status, body: errorBody(words, version) })
  const unknown = refused(404, 'Destek talebi bulunamadı.')
  const missing = (...names: readonly string[]): Answer | null => {
    const name = names.find((one) => !parameters[one]?.trim())
    return name ? refused(422, `${name} alanı zorunludur.`) : null
  }
  switch (call) {
    case 'list': {
      const { tickets, headers } = world.shown()
      const all = tickets.map((ticket) => wireTicket(ticket, version, world.habit ?? {}))
      return { status: 200, headers, body: listBody(all, version) }
    }
    case 'services': {
      const envelope = { status: true, message: 'Service list', error: null }
      const all = services(now())
      if (id === 0) return { status: 200, body: { ...envelope, data: all } }
      const data = all.find((service) => service.id === id)
      return data ? { status: 200, body: { ...envelope, data } } : refused(404, 'Hizmet bulunamadı.')
    }
    case 'create': {
      const wrong = missing('title', 'department', 'message', 'service')
      if (wrong) return wrong
      if (!/^\d+$/.test(parameters.department ?? '')) return refused(422, 'department alanı sayı olmalıdır.')
      if (version === 'v1' && !/^[SD]\d+$/.test(parameters.service ?? ''))
        return refused(422, 'Servis idsinin başında S olmalıdır.')
      written(world.create(parameters.message ?? ''))
      return done('Destek talebi başarıyla oluşturuldu.')
    }
    case 'reply': {
      const wrong = missing('id', 'reply')
      if (wrong) return wrong
      const ticket = Number(parameters.id)
      if (!world.has(ticket)) return unknown
      world.reply(ticket, parameters.reply ?? '')
      written(ticket)
      return done('Ticket başarıyla cevaplandı.')
    }
    case 'close':
      if (!world.has(id)) return unknown
      world.setStatus(id, 'closed')
      return done(closedWords(id, version))
  }
}
