import type { Range, SearchHit } from '../../../electron/tickets/views.ts'

/** Characters that may stand before the first match, so that a narrow row still shows it. */
const before = 16

/** The excerpt from a little before its first match on, with the ranges moved along. */
export function fromMatch(
  text: string,
  ranges: readonly Range[]
): { readonly text: string; readonly ranges: readonly Range[] } {
  const first = ranges[0]?.[0] ?? 0
  if (first <= before) return { text, ranges }
  const space = text.indexOf(' ', first - before)
  const start = space === -1 || space >= first ? first : space + 1
  const moved = 1 - start
  return {
    text: `…${text.slice(start)}`,
    ranges: ranges.map(([from, to]): Range => [from + moved, to + moved])
  }
}

/** The excerpt without the words that the subject already shows. */
export function beyondSubject(excerpt: string, subject: string): string {
  const stem = subject.replace(/…$/, '')
  if (stem === '' || !excerpt.startsWith(stem)) return excerpt
  // Starts at the beginning of the word at which the subject was cut.
  const isCut = /\S/.test(excerpt[stem.length] ?? '') && stem !== subject
  const rest = excerpt.slice(isCut ? stem.lastIndexOf(' ') + 1 : stem.length).trimStart()
  return rest === '' || rest === '…' ? '' : `…${rest}`
}

/** Something was found that the subject, which stands above, does not show already. */
export function addsToSubject({ excerpt, ranges }: SearchHit, subject: string): boolean {
  const stem = subject.replace(/…$/, '')
  const isInSubject = excerpt.startsWith(stem) && ranges.every(([, end]) => end <= stem.length)
  return excerpt !== '' && (stem === '' || !isInSubject)
}
