/**
 * A file that is read part by part. Parts that this version does not understand, because they are damaged or of a later
 * version, do not affect others: they are kept unchanged and written back by every write.
 */
import { basename } from 'node:path'
import { isRecord } from '../../tickets/json.ts'
import { JsonFile, type FileOptions } from './file.ts'

type Raw = Readonly<Record<string, unknown>>

/**
 * Merges a row, value or field that a later version wrote (`aside`) with what an earlier version wrote meanwhile, both as
 * in the file; undefined: none. The default keeps the current one.
 */
type Rejoin = (aside: unknown, current: unknown) => unknown

/** A zod schema, or a handwritten check where there are too many values for a schema. */
interface Reader {
  safeParse(value: unknown): { readonly success: true; readonly data: unknown } | { readonly success: false }
}

/** A reader that accepts the values for which `isValid` is true. */
export const checked = (isValid: (value: unknown) => boolean): Reader => ({
  safeParse: (value) => (isValid(value) ? { success: true, data: value } : { success: false })
})

/** How a field of the content is read. */
type Part = { readonly rejoin?: Rejoin | undefined } & FieldPart
type FieldPart =
  /** Row by row. */
  | { readonly kind: 'list'; readonly row: Reader }
  /** Value by value; a new value replaces one that was not understood under the same key. */
  | { readonly kind: 'record'; readonly value: Reader }
  /** As a whole. `otherwise` if not understood; the stored value is written back while the field still is `otherwise`. */
  | { readonly kind: 'whole'; readonly value: Reader; readonly otherwise: unknown }

export const list = (row: Reader, rejoin?: Rejoin): Part => ({ kind: 'list', row, rejoin })
export const record = (value: Reader, rejoin?: Rejoin): Part => ({ kind: 'record', value, rejoin })
export const whole = (value: Reader, otherwise: unknown, rejoin?: Rejoin): Part => ({
  ...{ kind: 'whole', value, otherwise, rejoin }
})

/** How each field of the content is read. */
export type Parts<T> = Readonly<Record<keyof T & string, Part>>

/** Original rows by decoded row: unchanged rows are written as they were read, with fields of later versions. */
const asRead = new WeakMap<object, unknown>()
const rawOf = (row: unknown): unknown =>
  (typeof row === 'object' && row !== null ? asRead.get(row) : undefined) ?? row

/** The `id` of a row of any version; null if it has none. */
export const idOf = (row: unknown): string | null =>
  isRecord(row) && typeof row.id === 'string' ? row.id : null

const rows = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : [])
const fields = (value: unknown): Raw => (isRecord(value) ? value : {})

/** The content, and the parts that were not understood. */
interface Read<T> {
  readonly value: T
  readonly leftover: Raw
}

function readParts<T>(parts: Parts<T>, raw: Raw): Read<T> {
  const value: Record<string, unknown> = {}
  const leftover: Record<string, unknown> = {}
  for (const [name, part] of Object.entries<Part>(parts)) {
    const stored = raw[name]
    switch (part.kind) {
      case 'list': {
        const known: unknown[] = []
        const unknown: unknown[] = []
        for (const row of rows(stored)) {
          const read = part.row.safeParse(row)
          if (!read.success) unknown.push(row)
          else {
            known.push(read.data)
            if (typeof read.data === 'object' && read.data !== null) asRead.set(read.data, row)
          }
        }
        value[name] = known
        if (unknown.length > 0) leftover[name] = unknown
        break
      }
      case 'record': {
        const known: Record<string, unknown> = {}
        const unknown: Record<string, unknown> = {}
        for (const [key, one] of Object.entries(fields(stored))) {
          const read = part.value.safeParse(one)
          if (read.success) known[key] = read.data
          else unknown[key] = one
        }
        value[name] = known
        if (Object.keys(unknown).length > 0) leftover[name] = unknown
        break
      }
      case 'whole': {
        const read = part.value.safeParse(stored)
        value[name] = read.success ? read.data : part.otherwise
        if (!read.success && stored !== undefined) leftover[name] = stored
      }
    }
  }
  // Fields of later versions.
  for (const [name, one] of Object.entries(raw)) if (!(name in parts)) leftover[name] = one
  // Every field was read by its own part.
  return { value: value as T, leftover }
}

function withLeftover<T extends object>(parts: Parts<T>, value: T, leftover: Raw): Raw {
  const raw: Record<string, unknown> = { ...leftover }
  for (const [name, part] of Object.entries<Part>(parts)) {
    const now: unknown = value[name as keyof T]
    switch (part.kind) {
      case 'list': {
        const known = rows(now).map(rawOf)
        const ids = new Set(known.flatMap((row) => idOf(row) ?? []))
        const rest = rows(leftover[name]).filter((row) => !ids.has(idOf(row) ?? ''))
        raw[name] = [...known, ...rest]
        break
      }
      case 'record':
        // Not copied without need: there may be tens of thousands of values.
        raw[name] = name in leftover ? { ...fields(leftover[name]), ...fields(now) } : fields(now)
        break
      case 'whole':
        if (now !== part.otherwise || !(name in leftover)) raw[name] = now
    }
  }
  return raw
}

const eitherOf: Rejoin = (aside, current) => current ?? aside

/** Merges rows by id; rows without an id are kept without duplicates. */
function rejoinRows(
  aside: readonly unknown[],
  current: readonly unknown[],
  rejoin: Rejoin
): readonly unknown[] {
  const keyOf = (row: unknown): unknown => idOf(row) ?? JSON.stringify(row)
  const known = new Map(current.map((row) => [keyOf(row), row]))
  for (const row of aside) known.set(keyOf(row), rejoin(row, known.get(keyOf(row))))
  return [...known.values()]
}

