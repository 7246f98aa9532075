/** Lets one command at a time start the app: of two that start at once, Chromium may remove the lock of the one that runs. */
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Milliseconds after which a lock was left by a command that was killed. */
const staleAfterMs = 30_000

/**
 * Takes the lock; returns what releases it, or null while another command holds it. A profile that cannot be written needs no
 * lock: the app that is started there says why it cannot run.
 */
export function takeStartLock(profile: string, now = Date.now()): (() => void) | null {
  const path = join(profile, 'command-start.lock')
  const release = (): void => rmSync(path, { force: true })
  try {
    mkdirSync(profile, { recursive: true, mode: 0o700 })
    writeFileSync(path, '', { flag: 'wx', mode: 0o600 })
    return release
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return () => undefined
  }
  const since = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now
  if (Math.abs(now - since) > staleAfterMs) release()
  return null
}
