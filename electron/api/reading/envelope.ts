/** The fields around the data of an answer: did it work, what does the server say, where is the list. */
import { ApiProblem } from '../api-problem.ts'
import { isRecord } from '../../tickets/json.ts'
import { listOf } from './fields.ts'
import { cleanServerMessage } from './server-message.ts'

/** The server's own words in an answer of either version. */
export function readMessage(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined
  return cleanServerMessage(body.error) ?? cleanServerMessage(body.message) ?? cleanServerMessage(body.errors)
}

const successWord = /^(?:success|true|ok|1)$/i
const failureWord = /^(?:error|fail|failed|failure|false|0)$/i

/**
 * Did the answer say that it worked: v1 `"success"`, v2 `true`, and what PHP makes of `true`. Null when it says neither;
 * other words are no answer, and guessing one could lose a ticket or send it twice.
 */
export function readSuccess(body: unknown): boolean | null {
  if (!isRecord(body)) return null
  const { status } = body
  if (typeof status !== 'boolean' && typeof status !== 'string' && typeof status !== 'number') return null
  const word = String(status)
  if (successWord.test(word)) return true
  return failureWord.test(word) ? false : null
}

/**
 * The elements of the list `data`. With `needsStatus` an answer without a `status` that says yes is none. Throws
 * ApiProblem: `refused` when the answer says no, `unexpected-shape` when it holds no list.
 */
export function readData(
  body: unknown,
  { needsStatus }: { readonly needsStatus: boolean }
): readonly unknown[] {
  if (!isRecord(body)) throw new ApiProblem({ kind: 'unexpected-shape' })
  const success = readSuccess(body)
  const serverMessage = readMessage(body)
  if (success === false)
    throw new ApiProblem({ kind: 'refused', ...(serverMessage ? { serverMessage } : {}) })
  if (needsStatus && success !== true) throw new ApiProblem({ kind: 'unexpected-shape' })
  // PHP writes a list without an element as null, false or an empty text, too.
  if (body.data === null || body.data === false || body.data === '') return []
  const data = listOf(body.data)
  if (data === null) throw new ApiProblem({ kind: 'unexpected-shape' })
  return data
}
