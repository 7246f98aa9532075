import type { Outcome } from '../../sync/types.ts'

export const done: Outcome<null> = { ok: true, value: null }
export const succeed = <T>(value: T): Outcome<T> => ({ ok: true, value })
