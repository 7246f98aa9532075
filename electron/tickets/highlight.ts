import { foldWithMap } from './turkish.ts'
import type { Range } from './views.ts'

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

/**
 * Where in folded `text`, from `from` on, a folded word next begins a word; -1 for nowhere.
 * What holds a digit or stands for an address matches inside too: `2298` finds 272298.
 */
export function nextPlace(text: string, { word, inside, startsWithLetter }: Needle, from: number): number {
  let at = text.indexOf(word, from)
  while (at > 0 && !inside && startsWithLetter && isWordAt(text, at - 1)) at = text.indexOf(word, at + 1)
  return at
}

/** Whether what was found there is a whole word of the text. */
export const isWhole = (text: string, { word, startsWithLetter }: Needle, at: number): boolean =>
  !isWordAt(text, at + word.length) && (at === 0 || !startsWithLetter || !isWordAt(text, at - 1))

/** The first place of a folded word in folded `text`, a whole word before a mere beginning; -1 for nowhere. */
export function place(text: string, needle: Needle): number {
  const first = nextPlace(text, needle, 0)
  for (let at = first; at !== -1; at = nextPlace(text, needle, at + 1))
    if (isWhole(text, needle, at)) return at
  return first
}

/** Where folded words begin words of a text: in the text's own positions, in order, apart from each other. */
export function highlight(words: readonly string[], text: string): readonly Range[] {
  if (words.length === 0) return []
  const { folded, origin } = foldWithMap(text)
  const ranges: [number, number][] = []
  for (const { word, inside, startsWithLetter } of words.map(needleOf)) {
    for (
      let at = folded.indexOf(word);
      word !== '' && at !== -1;
      at = folded.indexOf(word, at + word.length)
    ) {
      if (!inside && at > 0 && startsWithLetter && isWordAt(folded, at - 1)) continue
      const end = at + word.length
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
