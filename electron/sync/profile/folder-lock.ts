/** Holds the lock of the profile folder: takes and renews it, waits for another holder, detects its loss. */
import { join } from 'node:path'
import type { TicketApi, WriteAnswer } from '../../api/api.ts'
import type { Disk } from '../../storage/files/disk.ts'
import { troubleOf, type StorageReport } from '../../storage/files/file.ts'
import type { HeldLock } from '../../storage/files/lock.ts'
import type { Clock } from '../../storage/types.ts'
import type { EngineLog } from '../activity-log.ts'

const lockName = 'lock'
/** Delay before a failed write or renewal of the lock is retried, in milliseconds. */
const againAfterMs = 30_000
/** Age at which the lock is renewed with a request, in milliseconds: with every second poll. */
const renewMs = 90_000
/** Age at which it is renewed without a request, in milliseconds: half of what expires it elsewhere. */
const renewAloneMs = 150_000
/** Interval of checks of another holder's lock, in milliseconds. */
const lockCheckMs = 10_000
/**
 * A lock of another computer is expired if it was not renewed for this number of checks: five minutes, which is longer
 * than network file systems cache. Checks are counted, because clocks jump when a machine sleeps.
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
  /** Another copy of the app holds the lock. `computer`: its host name; null for this computer. */
  onTaken(computer: string | null): void
  /** This copy has acquired the lock after waiting. */
  onFree(): void
}

export class FolderLock {
  readonly #parts: FolderLockParts
  readonly #path: string
  #held: HeldLock | null = null
  #timer: unknown = null
  #content: string | null = null
  #unchangedChecks = 0
  /** Monotonic milliseconds. */
  #renewedAt = 0
  #isTaken = false
  #listener: FolderLockListener | null = null

  constructor(parts: FolderLockParts) {
    this.#parts = parts
    this.#path = join(parts.folder, lockName)
  }

  /** Whether another copy of the app holds the folder: this one then makes no requests and writes nothing. */
  get isTaken(): boolean {
    return this.#isTaken
  }

  /** Takes the lock. If it cannot be written, the app continues read-only with a notice. */
  take(listener: FolderLockListener): void {
    this.#listener = listener
    this.#take()
  }

  /** Checked before each write request, since the lock may have expired while the machine slept. */
  isMine(): boolean {
    if (this.#isTaken) return false
    try {
      if (this.#held?.isMine() !== false) return true
    } catch {
      // Unknown; the next renewal checks it again.
      return true
    }
    this.#lost()
    return false
  }

  /**
   * Called with every request, to avoid additional wake-ups. One that is not due is read all the same: while a machine
   * sleeps, another may take the folder and the clock may stand still.
   */
  renewIfDue(): void {
    if (!this.#held) return
    if (this.#parts.clock.monotonic() - this.#renewedAt >= renewMs) this.#renew()
    else this.isMine()
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
      const answer = disk.lock(this.#path, this.#unchangedChecks >= expiredAfterChecks ? this.#content : null)
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
      this.#renewed()
    } catch {
      // The next write of a file reports the error.
      this.#again(againAfterMs, () => this.#renew())
    }
  }

  #renewed(): void {
    this.#renewedAt = this.#parts.clock.monotonic()
    this.#again(renewAloneMs, () => this.#renew())
  }

  #lost(): void {
    this.#parts.log.note('folder: lock lost')
    this.#held = null
    this.#content = null
    this.#take()
  }

  #watch(sign: string, computer: string | null): void {
    // Whether a process on this computer is alive is known at once.
    this.#unchangedChecks = computer !== null && sign === this.#content ? this.#unchangedChecks + 1 : 0
    this.#content = sign
    this.#again(lockCheckMs, () => this.#take())
    if (this.#isTaken) return
    this.#isTaken = true
    this.#listener?.onTaken(computer)
  }
}

/** An API that renews the lock with reads, and rejects writes if another copy of the app holds the folder. */
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

/** A disk that rejects writes while another copy of the app holds the folder. */
export const rejectWritesIfTaken = (lock: Pick<FolderLock, 'isTaken'>, disk: Disk): Disk => ({
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
