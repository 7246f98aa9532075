/** Asks the person something in a system dialog. */
export type OneQuestion = (about: string, show: () => Promise<boolean>) => Promise<boolean>

/** Whoever asks the same (`about`) while it is open shares its answer; anything else is answered with no at once. */
export function oneQuestionAtATime(): OneQuestion {
  let open: { readonly about: string; readonly answer: Promise<boolean> } | null = null
  return (about, show) => {
    if (open) return open.about === about ? open.answer : Promise.resolve(false)
    const answer = show().finally(() => {
      open = null
    })
    open = { about, answer }
    return answer
  }
}
