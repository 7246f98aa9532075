/** Server text made fit to be shown as text. */
import { decodeHTMLStrict } from 'entities/decode'

/**
 * Entities to characters, once and as browsers do: `&amp;lt;` becomes `&lt;` and stays text, `&#146;` is the apostrophe
 * of Windows-1252. Unknown ones stay as they are, and so do those without a semicolon, which addresses are full of. A space
 * that does not break is a plain one: it would spoil a command that is copied.
 */
export const decodeEntities = (text: string): string =>
  text.includes('&') ? decodeHTMLStrict(text.replace(/&(?:nbsp|#160|#x0*a0);/gi, ' ')) : text

/* eslint-disable no-control-regex -- control characters are what must go */
const rare = /[\r\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/
const unwanted = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g
/* eslint-enable no-control-regex */

/**
 * Plain text: line ends as `\n`, entities decoded once, control characters (but tab and newline) and the
 * signs that turn the reading direction gone, halves of characters replaced. Most texts need the first step only.
 */
export function cleanText(text: string): string {
  const decoded = decodeEntities(text)
  const lines = decoded.includes('\r\n') ? decoded.replaceAll('\r\n', '\n') : decoded
  if (!rare.test(lines)) return lines
  return lines
    .replace(/[\r\u2028\u2029]/g, '\n')
    .replace(unwanted, '')
    .replace(/\p{Cs}/gu, '\ufffd')
}

/** On one line. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Below what is written already, as a paragraph of its own. */
export const appendParagraph = (text: string, paragraph: string): string =>
  text.trim() === '' ? paragraph : `${text.trimEnd()}\n\n${paragraph}`

/** A name or a status: plain text on one line, at most `max` characters. */
export const cleanLine = (text: string, max = 200): string => cutAt(oneLine(cleanText(text)), max)

const graphemes = new Intl.Segmenter('tr', { granularity: 'grapheme' })
/** Longer ones are made to be long, and may be torn. */
const longestGrapheme = 64

/** Where to cut so that what people see as one character (letter and mark, family of emoji) stays whole; at most `at`. */
function wholeBefore(text: string, at: number): number {
  const from = Math.max(0, at - longestGrapheme)
  const around = graphemes.segment(text.slice(from, at + longestGrapheme))
  const start = from + (around.containing(at - from)?.index ?? at - from)
  if (start > from || from === 0) return start
  const before = text.charCodeAt(at - 1)
  return before >= 0xd800 && before <= 0xdbff ? at - 1 : at
}

/** At most `max` UTF-16 units, cut between whole characters, with `…` in place of what is missing. */
export const cutAt = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, wholeBefore(text, max - 1)).trimEnd()}…`
