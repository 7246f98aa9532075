/**
 * Decides whether a stored message is the one that was sent, although servers rewrite texts. In doubt the result is
 * `unclear`, because a wrong `match` loses a message.
 */
import { toAscii } from '../../tickets/text/sent-form/ascii.ts'
import { splitMessage } from '../../tickets/text/message.ts'
import { addedAfter, addedBefore, bodyOf, shortHead } from './added-text.ts'
import { alignTokens, findIn } from './align-tokens.ts'
import {
  keyOf,
  prepared,
  prepareText,
  tokenEndingAt,
  whitespace,
  type PreparedText
} from './prepared-text.ts'
import { limits } from './comparison-limits.ts'
import { findCut } from './find-cut.ts'
import { decodeAll, hasOtherLetters, misreadings, withoutAnyTags, withoutCutEntity } from './undo-rewrites.ts'

export interface TextComparison {
  /** `match`: clearly the same message. `unclear`: the person has to decide. */
  readonly verdict: 'match' | 'unclear'
  /** Share of common letters in the same order, 0 to 1. */
  readonly likeness: number
  /** Whether it is a match in which the server damaged letters that are not ASCII, or cut the text at the first of them. */
  readonly isDamaged: boolean
}

/** Maximum number of letters compared: no such server stores more. */
const maxComparedLength = 200_000

/** Whether `stored` contains all of `sent`, with added text around it. */
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
    // Punctuation at the edges may belong to the text or to the added text: one of both must fit.
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

/** Variants of a text after rewrites that keep its letters, the most likely first. */
function* variantsOf(sent: string, isOnOneLine: boolean): Generator<string> {
  const decoded = decodeAll(sent)
  yield decoded
  if (sent.includes('<')) yield decodeAll(withoutAnyTags(sent))
  if (decoded.includes('<')) yield withoutAnyTags(decoded)
  // Escaped line ends (`\r\n`) whose backslashes were stripped.
  if (isOnOneLine && decoded.includes('\n')) {
    const lines = decoded.replace(/\r\n?/g, '\n')
    yield lines.replaceAll('\n', 'rn')
    yield lines.replaceAll('\n', 'n')
  }
}

/** Variants in which letters were lost; only those that `stored` may begin with. */
function* damagedVariantsOf(sent: string, stored: PreparedText): Generator<string> {
  const decoded = decodeAll(sent)
  const texts = sent.includes('<') ? [decoded, decodeAll(withoutAnyTags(sent))] : [decoded]
  for (const text of texts.filter(hasOtherLetters))
    for (const misread of misreadings) {
      const head = opening(misread(text.slice(0, openingLength)))
      if (stored.letters.includes(head)) yield misread(text)
    }
}

const linesOf = (text: string): number => text.trim().split('\n').length

const openingLength = 2000

/** The first letters of a variant, for a cheap first check. */
function opening(spelling: string): string {
  const { letters } = prepared(spelling.slice(0, openingLength))
  return letters.length < 2 * limits.leftOver ? '' : letters.slice(0, limits.leftOver)
}

/** Results of comparing two texts, to which the limits are applied. */
export interface Likeness {
  /** Whether they are equal after undoing rewrites. */
  readonly isSame: boolean
  /** Whether all differences are removals, additions or masks, and no number differs. */
  readonly isBenign: boolean
  /** Whether letters outside ASCII were lost. */
  readonly isDamaged: boolean
  /** Number of letters of the sent text. */
  readonly letters: number
  readonly likeness: number
}

/** The result for two texts of which one contains the other. */
const shareOf = (a: number, b: number): number => (2 * Math.min(a, b)) / (a + b)

