/** Reading a list as a whole, where its bytes are too unusual to be read ticket by ticket. */
import type { Worker } from 'node:worker_threads'
import { classifyStatus } from '../../tickets/status.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { WholeList, WholeListReader } from '../api.ts'
import { ApiProblem } from '../http/problems.ts'
import { parseTickets } from './wire.ts'
import type { WorkerAnswer, WorkerRequest } from './worker-messages.ts'

export const readInThisThread: WholeListReader = (bytes, version) =>
  new Promise((resolve) => {
    resolve(parseTickets(bytes, version))
  })

/** So much is read in some ten milliseconds, whatever it is: less than starting a thread takes. */
const smallBytes = 128 * 1024
/** Milliseconds and megabytes that no list needs; what needs more is hostile or broken. */
const longestReadMs = 20_000
const mostMegabytes = 1024
const nothing: readonly never[] = []

/** A ticket that was copied from another thread, with the objects that all tickets share. */
const shared = (ticket: Ticket): Ticket => ({
  ...ticket,
  status: classifyStatus(ticket.status.text),
  attachments: ticket.attachments.length === 0 ? nothing : ticket.attachments,
  replies: ticket.replies.length === 0 ? nothing : ticket.replies
})

/**
 * Reads what is larger than a little in a thread of its own, started for each list and ended with it. `startWorker` makes
 * the thread of `list-worker.ts`.
 */
export function readInWorker(
  startWorker: (limits: { maxOldGenerationSizeMb: number }) => Worker
): WholeListReader {
  return async (bytes, version) => {
    if (bytes.length <= smallBytes) return readInThisThread(bytes, version)
    const worker = startWorker({ maxOldGenerationSizeMb: mostMegabytes })
    try {
      return await answerOf(worker, { bytes, version })
    } finally {
      worker.terminate().catch(() => undefined)
    }
  }
}

function answerOf(worker: Worker, request: WorkerRequest): Promise<WholeList> {
  return new Promise((resolve, reject) => {
    const tickets: Ticket[] = []
    const fail = (kind: 'too-large' | 'internal'): void => {
      clearTimeout(timer)
      reject(new ApiProblem({ kind }))
    }
    const timer = setTimeout(fail, longestReadMs, 'too-large')
    worker.on('message', (answer: WorkerAnswer) => {
      switch (answer.kind) {
        case 'tickets':
          for (const ticket of answer.tickets) tickets.push(shared(ticket))
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
    // After the last message nobody waits for it any more.
    worker.on('exit', () => {
      fail('internal')
    })
    worker.postMessage(request, [request.bytes.buffer as ArrayBuffer])
  })
}
