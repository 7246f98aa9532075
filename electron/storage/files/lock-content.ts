/** The text of a lock file: which process of which computer holds it, and how often it was renewed. */
import { readFileSync } from 'node:fs'
import { hostname, uptime } from 'node:os'

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
export function processStartOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in brackets, which may contain anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

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

/** Always as many digits, so that a renewal changes no other byte of the file. */
const counterOf = (renewals: number): string => String(renewals).padStart(10, '0')

export const contentOf = (machine: Machine, renewals: number, pid = process.pid): string =>
  [
    pid,
    processStartOf(pid) ?? '',
    computerOf(machine),
    machine.bootId,
    counterOf(renewals),
    Math.round(machine.bootedAt)
  ].join(' ')

const beforeCounter = /^((?:[^ ]* ){4})\d+/
/** The same lock after so many renewals. */
export const withCounter = (content: string, renewals: number): string =>
  content.replace(beforeCounter, `$1${counterOf(renewals)}`)
/** Whether both are of the same process, whatever became of a renewal that failed. */
export const isSameHolder = (a: string, b: string): boolean =>
  a.replace(beforeCounter, '$1') === b.replace(beforeCounter, '$1')

export function parseLock(content: string): LockContent {
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
export function otherComputer({ computer }: LockContent, machine: Machine): string | null {
  return computer === null || computer === computerOf(machine) ? null : nameOf(computer)
}
