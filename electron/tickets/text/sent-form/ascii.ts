/** Converts typed text to ASCII. Separate from `turkish.ts`, so that only windows for writing load it. */
import type { Range } from '../../views.ts'

/** ASCII replacements of characters that do not become ASCII by removing diacritics. */
const asciiReplacements: Readonly<Record<string, string>> = {
  ı: 'i',
  ß: 'ss',
  ø: 'o',
  Ø: 'O',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  þ: 'th',
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '‟': '"',
  '‹': "'",
  '›': "'",
  ʼ: "'",
  '´': "'",
  '′': "'",
  '″': '"',
  '‐': '-',
  '‑': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '⁃': '-',
  '…': '...',
  '•': '*',
  '·': '*',
  '●': '*',
  '◦': '*',
  '▪': '*',
  '→': '->',
  '←': '<-',
  '⇒': '=>',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '×': 'x',
  '÷': '/',
  '⁄': '/',
  '№': 'No',
  '€': 'EUR',
  '₺': 'TL',
  '£': 'GBP',
  '©': '(c)',
  '®': '(r)',
  '™': '(tm)',
  '°': 'derece',
  '℃': 'derece C',
  '℉': 'derece F',
  '✓': '[x]',
  '✔': '[x]',
  '✗': '[ ]',
  // Decomposition would drop the stroke and reverse the meaning.
  '≮': '>=',
  '≯': '<=',
  '≰': '>',
  '≱': '<',
  '±': '+/-',
  '≈': '~',
  '‰': '/1000',
  µ: 'u',
  μ: 'u'
}

const combining = /\p{M}/gu
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/u
const plainText = /^[\x20-\x7e\n\t]*$/
const notPlain = /[^\x20-\x7e\n\t]/gu

const asciiCache = new Map<string, string>()

function asciiOf(character: string): string {
  if (character >= ' ' && character <= '~') return character
  const known = asciiCache.get(character)
  if (known !== undefined) return known
  const result = findAscii(character)
  if (asciiCache.size >= 5000) asciiCache.clear()
  asciiCache.set(character, result)
  return result
}

function findAscii(character: string): string {
  if (character === '\n' || character === '\t') return character
  const known = asciiReplacements[character]
  if (known !== undefined) return known
  if (/\p{Zs}/u.test(character)) return ' '
  if (/\p{M}/u.test(character) || invisible.test(character)) return ''
  const bare = character.normalize('NFKD').replace(combining, '')
  if (bare === character) return '?'
  const ascii = Array.from(bare, asciiOf).join('')
  // ① becomes (1), since it may stand next to other digits; ㎡ becomes m^2.
  if (circled.test(character)) return `(${ascii})`
  return squared.test(character) ? ascii.replace(/[23]$/, '^$&') : ascii
}

const circled = /[\u2460-\u2473\u24b6-\u24ea\u3251-\u325f\u32b1-\u32bf]/
const squared = /[\u3371-\u33df]/
const superscript = /[\u00b2\u00b3\u00b9\u2070-\u207f]/
const subscript = /[\u2080-\u208e\u2090-\u209c]/
const fraction = /[\u00bc-\u00be\u2150-\u215e\u2189]/
const degree = /[\u00b0\u2103\u2109]/

/** Without these characters, each character can be converted independently. */
const specialFigures = new RegExp(
  [superscript, subscript, fraction, degree].map(({ source }) => source).join('|')
)

type Figure = 'raised' | 'lowered' | 'fraction' | 'word' | null

function figureOf(character: string): Figure {
  if (character < '\x80') return null
  if (superscript.test(character)) return 'raised'
  if (subscript.test(character)) return 'lowered'
  if (fraction.test(character)) return 'fraction'
  return degree.test(character) ? 'word' : null
}

/** The end of a text after which a word needs no space. */
const isOpen = /^[\s([{"']?$/
const wordStart = /[\p{L}\p{N}]/u

/**
 * Yields each character and its ASCII form. Superscripts, subscripts and fractions keep their meaning: `10²` becomes `10^2`,
 * not 102, and `1½` becomes `1 1/2`, not 11/2. A word stands apart from what is around it: `25°C` becomes `25 derece C`.
 */
function* toAsciiByCharacter(text: string): Generator<readonly [character: string, sent: string]> {
  let figure: Figure = null
  let last = ''
  let end = 0
  const normalized = normalizeLines(text)
  for (const character of normalized) {
    end += character.length
    const ascii = asciiOf(character)
    if (ascii === '') {
      yield [character, '']
      continue
    }
    const before = figure
    figure = figureOf(character)
    let sent = ascii
    if (figure === 'raised' && before !== 'raised') sent = `^${ascii}`
    else if (figure === 'lowered' && before !== 'lowered') sent = `_${ascii}`
    else if (figure === 'fraction' && /\d/.test(last)) sent = ` ${ascii}`
    else if (figure === 'word')
      sent = (isOpen.test(last) ? '' : ' ') + ascii + (wordStart.test(normalized.charAt(end)) ? ' ' : '')
    else if (figure === null && before !== null && before !== 'word' && /^\d/.test(ascii)) sent = ` ${ascii}`
    yield [character, sent]
    last = sent.slice(-1)
  }
}

const normalizeLines = (text: string): string => text.normalize('NFC').replace(/\r\n?/g, '\n')

/**
 * The text in ASCII, as the v1 documentation asks for it. Letters lose their diacritics,
 * typographic characters become their ASCII forms, line ends become `\n`, control and bidi characters are removed, and
 * characters without an ASCII form (emoji) become `?`, so that the loss is visible. Idempotent.
 */
export const toAscii = (text: string): string =>
  plainText.test(text)
    ? text
    : specialFigures.test(text)
      ? Array.from(toAsciiByCharacter(text), ([, sent]) => sent).join('')
      : normalizeLines(text).replace(notPlain, asciiOf)

export interface AsciiPreview {
  /** The text that is sent. */
  readonly text: string
  /** Its ranges that differ from the typed text, sorted and disjoint. An empty range marks a removed invisible character. */
  readonly changed: readonly Range[]
  /** Visible characters that were replaced; those without an ASCII form are not counted. */
  readonly letters: number
}

export function asciiPreview(text: string): AsciiPreview {
  if (plainText.test(text)) return { text, changed: [], letters: 0 }
  let out = ''
  let letters = 0
  const changed: [number, number][] = []
  for (const [character, sent] of toAsciiByCharacter(text)) {
    if (sent !== character) {
      if (sent !== '' && sent !== '?') letters += 1
      const last = changed.at(-1)
      if (last?.[1] === out.length) last[1] = out.length + sent.length
      else changed.push([out.length, out.length + sent.length])
    }
    out += sent
  }
  return { text: out, changed, letters }
}
