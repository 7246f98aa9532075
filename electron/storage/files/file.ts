import { basename, dirname } from 'node:path'
import type { Notice } from '../../tickets/views.ts'
import { realDisk, type Disk } from './disk.ts'
import { readFileLines, type Line } from './file-lines.ts'
import { asideName, asideNotice, setAsideIn } from './set-aside.ts'

/** Hears of trouble with a file, and of its end (`null`). The file is named without its folder. */
export type StorageReport = (trouble: Notice | null, file: string) => void

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
  /**
   * What a change makes of the content. Where it is given, a change may be added behind the content, and a damaged one costs
   * no other (`isSalvaged`).
   */
  readonly merge?: (before: T, change: T) => T
  /**
   * Where an earlier version of the app met what a later one had written, it set that aside and began anew. What both make
   * together; null is no file. The same twice must be the same.
   */
  readonly rejoin?: (aside: T, current: T | null) => T
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
/** No file of ours grows to so many bytes; reading what did would hold up the first window, or end the process. */
const mostBytes = 64 * 1024 * 1024

/** A small JSON file with a schema version. A damaged one is set aside and reported; it never stops the app. */
export class JsonFile<T> {
  readonly #options: FileOptions<T>
  readonly #disk: Disk
  /** It is there, but could not be read: writing over it would destroy what it holds. */
  #isUnread = false
  #isSalvaged = false
  /** How much may be added to what this run has read or written whole; 0 after any trouble. */
  #room = 0

  constructor(options: FileOptions<T>) {
    this.#options = options
    this.#disk = options.disk ?? realDisk
  }

  /** Some changes were damaged when it was read: what they said is missing. A copy of it as it was stays beside it. */
  get isSalvaged(): boolean {
    return this.#isSalvaged
  }

  /** Null when there is none, or none that can be read. */
  read(): T | null {
    const { path, report } = this.#options
    try {
      return this.#withSetAside(this.#readCurrent())
    } catch (error) {
      this.#isUnread = true
      report(troubleOf(error, path), basename(path))
      return null
    }
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
    if (this.#isUnread && !this.#setAside('damaged')) return false
    this.#isUnread = false
    this.#room = 0
    const text = this.#encode(value)
    try {
      this.#disk.write(path, text, lasting)
      this.#room = this.#roomAfter(text.length)
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

  #roomAfter(contentLength: number): number {
    return this.#options.merge ? contentLength + spareLength : 0
  }

  /** Throws where the disk fails. */
  #readCurrent(): T | null {
    const { path, merge } = this.#options
    if ((this.#disk.size?.(path) ?? 0) > mostBytes) {
      this.#isUnread = !this.#setAside('damaged')
      return null
    }
    const text = this.#disk.read(path)
    if (text === null) return null
    const { value, state, contentLength } = readFileLines(text, this.#decode, merge)
    if (state === 'damaged' || state === 'newer') this.#isUnread = !this.#setAside(state)
    if (state === 'whole')
      this.#room = Math.max(0, this.#roomAfter(contentLength) - (text.length - contentLength))
    if (state === 'salvaged') this.#keepCopy(text)
    return value
  }

  readonly #decode = (text: string): Line<T> => {
    const { parse, migrations = [] } = this.#options
    try {
      const whole: unknown = JSON.parse(text)
      if (!isEnvelope(whole) || !Number.isInteger(whole.version) || whole.version < 1)
        return { kind: 'damaged' }
      if (whole.version > this.#version) return { kind: 'newer' }
      const data = migrations
        .slice(whole.version - 1)
        .reduce((before, migrate) => migrate(before), whole.data)
      const value = parse(data)
      return value === null ? { kind: 'damaged' } : { kind: 'content', value }
    } catch {
      return { kind: 'damaged' }
    }
  }

  #keepCopy(text: string): void {
    const { path, report, now } = this.#options
    this.#isSalvaged = true
    try {
      this.#disk.write(`${path}.salvaged-${now()}`, text, false)
    } catch (error) {
      report(troubleOf(error, path), basename(path))
    }
  }

  /** With what an earlier version of the app had set aside because this one, or one before it, had written it. */
  #withSetAside(current: T | null): T | null {
    const { path, rejoin, report } = this.#options
    if (!rejoin || this.#isUnread) return current
    const readable = setAsideIn(dirname(path), this.#disk)
      .filter(({ name }) => name === basename(path))
      .flatMap((aside) => {
        const value = this.#readAside(aside.path)
        return value === null ? [] : [{ ...aside, value }]
      })
    if (readable.length === 0) return current
    const joined = readable
      .sort((a, b) => b.at - a.at)
      .reduce<T | null>((newer, { value }) => rejoin(value, newer), current)
    // Where it cannot be written it would come back at the next start, also what was removed until then.
    if (joined === null || !this.write(joined)) return current
    for (const aside of readable) this.#disk.rename(aside.path, `${path}.rejoined-${aside.at}`)
    report({ kind: 'file-rejoined', detail: basename(path) }, basename(path))
    return joined
  }

  /** Null for what was set aside because it is damaged, or is of a later version still. */
  #readAside(path: string): T | null {
    if ((this.#disk.size?.(path) ?? 0) > mostBytes) return null
    const text = this.#disk.read(path)
    const read = text === null ? null : readFileLines(text, this.#decode, this.#options.merge)
    return read?.state === 'whole' || read?.state === 'torn' ? read.value : null
  }

  /** Out of the way, so that the next start does not meet it again and nothing of it is lost. */
  #setAside(why: 'damaged' | 'newer'): boolean {
    const { path, report, now } = this.#options
    try {
      this.#disk.rename(path, asideName(path, why, now()))
      report({ kind: asideNotice[why], detail: basename(path) }, basename(path))
      return true
    } catch (error) {
      report(troubleOf(error, path), basename(path))
      return false
    }
  }
}
