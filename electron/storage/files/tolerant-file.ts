/**
 * A file whose content is read part by part. A part that this version does not understand, because a later one wrote it or
 * it is damaged, costs no other part: it is kept as it stands, and every later write puts it back.
 */
import { basename } from 'node:path'
import { isRecord } from '../../tickets/json.ts'
import { JsonFile, type FileOptions } from './file.ts'

type Raw = Readonly<Record<string, unknown>>

/**
 * Of a row, value or field what a later version of the app had written, and what an earlier one wrote meanwhile, both as they
 * stand in the file; undefined is none. Without it the one written meanwhile counts.
 */
type Rejoin = (aside: unknown, current: unknown) => unknown

/** A schema of zod, or by hand where there are so many values that a schema takes too long. */
interface Reader {
  safeParse(value: unknown): { readonly success: true; readonly data: unknown } | { readonly success: false }
}

/** Values that are as `isValid` says. */
export const checked = (isValid: (value: unknown) => boolean): Reader => ({
  safeParse: (value) => (isValid(value) ? { success: true, data: value } : { success: false })
})

/** How one field of the content is read. */
type Part = { readonly rejoin?: Rejoin | undefined } & FieldPart
type FieldPart =
  /** Row by row. */
  | { readonly kind: 'list'; readonly row: Reader }
  /** Value by value; what is set under a name takes the place of what was not understood there. */
  | { readonly kind: 'record'; readonly value: Reader }
  /** Whole. Not understood it is `otherwise`, and put back for as long as it is that. */
  | { readonly kind: 'whole'; readonly value: Reader; readonly otherwise: unknown }

export const list = (row: Reader, rejoin?: Rejoin): Part => ({ kind: 'list', row, rejoin })
export const record = (value: Reader, rejoin?: Rejoin): Part => ({ kind: 'record', value, rejoin })
export const whole = (value: Reader, otherwise: unknown, rejoin?: Rejoin): Part => ({
  ...{ kind: 'whole', value, otherwise, rejoin }
})

/** One for each field of the content. */
export type Parts<T> = Readonly<Record<keyof T & string, Part>>

/** Rows that nobody changed are written as they were read, with what a later version knows of them. */
const asRead = new WeakMap<object, unknown>()
const rawOf = (row: unknown): unknown =>
  (typeof row === 'object' && row !== null ? asRead.get(row) : undefined) ?? row

/** The `id` of a row of whatever version; null where it has none. */
export const idOf = (row: unknown): string | null =>
  isRecord(row) && typeof row.id === 'string' ? row.id : null

const rows = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : [])
const fields = (value: unknown): Raw => (isRecord(value) ? value : {})

/** The content, and what of it was not understood. */
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
  // Fields that only a later version has.
  for (const [name, one] of Object.entries(raw)) if (!(name in parts)) leftover[name] = one
  // Each field was read by its own part.
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
        // Not copied where nothing is added: there may be tens of thousands.
        raw[name] = name in leftover ? { ...fields(leftover[name]), ...fields(now) } : fields(now)
        break
      case 'whole':
        if (now !== part.otherwise || !(name in leftover)) raw[name] = now
    }
  }
  return raw
}

const eitherOf: Rejoin = (aside, current) => current ?? aside

/** By id; rows without one are all kept, each once. */
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

/** A content that is there has its lists and records, whatever is in them; else the file is damaged. */
function isContent<T>(parts: Parts<T>, raw: unknown): raw is Raw {
  if (!isRecord(raw)) return false
  return Object.entries<Part>(parts).every(([name, { kind }]) => {
    if (kind === 'list') return Array.isArray(raw[name])
    return kind === 'whole' || isRecord(raw[name])
  })
}

export interface TolerantFileOptions<T> extends Omit<FileOptions<Raw>, 'parse' | 'merge' | 'rejoin'> {
  readonly parts: Parts<T>
  /** Where the content is a list or record itself and no object of fields: the field it is read as. */
  readonly only?: keyof T & string
  /** What a change makes of the content; both as they stand in the file, with rows of whatever version. */
  readonly merge?: (before: Raw, change: Raw) => Raw
}

/** As JsonFile, read part by part. What was not understood is reported once it was read. */
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

  /** Null when there is none, or none that can be read at all. */
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

  /** As of JsonFile. */
  get isSalvaged(): boolean {
    return this.#file.isSalvaged
  }

  append(change: T): boolean {
    return this.#file.append(this.#raw(change, {}))
  }

  write(value: T): boolean {
    return this.#file.write(this.#raw(value, this.#leftover))
  }

  /** Rows of a list that were not understood. */
  unknownRows(name: keyof T & string): readonly unknown[] {
    return rows(this.#leftover[name])
  }

  /** Adds a row that is not understood, from elsewhere. */
  addUnknownRow(name: keyof T & string, row: unknown): void {
    this.#leftover = { ...this.#leftover, [name]: [...this.unknownRows(name), row] }
  }

  /** What belongs to something that the person removed goes with it, at the next write of everything. Answers its ids. */
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

/** Rows by id, the later ones in place of the earlier, without those of `removed`. */
export function mergeRows(before: unknown, change: unknown, removed: unknown): readonly unknown[] {
  const merged = new Map<unknown, unknown>()
  // One without an id is itself.
  for (const row of rows(before)) merged.set(idOf(row) ?? row, row)
  for (const id of rows(removed)) merged.delete(id)
  for (const row of rows(change)) merged.set(idOf(row) ?? row, row)
  return [...merged.values()]
}
