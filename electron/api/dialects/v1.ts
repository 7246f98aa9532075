import { readData, readSuccess } from '../reading/envelope.ts'
import { readTicket } from '../reading/ticket.ts'
import type { ApiDialect } from './dialect.ts'
import { newTicketForm, replyForm } from './forms.ts'

/** `{"data":[…]}`; the number of a service is posted as `S952157`; no list of services. */
export const v1: ApiDialect = {
  basePath: '/v1',
  readSuccess,
  readData: (body) => readData(body, { needsStatus: false }),
  readTicket,
  newTicketForm: (draft, serverPassword) => newTicketForm(draft, serverPassword, 'S'),
  replyForm,
  services: null
}
