/** Splits a message into prose and machine text (logs, tables, commands, settings). */
import type { Block, Segment } from './message-parts.ts'
import { codeBlocks, fence, fenceFinder, lineKind, machineTextEnd, markArmoured } from './machine-lines.ts'
import { secretRanges } from './secrets.ts'
import { segments } from './segments.ts'

/** Longer text is not split, since that would take too long. UTF-16 units. */
const maxLength = 200_000

/** Splits off probable passwords, and the text between them by `split`. */
function withSecrets(text: string, split: (text: string) => readonly Segment[]): readonly Segment[] {
  const found: Segment[] = []
  let at = 0
  for (const [from, to] of secretRanges(text)) {
    if (from > at) found.push(...split(text.slice(at, from)))
    found.push({ kind: 'secret', text: text.slice(from, to) })
    at = to
  }
  if (at < text.length) found.push(...split(text.slice(at)))
  return found
}

const plain = (text: string): readonly Segment[] => [{ kind: 'text', text }]
const prose = (text: string): Block => ({ kind: 'prose', segments: withSecrets(text, segments) })
const machine = (text: string): Block => ({ kind: 'machine', segments: withSecrets(text, plain) })

/** The parts of a message in order, without fences and without empty lines between parts. */
export function blocks(text: string): readonly Block[] {
  if (text === '') return []
  if (text.length > maxLength) return [{ kind: 'prose', segments: plain(text) }]
  const lines = text.split('\n')
  const kinds = lines.map(lineKind)
  markArmoured(lines, kinds)
  const areCode = codeBlocks(lines, kinds)
  const closingFence = fenceFinder(lines)
  const found: Block[] = []
  let pending: string[] = []
  const flush = (): void => {
    const written = pending.join('\n').replace(/^(?:[^\S\n]*\n)+|\s+$/g, '')
    if (written.trim() !== '') found.push(prose(written))
    pending = []
  }
  for (let at = 0; at < lines.length;) {
    const opening = fence.exec(lines[at] ?? '')?.[1]
    const closing = opening === undefined ? -1 : closingFence(at, opening)
    if (closing > at + 1) {
      flush()
      found.push(machine(lines.slice(at + 1, closing).join('\n')))
      at = closing + 1
      continue
    }
    const end = machineTextEnd(lines, kinds, areCode, at)
    if (end > at) {
      flush()
      found.push(machine(lines.slice(at, end).join('\n')))
      at = end
      continue
    }
    pending.push(lines[at] ?? '')
    at += 1
  }
  flush()
  // Only prose: the text is returned unchanged, with its empty lines.
  return found.length === 0 || (found.length === 1 && found[0]?.kind === 'prose') ? [prose(text)] : found
}

/** The text of a block including its secrets, for copying. */
export const blockText = ({ segments: parts }: Block): string => parts.map((part) => part.text).join('')