function rejoinParts<T>(parts: Parts<T>, aside: Raw, current: Raw): Raw {
  const raw: Record<string, unknown> = { ...aside, ...current }
  for (const [name, { kind, rejoin = eitherOf }] of Object.entries<Part>(parts)) {
    const [before, now] = [aside[name], current[name]]
    switch (kind) {
      case 'list':
        raw[name] = rejoinRows(rows(before), rows(now), rejoin)
        break
      case 'record': {
        const known = fields(now)
        const back = Object.entries(fields(before)).map(([key, one]) => [key, rejoin(one, known[key])])
        raw[name] = { ...known, ...Object.fromEntries(back) }
        break
      }
      case 'whole':
        raw[name] = before === undefined ? now : rejoin(before, now)
    }
  }
  return raw
}

/** Whether all lists and records exist, whatever they contain; otherwise the file is damaged. */
function isContent<T>(parts: Parts<T>, raw: unknown): raw is Raw {
  if (!isRecord(raw)) return false
  return Object.entries<Part>(parts).every(([name, { kind }]) => {
    if (kind === 'list') return Array.isArray(raw[name])
    return kind === 'whole' || isRecord(raw[name])
  })
}

export interface TolerantFileOptions<T> extends Omit<FileOptions<Raw>, 'parse' | 'merge' | 'rejoin'> {
  readonly parts: Parts<T>
  /** If the content is itself a list or record: the field that it is read as. */
  readonly only?: keyof T & string
  /** Applies a change to the content; both as in the file, with rows of any version. */
  readonly merge?: (before: Raw, change: Raw) => Raw
}

/** A JsonFile that is read part by part. Parts that are not understood are reported after reading. */
export class TolerantFile<T extends object> {
  readonly #options: TolerantFileOptions<T>
  readonly #file: JsonFile<unknown>
  #leftover: Raw = {}

  constructor(options: TolerantFileOptions<T>) {
    const { parts, only, merge, ...rest } = options
    this.#options = options
    const object = (data: unknown): unknown => (only === undefined ? data : { [only]: data })
    const inner = (raw: Raw): unknown => (only === undefined ? raw : raw[only])
    this.#file = new JsonFile<unknown>({
      ...rest,
      parse: (data) => (isContent(parts, object(data)) ? data : null),
      rejoin: (aside, current) =>
        inner(rejoinParts(parts, fields(object(aside)), current === null ? {} : fields(object(current)))),
      ...(merge ? { merge: (before, change) => merge(fields(before), fields(change)) } : {})
    })
  }

  /** Null if there is no readable file. */
  read(): T | null {
    const { parts, only, report, path } = this.#options
    const raw = this.#file.read()
    if (raw === null) return null
    const { value, leftover } = readParts(parts, only === undefined ? fields(raw) : { [only]: raw })
    this.#leftover = leftover
    if (Object.keys(leftover).some((name) => name in parts))
      report({ kind: 'partly-not-understood', detail: basename(path) }, basename(path))
    return value
  }

  /** Like `JsonFile.isSalvaged`. */
  get isSalvaged(): boolean {
    return this.#file.isSalvaged
  }

  /** Like `JsonFile.isNearlyFull`; false if parts that were not understood must be written, too. */
  get isNearlyFull(): boolean {
    return Object.keys(this.#leftover).length === 0 && this.#file.isNearlyFull
  }

  append(change: T): boolean {
    return this.#file.append(this.#raw(change, {}))
  }

  write(value: T): boolean {
    return this.#file.write(this.#raw(value, this.#leftover))
  }

  /** Like `JsonFile.writeEncoded`; only without parts that were not understood. */
  writeEncoded(content: string, changes: readonly T[]): boolean {
    return this.#file.writeEncoded(
      content,
      changes.map((change) => this.#raw(change, {}))
    )
  }

  /** Rows of a list that were not understood. */
  unknownRows(name: keyof T & string): readonly unknown[] {
    return rows(this.#leftover[name])
  }

  /** Adds a row that is not understood and comes from another file. */
  addUnknownRow(name: keyof T & string, row: unknown): void {
    this.#leftover = { ...this.#leftover, [name]: [...this.unknownRows(name), row] }
  }

  /** Drops rows that belong to something the person removed, with the next complete write. Returns their ids. */
  dropUnknownRows(name: keyof T & string, belongs: (row: Raw) => boolean): readonly string[] {
    const dropped = this.unknownRows(name).filter((row) => isRecord(row) && belongs(row))
    const kept = this.unknownRows(name).filter((row) => !dropped.includes(row))
    this.#leftover = { ...this.#leftover, [name]: kept }
    return dropped.flatMap((row) => idOf(row) ?? [])
  }

  #raw(value: T, leftover: Raw): unknown {
    const { parts, only } = this.#options
    const raw = withLeftover(parts, value, leftover)
    return only === undefined ? raw : raw[only]
  }
}

/** Merges rows by id, without `removed`; later rows replace earlier ones. */
export function mergeRows(before: unknown, change: unknown, removed: unknown): readonly unknown[] {
  const merged = new Map<unknown, unknown>()
  // A row without an id is its own key.
  for (const row of rows(before)) merged.set(idOf(row) ?? row, row)
  for (const id of rows(removed)) merged.delete(id)
  for (const row of rows(change)) merged.set(idOf(row) ?? row, row)
  return [...merged.values()]
}
