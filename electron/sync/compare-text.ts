/**
 * Is a message that stands at the server the one that was sent? Ticket systems change what they store: they escape,
 * strip tags, fold letters, wrap, cut, mask and put lines around it. A wrong `match` would lose a message without a
 * word, a wrong `unclear` asks the person, so everything doubtful is `unclear`. docs/decisions/0001 has the figures.
 */
import { toAscii, fold } from '../tickets/turkish.ts'
import { alignTokens, findTokens } from './align-tokens.ts'
import { decodeAll, innerLinks, misreadings, withoutAnyTags, withoutFormatting } from './undo-rewrites.ts'

export interface TextComparison {
  /** `match`: clearly the same message. `unclear`: only the person can say. */
  readonly verdict: 'match' | 'unclear'
  /** Share of letters that both have in the same order, 0 to 1. */
  readonly likeness: number
}

/** Chosen by `npm run test:unit -- compare-text`, which prints what each would let through. Letters and digits are counted. */
export const limits = {
  /** Texts with fewer letters must be the same sign by sign. */
  exactBelow: 24,
  /** Something may stand around it on the same line, without a sign that sets it apart, from so many letters on. */
  unmarkedFrom: 60,
  /** A cut text must keep so many letters; fewer where an ellipsis says that it was cut. */
  cutKeeps: 32,
  cutWithEllipsisKeeps: 12,
  /** A text cut right after a sentence may be a shorter one of its own, unless it is this long. */
  cutAfterSentenceKeeps: 200,
  /** With words left out, added or masked: the least likeness. */
  likeness: 0.8
} as const

/** Letters beyond are not looked at: no server of this kind stores that much. */
const longest = 200_000

