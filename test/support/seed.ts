/**
 * The seed of a random test. It is the same in every run, so that results depend on the commit only. `SEED=random` (or
 * `FUZZ_SEED`) chooses a random seed, and `SEED=123` repeats one.
 */
export function seedOf(variable: 'SEED' | 'FUZZ_SEED'): number {
  const wanted = process.env[variable]
  if (wanted === undefined) return 1
  return wanted === 'random' ? Date.now() % 1_000_000_000 : Number(wanted)
}

/** Whether a given seed is to be repeated. */
export const isRepeat = (variable: 'SEED' | 'FUZZ_SEED'): boolean =>
  process.env[variable] !== undefined && process.env[variable] !== 'random'