/** `isAcknowledged`: the server has acknowledged the message, so a later message is most likely it. */
export function likenessOf(sentText: string, storedText: string, isAcknowledged = false): Likeness {
  const sent = sentText.slice(0, maxComparedLength)
  const keepsQuestions = toAscii(sent) === sent.replace(/\r\n?/g, '\n')
  const decodedStored = decodeAll(storedText.slice(0, maxComparedLength))
  const stored = prepared(decodedStored)
  const uncut = withoutCutEntity(decodedStored)
  const storedUncut = uncut === decodedStored ? stored : prepared(uncut)
  const storedKeys = new Set([keyOf(stored.text, keepsQuestions)])
  const decoded = decodeAll(sent)
  const whole = prepared(decoded)
  const letters = whole.letters.length
  const isOnOneLine = linesOf(bodyOf(stored.text)) < linesOf(sent) / 2
  const same = (likeness: number, isDamaged: boolean): Likeness => ({
    ...{ isSame: true, isBenign: true, letters, likeness, isDamaged }
  })
  const tried = new Set<string>()
  const tryAll = (all: Iterable<string>, isDamaged: boolean): Likeness | null => {
    for (const spelling of all) {
      if (tried.has(spelling) || !stored.letters.includes(opening(spelling))) continue
      tried.add(spelling)
      const respelled = spelling === decoded ? whole : prepared(spelling)
      const key = keyOf(respelled.text, keepsQuestions)
      const left = respelled.letters.length
      // Enough letters must remain after removing tags and lost letters.
      if (key === '' || left < Math.min(limits.leftOver, letters / 4)) continue
      if (storedKeys.has(key) || (left >= limits.exactBelow && respelled.letters === stored.letters))
        return same(1, isDamaged)
      if (left < letters / 2 && left < limits.leftOver) continue
      const share = shareOf(left, stored.letters.length)
      if (isContained(respelled, stored, keepsQuestions)) return same(share, isDamaged)
      const cut = findCut(respelled, storedUncut, isAcknowledged)
      if (cut) return same(share, isDamaged || cut === 'letter')
    }
    return null
  }
  const found = tryAll(variantsOf(sent, isOnOneLine), false)
  if (found) return found
  // Short texts are dominated by the IP address that the system adds, which must not count.
  const unsigned = splitMessage(decodedStored, 'customer').body
  // Of signs alone (`...`, an emoji) no letters remain to compare.
  if (letters === 0 && [decoded, toAscii(decoded)].some((text) => isEqual(text, unsigned)))
    return same(1, false)
  storedKeys.add(keyOf(prepared(unsigned).text, keepsQuestions))
  const damaged = tryAll(damagedVariantsOf(sent, stored), true)
  if (damaged) return damaged
  // The text was cut before the letters used for the first check.
  if (findCut(whole, storedUncut, isAcknowledged) === 'letter')
    return same(shareOf(letters, stored.letters.length), true)
  if (isAcknowledged && whole.readableEnds.includes(0) && isWordless(unsigned)) return same(0, true)
  const aligned = { ...alignTokens(whole.tokens, stored.tokens), isDamaged: false }
  const body = bodyOf(stored.text)
  if (aligned.isBenign || body === stored.text) return { isSame: false, letters, ...aligned }
  const alignedBody = alignTokens(whole.tokens, prepareText(body).tokens)
  return { isSame: false, letters, ...(alignedBody.isBenign ? { ...aligned, ...alignedBody } : aligned) }
}

/** Equal except for white space, and not empty. */
function isEqual(a: string, b: string): boolean {
  const bare = a.replace(whitespace, '')
  return bare !== '' && bare === b.replace(whitespace, '')
}

/** Whether the stored message is empty, because it was cut at the first letter. */
const isWordless = (body: string): boolean => !/[\p{L}\p{N}]/u.test(body)

/** Whether the similarity is above the limits. */
export const isMatch = ({ isSame, isBenign, letters, likeness }: Likeness): boolean =>
  isSame || (letters >= limits.exactBelow && isBenign && likeness >= limits.likeness)

/** `isAcknowledged`: as for `likenessOf`. */
export function compareMessage(sent: string, stored: string, isAcknowledged = false): TextComparison {
  const found = likenessOf(sent, stored, isAcknowledged)
  const { likeness, isDamaged } = found
  return { verdict: isMatch(found) ? 'match' : 'unclear', likeness, isDamaged }
}
