/** Warnings before a text is sent in ASCII: characters that are lost, and technical words that must not change. */
import { toAscii } from './ascii.ts'
import { codeRanges } from '../machine-lines.ts'
import { secretRanges } from '../secrets.ts'

export interface ChangedWord {
  readonly typed: string
  readonly sent: string
}

export interface AsciiWarnings {
  /** Visible characters without an ASCII form, in the order of the text, without duplicates. */
  readonly lost: readonly string[]
  /** Number of lost characters, with duplicates. */
  readonly lostCount: number
  /** Words that change and look like a password, path, address or command, without duplicates. */
  readonly words: readonly ChangedWord[]
}

const characters = new Intl.Segmenter('tr', { granularity: 'grapheme' })
/** Only the first part of a longer text is checked. UTF-16 units. */
const maxLength = 200_000
const maxWords = 20
const notAscii = /[^\x00-\x7f]/ // eslint-disable-line no-control-regex -- all that is not ASCII
/** Short runs only, since Intl.Segmenter takes quadratic time. */
const otherRuns = /[^\x00-\x7f]{1,64}/g // eslint-disable-line no-control-regex -- likewise
const changedLetter = /(?=[^\x00-\x7f])[\p{L}\p{M}]/u // eslint-disable-line no-control-regex -- likewise

/** Signs that do not occur in ordinary words. */
const technicalSign = /[=@\\$#%^|~<>{}[\]`&_*+:]/
const path = /^(?:[~.]{0,2}\/|[a-z]:\\)|\/.*\/|[\d._-].*\/|\/.*[\d._-]/i
/** A number with a Turkish suffix: `3'üncü`, `10:00'da`, `%50'si`. */
const numberWithEnding = /^[^\p{L}]*\d[^\p{L}]*['’]?\p{L}{1,7}$/u
/** `500GB'lık`: a number with its unit and a Turkish suffix. */
const unitWithEnding = /^[\d.,]+\p{Lu}{1,4}['’]\p{Ll}{1,7}$/u
const hasApostrophe = /\d[^\p{L}]*['’]\p{L}/u
const domain =
  /[\p{L}\d]\.(?:com|net|org|edu|gov|info|biz|tr|io|co|dev|app|xyz|online|site|php|html?|js|css|txt|log|sql|zip|tar|gz|conf|cfg|ini|json|xml|ya?ml|sh|py|env|bak|jpe?g|png|pdf|docx?|xlsx?|csv)(?:[/:.?]|$)/iu
const edges = /^["'“”‘’«»([{*_.,;:!?-]+|["'“”‘’»)\]}*_.,;:!?-]+$/gu

/** Names of users and databases after their label, and quoted paths, which may contain blanks. */
const labelledName =
  /(?<!\p{L})(?:kullan[ıi]c[ıi](?: ad[ıi](?:m|n[ıi]z)?)?|user(?: ?name)?|veritaban[ıi](?: ad[ıi])?|database)[^\S\n]*[:=][^\S\n]*([^\s,;]+)(?=[^\S\n]*(?:$|[\n,;|])|[^\S\n]{2,}|[^\S\n]+[\p{L} ]{1,20}[:=])/giu
const quotedPath = /["']((?:[a-z]:[\\/]|~?\/|\.\/)[^"'\n]{1,200})["']/gi

const onlyLetters = /^\p{L}+$/u
/** No ordinary word is longer; the patterns would take quadratic time. UTF-16 units. */
const maxWordLength = 200

function looksTechnical(word: string): boolean {
  if (onlyLetters.test(word)) return false
  if (word.length > maxWordLength) return true
  if (unitWithEnding.test(word)) return false
  if (technicalSign.test(word) && !hasApostrophe.test(word)) return true
  if (/\w\(["'$]/.test(word)) return true
  if (word.includes('/') && path.test(word)) return true
  if (/\d/.test(word))
    return !numberWithEnding.test(word) || (!hasApostrophe.test(word) && !/^[\d.,:]+/.test(word))
  return domain.test(word)
}

/** Empty if the text does not change, or only letters of ordinary words change. */
export function asciiWarnings(whole: string): AsciiWarnings {
  const text = whole.slice(0, maxLength).normalize('NFC').replace(/\r\n?/g, '\n')
  if (!notAscii.test(text)) return { lost: [], lostCount: 0, words: [] }
  return { ...lostIn(text), words: technicalWords(text) }
}

const marksIn = (text: string): number => text.split('?').length

function lostIn(text: string): Pick<AsciiWarnings, 'lost' | 'lostCount'> {
  if (marksIn(toAscii(text)) === marksIn(text)) return { lost: [], lostCount: 0 }
  const lost = new Set<string>()
  let lostCount = 0
  for (const [run] of text.matchAll(otherRuns)) {
    if (!toAscii(run).includes('?')) continue
    for (const { segment } of characters.segment(run)) {
      if (!toAscii(segment).includes('?')) continue
      lost.add(segment)
      lostCount += 1
    }
  }
  return { lost: [...lost], lostCount }
}

/** Ranges of the first group, or of whole matches. */
const rangesOf = (pattern: RegExp, text: string): readonly (readonly [number, number])[] =>
  Array.from(text.matchAll(pattern), ({ 0: found, 1: group = found, index }) => {
    const from = index + found.lastIndexOf(group)
    return [from, from + group.length] as const
  })

/** As it is named to the person. Not by `cutAt`, whose module has the names of all entities. */
const named = (word: string): string =>
  word.length > maxWordLength ? `${word.slice(0, maxWordLength - 1).replace(/[\ud800-\udbff]$/, '')}…` : word

function technicalWords(text: string): readonly ChangedWord[] {
  const marked = [
    ...secretRanges(text),
    ...codeRanges(text),
    ...rangesOf(labelledName, text),
    ...rangesOf(quotedPath, text)
  ].sort(([a], [b]) => a - b)
  let next = 0
  let markedUntil = 0
  const found = new Map<string, ChangedWord>()
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    if (found.size >= maxWords) break
    if (!changedLetter.test(word)) continue
    // Words come in order, so each range is looked at once.
    for (; (marked[next]?.[0] ?? Infinity) < index + word.length; next++)
      markedUntil = Math.max(markedUntil, marked[next]?.[1] ?? 0)
    const isMarked = index < markedUntil
    const bare = word.length > maxWordLength ? word : word.replace(edges, '')
    if (!isMarked && !looksTechnical(bare)) continue
    const typed = named(isMarked ? word : bare)
    if (!found.has(typed)) found.set(typed, { typed, sent: toAscii(typed) })
  }
  return [...found.values()]
}
