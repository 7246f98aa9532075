/**
 * One copy of the app per folder: two would send everything twice. The folder may lie on a disk that several computers
 * share, so the lock says which computer, which start of it and which process holds it, and its holder renews it: what is
 * on another computer can be seen to live only by that. Clocks are not compared, they may differ.
 */
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, uptime } from 'node:os'
import { dirname } from 'node:path'
import { replaceFile, retryWhileBusy } from './retry-while-busy.ts'

/** The computer, and since when it runs. */
export interface Machine {
  /** As people call it. */
  readonly name: string
  /** Of its installation, and of this start of it; empty where the system tells none. */
  readonly id: string
  readonly bootId: string
  /** When it began to run, as its clock says now; the clock may have been set since, by so much as `clockSetMs`. */
  readonly bootedAt: number
}

export interface HeldLock {
  readonly kind: 'held'
  /** Shows others that its holder lives. False when it is not ours any more. Throws where it cannot be told. */
  renew(): boolean
  /** False when another has taken it. Throws where it cannot be told. */
  isMine(): boolean
  release(): void
}

export interface LockHolder {
  readonly kind: 'holder'
  /** Its name where it is another computer; null for this one. */
  readonly computer: string | null
  /** Another one each time its holder renews it. */
  readonly sign: string
}

/** Locks of this very process; a lock with our number that is not among them was a dead process's. */
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

/** When a process began, in the kernel's ticks: numbers are given again, beginnings are not. Linux only. */
function processStartOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in brackets, which may hold anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

const clockSetMs = 300_000

/** `computer` and `bootId` are null in a lock of an earlier version, which knew one computer only. */
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

const contentOf = (machine: Machine, renewals: number): string =>
  [
    process.pid,
    processStartOf(process.pid) ?? '',
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

/** Null for one of this computer's. */
function otherComputer({ computer }: LockContent, machine: Machine): string | null {
  return computer === null || computer === computerOf(machine) ? null : nameOf(computer)
}

/** `deadSign`: a content that was watched and not renewed. */
function isHolderAlive(path: string, content: string, machine: Machine, deadSign: string | null): boolean {
  const found = parse(content)
  const { pid, beginning, bootId, bootedAt } = found
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  if (otherComputer(found, machine) !== null) return content !== deadSign
  // It has ended with that run of the machine, whoever has its number now.
  if (bootId && machine.bootId && bootId !== machine.bootId) return false
  if (pid === process.pid) return heldPaths.has(path)
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it is there, but another person's.
    if (codeOf(error) !== 'EPERM') return false
  }
  if (process.platform === 'linux' && beginning) return processStartOf(pid) === beginning
  // Numbers are given again after a restart of the machine: a lock from before it is nobody's.
  return !bootedAt || Number(bootedAt) >= machine.bootedAt - clockSetMs
}

/** False when it is there. Never seen half-written, where the file system has links. */
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
 * False while a living process has it. Of those that find the same dead one's lock, only who holds the lock on that
 * very lock may replace it, and only while it is still there.
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

function heldLock(path: string, machine: Machine, content: string): HeldLock {
  let own = content
  let renewals = 0
  let isReleased = false
  const isMine = (): boolean => {
    const found = read(path)
    // Deleted by somebody who tidied up, it is still nobody else's.
    return !isReleased && (found === null || found === own)
  }
  return {
    kind: 'held',
    isMine,
    renew() {
      if (!isMine()) return false
      renewals += 1
      const renewed = contentOf(machine, renewals)
      if (read(path) === null) {
        if (!createAtomically(path, renewed)) return false
      } else {
        const beside = `${path}.${process.pid}.new`
        writeFileSync(beside, renewed, { mode: 0o600 })
        replaceFile(beside, path)
      }
      own = renewed
      return true
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
 * A dead process's lock is taken over; one of another computer only where its content is `deadSign`: it was watched, and
 * nobody has renewed it. Throws where nothing can be written.
 */
export function lockFile(
  path: string,
  deadSign: string | null = null,
  machine = thisMachine()
): HeldLock | LockHolder {
  mkdirSync(dirname(path), { recursive: true })
  const content = contentOf(machine, 0)
  const isAlive = (at: string, found: string): boolean => isHolderAlive(at, found, machine, deadSign)
  // On Windows another copy may have it open, just to look who holds it.
  if (retryWhileBusy(() => acquire(path, content, isAlive))) {
    heldPaths.add(path)
    return heldLock(path, machine, content)
  }
  const sign = read(path) ?? ''
  return { kind: 'holder', computer: otherComputer(parse(sign), machine), sign }
}
