import { cleanLine, cleanText } from './text.ts'
import type { Attachment } from '../ticket.ts'
import { parseUrl } from './url.ts'

const isUrl = (text: string): boolean => /^https?:\/\/\S+$/i.test(text)
const isFile = (text: string): boolean => /^\S(?:.{0,250}\S)?\.\w{2,5}$/.test(text)

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function attachment(piece: string): Attachment {
  const url = isUrl(piece) ? parseUrl(piece) : null
  if (!url) return { kind: 'text', text: piece }
  const last = safeDecode(url.pathname.split('/').at(-1) ?? '')
  return { kind: 'link', url: url.href, name: cleanLine(last) || url.hostname }
}

/** Splits at commas only between URLs and file names, since prose has commas, too. */
function byComma(value: string): readonly string[] {
  const pieces: string[] = []
  for (const part of value.split(',')) {
    const next = part.trim()
    const last = pieces.at(-1)
    const apart = last === undefined || isUrl(next) || (isFile(next) && !isUrl(last))
    if (apart) pieces.push(next)
    else pieces[pieces.length - 1] = `${last},${part}`
  }
  return pieces
}

/** The format of `attachment` is not documented: URLs become links, several may be separated by `|` or `,`, the rest is text. */
export function attachmentsFrom(value: string): readonly Attachment[] {
  if (value.trim() === '') return []
  const clean = cleanText(value)
  const pieces = clean.includes('|') ? clean.split('|') : byComma(clean)
  return pieces
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .map(attachment)
}

/** An attachment given as an object with name and optional URL of the file. */
export function namedAttachment(name: string, address: string): Attachment {
  const text = cleanLine(name)
  const known = isUrl(address) ? attachment(address) : null
  if (known?.kind === 'link') return text === '' ? known : { ...known, name: text }
  const own = attachment(name === '' ? address : name)
  return own.kind === 'link' ? own : { kind: 'text', text: text === '' ? cleanLine(address) : text }
}
