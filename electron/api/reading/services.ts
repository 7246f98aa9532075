import { isRecord } from '../../tickets/json.ts'
import { cleanLine } from '../../tickets/text/text.ts'
import type { Service } from '../../tickets/ticket.ts'
import { readId } from './fields.ts'

/** Null if it has no usable id. */
export function readService(value: unknown): Service | null {
  const id = isRecord(value) ? readId(value.id) : null
  if (!isRecord(value) || id === null) return null
  const cleanText = (text: unknown): string => (typeof text === 'string' ? cleanLine(text) : '')
  return { id: String(id), product: cleanText(value.product), status: cleanText(value.status) }
}
