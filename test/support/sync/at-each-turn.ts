import type { Rig } from './rig.ts'

/** Calls `run` each time the engine yields. The result returns the number of turns so far. */
export function atEachTurn(rig: Rig, run: (turn: number) => void = () => undefined): () => number {
  let turns = 0
  const set = rig.time.setTimeout
  rig.time.setTimeout = (due, ms) =>
    set(() => {
      if (ms === 0) run(++turns)
      due()
    }, ms)
  return () => turns
}