interface Token {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** A text in the form in which it is compared: folded, with its words and where they stand. */
interface Read {
  readonly text: string
  readonly tokens: readonly Token[]
  /** Letters and digits in all tokens. */
  readonly letters: number
}

const space = /\s+/g
/** Signs that end a sentence or pause mean nothing, except within a number. */
const pause = /(?<!\d)[.,;:!]+|[.,;:!]+(?!\d)/g
const word = /[a-z0-9]+|[*#\u2022]+|[^\x00-\x7f\s]+/g // eslint-disable-line no-control-regex -- all that is not ASCII

function read(text: string): Read {
  const plain = fold(toAscii(text)).replaceAll('\\', '')
  const tokens: Token[] = []
  let letters = 0
  for (const { 0: found, index } of plain.matchAll(word)) {
    tokens.push({ text: found, from: index, to: index + found.length })
    letters += found.length
  }
  return { text: plain, tokens, letters }
}

/** Equal for texts that differ in white space, case, slashes, and signs that pause only. */
const keyOf = (text: string, keepsQuestions: boolean): string => {
  const key = text.replace(pause, '').replace(space, '')
  return keepsQuestions ? key : key.replaceAll('?', '')
}

const words = ({ tokens }: Read): string => tokens.map(({ text }) => text).join('')

/** What a system writes after a message begins like this. */
const addedAfter =
  /^\s*(?:$|[-_=*~]{2,}|[[(<{|])|^\s*\n\s*(?:ip adres|sent (?:from|via|by)|get outlook|ticket (?:id|no|#)|bu (?:mesaj|ileti|e-?posta)|this (?:message|e-?mail)|[^\n]{0,60}(?:gonderildi|gonderilmistir|yazildi)\b)/
/** And before it ends like this. */
const addedBefore =
  /(?:^|[\])}|]|[-_=*~]{2,}|:[ \t]*\n[\s>]*|^[^\n:]{1,60}(?:yazdi|wrote|gonderen|mesaj|message|yanit|reply):)\s*>*\s*$/

const ellipsis = /(?:\.{3}|\u2026|\[\.*\]|\(\.*\))\s*$/
const sentenceEnd = /^\s*(?:$|[.!?]|\n)/

/** `sent` stands in `stored` as a whole, with something before or after it. */
function isContained(sent: Read, stored: Read, keepsQuestions: boolean): boolean {
  const key = keyOf(sent.text, keepsQuestions)
  for (const at of findTokens(sent.tokens, stored.tokens, 20)) {
    const first = stored.tokens[at]
    const last = stored.tokens[at + sent.tokens.length - 1]
    if (!first || !last) continue
    const before = stored.text.slice(0, first.from)
    const after = stored.text.slice(last.to)
    if (sent.letters >= limits.unmarkedFrom) return true
    const isApart = (sign: RegExp, text: string): boolean => sign.test(text)
    const tail = /^[^\sa-z0-9]*/.exec(after)?.[0] ?? ''
    const rest = after.slice(tail.length)
    if (sent.letters >= limits.exactBelow) {
      const startsLine = before.trim() === '' || /\n[\s>]*$/.test(before) || isApart(addedBefore, before)
      const endsLine = rest.trim() === '' || /^[^\S\n]*\n/.test(rest) || isApart(addedAfter, after)
      if (startsLine && endsLine) return true
      continue
    }
    // Signs at the edges belong to the text or to what surrounds it: one of both must fit.
    const edges = [
      stored.text.slice(first.from, last.to),
      stored.text.slice(first.from, last.to) + tail,
      (/[^\sa-z0-9]*$/.exec(before)?.[0] ?? '') + stored.text.slice(first.from, last.to),
      (/[^\sa-z0-9]*$/.exec(before)?.[0] ?? '') + stored.text.slice(first.from, last.to) + tail
    ]
    const fits = edges.some((edge) => keyOf(edge, keepsQuestions) === key)
    const leaves = (text: string): string => text.replace(/^[.!?,;:)"']+/, '')
    if (
      fits &&
      isApart(addedBefore, before) &&
      (isApart(addedAfter, after) || isApart(addedAfter, leaves(after)))
    )
      return true
  }
  return false
}

/** `stored` is the beginning of `sent`, long enough to be told from a shorter message. */
function isCut(sent: Read, stored: Read): boolean {
  let same = 0
  while (same < sent.tokens.length && sent.tokens[same]?.text === stored.tokens[same]?.text) same += 1
  const next = sent.tokens[same]
  const partial = stored.tokens[same]
  if (!next) return false
  const isPart = partial !== undefined && next.text.startsWith(partial.text)
  const last = isPart ? partial : stored.tokens[same - 1]
  if (!last) return false
  const rest = stored.text.slice(last.to)
  const kept = stored.tokens
    .slice(0, isPart ? same + 1 : same)
    .reduce((sum, { text }) => sum + text.length, 0)
  const [first = ''] = /^[^\n\w]*/.exec(rest) ?? []
  const isMarked = ellipsis.test(first.trim()) && !ellipsis.test(sent.text)
  if (!addedAfter.test(rest) && !addedAfter.test(rest.slice(first.length))) return false
  if (isMarked) return kept >= limits.cutWithEllipsisKeeps
  if (kept < limits.cutKeeps) return false
  if (isPart) return true
  const before = sent.tokens[same - 1]
  const isSentence = before === undefined || sentenceEnd.test(sent.text.slice(before.to))
  return !isSentence || kept >= limits.cutAfterSentenceKeeps
}

/** The ways in which a text may have lost something before it was stored, the likeliest first. */
function* spellings(sent: string): Generator<string> {
  yield decodeAll(sent)
  if (sent.includes('<')) yield decodeAll(withoutAnyTags(sent))
  const decoded = decodeAll(sent)
  if (decoded.includes('<')) yield withoutAnyTags(decoded)
  yield* misreadings(decoded)
}

export function compareMessage(sentText: string, storedText: string): TextComparison {
  const sent = sentText.slice(0, longest)
  const decoded = decodeAll(storedText.slice(0, longest))
  const keepsQuestions = toAscii(sent) === sent.replace(/\r\n?/g, '\n')
  const stored = read(innerLinks(withoutFormatting(decoded)))
  const storedKey = keyOf(stored.text, keepsQuestions)
  const whole = read(innerLinks(withoutFormatting(decodeAll(sent))))
  const storedWords = words(stored)
  const tried = new Set<string>()
  for (const spelling of spellings(sent)) {
    const one = read(innerLinks(withoutFormatting(spelling)))
    const key = keyOf(one.text, keepsQuestions)
    if (key === '' || tried.has(key)) continue
    tried.add(key)
    // What tags and lost letters leave over must still say something of the whole.
    if (one.letters < Math.min(12, whole.letters / 4)) continue
    if (key === storedKey) return { verdict: 'match', likeness: 1 }
    if (one.letters >= limits.exactBelow && words(one) === storedWords)
      return { verdict: 'match', likeness: 1 }
    if (isContained(one, stored, keepsQuestions) || isCut(one, stored))
      return { verdict: 'match', likeness: alignTokens(one.tokens, stored.tokens).likeness }
  }
  const { likeness, isBenign } = alignTokens(whole.tokens, stored.tokens)
  const isAlike = whole.letters >= limits.exactBelow && isBenign && likeness >= limits.likeness
  return { verdict: isAlike ? 'match' : 'unclear', likeness }
}
