/** The thread covers the list; the styles of the inbox change at the same width. */
export const isNarrow = (): boolean =>
  innerWidth <= 55.4 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
