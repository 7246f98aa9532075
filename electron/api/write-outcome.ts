/** Derives the outcome of a write from its answer or failure. */
import type { Problem } from '../tickets/problem.ts'
import type { WriteAnswer } from './api.ts'
import type { ApiDialect } from './dialects/dialect.ts'
import { failureOf, type Failure } from './http/failures.ts'
import { bytesOf, type HttpAnswer } from './http/request.ts'
import { readMessage } from './reading/envelope.ts'
import { parseAnswer } from './reading/parse-answer.ts'

/** Without a connection nothing can have arrived; after that the outcome is unknown. */
export const outcomeOfFailure = ({ problem, neverSent }: Failure): WriteAnswer => ({
  outcome: neverSent ? 'not-sent' : 'unknown',
  problem
})

/** The outcome for all status codes except 2xx. */
export function outcomeOfRefusal(status: number, problem: Problem): WriteAnswer {
  // A firewall blocked this text, not the account: the same text would be blocked again.
  if (problem.kind === 'blocked') return { outcome: 'refused', problem }
  // These codes come from a proxy or the authentication, before the ticket system is reached.
  if (status === 401 || status === 403 || status === 407 || status === 429)
    return { outcome: 'not-sent', problem }
  // Web forms also redirect after success.
  if (status === 302 || status === 303 || status === 408 || status >= 500)
    return { outcome: 'unknown', problem }
  return { outcome: 'refused', problem }
}

/** The outcome of a 2xx answer: done or refused as it states; unknown for a web page or a truncated answer. */
export function outcomeOfSuccess(
  answer: HttpAnswer,
  { readSuccess }: Pick<ApiDialect, 'readSuccess'>
): WriteAnswer {
  let body: unknown
  try {
    body = parseAnswer(bytesOf(answer))
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
