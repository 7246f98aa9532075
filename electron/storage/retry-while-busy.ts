/**
 * Windows, and no other system, refuses to replace, open or delete a file while another program has it open: a virus
 * scanner that looks at what was just written, the search's indexer, a backup. That is over in a moment; told at once,
 * the person would read that the disk takes nothing.
 */
import { renameSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** Some 300 ms in all. */
const pausesMs = [10, 20, 40, 80, 160]
const busy: ReadonlySet<unknown> = new Set(['EPERM', 'EACCES', 'EBUSY'])

const isBusy = (error: unknown, platform: NodeJS.Platform): boolean =>
  platform === 'win32' && error instanceof Error && 'code' in error && busy.has(error.code)

/** Nothing else goes on meanwhile: for what must be on disk before anything else may happen. */
function pauseHere(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

/** `work` must be such that it may be tried again after it was refused. */
export function patiently<T>(work: () => T, { platform = process.platform, pause = pauseHere } = {}): T {
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

/** The same, letting others have their turn. */
export async function patientlyAside<T>(
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

/** In the place of what may be there. */
export const replaceFile = (from: string, to: string): void => {
  patiently(() => {
    renameSync(from, to)
  })
}

export const replaceFileAside = (from: string, to: string): Promise<void> =>
  patientlyAside(() => rename(from, to))
