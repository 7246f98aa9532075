import { basename, dirname } from 'node:path'
import type { Notice } from '../../tickets/views.ts'
import { realDisk, type Disk } from './disk.ts'
import { readFileLines, type Line } from './file-lines.ts'
import { asideName, asideNotice, setAsideIn } from './set-aside.ts'

/** Called with a problem of a file, and with null once it is resolved. `file` is the name without the folder. */
export type StorageReport = (trouble: Notice | null, file: string) => void

/** The notice for an error of the file system. */
export function troubleOf(error: unknown, path: string): Notice {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  const detail = basename(path)
  if (code === 'ENOSPC' || code === 'EDQUOT') return { kind: 'storage-full', detail }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return { kind: 'storage-read-only', detail }
  return { kind: 'storage-failed', detail }
}

export interface FileOptions<T> {
  readonly path: string
  /** Returns the content, or null if it has another shape. */
  readonly parse: (data: unknown) => T | null
  /** Migrations from each version to the next, starting at version 1. The current version is one more than their number. */
  readonly migrations?: readonly ((data: unknown) => unknown)[]
  readonly report: StorageReport
  readonly disk?: Disk
  /**
   * Applies a change to the content. If given, changes can be appended to the file, and a damaged change does not affect
   * others (`isSalvaged`).
   */
  readonly merge?: (before: T, change: T) => T
  /**
   * Merges content that an earlier version of the app set aside, because a later version had written it, with the current
   * content (null: no file). Must be idempotent.
   */
  readonly rejoin?: (aside: T, current: T | null) => T
  /** False to skip the fsync after a write, if the previous content is acceptable after a power cut. */
  readonly lasting?: boolean
  /** This machine's clock, for the name of a file that is set aside. */
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

/** Changes are appended up to the content's length plus this number of characters; then the file is rewritten. */
const toleratedLength = 64 * 1024
/** Larger files are set aside unread: reading them would delay the first window or exhaust the memory. */
const maxFileBytes = 64 * 1024 * 1024

/** A small JSON file with a schema version. A damaged one is set aside and reported; it never stops the app. */
export class JsonFile<T> {
  readonly #options: FileOptions<T>
  readonly #disk: Disk
  /** The file exists but could not be read, so it must not be overwritten. */
  #isUnread = false
  #isSalvaged = false
  /** Number of characters that may be appended; 0 after any error. */
  #room = 0
  /** The same right after the content was written. */
  #initialRoom = 0

  constructor(options: FileOptions<T>) {
    this.#options = options
    this.#disk = options.disk ?? realDisk
  }

  /** Whether damaged changes were left out when the file was read. A copy of the damaged file is kept. */
  get isSalvaged(): boolean {
    return this.#isSalvaged
  }

  /** Null if there is no readable file. */
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

  /** Appends a change. False if that is not possible: then everything must be written. */
  append(change: T): boolean {
    const { path, lasting = true } = this.#options
    const line = `\n${this.#encode(change)}`
    const hasRoom = line.length <= this.#room
    // Nothing may be appended after a failed write.
    const left = this.#room - line.length
    this.#room = 0
    if (!hasRoom) return false
    try {
      this.#disk.append(path, line, lasting)
    } catch {
      // The caller then writes everything, which reports a persistent problem.
      return false
    }
    this.#room = left
    return true
  }

  /** Whether the file must soon be written as a whole, because it has many changes. */
  get isNearlyFull(): boolean {
    return this.#room < this.#initialRoom / 3
  }

  /** False if it could not be written; the reason is reported. */
  write(value: T): boolean {
    return this.#write(() => this.#encode(value), [])
  }

  /** Like `write` for a content that is JSON already, with changes appended to it. */
  writeEncoded(content: string, changes: readonly T[]): boolean {
    return this.#write(() => `{"version":${this.#version},"data":${content}}`, changes)
  }

  #write(encode: () => string, changes: readonly T[]): boolean {
    const { path, report, lasting = true } = this.#options
    if (this.#isUnread && !this.#setAside('damaged')) return false
    this.#isUnread = false
    this.#room = 0
    const content = encode()
    const appended = changes.map((change) => `\n${this.#encode(change)}`).join('')
    try {
      this.#disk.write(path, content + appended, lasting)
      this.#initialRoom = this.#roomAfter(content.length)
      this.#room = Math.max(0, this.#initialRoom - appended.length)
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
    return this.#options.merge ? contentLength + toleratedLength : 0
  }

  /** Throws errors of the file system. */
  #readCurrent(): T | null {
    const { path, merge } = this.#options
    if ((this.#disk.size?.(path) ?? 0) > maxFileBytes) {
      this.#isUnread = !this.#setAside('damaged')
      return null
    }
    const text = this.#disk.read(path)
    if (text === null) return null
    const { value, state, contentLength } = readFileLines(text, this.#decode, merge)
    if (state === 'damaged' || state === 'newer') this.#isUnread = !this.#setAside(state)
    this.#initialRoom = this.#roomAfter(contentLength)
    if (state === 'whole') this.#room = Math.max(0, this.#initialRoom - (text.length - contentLength))
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

  /** Merges files that an earlier version of the app had set aside as newer than itself. */
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
    // If it cannot be written, it is not used: the next start would merge it again and restore what was removed meanwhile.
    if (joined === null || !this.write(joined)) return current
    for (const aside of readable) this.#disk.rename(aside.path, `${path}.rejoined-${aside.at}`)
    report({ kind: 'file-rejoined', detail: basename(path) }, basename(path))
    return joined
  }

  /** Null if the file is damaged or of a version later than this one. */
  #readAside(path: string): T | null {
    if ((this.#disk.size?.(path) ?? 0) > maxFileBytes) return null
    const text = this.#disk.read(path)
    const read = text === null ? null : readFileLines(text, this.#decode, this.#options.merge)
    return read?.state === 'whole' || read?.state === 'torn' ? read.value : null
  }

  /** Renames the file, so that the next start does not read it again and its content is kept. */
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
