/**
 * Where a random test begins. The same in every run, so that a commit is good or bad by itself; `SEED=random` (or the
 * test's own variable) draws another and `SEED=123` repeats one.
 */
export function seedOf(variable: 'SEED' | 'FUZZ_SEED'): number {
  const wanted = process.env[variable]
  if (wanted === undefined) return 1
  return wanted === 'random' ? Date.now() % 1_000_000_000 : Number(wanted)
}

/** One seed is asked for, to be repeated alone. */
export const isRepeat = (variable: 'SEED' | 'FUZZ_SEED'): boolean =>
  process.env[variable] !== undefined && process.env[variable] !== 'random'
