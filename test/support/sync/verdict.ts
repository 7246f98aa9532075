/** Compares the texts that the engine confirmed with those that the server has. */

/** A text that was given to the engine. */
export interface Expected {
  readonly text: string
  readonly id: string | null
  /** `perhaps`: the engine crashed before it confirmed; the text may exist once or not at all. */
  due: 'yes' | 'perhaps' | 'no'
}

export interface Verdict {
  readonly lost: number
  readonly duplicated: number
  readonly disordered: number
}

export const count = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.reduce(
    (sum, { lost, duplicated, disordered }) => ({
      lost: sum.lost + lost,
      duplicated: sum.duplicated + duplicated,
      disordered: sum.disordered + disordered
    }),
    { lost: 0, duplicated: 0, disordered: 0 }
  )

/** Whether `received` equals `promised` in order, after removing some of the texts that may be missing. */
function isInOrder(promised: readonly Expected[], received: readonly string[]): boolean {
  // reach[j]: the first j received texts can match the promised ones so far.
  let reach = received.map(() => false)
  reach = [true, ...reach]
  for (const { text, due } of promised)
    reach = reach.map(
      (here, j) => (here && due !== 'yes') || (j > 0 && (reach[j - 1] ?? false) && received[j - 1] === text)
    )
  return reach.at(-1) ?? false
}

export function verdictOf(all: readonly Expected[], received: readonly string[]): Verdict {
  const promised = all.filter(({ due }) => due !== 'no')
  let lost = 0
  let duplicated = 0
  for (const text of new Set([...promised.map((expected) => expected.text), ...received])) {
    const own = promised.filter((expected) => expected.text === text)
    const there = received.filter((candidate) => candidate === text).length
    lost += Math.max(0, own.filter(({ due }) => due === 'yes').length - there)
    duplicated += Math.max(0, there - own.length)
  }
  const isWhole = lost === 0 && duplicated === 0
  return { lost, duplicated, disordered: isWhole && !isInOrder(promised, received) ? 1 : 0 }
}
