/** Does something later; answers what calls it off. Milliseconds. A test brings its own. */
export type After = (ms: number, act: () => void) => () => void

export const after: After = (ms, act) => {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}
