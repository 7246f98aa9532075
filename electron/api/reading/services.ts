import { isRecord } from '../../tickets/json.ts'
import { cleanLine } from '../../tickets/text/text.ts'
import type { Service } from '../../tickets/ticket.ts'
import { readDate, readId } from './fields.ts'

const cleanText = (text: unknown): string => (typeof text === 'string' ? cleanLine(text) : '')

/** Null if it has no usable id. */
export function readService(value: unknown): Service | null {
  const id = isRecord(value) ? readId(value.id) : null
  if (!isRecord(value) || id === null) return null
  const price = cleanText(value.recurring_amount)
  const renewsAt = readDate(value.next_due_date)
  return {
    id: String(id),
    product: cleanText(value.product),
    status: cleanText(value.status),
    ...(price === '' ? {} : { price }),
    // An empty date is written as the year 1.
    ...(renewsAt === null || renewsAt <= 0 ? {} : { renewsAt })
  }
}
