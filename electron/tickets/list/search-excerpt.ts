import { fence } from '../text/machine-lines.ts'
import { foldWithMap } from '../text/turkish.ts'

/** Characters of an excerpt before and after the match. */
const excerptContext = { before: 60, after: 100 } as const

/** The marks around a code block, which the conversation does not show either. */
const fenceLine = new RegExp(fence.source, 'gm')

/** Maps a position in the folded text to the text. Folding rarely changes the length, and the exact mapping is slow. */
export const originalPosition = (text: string, folded: string, at: number): number =>
  text.length === folded.length ? at : (foldWithMap(text).origin[at] ?? 0)

/** Whole words around a position, on one line. */
export function excerptAround(text: string, at: number): string {
  let start = Math.max(0, at - excerptContext.before)
  let end = Math.min(text.length, at + excerptContext.after)
  if (start > 0) start = wordStart(text, start, at)
  if (end < text.length) end = Math.max(at + 1, text.lastIndexOf(' ', end), end - 20)
  const body = text
    .slice(start, end)
    .replace(fenceLine, '')
    .replace(/\s+/g, ' ')
    .replace(/\p{Cs}/gu, '')
    .trim()
  return `${start > 0 ? '…' : ''}${body}${end < text.length ? '…' : ''}`
}

/** Start of the first word between `from` and `to`; `from` if there is none. */
function wordStart(text: string, from: number, to: number): number {
  const space = text.slice(from, to).search(/\s/)
  return space === -1 ? from : from + space + 1
}
