import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Notice } from '../tickets/views.ts'
import { lockFile, type HeldLock, type LockHolder } from './lock.ts'
import { replaceFile } from './retry-while-busy.ts'

/** Hears of trouble with a file, and of its end (`null`). The file is named without its folder. */
export type StorageReport = (trouble: Notice | null, file: string) => void

/** The file system as far as storage needs it; tests hand in one that fails. */
export interface Disk {
  read(path: string): string | null
  /**
   * Atomic: afterwards the old content or the new is there, also after a power cut. Where it is `lasting` it is the
   * new, as far as the mount can promise that.
   */
  write(path: string, text: string, lasting: boolean): void
  /** To a file that is there. What a crash tears is its end. Where it is `lasting` it also outlives a power cut. */
  append(path: string, text: string, lasting: boolean): void
  rename(from: string, to: string): void
  /** Names of what is in a folder; none where it is not there. */
  list?(path: string): readonly string[]
  remove?(path: string): void
  /** As `lockFile`. */
  lock?(path: string, deadSign: string | null): HeldLock | LockHolder
}

/**
 * A rename is on disk for sure only after its folder is. Windows has no such thing and needs none. Some mounts refuse
 * it (FUSE, networks): the new content is in place all the same, and called unwritten it would be sent twice.
 */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  try {
    const folder = openSync(dirname(path), 'r')
    try {
      fsyncSync(folder)
    } finally {
      closeSync(folder)
    }
  } catch {
    // As lasting as this mount makes it.
  }
}

const privateMode = 0o600

/** The folder is made only where it is missing: it is there nearly always. */
function openForWriting(path: string): number {
  try {
    return openSync(path, 'w', privateMode)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    mkdirSync(dirname(path), { recursive: true })
    return openSync(path, 'w', privateMode)
  }
}

export const realDisk: Disk = {
  read: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null),
  write(path, text, lasting) {
    const beside = `${path}.new`
    try {
      const file = openForWriting(beside)
      try {
        // Goes on after a short write: a nearly full disk takes a part before it says ENOSPC.
        writeFileSync(file, text)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      replaceFile(beside, path)
    } catch (error) {
      rmSync(beside, { force: true })
      throw error
    }
    if (lasting) syncFolder(path)
  },
  append(path, text, lasting) {
    // Never makes one: a change alone is no content.
    const file = openSync(path, constants.O_WRONLY | constants.O_APPEND)
    try {
      writeFileSync(file, text)
      if (lasting) fsyncSync(file)
    } finally {
      closeSync(file)
    }
  },
  rename: replaceFile,
  list: (path) => (existsSync(path) ? readdirSync(path) : []),
  remove: (path) => {
    rmSync(path, { force: true })
  },
  lock: (path, deadSign) => lockFile(path, deadSign)
}

/** What went wrong with a write, for people. */
export function troubleOf(error: unknown, path: string): Notice {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  const detail = basename(path)
  if (code === 'ENOSPC' || code === 'EDQUOT') return { kind: 'storage-full', detail }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return { kind: 'storage-read-only', detail }
  return { kind: 'storage-failed', detail }
}

export interface FileOptions<T> {
  readonly path: string
  /** The content, or null when it is not of this shape. */
  readonly parse: (data: unknown) => T | null
  /** From each version's data to the next one's, beginning with version 1. There is one version more than steps. */
  readonly migrations?: readonly ((data: unknown) => unknown)[]
  readonly report: StorageReport
  readonly disk?: Disk
  /** What a change makes of the content. Where it is given, a change may be added behind the content. */
  readonly merge?: (before: T, change: T) => T
  /** False where the content before is as good after a power cut, and a wait for the disk less is worth more. */
  readonly lasting?: boolean
  /** This machine's clock, for the name of a file set aside. */
  readonly now: () => number
}

interface Envelope {
  readonly version: number
  readonly data: unknown
}

const isEnvelope = (value: unknown): value is Envelope =>
  typeof value === 'object' &&
  value !== null &&
  'version' in value &&
  typeof value.version === 'number' &&
  'data' in value

