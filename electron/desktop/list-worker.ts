/** Reads large lists in a thread of its own. */
import { readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { readInWorker } from '../api/list/whole-list.ts'

/** `path`: of the built worker, which may lie in an archive that threads cannot read. */
export const readListsInWorker = (path: string): ReturnType<typeof readInWorker> =>
  readInWorker((resourceLimits) => new Worker(readFileSync(path, 'utf8'), { eval: true, resourceLimits }))
