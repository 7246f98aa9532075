import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import type { Notice } from '../tickets/views.ts'

/** Hears of trouble, and of its end (`null`), with this folder. */
export type StorageReport = (trouble: Notice | null) => void

/** The file system as far as storage needs it; tests hand in one that fails. */
export interface Disk {
  read(path: string): string | null
  /** Atomic and durable: afterwards the old content or the new is there, also after a power cut. */
  write(path: string, text: string): void
  rename(from: string, to: string): void
}

export const realDisk: Disk = {
  read: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null),
  write(path, text) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileAtomic.sync(path, text, { mode: 0o600 })
  },
  rename: renameSync
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
  /** Of the schema; an older file goes through `migrate` first. */
  readonly version: number
  /** The content, or null when it is not of this shape. */
  parse(data: unknown): T | null
  /** From an older version's data to this one's; without it an older file is not readable. */
  migrate?(data: unknown, version: number): unknown
  readonly report: StorageReport
  readonly disk?: Disk
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

/** A small JSON file with a schema version. A damaged one is set aside and reported; it never stops the app. */
export class JsonFile<T> {
  readonly #options: FileOptions<T>
  readonly #disk: Disk

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
      report(troubleOf(error, path))
      return null
    }
    if (text === null) return null
    const value = this.#decode(text)
    if (value === null) setAside(this.#disk, path, report, this.#options.now())
    return value
  }

  /** False when it could not be written; the reason is reported. */
  write(value: T): boolean {
    const { path, version, report } = this.#options
    try {
      this.#disk.write(path, JSON.stringify({ version, data: value }))
      report(null)
      return true
    } catch (error) {
      report(troubleOf(error, path))
      return false
    }
  }

  #decode(text: string): T | null {
    const { version, parse, migrate } = this.#options
    try {
      const whole: unknown = JSON.parse(text)
      if (!isEnvelope(whole) || whole.version > version) return null
      return parse(whole.version === version ? whole.data : migrate?.(whole.data, whole.version))
    } catch {
      return null
    }
  }
}

/** Moves a damaged file out of the way, so that the next start does not meet it again. */
export function setAside(disk: Disk, path: string, report: StorageReport, now: number): void {
  try {
    disk.rename(path, `${path}.damaged-${now}`)
    report({ kind: 'file-set-aside', detail: basename(path) })
  } catch (error) {
    report(troubleOf(error, path))
  }
}
