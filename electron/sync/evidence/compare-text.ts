/**
 * Decides whether a stored message is the one that was sent, although servers rewrite texts. Doubt is `unclear`: a wrong `match` loses a message.
 */
import { toAscii, fold } from '../../tickets/text/turkish.ts'
import { alignTokens, findIn } from './align-tokens.ts'
import {
  decodeAll,
  innerLinks,
  misreadings,
  withoutAnyTags,
  withoutCutEntity,
  withoutFormatting
} from './undo-rewrites.ts'

export interface TextComparison {
  /** `match`: clearly the same message. `unclear`: the person has to decide. */
  readonly verdict: 'match' | 'unclear'
  /** Share of letters that both texts have in the same order, 0 to 1. */
  readonly likeness: number
}

/** Chosen by `npm run test:unit -- compare-text`, which prints what each would let through. Letters and digits are counted. */
export const limits = {
  /** Texts with fewer letters must be the same sign by sign. */
  exactBelow: 24,
  /** Something may stand around it on the same line, without a sign that sets it apart, from so many letters on. */
  unmarkedFrom: 60,
  /** A cut text must keep so many letters; fewer where an ellipsis or an emoji says where it was cut. */
  cutKeeps: 24,
  cutWithEllipsisKeeps: 12,
  /** A text cut between two words, or within a number, may be a shorter one of its own. */
  cutAfterWordKeeps: 45,
  /** A text cut right after a sentence may be a shorter one of its own, unless it is this long. */
  cutAfterSentenceKeeps: 150,
  /** Where tags were stripped, so many letters must be left, or a good part of all. */
  leftOver: 12,
  /** With words left out, added or masked: the least likeness. */
  likeness: 0.8
} as const

/** Letters beyond are not looked at: no server of this kind stores that much. */
const maxComparedLength = 200_000

interface Token {
  readonly text: string
  /** Where it stands in the text. */
  readonly from: number
  readonly to: number
  /** Where it ends in the letters. */
  readonly end: number
}

/** A text in the form in which it is compared: folded, with its words and where they stand. */
interface PreparedText {
  readonly text: string
  readonly tokens: readonly Token[]
  /** All tokens without what is between them: white space and signs are what servers change most. */
  readonly letters: string
  readonly hasEmoji: boolean
  /** Their `https://` is not in the text any more. */
  readonly hasLinks: boolean
}

