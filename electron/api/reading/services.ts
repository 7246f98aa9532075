import { isRecord } from '../../tickets/json.ts'
import { cleanLine } from '../../tickets/text/text.ts'
import type { Service } from '../../tickets/ticket.ts'
import { readId } from './fields.ts'

/** Null for what cannot be read. */
export function readService(value: unknown): Service | null {
  const id = isRecord(value) ? readId(value.id) : null
  if (!isRecord(value) || id === null) return null
  const line = (text: unknown): string => (typeof text === 'string' ? cleanLine(text) : '')
  return { id: String(id), product: line(value.product), status: line(value.status) }
}
