/** Prepares the words and phrases of a query for searching in folded texts. */
import { needleOf, type Needle } from '../text/highlight.ts'
import type { Phrase, Query } from './query.ts'

export interface SearchTerms {
  /** Including the words of phrases: a text without one of them does not contain the phrase. */
  readonly needles: readonly Needle[]
  readonly phrases: readonly PhraseTerm[]
  /** None of these may be found. */
  readonly without: readonly Needle[]
  readonly withoutPhrases: readonly PhraseTerm[]
}

export interface PhraseTerm {
  readonly needles: readonly Needle[]
  /** Matches in folded text, with any white space between the words. */
  readonly pattern: RegExp
}

export function termsOf({ words, phrases, withoutWords, withoutPhrases }: Query): SearchTerms {
  const terms = phrases.map(phraseTerm)
  return {
    needles: [...words.map(needleOf), ...terms.flatMap(({ needles }) => needles)],
    phrases: terms,
    without: withoutWords.map(needleOf),
    withoutPhrases: withoutPhrases.map(phraseTerm)
  }
}

/** Starts with a whole word, and ends with one as soon as its quote is closed. */
function phraseTerm({ text, isOpen }: Phrase): PhraseTerm {
  const words = text.split(' ')
  const literal = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('\\s+')
  const isWord = (character: string): boolean => /[\p{L}\p{N}]/u.test(character)
  const start = isWord(text.charAt(0)) ? '(?<![\\p{L}\\p{N}])' : ''
  const end = !isOpen && isWord(text.at(-1) ?? '') ? '(?![\\p{L}\\p{N}])' : ''
  return { needles: words.map(needleOf), pattern: new RegExp(`${start}${literal}${end}`, 'u') }
}
