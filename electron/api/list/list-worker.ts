/** Worker thread that parses unusual lists as a whole, so that the main thread stays responsive. */
import { parentPort } from 'node:worker_threads'
import type { Ticket } from '../../tickets/ticket.ts'
import { ApiProblem } from '../api-problem.ts'
import { parseTickets } from './parse-tickets.ts'
import type { WorkerAnswer, WorkerRequest } from './worker-messages.ts'

/** Characters of text per message, which the main thread copies in a few milliseconds. */
const charactersPerMessage = 256 * 1024

const lengthOf = ({ message, replies }: Ticket): number =>
  replies.reduce((sum, reply) => sum + reply.message.length + 200, message.length + 400)

function* splitIntoParts(tickets: readonly Ticket[]): Generator<readonly Ticket[]> {
  let part: Ticket[] = []
  let length = 0
  for (const ticket of tickets) {
    part.push(ticket)
    length += lengthOf(ticket)
    if (length < charactersPerMessage) continue
    yield part
    part = []
    length = 0
  }
  yield part
}

function* workerAnswers({ bytes, version }: WorkerRequest): Generator<WorkerAnswer> {
  try {
    const { tickets, broken } = parseTickets(bytes, version)
    for (const part of splitIntoParts(tickets)) yield { kind: 'tickets', tickets: part }
    yield { kind: 'done', broken }
  } catch (error) {
    yield { kind: 'failed', problem: error instanceof ApiProblem ? error.problem : { kind: 'internal' } }
  }
}

parentPort?.once('message', (request: WorkerRequest) => {
  for (const message of workerAnswers(request)) parentPort?.postMessage(message)
})
