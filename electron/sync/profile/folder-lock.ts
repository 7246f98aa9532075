/** This copy's right to the folder: taken, renewed, watched while another has it, and noticed when it is lost. */
import { join } from 'node:path'
import type { TicketApi, WriteAnswer } from '../../api/api.ts'
import type { Disk } from '../../storage/files/disk.ts'
import { troubleOf, type StorageReport } from '../../storage/files/file.ts'
import type { HeldLock } from '../../storage/files/lock.ts'
import type { Clock } from '../../storage/types.ts'
import type { EngineLog } from '../activity-log.ts'

const lockName = 'lock'
/** Until a lock that could not be written is tried again. */
const againAfterMs = 30_000
/** Between two renewals, which come with a request that is made anyway. */
const renewMs = 30_000
/** Where no request is made for so long, it is renewed all the same. */
const renewAloneMs = 120_000
/** Between two looks at another's lock. */
const lockCheckMs = 10_000
/**
 * Another computer's that was the same at so many looks in a row is a dead one's: five minutes, which is longer than a
 * shared disk shows what it has in mind. Looks are counted, for clocks jump when a machine sleeps.
 */
const expiredAfterChecks = 30

export interface FolderLockParts {
  readonly folder: string
  readonly disk: Disk
  readonly clock: Clock
  readonly report: StorageReport
  readonly log: Pick<EngineLog, 'note'>
}

export interface FolderLockListener {
  /** Another copy has it: at the start, or it took it from this one. `computer` is its name, null for this one. */
  onTaken(computer: string | null): void
  /** It is this copy's now, which had to wait for it. */
  onFree(): void
}

export class FolderLock {
  readonly #parts: FolderLockParts
  readonly #path: string
  #held: HeldLock | null = null
  #timer: unknown = null
  #sign: string | null = null
  #looks = 0
  /** Monotonic. */
  #renewedAt = 0
  #isTaken = false
  #listener: FolderLockListener | null = null

  constructor(parts: FolderLockParts) {
    this.#parts = parts
    this.#path = join(parts.folder, lockName)
  }

  /** Another copy of the app works in this folder: nothing is asked, sent or written from here. */
  get isTaken(): boolean {
    return this.#isTaken
  }

  /** Where no lock can be written nothing else can: people hear of it, and read what there is. */
  take(listener: FolderLockListener): void {
    this.#listener = listener
    this.#take()
  }

  /** Asked before anything is sent: a machine that slept may have been taken for dead. */
  isMine(): boolean {
    if (this.#isTaken) return false
    try {
      if (this.#held?.isMine() !== false) return true
    } catch {
      // Not to be told now; the next renewal tries again.
      return true
    }
    this.#lost()
    return false
  }

  /** With every request: so the machine is woken for nothing else. */
  renewIfDue(): void {
    if (this.#held && this.#parts.clock.monotonic() - this.#renewedAt >= renewMs) this.#renew()
  }

  release(): void {
    this.#parts.clock.clearTimeout(this.#timer)
    this.#held?.release()
    this.#held = null
  }

  #take(): void {
    const { disk, report } = this.#parts
    if (!disk.lock) return
    try {
      const answer = disk.lock(this.#path, this.#looks >= expiredAfterChecks ? this.#sign : null)
      report(null, lockName)
      if (answer.kind === 'holder') {
        this.#watch(answer.sign, answer.computer)
        return
      }
      this.#held = answer
      this.#parts.log.note('folder: lock taken')
      this.#renewed()
      if (!this.#isTaken) return
      this.#isTaken = false
      this.#listener?.onFree()
    } catch (error) {
      report(troubleOf(error, lockName), lockName)
      this.#again(againAfterMs, () => this.#take())
    }
  }

  #again(ms: number, run: () => void): void {
    this.#parts.clock.clearTimeout(this.#timer)
    this.#timer = this.#parts.clock.setTimeout(run, ms)
  }

  #renew(): void {
    try {
      if (this.#held?.renew() === false) {
        this.#lost()
        return
      }
    } catch {
      // The disk has its own words for it, at the next write.
    }
    this.#renewed()
  }

  #renewed(): void {
    this.#renewedAt = this.#parts.clock.monotonic()
    this.#again(renewAloneMs, () => this.#renew())
  }

  #lost(): void {
    this.#parts.log.note('folder: lock lost')
    this.#held = null
    this.#sign = null
    this.#take()
  }

  #watch(sign: string, computer: string | null): void {
    // Of a process on this computer it is known whether it lives.
    this.#looks = computer !== null && sign === this.#sign ? this.#looks + 1 : 0
    this.#sign = sign
    this.#again(lockCheckMs, () => this.#take())
    if (this.#isTaken) return
    this.#isTaken = true
    this.#listener?.onTaken(computer)
  }
}

/** Renews the lock with what is read, and writes nothing where the folder is another copy's by now: that one sends what waits. */
export function underLock(lock: Pick<FolderLock, 'isMine' | 'renewIfDue'>, api: TicketApi): TicketApi {
  const unsent: WriteAnswer = { outcome: 'not-sent', problem: { kind: 'folder-in-use' } }
  const write = (send: () => Promise<WriteAnswer>): Promise<WriteAnswer> =>
    lock.isMine() ? send() : Promise.resolve(unsent)
  return {
    version: api.version,
    list(...args) {
      lock.renewIfDue()
      return api.list(...args)
    },
    services: (...args) => api.services(...args),
    create: (...args) => write(() => api.create(...args)),
    reply: (...args) => write(() => api.reply(...args)),
    close: (...args) => write(() => api.close(...args))
  }
}

/** Where another copy of the app holds the folder, what is typed here stays in memory. */
export const unlessTaken = (lock: Pick<FolderLock, 'isTaken'>, disk: Disk): Disk => ({
  read: (path) => (lock.isTaken ? null : disk.read(path)),
  write: (...file) => {
    if (!lock.isTaken) disk.write(...file)
  },
  append: (...file) => {
    if (!lock.isTaken) disk.append(...file)
  },
  rename: (...names) => {
    if (!lock.isTaken) disk.rename(...names)
  },
  list: (path) => disk.list?.(path) ?? [],
  remove: (path) => {
    if (!lock.isTaken) disk.remove?.(path)
  }
})
