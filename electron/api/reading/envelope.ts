/** The fields around the data of an answer: status, message and list. */
import { ApiProblem } from '../api-problem.ts'
import { isRecord } from '../../tickets/json.ts'
import { listOf } from './fields.ts'
import { cleanServerMessage } from './server-message.ts'

/** The server's message in an answer of either version. */
export function readMessage(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined
  return cleanServerMessage(body.error) ?? cleanServerMessage(body.message) ?? cleanServerMessage(body.errors)
}

const successWord = /^(?:success|true|ok|1)$/i
const failureWord = /^(?:error|fail|failed|failure|false|0)$/i

/**
 * Whether the answer reports success: v1 `"success"`, v2 `true`, and the forms that PHP prints for `true`. Null for any other
 * text: a wrong guess could lose a ticket or send it twice.
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
 * The elements of the list `data`. With `needsStatus`, an answer must also report success in `status`. Throws ApiProblem:
 * `refused` if the answer reports failure, `unexpected-shape` if it has no list.
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
  // PHP also prints an empty list as null, false or an empty string.
  if (body.data === null || body.data === false || body.data === '') return []
  const data = listOf(body.data)
  if (data === null) throw new ApiProblem({ kind: 'unexpected-shape' })
  return data
}
