/** Stores the person's decision about an offered release in the settings file. */
import { isRecord } from '../../tickets/json.ts'
import type { EpochMs } from '../../tickets/ticket.ts'

export interface Postponement {
  readonly version: string
  /** Time by this machine's clock from which the version is offered again; null: never. */
  readonly until: EpochMs | null
}

export interface PostponementStore {
  get(key: string): unknown
  set(key: string, value: unknown): void
}

const key = 'updatePutOff'

/** Older settings contain only the version, which was skipped for good. */
export function readPostponement(store: PostponementStore): Postponement | null {
  const stored = store.get(key)
  if (typeof stored === 'string') return { version: stored, until: null }
  if (!isRecord(stored) || typeof stored.version !== 'string') return null
  return { version: stored.version, until: typeof stored.until === 'number' ? stored.until : null }
}

export function writePostponement(store: PostponementStore, postponement: Postponement): void {
  store.set(key, postponement)
}
