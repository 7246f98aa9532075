/** Opens the settings file, the first file of all. Neither damage nor a read-only folder stops the app. */
import { basename } from 'node:path'
import { troubleOf, type StorageReport } from './files/file.ts'
import { replaceFile } from './files/retry-while-busy.ts'
import type { KeyValueStore } from './settings.ts'

interface SafeStore {
  get(key: string): unknown
  /** False if it could not be written; the reason is reported, and the value applies to this run. */
  set(key: string, value: unknown): boolean
}

/** Reads the file's text; editors on Windows write a byte order mark. Throws SyntaxError. */
export const parseSettings = (text: string): Record<string, unknown> =>
  JSON.parse(text.replace(/^\ufeff/, '')) as Record<string, unknown>

/** `open`, and `get` and `set` of its result, throw if `path` is unreadable or damaged. */
export function openSettings(options: {
  readonly path: string
  readonly open: () => KeyValueStore
  readonly report: StorageReport
  readonly now: () => number
}): SafeStore {
  const { path, open, report, now } = options
  const name = basename(path)
  const unwritten = new Map<string, unknown>()

  /** Sets aside a file that is not JSON. An unreadable file may be intact and stays. */
  function repair<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      replaceFile(path, `${path}.damaged-${now()}`)
      report({ kind: 'file-set-aside', detail: name }, name)
      return work()
    }
  }

  let store: KeyValueStore | null = null
  const opened = (): KeyValueStore => (store ??= repair(open))
  try {
    opened()
  } catch (error) {
    report(troubleOf(error, path), name)
  }

  return {
    get(key) {
      if (unwritten.has(key)) return unwritten.get(key)
      try {
        return repair(() => opened().get(key))
      } catch (error) {
        report(troubleOf(error, path), name)
        return undefined
      }
    },
    set(key, value) {
      try {
        repair(() => {
          opened().set(key, value)
        })
      } catch (error) {
        unwritten.set(key, value)
        report(troubleOf(error, path), name)
        return false
      }
      unwritten.delete(key)
      report(null, name)
      return true
    }
  }
}
