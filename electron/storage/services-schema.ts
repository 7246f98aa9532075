/** The shape of an account's services.json: the last list of services, for when the server cannot be asked. */
import { z } from 'zod'
import type { Service } from '../tickets/ticket.ts'
import { whole, type Parts } from './files/tolerant-file.ts'

const service: z.ZodType<Service> = z.looseObject({
  id: z.string(),
  product: z.string().catch(''),
  status: z.string().catch(''),
  price: z.string().optional(),
  renewsAt: z.number().optional()
})

export interface StoredServices {
  readonly services: readonly Service[]
}

export const servicesParts: Parts<StoredServices> = { services: whole(z.array(service), []) }
