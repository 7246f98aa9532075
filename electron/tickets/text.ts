/** Server text made fit to be shown as text. */

const named = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    hellip: '…',
    ndash: '–',
    mdash: '—',
    lsquo: '‘',
    rsquo: '’',
    ldquo: '“',
    rdquo: '”',
    laquo: '«',
    raquo: '»',
    bull: '•',
    middot: '·',
    euro: '€',
    copy: '©',
    reg: '®',
    deg: '°',
    Ccedil: 'Ç',
    ccedil: 'ç',
    Gbreve: 'Ğ',
    gbreve: 'ğ',
    Idot: 'İ',
    imath: 'ı',
    inodot: 'ı',
    Ouml: 'Ö',
    ouml: 'ö',
    Scedil: 'Ş',
    scedil: 'ş',
    Uuml: 'Ü',
    uuml: 'ü',
    Acirc: 'Â',
    acirc: 'â',
    Icirc: 'Î',
    icirc: 'î',
    Ucirc: 'Û',
    ucirc: 'û'
  })
)

function characterOf(code: number): string | null {
  if (code === 9 || code === 10 || code === 13) return String.fromCharCode(code)
  const valid = code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  return valid ? String.fromCodePoint(code) : null
}

/** Entities to characters, once: `&amp;lt;` becomes `&lt;` and stays text. Unknown ones stay as they are. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,8}));/g, (...match: unknown[]) => {
    const [whole, decimal, hex, name] = match as [string, string?, string?, string?]
    if (name !== undefined) return named.get(name) ?? whole
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return characterOf(code) ?? whole
  })
}

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

/** A name or a status: plain text on one line, at most `max` characters. */
export const cleanLine = (text: string, max = 200): string =>
  cutAt(cleanText(text).replace(/\s+/g, ' ').trim(), max)

/** At most `max` UTF-16 units, cut between whole characters, with `…` in place of what is missing. */
export function cutAt(text: string, max: number): string {
  if (text.length <= max) return text
  let end = max - 1
  const before = text.charCodeAt(end - 1)
  if (before >= 0xd800 && before <= 0xdbff) end -= 1
  return `${text.slice(0, end).trimEnd()}…`
}
