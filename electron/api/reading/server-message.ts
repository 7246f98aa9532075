import { cleanLine } from '../../tickets/text/text.ts'

/**
 * The server's message as one line of plain text, at most 500 characters. Undefined for markup and for an empty text.
 * Several messages (a list, or one per field) are joined.
 */
export function cleanServerMessage(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') {
    const text = cleanLine(value.slice(0, 10_000), 500)
    return text === '' || /<[a-z!/?]/i.test(text) ? undefined : text
  }
  if (typeof value !== 'object' || value === null || depth === 2) return undefined
  const messages = Object.values(value)
    .slice(0, 10)
    .map((part) => cleanServerMessage(part, depth + 1))
    .filter((message) => message !== undefined)
  return messages.length === 0 ? undefined : cleanLine(messages.join(' '), 500)
}
