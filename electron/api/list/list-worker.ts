/** A worker thread for lists that must be read as a whole: whatever they hold, the main thread stays responsive. */
import { parentPort } from 'node:worker_threads'
import type { Ticket } from '../../tickets/ticket.ts'
import { ApiProblem } from '../api-problem.ts'
import { parseTickets } from './parse-tickets.ts'
import type { WorkerAnswer, WorkerRequest } from './worker-messages.ts'

/** Characters of text in one message: copied in a few milliseconds. */
const charactersPerMessage = 256 * 1024

const lengthOf = ({ message, replies }: Ticket): number =>
  replies.reduce((sum, reply) => sum + reply.message.length + 200, message.length + 400)

function* inParts(tickets: readonly Ticket[]): Generator<readonly Ticket[]> {
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

function* answer({ bytes, version }: WorkerRequest): Generator<WorkerAnswer> {
  try {
    const { tickets, broken } = parseTickets(bytes, version)
    for (const part of inParts(tickets)) yield { kind: 'tickets', tickets: part }
    yield { kind: 'done', broken }
  } catch (error) {
    yield { kind: 'failed', problem: error instanceof ApiProblem ? error.problem : { kind: 'internal' } }
  }
}

parentPort?.once('message', (request: WorkerRequest) => {
  for (const message of answer(request)) parentPort?.postMessage(message)
})
