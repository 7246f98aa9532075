/** Number of questions to the person: about a similar message (`similar`), or because the outcome is unknown (`other`). */
export interface QuestionCounts {
  /** The question "Is this your message?" */
  readonly similar: number
  readonly other: number
}

export const addQuestionCounts = (a: QuestionCounts, b: QuestionCounts): QuestionCounts => ({
  similar: a.similar + b.similar,
  other: a.other + b.other
})

/** Rows for `console.table`, by server behaviour. */
export const questionTable = (
  asked: ReadonlyMap<string, QuestionCounts & { readonly schedules: number }>
): Record<string, Record<string, number>> =>
  Object.fromEntries(
    [...asked]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, { schedules, similar, other }]) => [
        name,
        { schedules, 'asked “is this yours?”': similar, 'asked because nothing could tell': other }
      ])
  )
