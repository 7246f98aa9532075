/**
 * Lock file that allows one copy of the app per folder: two would send everything twice. Several computers may share the
 * folder, so the lock has the computer, its boot and the process of the holder, and the holder renews it: the only sign
 * that a process on another computer is alive. Clocks are not compared, since they may differ.
 */
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, uptime } from 'node:os'
import { dirname } from 'node:path'
import { replaceFile, retryWhileBusy } from './retry-while-busy.ts'

/** The computer and its current boot. */
export interface Machine {
  /** Host name. */
  readonly name: string
  /** Id of the installation and of this boot; empty if the system has none. */
  readonly id: string
  readonly bootId: string
  /** Time of the boot by the current clock, which may have been set since by up to `clockSetMs`. */
  readonly bootedAt: number
}

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

function firstLine(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}

export const thisMachine = (): Machine => ({
  name: hostname(),
  id: process.platform === 'linux' ? firstLine('/etc/machine-id') : '',
  bootId: process.platform === 'linux' ? firstLine('/proc/sys/kernel/random/boot_id') : '',
  bootedAt: Date.now() - uptime() * 1000
})

/** Start time of a process in kernel ticks, because process ids are reused. Linux only. */
function processStartOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in brackets, which may contain anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

const clockSetMs = 300_000

/** `computer` and `bootId` are null in locks of earlier versions. */
interface LockContent {
  readonly pid: number
  readonly beginning: string
  readonly computer: string | null
  readonly bootId: string | null
  readonly bootedAt: string
}

const computerOf = ({ name, id }: Machine): string => `${encodeURIComponent(name)}/${id}`
const nameOf = (computer: string): string => {
  try {
    return decodeURIComponent(computer.split('/')[0] ?? '')
  } catch {
    return computer
  }
}

const contentOf = (machine: Machine, renewals: number, pid = process.pid): string =>
  [
    pid,
    processStartOf(pid) ?? '',
    computerOf(machine),
    machine.bootId,
    renewals,
    Math.round(machine.bootedAt)
  ].join(' ')

function parse(content: string): LockContent {
  const fields = content.split(' ')
  const [pid = '', beginning = ''] = fields
  const isShared = fields.length >= 6
  return {
    pid: Number(pid),
    beginning,
    computer: isShared ? (fields[2] ?? null) : null,
    bootId: isShared ? (fields[3] ?? null) : null,
    bootedAt: (isShared ? fields[5] : fields[2]) ?? ''
  }
}

/** Null for a lock of this computer. */
function otherComputer({ computer }: LockContent, machine: Machine): string | null {
  return computer === null || computer === computerOf(machine) ? null : nameOf(computer)
}

/** `expiredContent`: content of a lock that was observed and not renewed. */
function isHolderAlive(
  path: string,
  content: string,
  machine: Machine,
  expiredContent: string | null
): boolean {
  const found = parse(content)
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

function heldLock(path: string, machine: Machine, content: string): FileLock {
  let own = content
  let holder = process.pid
  let renewals = 0
  let isReleased = false
  const isMine = (): boolean => {
    const found = read(path)
    // A deleted lock file is still not held by anybody else.
    return !isReleased && (found === null || found === own)
  }
  const renew = (): boolean => {
    if (!isMine()) return false
    renewals += 1
    const renewed = contentOf(machine, renewals, holder)
    if (read(path) === null) {
      if (!createAtomically(path, renewed)) return false
    } else {
      const beside = `${path}.${process.pid}.new`
      writeFileSync(beside, renewed, { mode: 0o600 })
      replaceFile(beside, path)
    }
    own = renewed
    return true
  }
  return {
    kind: 'held',
    isMine,
    renew,
    handTo(pid) {
      holder = pid
      return renew()
    },
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
  return { kind: 'holder', computer: otherComputer(parse(sign), machine), sign }
}
