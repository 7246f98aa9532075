/** Texts prepared for comparison: folded and split into tokens. */
import { toAscii } from '../../tickets/text/sent-form/ascii.ts'
import { fold } from '../../tickets/text/turkish.ts'
import { innerLinks, readableBeginnings, withoutFormatting } from './undo-rewrites.ts'

export interface Token {
  readonly text: string
  /** Position in the text. */
  readonly from: number
  readonly to: number
  /** End position in `letters`. */
  readonly end: number
}

/** A text prepared for comparison: folded, with its tokens and their positions. */
export interface PreparedText {
  readonly text: string
  readonly tokens: readonly Token[]
  /** All tokens joined, since servers mostly change white space and punctuation. */
  readonly letters: string
  /** Number of letters before the first one outside ASCII, Latin-1 or the basic plane, where some servers cut the text. */
  readonly readableEnds: readonly number[]
  /** Tokens that were links, whose `https://` was removed. */
  readonly hasLinks: boolean
}

export const whitespace = /\s+/g
/** Removes punctuation, except within numbers. */
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
    // Computed on demand.
    get readableEnds() {
      return (ends ??= readableBeginnings(text).map(lettersIn))
    }
  }
}

const comparable = (text: string): string => fold(toAscii(text)).replaceAll('\\', '')

const lettersIn = (text: string): number =>
  (comparable(text).match(tokenPattern) ?? []).reduce((sum, token) => sum + token.length, 0)

/** A key that is equal for texts that differ only in white space, case, slashes and punctuation. */
export const keyOf = (text: string, keepsQuestions: boolean): string => {
  const key = text.replace(punctuation, '').replace(whitespace, '')
  return keepsQuestions ? key : key.replaceAll('?', '')
}

/** Normalizes a text: without layout tags, with links resolved. */
export const prepared = (text: string): PreparedText =>
  prepareText(innerLinks(withoutFormatting(text)), text.includes('://'))

/** The index of the token that ends at this position in `letters`, or -1. */
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
