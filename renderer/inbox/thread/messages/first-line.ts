import type { Block, Segment } from '../../../../electron/tickets/text/message-parts.ts'
import type { Thread, TicketRow } from '../../../../electron/tickets/views.ts'

/** Longest sentence or line that is shown as a title, in characters; a longer one is text. */
const maxTitleLength = 200

/** Keeps the length of the text, as main does before it cuts the subject. */
const shown = ({ kind, text }: Segment): string => (kind === 'secret' ? '•'.repeat(text.length) : text)

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** The text up to the end of the sentence in which `position` lies; all of it if it ends there. */
function sentenceAt(text: string, position: number): string {
  const end = /[.!?…]["”’)]*(?=\s+\p{Lu})/gu
  end.lastIndex = position
  const found = end.exec(text)
  return found ? text.slice(0, end.lastIndex) : text
}

/** `first` and the lines after it that `stem` is the beginning of, as one line; null if it is not. */
function joinedLines(first: string, after: readonly string[], stem: string): string | null {
  let joined = ''
  for (const line of [first, ...after]) {
    joined = joined === '' ? line : `${joined} ${line}`
    if (joined.startsWith(stem)) return joined
    if (!stem.startsWith(joined)) return null
  }
  return null
}

/** Main also leaves out a greeting before the first sentence of a line. */
const withoutGreeting = (line: string): string => line.replace(/^[^,!.]{2,40}[,!.]\s+/, '')

/** Main leaves quotes and separator lines out of a subject. */
const isInSubject = (line: string): boolean => !line.startsWith('>') && /[\p{L}\p{N}]/u.test(line)

/** The sentence that a subject was cut from, with passwords hidden; null if the title is known or it is too long. */
export function sentenceOfSubject(row: TicketRow, thread: Thread | null): string | null {
  const first = thread?.messages[0]
  if (row.titleKnown || first?.author !== 'customer') return null
  const stem = oneLine(row.subject.replace(/…$/, ''))
  if (stem === '') return null
  const lines = first.body
    .flatMap(({ segments }) => segments.map(shown).join('').split('\n'))
    .map(oneLine)
    .filter(isInSubject)
  for (const [at, line] of lines.entries()) {
    const after = lines.slice(at + 1)
    const joined = joinedLines(line, after, stem) ?? joinedLines(withoutGreeting(line), after, stem)
    if (joined === null) continue
    const sentence = sentenceAt(joined, stem.length - 1)
    return sentence.length <= maxTitleLength ? sentence : null
  }
  return null
}

/** A body without the line that is shown above it; the same body if that is no whole line of prose, or all of it. */
export function withoutLine(body: readonly Block[], line: string): readonly Block[] {
  for (const [at, block] of body.entries()) {
    const segments = block.kind === 'prose' ? cut(block.segments, line) : null
    if (!segments) continue
    const rest = body.flatMap((one, i) =>
      i !== at ? [one] : isBlank(segments) ? [] : [{ ...one, segments }]
    )
    return rest.length === 0 ? body : rest
  }
  return body
}

const isBlank = (segments: readonly Segment[]): boolean => segments.every(({ text }) => text.trim() === '')

/** Null where the line is in none of them as a whole. */
function cut(segments: readonly Segment[], line: string): readonly Segment[] | null {
  for (const [at, segment] of segments.entries()) {
    const lines = segment.text.split('\n')
    const position = segment.kind === 'text' ? lines.findIndex((one) => oneLine(one) === line) : -1
    if (position === -1) continue
    // Its first and last line may continue in an adjacent link.
    const isWhole = (position > 0 || at === 0) && (position < lines.length - 1 || at === segments.length - 1)
    if (!isWhole) return null
    const text = lines
      .filter((_, i) => i !== position)
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
    return segments.map((one, i) =>
      i === at ? { ...segment, text: at === 0 ? text.trimStart() : text } : one
    )
  }
  return null
}
