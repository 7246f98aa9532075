/** Cleans text from the server for display. */
import { decodeHTMLStrict } from 'entities/decode'

/**
 * Decodes entities once, as browsers do: `&amp;lt;` becomes `&lt;`, `&#146;` the apostrophe of Windows-1252. Unknown entities
 * stay, and so do those without a semicolon, which are common in URLs. A non-breaking space becomes a plain one, since it
 * would break a copied command.
 */
export const decodeEntities = (text: string): string =>
  text.includes('&') ? decodeHTMLStrict(text.replace(/&(?:nbsp|#160|#x0*a0);/gi, ' ')) : text

/* eslint-disable no-control-regex -- matches control characters in order to remove them */
const rareCharacters =
  /[\r\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/
const unwanted = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g
/* eslint-enable no-control-regex */

/**
 * Plain text: line ends become `\n`, entities are decoded once, control characters (except tab and newline) and bidirectional
 * controls are removed, lone surrogates are replaced. Most texts need only the first check.
 */
export function cleanText(text: string): string {
  const decoded = decodeEntities(text)
  const lines = decoded.includes('\r\n') ? decoded.replaceAll('\r\n', '\n') : decoded
  if (!rareCharacters.test(lines)) return lines
  return lines
    .replace(/[\r\u2028\u2029]/g, '\n')
    .replace(unwanted, '')
    .replace(/\p{Cs}/gu, '\ufffd')
}

/** Collapses white space to single spaces. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Appends a paragraph to a text, after a blank line. */
export const appendParagraph = (text: string, paragraph: string): string =>
  text.trim() === '' ? paragraph : `${text.trimEnd()}\n\n${paragraph}`

/** Plain text on one line, at most `max` characters; for names and statuses. */
export const cleanLine = (text: string, max = 200): string => cutAt(oneLine(cleanText(text)), max)

const graphemes = new Intl.Segmenter('tr', { granularity: 'grapheme' })
/** Longer graphemes are artificial and may be split. */
const maxGraphemeLength = 64

/** Characters below this one combine with no other: Latin letters, digits and punctuation. */
const firstCombining = 0x300

/** Whether a visible character certainly ends before `at`; asked first, since the segmenter takes microseconds. */
function isBoundary(text: string, at: number): boolean {
  const [before, after] = [text.charCodeAt(at - 1), text.charCodeAt(at)]
  return before < firstCombining && after < firstCombining && !(before === 0x0d && after === 0x0a)
}

/** Last position up to `at` that does not split a visible character (letter with marks, emoji sequence). */
function graphemeBoundaryBefore(text: string, at: number): number {
  if (isBoundary(text, at)) return at
  const from = Math.max(0, at - maxGraphemeLength)
  const around = graphemes.segment(text.slice(from, at + maxGraphemeLength))
  const start = from + (around.containing(at - from)?.index ?? at - from)
  if (start > from || from === 0) return start
  const before = text.charCodeAt(at - 1)
  return before >= 0xd800 && before <= 0xdbff ? at - 1 : at
}

/** Truncates to at most `max` UTF-16 units, between visible characters, and appends `…`. */
export const cutAt = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, graphemeBoundaryBefore(text, max - 1)).trimEnd()}…`
