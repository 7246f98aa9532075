/** Sizes of the text in windows, smallest first. */
export const textSizes = ['small', 'normal', 'large', 'huge', 'double'] as const
export type TextSize = (typeof textSizes)[number]

/** One step larger (1) or smaller (-1), unless at the limit; 0 returns the normal size. */
export function nextTextSize(size: TextSize, step: 1 | -1 | 0): TextSize {
  if (step === 0) return 'normal'
  return textSizes[textSizes.indexOf(size) + step] ?? size
}
