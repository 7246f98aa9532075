/** Resolves when the page has nothing to do; also of a window in the background, which draws nothing. */
export const idle = (): Promise<void> =>
  new Promise((resolve) => requestIdleCallback(() => resolve(), { timeout: 250 }))

/** Runs something after `ms` milliseconds, unless the returned function is called before. */
export function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}
