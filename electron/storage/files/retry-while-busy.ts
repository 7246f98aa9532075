/**
 * Only Windows refuses to replace, open or delete a file while another program has it open: a virus scanner, the search
 * indexer, a backup. This is over in a moment, so operations are retried before the person is told that the disk cannot be
 * written.
 */
import { renameSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** Delays of the retries, some 300 ms in total. */
const pausesMs = [10, 20, 40, 80, 160]
const busyCodes: ReadonlySet<unknown> = new Set(['EPERM', 'EACCES', 'EBUSY'])

const isBusy = (error: unknown, platform: NodeJS.Platform): boolean =>
  platform === 'win32' && error instanceof Error && 'code' in error && busyCodes.has(error.code)

/** Blocks the thread, for writes that must be durable before anything else happens. */
function blockFor(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

/** Retries `work` while another program has the file open; `work` must be repeatable. */
export function retryWhileBusy<T>(work: () => T, { platform = process.platform, pause = blockFor } = {}): T {
  for (const ms of pausesMs) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error, platform)) throw error
      pause(ms)
    }
  }
  return work()
}

/** The same without blocking the thread. */
export async function retryWhileBusyAsync<T>(
  work: () => Promise<T>,
  { platform = process.platform, pause = (ms: number): Promise<void> => sleep(ms) } = {}
): Promise<T> {
  for (const ms of pausesMs) {
    try {
      return await work()
    } catch (error) {
      if (!isBusy(error, platform)) throw error
      await pause(ms)
    }
  }
  return work()
}

/** Renames `from` to `to` and replaces what is there. */
export const replaceFile = (from: string, to: string): void => {
  retryWhileBusy(() => {
    renameSync(from, to)
  })
}

export const replaceFileAsync = (from: string, to: string): Promise<void> =>
  retryWhileBusyAsync(() => rename(from, to))
