import { foldWithMap } from './turkish.ts'
import type { Range } from '../views.ts'

const wordCharacter = /[\p{L}\p{N}]/u

/** Whether there is a letter or digit at `at`. Fast for ASCII, since it runs at every position of a search. */
function isWordAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code < 0x80)
    return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90)
  return wordCharacter.test(text[at] ?? '')
}

/** A folded word to search for. */
export interface Needle {
  readonly word: string
  /** Whether it also matches inside words. */
  readonly matchesInside: boolean
  readonly startsWithLetter: boolean
}

export const needleOf = (word: string): Needle => ({
  word,
  matchesInside: /[.:@/\d]/.test(word),
  startsWithLetter: isWordAt(word, 0)
})

const startsWord = (text: string, { startsWithLetter }: Needle, at: number): boolean =>
  at === 0 || !startsWithLetter || !isWordAt(text, at - 1)

/** Whether the match at `at` is a whole word. */
export const isWhole = (text: string, needle: Needle, at: number): boolean =>
  startsWord(text, needle, at) && !isWordAt(text, at + needle.word.length)

/**
 * Position of the next match in folded `text` from `from` on; -1 if there is none. Words match at the start of a word only,
 * except those with digits and parts of addresses: `2298` finds 272298.
 */
export function nextMatch(text: string, needle: Needle, from: number): number {
  const { word, matchesInside } = needle
  let at = text.indexOf(word, from)
  while (at !== -1 && !matchesInside && !startsWord(text, needle, at)) at = text.indexOf(word, at + 1)
  return at
}

/** Position of the first whole word in a part of folded `text`, else of the first prefix; -1 if there is none. */
export function bestMatch(text: string, needle: Needle, from = 0, end = text.length): number {
  const first = nextMatch(text, needle, from)
  for (let at = first; at !== -1 && at < end; at = nextMatch(text, needle, at + 1))
    if (isWhole(text, needle, at)) return at
  return first
}

/** Ranges of the matches of folded words in the (unfolded) text, sorted and merged. */
export function highlight(words: readonly string[], text: string): readonly Range[] {
  if (words.length === 0) return []
  const { folded, origin } = foldWithMap(text)
  const ranges: [number, number][] = []
  for (const needle of words.filter(Boolean).map(needleOf)) {
    const { length } = needle.word
    for (let at = nextMatch(folded, needle, 0); at !== -1; at = nextMatch(folded, needle, at + length)) {
      const end = at + length
      let to = origin[end] ?? text.length
      // A letter that folds to several characters is highlighted as a whole.
      while (to < text.length && origin[end - 1] === to) to++
      ranges.push([origin[at] ?? 0, to])
    }
  }
  ranges.sort(([a], [b]) => a - b)
  const apart: [number, number][] = []
  for (const [start, end] of ranges) {
    const last = apart.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else apart.push([start, end])
  }
  return apart
}
