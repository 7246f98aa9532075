import { foldWithMap } from './turkish.ts'
import type { Range } from '../views.ts'

const wordCharacter = /[\p{L}\p{N}]/u

/** A letter or digit there; ASCII by its code, for this runs at every place a search looks at. */
function isWordAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code < 0x80)
    return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90)
  return wordCharacter.test(text[at] ?? '')
}

/** A folded word that is looked for. */
export interface Needle {
  readonly word: string
  /** It matches inside of words too. */
  readonly inside: boolean
  readonly startsWithLetter: boolean
}

export const needleOf = (word: string): Needle => ({
  word,
  inside: /[.:@/\d]/.test(word),
  startsWithLetter: isWordAt(word, 0)
})

const startsWord = (text: string, { startsWithLetter }: Needle, at: number): boolean =>
  at === 0 || !startsWithLetter || !isWordAt(text, at - 1)

/** Whether what was found there is a whole word of the text. */
export const isWhole = (text: string, needle: Needle, at: number): boolean =>
  startsWord(text, needle, at) && !isWordAt(text, at + needle.word.length)

/**
 * Where in folded `text`, from `from` on, a folded word next begins a word; -1 for nowhere.
 * What holds a digit or stands for an address matches inside too: `2298` finds 272298.
 */
export function nextPlace(text: string, needle: Needle, from: number): number {
  const { word, inside } = needle
  let at = text.indexOf(word, from)
  while (at !== -1 && !inside && !startsWord(text, needle, at)) at = text.indexOf(word, at + 1)
  return at
}

/** The first place in a part of folded `text`, a whole word before a mere beginning; -1 for nowhere. */
export function place(text: string, needle: Needle, from = 0, end = text.length): number {
  const first = nextPlace(text, needle, from)
  for (let at = first; at !== -1 && at < end; at = nextPlace(text, needle, at + 1))
    if (isWhole(text, needle, at)) return at
  return first
}

/** Where folded words begin words of a text: in the text's own positions, in order, apart from each other. */
export function highlight(words: readonly string[], text: string): readonly Range[] {
  if (words.length === 0) return []
  const { folded, origin } = foldWithMap(text)
  const ranges: [number, number][] = []
  for (const needle of words.filter(Boolean).map(needleOf)) {
    const { length } = needle.word
    for (let at = nextPlace(folded, needle, 0); at !== -1; at = nextPlace(folded, needle, at + length)) {
      const end = at + length
      let to = origin[end] ?? text.length
      // A letter that folds to two belongs to the match as a whole.
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
