/** What became of a request that writes, from how its answer came or failed. */
import type { Problem } from '../tickets/problem.ts'
import type { WriteAnswer } from './api.ts'
import type { ApiDialect } from './dialects/dialect.ts'
import { failureOf, type Failure } from './http/failures.ts'
import { bytesOf, type HttpAnswer } from './http/request.ts'
import { readMessage } from './reading/envelope.ts'
import { parseJson } from './reading/parse-json.ts'

/** While there was no connection nothing can have arrived; afterwards nobody knows. */
export const outcomeOfFailure = ({ problem, neverSent }: Failure): WriteAnswer => ({
  outcome: neverSent ? 'not-sent' : 'unknown',
  problem
})

/** Any code but 2xx. */
export function outcomeOfRefusal(status: number, problem: Problem): WriteAnswer {
  // Of this text, not of the account: unchanged it would be stopped again.
  if (problem.kind === 'blocked') return { outcome: 'refused', problem }
  // A proxy (407) and these refuse before the ticket system is reached.
  if (status === 401 || status === 403 || status === 407 || status === 429)
    return { outcome: 'not-sent', problem }
  // "See elsewhere" is also how forms say that something was done.
  if (status === 302 || status === 303 || status === 408 || status >= 500)
    return { outcome: 'unknown', problem }
  return { outcome: 'refused', problem }
}

/** A 2xx answer: done or refused where it says so; a page or a torn answer leaves it unknown. */
export function outcomeOfSuccess(
  answer: HttpAnswer,
  { readSuccess }: Pick<ApiDialect, 'readSuccess'>
): WriteAnswer {
  let body: unknown
  try {
    body = parseJson(bytesOf(answer))
  } catch (error) {
    return { outcome: 'unknown', problem: failureOf(error).problem }
  }
  const message = readMessage(body)
  const serverMessage = message === undefined ? {} : { serverMessage: message }
  switch (readSuccess(body)) {
    case true:
      return { outcome: 'done', message: message ?? '' }
    case false:
      return { outcome: 'refused', problem: { kind: 'refused', httpStatus: answer.status, ...serverMessage } }
    case null:
      return { outcome: 'unknown', problem: { kind: 'unexpected-shape', ...serverMessage } }
  }
}
