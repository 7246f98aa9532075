/** Derives the outcome of a write from its answer or failure. */
import type { Problem } from '../tickets/problem.ts'
import type { WriteAnswer } from './api.ts'
import type { ApiDialect } from './dialects/dialect.ts'
import { failureOf, type Failure } from './http/failures.ts'
import { bytesOf, type HttpAnswer } from './http/request.ts'
import { readErrorText, readMessage } from './reading/envelope.ts'
import { parseAnswer } from './reading/parse-answer.ts'

/** Without a connection nothing can have arrived; after that the outcome is unknown. */
export const outcomeOfFailure = ({ problem, neverSent }: Failure): WriteAnswer => ({
  outcome: neverSent ? 'not-sent' : 'unknown',
  problem
})

/** Codes of a proxy, a network's sign-in, the authentication or the connection, before the ticket system is reached. */
const beforeTheTicketSystem = new Set([401, 403, 407, 421, 425, 429, 511])

/** The outcome for all status codes except 2xx. */
export function outcomeOfRefusal(status: number, problem: Problem): WriteAnswer {
  // A firewall blocked this text, not the account: the same text would be blocked again.
  if (problem.kind === 'blocked') return { outcome: 'refused', problem }
  if (beforeTheTicketSystem.has(status)) return { outcome: 'not-sent', problem }
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
      // Success and an error at once: only the list tells which of them is true.
      if (readErrorText(body) !== undefined)
        return { outcome: 'unknown', problem: { kind: 'unexpected-shape', ...serverMessage } }
      return { outcome: 'done', message: message ?? '' }
    case false:
      return { outcome: 'refused', problem: { kind: 'refused', httpStatus: answer.status, ...serverMessage } }
    case null:
      // Accepted, and carried out later: sent again, it would be there twice.
      if (answer.status === 202) return { outcome: 'done', message: message ?? '' }
      return { outcome: 'unknown', problem: { kind: 'unexpected-shape', ...serverMessage } }
  }
}