const whitespace = /\s+/g
/** Signs that end a sentence or pause mean nothing, except within a number. */
const punctuation = /(?<!\d)[.,;:!]+|[.,;:!]+(?!\d)/g
const tokenPattern = /[a-z0-9]+|[*#\u2022]+|[^\x00-\x7f\s]+/g // eslint-disable-line no-control-regex -- all that is not ASCII

function prepareText(text: string, hasLinks = false): PreparedText {
  const plain = fold(toAscii(text)).replaceAll('\\', '')
  const tokens: Token[] = []
  let end = 0
  for (const { 0: found, index } of plain.matchAll(tokenPattern)) {
    end += found.length
    tokens.push({ text: found, from: index, to: index + found.length, end })
  }
  const letters = tokens.map((token) => token.text).join('')
  return { text: plain, tokens, letters, hasEmoji: /[\u{10000}-\u{10ffff}]/u.test(text), hasLinks }
}

/** Equal for texts that differ in white space, case, slashes, and signs that pause only. */
const keyOf = (text: string, keepsQuestions: boolean): string => {
  const key = text.replace(punctuation, '').replace(whitespace, '')
  return keepsQuestions ? key : key.replaceAll('?', '')
}

/** What a system writes after a message: a rule, something in brackets, or one of the usual sentences on a new line. */
const addedAfter = new RegExp(
  [
    /^\s*$/,
    /^\s*[-_=*~]{4,}/,
    /^[^\S\n]*\n\s*[-_=*~]{2,}[^\S\n]*\n/,
    /^\s*[[(][^\n]{0,200}[\])]\s*(?:$|\n\s*[-_=*~]{4,})/,
    /^[^\S\n]*\n\s*(?:(?:\w{1,12} )?ip(?: adres\w*)?\s*[:=]|saygilar|iyi calismalar|(?:best|kind) regards|sent (?:from|via|by)|get outlook|ticket (?:id|no|#)|bu (?:mesaj|ileti|e-?posta)|this (?:message|e-?mail))/,
    /^[^\S\n]*\n\s*[^\n]{0,60}(?:gonderildi|gonderilmistir|yazildi)\b/
  ]
    .map(({ source }) => source)
    .join('|')
)
/** And before it: a rule, something in brackets, a line that ends with a colon or says who writes. */
const addedBefore = new RegExp(
  [
    /^[\s>]*$/,
    /(?:[-_=*~]{4,}|\n[-_=*~]{2,}[^\S\n]*\n)[\s>]*$/,
    /(?:^|\n)\s*[[(][^\n]{0,100}[\])]:?[\s>]*$/,
    /:[^\S\n]*\n[\s>]*$/,
    /(?:^|\n)[^\n:]{0,60}(?:yazdi|wrote|gonderen|mesaj|message|yanit|reply|musteri|customer|client):[\s>]*$/
  ]
    .map(({ source }) => source)
    .join('|')
)
/** Only so much before a message is looked at for what a system writes. */
const shortHead = 300

const ellipsis = /^(?:\.{3}|\[\.*\]|\(\.*\))/

/** Cut within the `https://` of a link, which is left out of what is compared. */
const cutLink = /^[^\n\w]*\b(?:ht?|htt|https?)(?:\b(?!:\/\/\w):?\/{0,2})/

/** The index of the token that ends at this letter, or -1. */
function tokenEndingAt(tokens: readonly Token[], end: number): number {
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

/** `sent` stands in `stored` as a whole, with something before or after it. */
function isContained(sent: PreparedText, stored: PreparedText, keepsQuestions: boolean): boolean {
  const { length } = sent.letters
  const key = keyOf(sent.text, keepsQuestions)
  for (const at of findIn(sent.letters, stored.letters, 20)) {
    const first = stored.tokens[at === 0 ? 0 : tokenEndingAt(stored.tokens, at) + 1]
    const last = stored.tokens[tokenEndingAt(stored.tokens, at + length)]
    if (!first || !last || first.end - first.text.length !== at) continue
    if (length >= limits.unmarkedFrom) return true
    const before = stored.text.slice(Math.max(0, first.from - shortHead), first.from)
    const after = stored.text.slice(last.to, last.to + shortHead)
    // Signs at the edges belong to the text or to what surrounds it: one of both must fit.
    const heads = ['', /[^\sa-z0-9]*$/.exec(before)?.[0] ?? '', /[^\na-z0-9]*$/.exec(before)?.[0] ?? '']
    const tails = ['', /^[^\sa-z0-9]*/.exec(after)?.[0] ?? '', /^[^\na-z0-9]*/.exec(after)?.[0] ?? '']
    const rest = after.slice(tails[1]?.length)
    const isApartBefore = heads.some((head) => addedBefore.test(before.slice(0, before.length - head.length)))
    const isApartAfter = tails.some((tail) => addedAfter.test(after.slice(tail.length)))
    if (length >= limits.exactBelow) {
      const startsLine = isApartBefore || /(?:^|\n)[^a-z0-9]*$/.test(before)
      const endsLine = isApartAfter || /^[^\S\n]*\n/.test(rest)
      if (startsLine && endsLine) return true
      continue
    }
    if (!isApartBefore || !isApartAfter) continue
    const body = stored.text.slice(first.from, last.to).replace(/\n[\s>]+/g, '\n')
    const isExact = (head: string, tail: string): boolean => keyOf(head + body + tail, keepsQuestions) === key
    if (heads.some((head) => tails.some((tail) => isExact(head, tail)))) return true
  }
  return false
}

/** `stored` is the beginning of `sent`, long enough to be told from a shorter message. */
function isCut(sent: PreparedText, stored: PreparedText): boolean {
  let same = 0
  const most = Math.min(sent.letters.length, stored.letters.length)
  while (same < most && sent.letters.charCodeAt(same) === stored.letters.charCodeAt(same)) same += 1
  // What was added after the cut may begin like what was cut off.
  let index = stored.tokens.findLastIndex(({ end }) => end <= same)
  for (let tries = 0; index >= 0 && tries < 20; index--, tries++) {
    const last = stored.tokens[index]
    if (last && isCutAt(sent, stored, last)) return true
  }
  return false
}

function isCutAt(sent: PreparedText, stored: PreparedText, last: Token): boolean {
  const kept = last.end
  if (kept >= sent.letters.length) return false
  const rest = stored.text.slice(last.to, last.to + shortHead).replace(/^\s+(?=\.{3})/, '')
  const link = sent.hasLinks ? cutLink.exec(rest)?.[0] : undefined
  if (link !== undefined) {
    const end = rest.slice(link.length)
    return kept >= limits.cutKeeps && (addedAfter.test(end) || addedAfter.test(end.replace(ellipsis, '')))
  }
  const signs = (/^[^\n\w]*/.exec(rest)?.[0] ?? '').replace(/-{2,}.*$/s, '')
  if (!addedAfter.test(rest) && !addedAfter.test(rest.slice(signs.length))) return false
  const next = sent.tokens.find(({ end }) => end > kept)
  if (!next) return false
  const isWithinWord = next.end - next.text.length < kept
  const gap = isWithinWord ? '' : sent.text.slice(tokenBefore(sent, kept)?.to, next.from)
  const was = gap.replace(whitespace, '')
  const is = signs.replace(whitespace, '')
  let alike = 0
  while (alike < is.length && is[alike] === was[alike]) alike += 1
  const isMarked = ellipsis.test(is.slice(alike)) || (ellipsis.test(is) && !ellipsis.test(was))
  if (isMarked) return kept >= limits.cutWithEllipsisKeeps
  // Signs of its own end a sentence that was sent as it stands there.
  if (alike < is.length) return false
  // Some databases end a text at its first emoji, which is a question mark here.
  if (sent.hasEmoji && was.includes('?') && !is.includes('?')) return kept >= limits.cutWithEllipsisKeeps
  if (isWithinWord && !/\d/.test(next.text)) return kept >= limits.cutKeeps
  const isSentence = /^[)"']*[.!?]+[)"']*\s|\n/.test(gap)
  return kept >= (isSentence ? limits.cutAfterSentenceKeeps : limits.cutAfterWordKeeps)
}

const tokenBefore = ({ tokens }: PreparedText, end: number): Token | undefined =>
  tokens[tokenEndingAt(tokens, end)]

/** The ways in which a text may have been spoilt before it was stored, the likeliest first. */
function* variantsOf(sent: string, isOnOneLine: boolean): Generator<string> {
  const decoded = decodeAll(sent)
  yield decoded
  if (sent.includes('<')) yield decodeAll(withoutAnyTags(sent))
  if (decoded.includes('<')) yield withoutAnyTags(decoded)
  // Line ends written out as `\r\n`, and the slashes gone.
  if (isOnOneLine && decoded.includes('\n')) {
    const lines = decoded.replace(/\r\n?/g, '\n')
    yield lines.replaceAll('\n', 'rn')
    yield lines.replaceAll('\n', 'n')
  }
  yield* misreadings(decoded)
}

/** Without what a system added after a rule at its end. */
function bodyOf(text: string): string {
  const end = text.slice(-shortHead)
  const rule = /\n[^\S\n]*[-_=*~]{4,}[^\S\n]*\n/.exec(end)
  return rule ? text.slice(0, text.length - end.length + rule.index) : text
}

const linesOf = (text: string): number => text.trim().split('\n').length

const prepared = (text: string): PreparedText =>
  prepareText(innerLinks(withoutFormatting(text)), text.includes('://'))

/** The first letters of a variant, as a cheap first check. */
function opening(spelling: string): string {
  const { letters } = prepared(spelling.slice(0, 2000))
  return letters.length < 2 * limits.leftOver ? '' : letters.slice(0, limits.leftOver)
}

/** What there is to know about two texts before a limit decides. */
export interface Likeness {
  /** The same after undoing what servers do. */
  readonly isSame: boolean
  /** What differs is left out, added or masked; nothing stands in place of something else, and no number differs. */
  readonly isBenign: boolean
  /** Letters of what was sent. */
  readonly letters: number
  readonly likeness: number
}

/** Of two texts, of which one stands in the other. */
const shareOf = (a: number, b: number): number => (2 * Math.min(a, b)) / (a + b)

export function likenessOf(sentText: string, storedText: string): Likeness {
  const sent = sentText.slice(0, maxComparedLength)
  const keepsQuestions = toAscii(sent) === sent.replace(/\r\n?/g, '\n')
  const decodedStored = decodeAll(storedText.slice(0, maxComparedLength))
  const stored = prepared(decodedStored)
  const uncut = withoutCutEntity(decodedStored)
  const storedUncut = uncut === decodedStored ? stored : prepared(uncut)
  const storedKey = keyOf(stored.text, keepsQuestions)
  const decoded = decodeAll(sent)
  const whole = prepared(decoded)
  const letters = whole.letters.length
  const same = { isSame: true, isBenign: true, letters }
  const isOnOneLine = linesOf(bodyOf(stored.text)) < linesOf(sent) / 2
  const tried = new Set<string>()
  for (const spelling of variantsOf(sent, isOnOneLine)) {
    if (tried.has(spelling) || !stored.letters.includes(opening(spelling))) continue
    tried.add(spelling)
    const respelled = spelling === decoded ? whole : prepared(spelling)
    const key = keyOf(respelled.text, keepsQuestions)
    const left = respelled.letters.length
    // What tags and lost letters leave over must still say something of the whole.
    if (key === '' || left < Math.min(limits.leftOver, letters / 4)) continue
    if (key === storedKey || (left >= limits.exactBelow && respelled.letters === stored.letters))
      return { ...same, likeness: 1 }
    if (left < letters / 2 && left < limits.leftOver) continue
    if (isContained(respelled, stored, keepsQuestions) || isCut(respelled, storedUncut))
      return { ...same, likeness: shareOf(left, stored.letters.length) }
  }
  const aligned = alignTokens(whole.tokens, stored.tokens)
  const body = bodyOf(stored.text)
  if (aligned.isBenign || body === stored.text) return { isSame: false, letters, ...aligned }
  const alignedBody = alignTokens(whole.tokens, prepareText(body).tokens)
  return { isSame: false, letters, ...(alignedBody.isBenign ? alignedBody : aligned) }
}

/** Like enough to be the same message, by the limits. */
export const isMatch = ({ isSame, isBenign, letters, likeness }: Likeness): boolean =>
  isSame || (letters >= limits.exactBelow && isBenign && likeness >= limits.likeness)

export function compareMessage(sent: string, stored: string): TextComparison {
  const found = likenessOf(sent, stored)
  return { verdict: isMatch(found) ? 'match' : 'unclear', likeness: found.likeness }
}
