/**
 * Shows a system dialog with a question. Resolves with the answer, or null if it was not shown because another question
 * is open.
 */
export type OneQuestion = (about: string, show: () => Promise<boolean>) => Promise<boolean | null>

/**
 * Shows at most one question at a time, so that a page cannot open many: while one is open, the same question (`about`)
 * shares its answer, and others get null.
 */
export function oneQuestionAtATime(): OneQuestion {
  let open: { readonly about: string; readonly answer: Promise<boolean> } | null = null
  return (about, show) => {
    if (open) return open.about === about ? open.answer : Promise.resolve(null)
    const answer = show().finally(() => {
      open = null
    })
    open = { about, answer }
    return answer
  }
}
