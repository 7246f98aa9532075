import { settingsWords } from './settings-words.ts'

/** The usual ones, and whatever is set; seconds between two polls. */
export const pollIntervals = (set: number | null): readonly number[] =>
  [...new Set([30, 60, 120, 300, 600, 1800, 3600, ...(set === null ? [] : [set])])].sort((a, b) => a - b)

export function intervalWords(seconds: number): string {
  const say = settingsWords()
  if (seconds % 3600 === 0) return say.hours(seconds / 3600)
  return seconds % 60 === 0 ? say.minutes(seconds / 60) : say.seconds(seconds)
}
