import { expect, test } from 'vitest'
import { piecesOf } from '../../../electron/api/list/pieces.ts'

/** The elements of `data` that were found, as text; null for an answer that must be parsed as a whole. */
function found(answer: string): readonly string[] | null {
  const bytes = Buffer.from(answer)
  const texts: string[] = []
  const pieces = piecesOf(bytes)
  let next = pieces.next()
  for (; next.done !== true; next = pieces.next()) texts.push(bytes.toString('utf8', ...next.value))
  return next.value === null ? null : texts
}

const endings = ['', '\\', '\\\\', '"', '\\"', '\\\\"', '"}],"data":[{', ' \\" \\\\" '] as const

test.each(endings)('a text of any length that ends with %j ends at its own quote', (ending) => {
  for (let length = 0; length < 120; length++) {
    const tickets = [{ message: 'ş'.repeat(length % 7) + 'a'.repeat(length) + ending }, { id: 2 }]
    const answer = JSON.stringify({ status: true, data: tickets, message: 'x'.repeat(length) + ending })
    expect(found(answer)).toEqual(tickets.map((ticket) => JSON.stringify(ticket)))
  }
})

test.each([20, 100, 1000])(
  'a text of %i letters that never ends makes the answer be read as a whole',
  (length) => {
    expect(found(`{"status":true,"data":[{"message":"${'a'.repeat(length)}`)).toBeNull()
    expect(found(`{"status":true,"data":[{"message":"${'\\"'.repeat(length)}`)).toBeNull()
  }
)
