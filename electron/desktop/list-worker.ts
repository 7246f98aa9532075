/** Parses large ticket lists in a worker thread. */
import { readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { readInWorker } from '../api/list/whole-list.ts'

/** `path`: the built worker, read here because worker threads cannot load files inside the asar. */
export const readListsInWorker = (path: string): ReturnType<typeof readInWorker> =>
  readInWorker((resourceLimits) => new Worker(readFileSync(path, 'utf8'), { eval: true, resourceLimits }))
