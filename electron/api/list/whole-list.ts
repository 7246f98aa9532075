/** Reads a list as a whole if its format is too unusual to be read ticket by ticket. */
import type { Worker } from 'node:worker_threads'
import { classifyStatus } from '../../tickets/status.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { WholeList, WholeListReader } from '../api.ts'
import { ApiProblem } from '../api-problem.ts'
import { isGzip } from '../reading/decode.ts'
import { parseTickets } from './parse-tickets.ts'
import type { WorkerAnswer, WorkerRequest } from './worker-messages.ts'

export const readInThisThread: WholeListReader = (bytes, version) =>
  new Promise((resolve) => {
    resolve(parseTickets(bytes, version))
  })

/** Parsed in about ten milliseconds, less than starting a thread takes. */
const maxBytesInThisThread = 128 * 1024
/** Beyond any real list: one that takes longer is hostile or broken. */
const readTimeoutMs = 20_000
const maxHeapMegabytes = 1024
const emptyList: readonly never[] = []

/** Replaces the copies from the worker by the objects that all tickets share, to save memory. */
const withSharedObjects = (ticket: Ticket): Ticket => ({
  ...ticket,
  status: classifyStatus(ticket.status.text),
  attachments: ticket.attachments.length === 0 ? emptyList : ticket.attachments,
  replies: ticket.replies.length === 0 ? emptyList : ticket.replies
})

/**
 * Reads larger lists in a thread of its own, started for each list and terminated after it. `startWorker` starts
 * `list-worker.ts`.
 */
export function readInWorker(
  startWorker: (limits: { maxOldGenerationSizeMb: number }) => Worker
): WholeListReader {
  return async (bytes, version) => {
    if (bytes.length <= maxBytesInThisThread && !isGzip(bytes)) return readInThisThread(bytes, version)
    const worker = startWorker({ maxOldGenerationSizeMb: maxHeapMegabytes })
    try {
      return await readWithWorker(worker, { bytes, version })
    } finally {
      worker.terminate().catch(() => undefined)
    }
  }
}

function readWithWorker(worker: Worker, request: WorkerRequest): Promise<WholeList> {
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
    // No effect after the last message: the promise is already settled.
    worker.on('exit', () => {
      fail('internal')
    })
    worker.postMessage(request, [request.bytes.buffer as ArrayBuffer])
  })
}
