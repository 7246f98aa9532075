import { readData, readSuccess } from '../reading/envelope.ts'
import { readService } from '../reading/services.ts'
import { readTicket } from '../reading/ticket.ts'
import type { ApiDialect } from './dialect.ts'
import { newTicketForm, replyForm } from './forms.ts'

/** `{"status":true,"message":…,"data":[…]}`; the number of a service is posted as it is; services can be listed. */
export const v2: ApiDialect = {
  basePath: '/v2',
  readSuccess,
  readData: (body) => readData(body, { needsStatus: true }),
  readTicket,
  newTicketForm: (draft, serverPassword) => newTicketForm(draft, serverPassword, ''),
  replyForm,
  services: { path: '/services', readService }
}
