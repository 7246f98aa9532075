/** Resolves when the page has nothing to do; also of a window in the background, which draws nothing. */
export const idle = (): Promise<void> =>
  new Promise((resolve) => requestIdleCallback(() => resolve(), { timeout: 250 }))
