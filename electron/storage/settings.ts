import type { Problem } from '../tickets/problem.ts'

/** As electron-store and conf have it. */
export interface KeyValueStore {
  get(key: string): unknown
  /** Throws, or answers false, where it could not be written. */
  set(key: string, value: unknown): unknown
}

/** A schema of zod, or anything that checks like one. */
interface Schema<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false }
}

export interface SettingsStore<T extends object> {
  current(): T
  /** Keeps what is not named; one level below, too. */
  change(
    patch: object
  ): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Problem }
  onChange(listener: (settings: T) => void): void
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const merge = (base: object, patch: object): Record<string, unknown> => {
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(patch) as [string, unknown][]) {
    const old = merged[key]
    merged[key] = isObject(old) && isObject(value) ? { ...old, ...value } : value
  }
  return merged
}

/** Settings over a key-value file. One bad value in the file loses itself only; the others stay. */
export function createSettings<T extends object>(
  store: KeyValueStore,
  schema: Schema<T>,
  defaults: T,
  /** A value as an older version wrote it, to what it is now; any other stays as it is. */
  migrate: (key: string, value: unknown) => unknown = (_key, value) => value
): SettingsStore<T> {
  const listeners = new Set<(settings: T) => void>()
  let settings = defaults
  for (const key of Object.keys(defaults)) {
    const candidate = schema.safeParse(merge(settings, { [key]: migrate(key, store.get(key)) ?? undefined }))
    if (candidate.success) settings = candidate.data
  }

  return {
    current: () => settings,
    change(patch) {
      const candidate = schema.safeParse(merge(settings, patch))
      if (!candidate.success) return { ok: false, error: { kind: 'invalid-arguments' } }
      try {
        for (const [key, value] of Object.entries(candidate.data))
          if (store.set(key, value) === false) return { ok: false, error: { kind: 'storage-failed' } }
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
