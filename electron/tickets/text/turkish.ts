import type { Range } from '../views.ts'

/** What the letter map cannot reach by dropping diacritics. Values are plain ASCII. */
const plain: Readonly<Record<string, string>> = {
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
  '°': ' derece',
  '✓': '[x]',
  '✔': '[x]',
  '✗': '[ ]',
  // Taken apart, these would say the opposite: the stroke through them is a mark.
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
/** Marks, and what nobody sees: soft hyphens, joiners, direction signs. */
const unseen = /[\p{M}\p{Cf}]/gu
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/u
const plainText = /^[\x20-\x7e\n\t]*$/
const notPlain = /[^\x20-\x7e\n\t]/gu

const asciiCharacters = new Map<string, string>()

function asciiOf(character: string): string {
  if (character >= ' ' && character <= '~') return character
  const known = asciiCharacters.get(character)
  if (known !== undefined) return known
  const result = findAscii(character)
  if (asciiCharacters.size >= 5000) asciiCharacters.clear()
  asciiCharacters.set(character, result)
  return result
}

function findAscii(character: string): string {
  if (character === '\n' || character === '\t') return character
  const known = plain[character]
  if (known !== undefined) return known
  if (/\p{Zs}/u.test(character)) return ' '
  if (/\p{M}/u.test(character) || invisible.test(character)) return ''
  const bare = character.normalize('NFKD').replace(combining, '')
  if (bare === character) return '?'
  const written = Array.from(bare, asciiOf).join('')
  // ① is no 1 and stands beside others, and ㎡ is no m2.
  if (circled.test(character)) return `(${written})`
  return squared.test(character) ? written.replace(/[23]$/, '^$&') : written
}

const circled = /[\u2460-\u2473\u24b6-\u24ea\u3251-\u325f\u32b1-\u32bf]/
const squared = /[\u3371-\u33df]/
const raised = /[\u00b2\u00b3\u00b9\u2070-\u207f]/
const lowered = /[\u2080-\u208e\u2090-\u209c]/
const fraction = /[\u00bc-\u00be\u2150-\u215e\u2189]/

/** Where none of these is, each character is sent for itself. */
const figures = new RegExp([raised, lowered, fraction].map(({ source }) => source).join('|'))

type Figure = 'raised' | 'lowered' | 'fraction' | null

function figureOf(character: string): Figure {
  if (character < '\x80') return null
  if (raised.test(character)) return 'raised'
  if (lowered.test(character)) return 'lowered'
  return fraction.test(character) ? 'fraction' : null
}

/**
 * Each character with what is sent for it. Figures that mean something by their size or place keep it: `10²` is `10^2`,
 * not 102, and `1½` is `1 1/2`, not 11/2.
 */
function* written(text: string): Generator<readonly [character: string, sent: string]> {
  let figure: Figure = null
  let afterDigit = false
  for (const character of lines(text)) {
    const plain = asciiOf(character)
    if (plain === '') {
      yield [character, '']
      continue
    }
    const before = figure
    figure = figureOf(character)
    let sent = plain
    if (figure === 'raised' && before !== 'raised') sent = `^${plain}`
    else if (figure === 'lowered' && before !== 'lowered') sent = `_${plain}`
    else if (figure === 'fraction' && afterDigit) sent = ` ${plain}`
    else if (figure === null && before !== null && /^\d/.test(plain)) sent = ` ${plain}`
    yield [character, sent]
    afterDigit = /\d$/.test(sent)
  }
}

const lines = (text: string): string => text.normalize('NFC').replace(/\r\n?/g, '\n')

/**
 * The message as it will be sent: v1's documentation asks for no Turkish characters. Letters lose their
 * marks, typographic characters become their typed forms, figures keep what they mean, line ends `\n`; control and bidi characters go,
 * and what has no plain form (an emoji) becomes `?`, so that its loss is seen. Idempotent.
 */
export const toAscii = (text: string): string =>
  plainText.test(text)
    ? text
    : figures.test(text)
      ? Array.from(written(text), ([, sent]) => sent).join('')
      : lines(text).replace(notPlain, asciiOf)

/**
 * The text as it will be sent, with the ranges of it that differ from what was typed, in order and apart from
 * each other. A range without length is where something invisible was left out.
 */
export function asciiPreview(text: string): { readonly text: string; readonly changed: readonly Range[] } {
  if (plainText.test(text)) return { text, changed: [] }
  let out = ''
  const changed: [number, number][] = []
  for (const [character, sent] of written(text)) {
    if (sent !== character) {
      const last = changed.at(-1)
      if (last?.[1] === out.length) last[1] = out.length + sent.length
      else changed.push([out.length, out.length + sent.length])
    }
    out += sent
  }
  return { text: out, changed }
}

const nonAscii = /[\u{80}-\u{10ffff}]/gu
const foldedCharacters = new Map<string, string>()

/** After taking apart: only the dotless i keeps its own letter, and a sigma at a word's end its own shape. */
function foldCharacter(character: string): string {
  const known = foldedCharacters.get(character)
  if (known !== undefined) return known
  const plain = character.normalize('NFKD').replace(unseen, '').toLowerCase()
  const result = plain.replace(/ı/g, 'i').replace(/ς/g, 'σ')
  if (foldedCharacters.size >= 5000) foldedCharacters.clear()
  foldedCharacters.set(character, result)
  return result
}

/** For searching: lower case, marks off, and all four Turkish i's alike, so that `sikayet` finds `Şikâyet`. */
export const fold = (text: string): string => text.replace(nonAscii, foldCharacter).toLowerCase()

/** What stands between white space, folded. Some signs fold to a space. */
export const foldedWords = (text: string): readonly string[] => fold(text).split(/\s+/).filter(Boolean)

/** `fold`, and for each folded position (and the end) the position in `text` it came from: for highlights. */
export function foldWithMap(text: string): { readonly folded: string; readonly origin: readonly number[] } {
  const origin: number[] = []
  if (plainText.test(text)) {
    for (let i = 0; i <= text.length; i++) origin.push(i)
    return { folded: text.toLowerCase(), origin }
  }
  let folded = ''
  let position = 0
  for (const character of text) {
    const piece = character < '\x80' ? character.toLowerCase() : foldCharacter(character)
    for (let i = 0; i < piece.length; i++) origin.push(position)
    folded += piece
    position += character.length
  }
  origin.push(position)
  return { folded, origin }
}