/** Changes are added up to so many characters beyond the length of the content; then it is written anew. */
const spareLength = 64 * 1024

const isVersion = (version: number, newest: number): boolean =>
  Number.isInteger(version) && version >= 1 && version <= newest

/** A small JSON file with a schema version. A damaged one is set aside and reported; it never stops the app. */
export class JsonFile<T> {
  readonly #options: FileOptions<T>
  readonly #disk: Disk
  /** It is there, but could not be read: writing over it would destroy what it holds. */
  #isUnread = false
  /** How much may be added to what this run has read or written whole; 0 after any trouble. */
  #room = 0

  constructor(options: FileOptions<T>) {
    this.#options = options
    this.#disk = options.disk ?? realDisk
  }

  /** Null when there is none, or none that can be read. */
  read(): T | null {
    const { path, report } = this.#options
    let text: string | null
    try {
      text = this.#disk.read(path)
    } catch (error) {
      this.#isUnread = true
      report(troubleOf(error, path), basename(path))
      return null
    }
    if (text === null) return null
    const value = this.#decodeAll(text)
    if (value === null) this.#isUnread = !this.#setAside()
    return value
  }

  /** Adds a change instead of writing everything. False where that is not possible: everything must be written. */
  append(change: T): boolean {
    const { path, lasting = true } = this.#options
    const line = `\n${this.#encode(change)}`
    const hasRoom = line.length <= this.#room
    // Until it is known that it went well.
    const left = this.#room - line.length
    this.#room = 0
    if (!hasRoom) return false
    try {
      this.#disk.append(path, line, lasting)
    } catch {
      // Writing everything says what is wrong, if it still is.
      return false
    }
    this.#room = left
    return true
  }

  /** False when it could not be written; the reason is reported. */
  write(value: T): boolean {
    const { path, report, lasting = true } = this.#options
    if (this.#isUnread && !this.#setAside()) return false
    this.#isUnread = false
    this.#room = 0
    const text = this.#encode(value)
    try {
      this.#disk.write(path, text, lasting)
      this.#room = this.#roomAfter(text)
      report(null, basename(path))
      return true
    } catch (error) {
      report(troubleOf(error, path), basename(path))
      return false
    }
  }

  get #version(): number {
    return 1 + (this.#options.migrations?.length ?? 0)
  }

  #encode(data: T): string {
    return JSON.stringify({ version: this.#version, data })
  }

  #roomAfter(text: string): number {
    return this.#options.merge ? text.length + spareLength : 0
  }

  /** The content, and the changes behind it. The last one may be torn: then it never happened. */
  #decodeAll(text: string): T | null {
    const { merge } = this.#options
    if (!merge) return this.#decode(text)
    const [first = '', ...changes] = text.split('\n')
    let value = this.#decode(first)
    let isTorn = false
    for (const [i, line] of changes.entries()) {
      if (value === null) return null
      const change = this.#decode(line)
      if (change === null && i < changes.length - 1) return null
      if (change === null) isTorn = true
      else value = merge(value, change)
    }
    this.#room = isTorn ? 0 : Math.max(0, this.#roomAfter(first) - (text.length - first.length))
    return value
  }

  #decode(text: string): T | null {
    const { parse, migrations = [] } = this.#options
    try {
      const whole: unknown = JSON.parse(text)
      if (!isEnvelope(whole) || !isVersion(whole.version, this.#version)) return null
      return parse(migrations.slice(whole.version - 1).reduce((data, migrate) => migrate(data), whole.data))
    } catch {
      return null
    }
  }

  /** Out of the way, so that the next start does not meet it again and nothing of it is lost. */
  #setAside(): boolean {
    const { path, report, now } = this.#options
    try {
      this.#disk.rename(path, `${path}.damaged-${now()}`)
      report({ kind: 'file-set-aside', detail: basename(path) }, basename(path))
      return true
    } catch (error) {
      report(troubleOf(error, path), basename(path))
      return false
    }
  }
}
