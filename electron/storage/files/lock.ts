/**
 * Lock file that allows one copy of the app per folder: two would send everything twice. Several computers may share the
 * folder, so the lock has the computer, its boot and the process of the holder, and the holder renews it: the only sign
 * that a process on another computer is alive. Clocks are not compared, since they may differ.
 */
import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync
} from 'node:fs'
import { dirname } from 'node:path'
import {
  contentOf,
  isSameHolder,
  otherComputer,
  parseLock,
  processStartOf,
  thisMachine,
  withCounter,
  type Machine
} from './lock-content.ts'
import { replaceFile, retryWhileBusy } from './retry-while-busy.ts'

export interface HeldLock {
  readonly kind: 'held'
  /** Renews the lock. False if it is lost. Throws if its state is unknown. */
  renew(): boolean
  /** False if another process holds the lock. Throws if its state is unknown. */
  isMine(): boolean
  release(): void
}

/** A lock that another process can be given. */
export interface FileLock extends HeldLock {
  /** From now on the lock is held for as long as this process lives; false if it was lost. Throws as `renew`. */
  handTo(pid: number): boolean
}

export interface LockHolder {
  readonly kind: 'holder'
  /** Host name of another computer; null for this one. */
  readonly computer: string | null
  /** Content of the lock file, which changes with each renewal. */
  readonly sign: string
}

/** Locks of this process. A lock with our process id that is not among them belongs to a dead process. */
const heldPaths = new Set<string>()

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null)

const clockSetMs = 300_000

/** `expiredContent`: content of a lock that was observed and not renewed. */
function isHolderAlive(
  path: string,
  content: string,
  machine: Machine,
  expiredContent: string | null
): boolean {
  const found = parseLock(content)
  const { pid, beginning, bootId, bootedAt } = found
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  if (otherComputer(found, machine) !== null) return content !== expiredContent
  // The process ended with that boot; its id may be reused.
  if (bootId && machine.bootId && bootId !== machine.bootId) return false
  if (pid === process.pid) return heldPaths.has(path)
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: the process exists, but belongs to another user.
    if (codeOf(error) !== 'EPERM') return false
  }
  if (process.platform === 'linux' && beginning) return processStartOf(pid) === beginning
  // Process ids are reused after a reboot: a lock from before the reboot is free.
  return !bootedAt || Number(bootedAt) >= machine.bootedAt - clockSetMs
}

/** Creates the lock file; false if it exists. Atomic on file systems with hard links. */
function createAtomically(path: string, content: string): boolean {
  const own = `${path}.${process.pid}.new`
  writeFileSync(own, content, { mode: 0o600 })
  try {
    linkSync(own, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
  } finally {
    rmSync(own, { force: true })
  }
  try {
    writeFileSync(path, content, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

/**
 * False while a living process holds it. If several processes find the same expired lock, only the one that locks
 * the lock file itself may replace it, and only while it is unchanged.
 */
function acquire(
  path: string,
  content: string,
  isAlive: (path: string, content: string) => boolean
): boolean {
  for (let attempt = 0; attempt < 3; attempt++) {
    if (createAtomically(path, content)) return true
    const found = read(path)
    if (found === null) continue
    if (isAlive(path, found)) return false
    const replacing = `${path}.${found.replace(/\W+/g, '-').slice(0, 60)}`
    if (!acquire(replacing, content, isAlive)) return false
    if (read(path) === found) {
      replaceFile(replacing, path)
      return true
    }
    rmSync(replacing, { force: true })
  }
  return false
}

/**
 * Renews the lock in its file, of which only digits of the counter change, so a reader never finds half a lock. Replacing
 * the file would take twenty times as long, and would take the lock from another process that has just replaced it; so the
 * renewal goes to the file that is gone. False if the file is another's. Throws if there is none.
 */
function renewInPlace(path: string, renewed: string): boolean {
  const file = openSync(path, 'r+')
  try {
    if (!isSameHolder(readFileSync(file, 'utf8'), renewed)) return false
    writeSync(file, renewed, 0)
    return true
  } finally {
    closeSync(file)
  }
}

function heldLock(path: string, machine: Machine, content: string): FileLock {
  let own = content
  let renewals = 0
  let isReleased = false
  const isMine = (): boolean => {
    const found = read(path)
    // A deleted lock file is still not held by anybody else.
    return !isReleased && (found === null || isSameHolder(found, own))
  }
  const renew = (): boolean => {
    if (isReleased) return false
    renewals += 1
    const renewed = withCounter(own, renewals)
    try {
      return retryWhileBusy(() => renewInPlace(path, renewed))
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error
      return createAtomically(path, renewed)
    }
  }
  const handTo = (pid: number): boolean => {
    if (!isMine()) return false
    renewals += 1
    const handed = contentOf(machine, renewals, pid)
    if (read(path) === null) {
      if (!createAtomically(path, handed)) return false
    } else {
      const beside = `${path}.${process.pid}.new`
      writeFileSync(beside, handed, { mode: 0o600 })
      replaceFile(beside, path)
    }
    own = handed
    return true
  }
  return {
    kind: 'held',
    isMine,
    renew,
    handTo,
    release() {
      const isOurs = isMine()
      isReleased = true
      heldPaths.delete(path)
      if (isOurs) rmSync(path, { force: true })
    }
  }
}

/**
 * Takes over the lock of a dead process; that of another computer only if its content is `expiredContent`: it was
 * observed and not renewed. Throws if the folder is not writable.
 */
export function lockFile(
  path: string,
  expiredContent: string | null = null,
  machine = thisMachine()
): FileLock | LockHolder {
  mkdirSync(dirname(path), { recursive: true })
  const content = contentOf(machine, 0)
  const isAlive = (at: string, found: string): boolean => isHolderAlive(at, found, machine, expiredContent)
  // On Windows another copy may have the file open to read its holder.
  if (retryWhileBusy(() => acquire(path, content, isAlive))) {
    heldPaths.add(path)
    return heldLock(path, machine, content)
  }
  const sign = read(path) ?? ''
  return { kind: 'holder', computer: otherComputer(parseLock(sign), machine), sign }
}
