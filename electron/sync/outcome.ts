import type { Problem } from '../tickets/problem.ts'
import type { Outcome } from './types.ts'

export const fail = (kind: Problem['kind']): { readonly ok: false; readonly error: Problem } => ({
  ok: false,
  error: { kind }
})

export const done: Outcome<null> = { ok: true, value: null }
