/** Detects whether a stored text is the beginning of the sent one. */
import { addedAfter, cutLink, ellipsis, shortHead } from './added-text.ts'
import { tokenEndingAt, whitespace, type PreparedText, type Token } from './prepared-text.ts'
import { limits } from './comparison-limits.ts'

/** The kind of cut: at the first letter that the server could not store, or elsewhere. */
type Cut = 'letter' | 'width' | null

/** Whether `stored` is the beginning of `sent`, and long enough to be distinguished from a shorter message. */
export function findCut(sent: PreparedText, stored: PreparedText, isAcknowledged: boolean): Cut {
  let same = 0
  const most = Math.min(sent.letters.length, stored.letters.length)
  while (same < most && sent.letters.charCodeAt(same) === stored.letters.charCodeAt(same)) same += 1
  // Text added after the cut may begin like the removed text.
  let index = stored.tokens.findLastIndex(({ end }) => end <= same)
  for (let tries = 0; index >= 0 && tries < 20; index--, tries++) {
    const last = stored.tokens[index]
    const cut = last ? cutAt(sent, stored, last, isAcknowledged) : null
    if (cut) return cut
  }
  return null
}

function cutAt(sent: PreparedText, stored: PreparedText, last: Token, isAcknowledged: boolean): Cut {
  const kept = last.end
  if (kept >= sent.letters.length) return null
  const rest = stored.text.slice(last.to, last.to + shortHead).replace(/^\s+(?=\.{3})/, '')
  const link = sent.hasLinks ? cutLink.exec(rest)?.[0] : undefined
  if (link !== undefined) {
    const end = rest.slice(link.length)
    const isEnd = addedAfter.test(end) || addedAfter.test(end.replace(ellipsis, ''))
    return kept >= limits.cutKeeps && isEnd ? 'width' : null
  }
  const signs = (/^[^\n\w]*/.exec(rest)?.[0] ?? '').replace(/-{2,}.*$/s, '')
  if (!addedAfter.test(rest) && !addedAfter.test(rest.slice(signs.length))) return null
  const next = sent.tokens.find(({ end }) => end > kept)
  if (!next) return null
  const isWithinWord = next.end - next.text.length < kept
  const gap = isWithinWord ? '' : sent.text.slice(tokenBefore(sent, kept)?.to, next.from)
  const was = gap.replace(whitespace, '')
  const is = signs.replace(whitespace, '')
  let alike = 0
  while (alike < is.length && is[alike] === was[alike]) alike += 1
  const isMarked = ellipsis.test(is.slice(alike)) || (ellipsis.test(is) && !ellipsis.test(was))
  if (isMarked) return kept >= limits.cutWithEllipsisKeeps ? 'width' : null
  // Punctuation at the end of the stored text belongs to a complete sentence.
  if (alike < is.length) return null
  if (sent.readableEnds.includes(kept)) {
    const isLongEnough = isWithinWord
      ? kept >= limits.cutWithinWordKeeps
      : kept >= limits.cutWithEllipsisKeeps && was.includes('?') && !is.includes('?')
    if (isAcknowledged || isLongEnough) return 'letter'
  }
  if (isWithinWord && !/\d/.test(next.text)) return kept >= limits.cutKeeps ? 'width' : null
  const isSentence = /^[)"']*[.!?]+[)"']*\s|\n/.test(gap)
  return kept >= (isSentence ? limits.cutAfterSentenceKeeps : limits.cutAfterWordKeeps) ? 'width' : null
}

const tokenBefore = ({ tokens }: PreparedText, end: number): Token | undefined =>
  tokens[tokenEndingAt(tokens, end)]
