import type { Problem } from '../tickets/problem.ts'
import { isRecord } from '../tickets/json.ts'

/** The part of the interface of electron-store and conf that is used. */
export interface KeyValueStore {
  get(key: string): unknown
  /** Throws or returns false if the value could not be written. */
  set(key: string, value: unknown): unknown
}

/** A schema of zod, or anything that checks like one. */
interface Schema<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false }
}

export interface SettingsStore<T extends object> {
  current(): T
  /** Merges a partial value into the current one, down to the second level. */
  change(
    patch: object
  ): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Problem }
  onChange(listener: (settings: T) => void): void
}

const merge = (base: object, patch: object): Record<string, unknown> => {
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(patch) as [string, unknown][]) {
    const old = merged[key]
    merged[key] = isRecord(old) && isRecord(value) ? { ...old, ...value } : value
  }
  return merged
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The parts of a stored value that `fits` accepts: fields of an object, items of a list. */
function readable(stored: unknown, fallback: unknown, fits: (value: unknown) => boolean): unknown {
  if (stored === undefined || stored === null) return fallback
  if (fits(stored)) return stored
  if (Array.isArray(stored) && Array.isArray(fallback)) return stored.filter((item) => fits([item]))
  if (!isRecord(stored) || !isRecord(fallback)) return fallback
  let read = fallback
  for (const [key, own] of Object.entries(fallback)) {
    const others = read
    read = { ...read, [key]: readable(stored[key], own, (value) => fits({ ...others, [key]: value })) }
  }
  return read
}

/** The value to store so that `before` becomes `after`. Parts that were not understood stay unless they are set again. */
function withChange(stored: unknown, before: unknown, after: unknown): unknown {
  if (Array.isArray(stored) && Array.isArray(before) && Array.isArray(after)) {
    const unknown = (stored as unknown[]).filter((item) => !before.some((kept) => isSame(kept, item)))
    return [...(after as unknown[]), ...unknown]
  }
  if (!isRecord(stored) || !isRecord(before) || !isRecord(after)) return after
  const changed = Object.entries(after).filter(
    ([key, value]) => !(key in stored) || !isSame(before[key], value)
  )
  return {
    ...stored,
    ...Object.fromEntries(changed.map(([key, value]) => [key, withChange(stored[key], before[key], value)]))
  }
}

/** For a value stored by any version. */
export const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []

/**
 * Settings over a key-value file. One bad value in the file loses itself only, for this version: it stays in the file
 * until it is set anew.
 */
export function createSettings<T extends object>(
  store: KeyValueStore,
  schema: Schema<T>,
  defaults: T,
  /** A value as an older version wrote it, to what it is now; any other stays as it is. */
  migrate: (key: string, value: unknown) => unknown = (_key, value) => value
): SettingsStore<T> {
  const listeners = new Set<(settings: T) => void>()
  let settings = defaults
  for (const [key, own] of Object.entries(defaults)) {
    const others = settings
    const value = readable(
      migrate(key, store.get(key)),
      own,
      (setting) => schema.safeParse({ ...others, [key]: setting }).success
    )
    const read = schema.safeParse({ ...others, [key]: value })
    if (read.success) settings = read.data
  }

  return {
    current: () => settings,
    change(patch) {
      const candidate = schema.safeParse(merge(settings, patch))
      if (!candidate.success) return { ok: false, error: { kind: 'invalid-arguments' } }
      const [before, after] = [Object.entries(settings), new Map(Object.entries(candidate.data))]
      try {
        for (const [key, old] of before as [string, unknown][]) {
          const stored = store.get(key)
          const migrated = migrate(key, stored)
          if (!isSame(old, after.get(key)) || !isSame(stored, migrated)) {
            const value = withChange(migrated, old, after.get(key))
            if (store.set(key, value) === false) return { ok: false, error: { kind: 'storage-failed' } }
          }
        }
      } catch {
        return { ok: false, error: { kind: 'storage-failed' } }
      }
      settings = candidate.data
      for (const listener of listeners) listener(settings)
      return { ok: true, value: settings }
    },
    onChange: (listener) => void listeners.add(listener)
  }
}
