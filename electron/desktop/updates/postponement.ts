/** What the person said about a release that was offered to them, kept in the settings file. */
import { isRecord } from '../../tickets/json.ts'
import type { EpochMs } from '../../tickets/ticket.ts'

export interface PutOff {
  readonly version: string
  /** By this machine's clock: it is offered again from then on. Null: never, only the next version is. */
  readonly until: EpochMs | null
}

export interface PutOffStore {
  get(key: string): unknown
  set(key: string, value: unknown): void
}

const key = 'updatePutOff'

/** Earlier versions kept the version alone, which was left out for good. */
export function readPutOff(store: PutOffStore): PutOff | null {
  const stored = store.get(key)
  if (typeof stored === 'string') return { version: stored, until: null }
  if (!isRecord(stored) || typeof stored.version !== 'string') return null
  return { version: stored.version, until: typeof stored.until === 'number' ? stored.until : null }
}

export function writePutOff(store: PutOffStore, putOff: PutOff): void {
  store.set(key, putOff)
}
