/** A text in the form in which it is compared: folded, its words and signs apart. */
import { toAscii } from '../../tickets/text/sent-form/ascii.ts'
import { fold } from '../../tickets/text/turkish.ts'
import { innerLinks, readableBeginnings, withoutFormatting } from './undo-rewrites.ts'

export interface Token {
  readonly text: string
  /** Where it stands in the text. */
  readonly from: number
  readonly to: number
  /** Where it ends in the letters. */
  readonly end: number
}

/** A text in the form in which it is compared: folded, with its words and where they stand. */
export interface PreparedText {
  readonly text: string
  readonly tokens: readonly Token[]
  /** All tokens without what is between them: white space and signs are what servers change most. */
  readonly letters: string
  /** After so many letters the text ends for who cannot take letters outside ASCII, Latin-1 or the first plane. */
  readonly readableEnds: readonly number[]
  /** Their `https://` is not in the text any more. */
  readonly hasLinks: boolean
}

export const whitespace = /\s+/g
/** Signs that end a sentence or pause mean nothing, except within a number. */
const punctuation = /(?<!\d)[.,;:!]+|[.,;:!]+(?!\d)/g
const tokenPattern = /[a-z0-9]+|[*#\u2022]+|[^\x00-\x7f\s]+/g // eslint-disable-line no-control-regex -- all that is not ASCII

export function prepareText(text: string, hasLinks = false): PreparedText {
  const plain = comparable(text)
  const tokens: Token[] = []
  let end = 0
  for (const { 0: found, index } of plain.matchAll(tokenPattern)) {
    end += found.length
    tokens.push({ text: found, from: index, to: index + found.length, end })
  }
  const letters = tokens.map((token) => token.text).join('')
  let ends: readonly number[] | null = null
  return {
    ...{ text: plain, tokens, letters, hasLinks },
    // Seldom asked for.
    get readableEnds() {
      return (ends ??= readableBeginnings(text).map(lettersIn))
    }
  }
}

const comparable = (text: string): string => fold(toAscii(text)).replaceAll('\\', '')

const lettersIn = (text: string): number =>
  (comparable(text).match(tokenPattern) ?? []).reduce((sum, token) => sum + token.length, 0)

/** Equal for texts that differ in white space, case, slashes, and signs that pause only. */
export const keyOf = (text: string, keepsQuestions: boolean): string => {
  const key = text.replace(punctuation, '').replace(whitespace, '')
  return keepsQuestions ? key : key.replaceAll('?', '')
}

/** As the words are compared: without layout, and with links as they lead. */
export const prepared = (text: string): PreparedText =>
  prepareText(innerLinks(withoutFormatting(text)), text.includes('://'))

/** The index of the token that ends at this letter, or -1. */
export function tokenEndingAt(tokens: readonly Token[], end: number): number {
  let [low, high] = [0, tokens.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const at = tokens[middle]?.end ?? 0
    if (at === end) return middle
    if (at < end) low = middle + 1
    else high = middle - 1
  }
  return -1
}
