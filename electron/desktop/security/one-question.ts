/** Asks the person something in a system dialog. Null: was not asked, since another question is open. */
export type OneQuestion = (about: string, show: () => Promise<boolean>) => Promise<boolean | null>

/** A page cannot pile questions up: whoever asks the same (`about`) while it is open shares its answer, others have none. */
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
