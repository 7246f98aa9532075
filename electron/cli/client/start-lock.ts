/** Lets one command at a time start the app: of two that start at once, Chromium may remove the lock of the one that runs. */
import { mkdirSync, statSync } from 'node:fs'
import { startLockPath } from '../protocol/endpoint.ts'

/** Milliseconds after which a lock of another computer, whose processes cannot be seen, counts as left behind. */
const staleAfterMs = 30_000

/** The lock of a file that names the process that holds it; see `storage/files/lock.ts`. */
export type LockFile = (
  path: string,
  expiredContent: string | null
) => HeldFile | { readonly kind: 'holder'; readonly sign: string }

/** Its functions throw if the file cannot be read or written. */
interface HeldFile {
  readonly kind: 'held'
  handTo(pid: number): unknown
  release(): void
}

export interface StartLock {
  /** Names the app that was started, so that the lock ends with its process, whatever becomes of the command. */
  handTo(pid: number): void
  release(): void
}

const noLock: StartLock = { handTo: () => undefined, release: () => undefined }

/** A lock that cannot be written any more ends with the command. */
function tolerant(act: () => unknown): void {
  try {
    act()
  } catch {
    // The app that was started says what is wrong with its folder.
  }
}
const startLock = (file: HeldFile): StartLock => ({
  handTo: (pid) => tolerant(() => file.handTo(pid)),
  release: () => tolerant(() => file.release())
})

/**
 * Takes the lock; null while another command, or an app that it started, holds it. A profile that cannot be written needs no
 * lock: the app that is started there says why it cannot run.
 */
export function takeStartLock(profile: string, lockFile: LockFile, now = Date.now()): StartLock | null {
  const path = startLockPath(profile)
  try {
    mkdirSync(profile, { recursive: true, mode: 0o700 })
    const since = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now
    const taken = lockFile(path, null)
    if (taken.kind === 'held') return startLock(taken)
    const again = Math.abs(now - since) > staleAfterMs ? lockFile(path, taken.sign) : taken
    return again.kind === 'held' ? startLock(again) : null
  } catch {
    return noLock
  }
}
