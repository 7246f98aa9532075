/** Reading a list as a whole, where its bytes are too unusual to be read ticket by ticket. */
import type { Worker } from 'node:worker_threads'
import { classifyStatus } from '../../tickets/status.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { WholeList, WholeListReader } from '../api.ts'
import { ApiProblem } from '../api-problem.ts'
import { parseTickets } from './parse-tickets.ts'
import type { WorkerAnswer, WorkerRequest } from './worker-messages.ts'

export const readInThisThread: WholeListReader = (bytes, version) =>
  new Promise((resolve) => {
    resolve(parseTickets(bytes, version))
  })

/** Read in some ten milliseconds, whatever it is: less than starting a thread takes. */
const maxBytesInThisThread = 128 * 1024
/** No list needs as much; what needs more is hostile or broken. */
const readTimeoutMs = 20_000
const maxHeapMegabytes = 1024
const emptyList: readonly never[] = []

/** A ticket that was copied from the worker, with the objects that all tickets share in place of its own copies. */
const withSharedObjects = (ticket: Ticket): Ticket => ({
  ...ticket,
  status: classifyStatus(ticket.status.text),
  attachments: ticket.attachments.length === 0 ? emptyList : ticket.attachments,
  replies: ticket.replies.length === 0 ? emptyList : ticket.replies
})

/**
 * Reads what is larger than a little in a thread of its own, started for each list and ended with it. `startWorker` makes
 * the thread of `list-worker.ts`.
 */
export function readInWorker(
  startWorker: (limits: { maxOldGenerationSizeMb: number }) => Worker
): WholeListReader {
  return async (bytes, version) => {
    if (bytes.length <= maxBytesInThisThread) return readInThisThread(bytes, version)
    const worker = startWorker({ maxOldGenerationSizeMb: maxHeapMegabytes })
    try {
      return await readWith(worker, { bytes, version })
    } finally {
      worker.terminate().catch(() => undefined)
    }
  }
}

function readWith(worker: Worker, request: WorkerRequest): Promise<WholeList> {
  return new Promise((resolve, reject) => {
    const tickets: Ticket[] = []
    const fail = (kind: 'too-large' | 'internal'): void => {
      clearTimeout(timer)
      reject(new ApiProblem({ kind }))
    }
    const timer = setTimeout(fail, readTimeoutMs, 'too-large')
    worker.on('message', (answer: WorkerAnswer) => {
      switch (answer.kind) {
        case 'tickets':
          for (const ticket of answer.tickets) tickets.push(withSharedObjects(ticket))
          return
        case 'done':
          clearTimeout(timer)
          resolve({ tickets, broken: answer.broken })
          return
        case 'failed':
          clearTimeout(timer)
          reject(new ApiProblem(answer.problem))
      }
    })
    worker.on('error', (error: NodeJS.ErrnoException) => {
      fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-large' : 'internal')
    })
    // After the last message the promise is settled and this changes nothing.
    worker.on('exit', () => {
      fail('internal')
    })
    worker.postMessage(request, [request.bytes.buffer as ArrayBuffer])
  })
}
