/** Undoes single rewrites of texts by servers. All functions are linear in the length of the text. */
import { decodeEntities } from '../../tickets/text/text.ts'

/** Entities that PHP's `htmlentities` writes and `decodeEntities` does not decode. */
const latinEntities: Readonly<Record<string, string>> = Object.fromEntries(
  `iexcl¡ cent¢ pound£ curren¤ yen¥ brvbar¦ sect§ uml¨ ordf\u00aa not¬ shy\u00ad macr¯ plusmn± sup2² sup3³ acute´ micro\u00b5 para¶
  cedil¸ sup1¹ ordm\u00ba frac14¼ frac12½ frac34¾ iquest¿ Agrave\u00c0 Aacute\u00c1 Atilde\u00c3 Auml\u00c4 Aring\u00c5 AElig\u00c6 Egrave\u00c8 Eacute\u00c9
  Ecirc\u00ca Euml\u00cb Igrave\u00cc Iacute\u00cd Iuml\u00cf ETH\u00d0 Ntilde\u00d1 Ograve\u00d2 Oacute\u00d3 Ocirc\u00d4 Otilde\u00d5 times\u00d7 Oslash\u00d8 Ugrave\u00d9
  Uacute\u00da Yacute\u00dd THORN\u00de szlig\u00df agrave\u00e0 aacute\u00e1 atilde\u00e3 auml\u00e4 aring\u00e5 aelig\u00e6 egrave\u00e8 eacute\u00e9 ecirc\u00ea euml\u00eb
  igrave\u00ec iacute\u00ed iuml\u00ef eth\u00f0 ntilde\u00f1 ograve\u00f2 oacute\u00f3 ocirc\u00f4 otilde\u00f5 divide\u00f7 oslash\u00f8 ugrave\u00f9 uacute\u00fa yacute\u00fd
  thorn\u00fe yuml\u00ff OElig\u0152 oelig\u0153 Scaron\u0160 scaron\u0161 sbquo\u201a bdquo\u201e dagger\u2020 permil\u2030 lsaquo\u2039 rsaquo\u203a trade\u2122 rarr\u2192 larr\u2190
  hArr\u21d4 le\u2264 ge\u2265 ne\u2260 minus\u2212 Scedil\u015e Tab\t NewLine\n excl! num# dollar$ percnt% lpar( rpar) ast* plus+ comma, period. sol/ colon: semi;
  equals= quest? commat@ lsqb[ lbrack[ bsol\\ rsqb] rbrack] lowbar_ grave\` lcub{ lbrace{ verbar| vert| rcub} rbrace} AMP& LT< GT> QUOT"`
    .split(/ +|\n +/)
    .map((pair) => {
      const sign = pair.slice(-1)
      return [pair.slice(0, -sign.length), sign]
    })
)

const maxRounds = 8

const jsonEscape = /\\+u([0-9a-f]{4})/gi

/** Decodes JSON's letters, which stay where a server encodes a text twice; and entities repeatedly, since it may be escaped already. */
export function decodeAll(text: string): string {
  let now = text.includes('\\u')
    ? text.replace(jsonEscape, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text
  for (let round = 0; round < maxRounds && now.includes('&'); round++) {
    const next = decodeEntities(now).replace(
      /&([A-Za-z][A-Za-z0-9]{1,7});/g,
      (whole, name: string) => latinEntities[name] ?? whole
    )
    if (next === now) break
    now = next
  }
  return now
}

const cutEntity =
  /&(?:#x?[0-9a-f]{0,5}|am?p?|lt?|gt?|qu?o?t?|ap?o?s?|nb?s?p?)?(?=\s*(?:\u2026|\.{3}|\n\s*[-_=*~]{4,}|$))/i

/** Removes an incomplete entity at the end of a cut text. */
export const withoutCutEntity = (text: string): string => text.replace(cutEntity, '')

/** Tags used for layout. Others may be content, such as `<VirtualHost>`. */
const formatting =
  /<\/?(?:br|p|div|span|a|b|i|u|s|strong|em|pre|code|blockquote|ul|ol|li|font|img|hr|center|wbr)(?:\s[^<>]*|\/)?>/gi

/** Replaces block tags by line ends and removes other layout tags. */
export const withoutFormatting = (text: string): string =>
  text.includes('<')
    ? text.replace(formatting, (tag) => (/^<\/?(?:br|p|div|pre|blockquote|li|hr)\b/i.test(tag) ? '\n' : ''))
    : text

/**
 * Like PHP's `strip_tags`: removes text from `<`, unless white space follows, to the closing `>`, ignoring quoted text; or
 * to the end if there is none.
 */
export function withoutAnyTags(text: string): string {
  let out = ''
  let depth = 0
  let quote = ''
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? ''
    if (depth === 0) {
      if (sign !== '<' || /^\s?$/.test(text[at + 1] ?? '')) continue
      out += text.slice(from, at)
      depth = 1
    } else if (quote !== '') {
      if (sign === quote) quote = ''
    } else if (sign === '"' || sign === "'") quote = sign
    else if (sign === '<') depth += 1
    else if (sign === '>' && --depth === 0) from = at + 1
  }
  return depth === 0 ? out + text.slice(from) : out
}

const wrappedLink = /\bh(?:tt|xx)ps?:\/\/[^\s<>"']+/gi

function innerLink(url: string): string {
  let inner = url
  for (let round = 0; round < 3; round++) {
    const found = /https?(?:%253A|%3A|:)(?:%252F|%2F|\/){2}[^\s&]+/i.exec(inner.slice(8))?.[0]
    if (found === undefined) break
    try {
      inner = decodeURIComponent(found)
    } catch {
      inner = found
    }
  }
  return inner
}

/** Replaces tracking links by their target, and removes protocols. */
export const innerLinks = (text: string): string =>
  text.includes('://')
    ? text.replace(wrappedLink, (url) => innerLink(url).replace(/^h(?:tt|xx)ps?:\/\/(?:www\.)?/i, ''))
    : text

const notAscii = /[^\x00-\x7f]/g // eslint-disable-line no-control-regex -- all that is not ASCII
const notLatin = /[^\x00-\xff]/g // eslint-disable-line no-control-regex -- all that is not Latin-1
/** The Turkish letters that Western code pages do not have. */
const turkishOnly = /[şŞıİğĞ]/g
/** Windows-1254 read as Latin-1. */
const turkishAsLatin: Readonly<Record<string, string>> = { ş: 'þ', Ş: 'Þ', ı: 'ý', İ: 'Ý', ğ: 'ð', Ğ: 'Ð' }

const latin1 = {
  decode: (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}
const utf8 = new TextEncoder()
/** UTF-8 read as one of these, once or twice. */
const readers = [latin1, new TextDecoder('windows-1252'), new TextDecoder('windows-1254')]

const hexOf = (code: number, digits: number): string => code.toString(16).padStart(digits, '0')
/** Letters as numeric escapes. */
const writtenOut: readonly ((letter: string) => string)[] = [
  // `\u015f`, also without its backslash.
  (letter) => Array.from({ length: letter.length }, (_, i) => `u${hexOf(letter.charCodeAt(i), 4)}`).join(''),
  (letter) => Array.from({ length: letter.length }, (_, i) => `%u${hexOf(letter.charCodeAt(i), 4)}`).join(''),
  (letter) => Array.from(utf8.encode(letter), (byte) => `%${hexOf(byte, 2)}`).join(''),
  (letter) => Array.from(utf8.encode(letter), (byte) => `=${hexOf(byte, 2)}`).join('')
]
const wholeCharacter = /[^\x00-\x7f]/gu // eslint-disable-line no-control-regex -- all that is not ASCII

export const hasOtherLetters = (text: string): boolean => text.search(notAscii) >= 0

/**
 * Conversions in which letters outside ASCII are lost or decoded with another encoding. Replacements of lost letters (`?`,
 * `??`, U+FFFD, nothing) are not compared, so they are removed here.
 */
export const misreadings: readonly ((text: string) => string)[] = [
  (text) => text.replace(notAscii, ''),
  (text) => text.replace(notLatin, ''),
  (text) => text.replace(turkishOnly, ''),
  (text) => text.replace(turkishOnly, (letter) => turkishAsLatin[letter] ?? letter),
  (text) => text.replace(wholeCharacter, '_'),
  ...readers.flatMap((reader) => {
    const once = (text: string): string => reader.decode(utf8.encode(text))
    return [once, (text: string) => once(once(text))]
  }),
  ...writtenOut.map((write) => (text: string) => text.replace(wholeCharacter, write))
]

/** The beginnings of a text that is cut at its first letter that the database or a converter cannot store. */
export function readableBeginnings(text: string): readonly string[] {
  const ends = [text.search(notAscii), text.search(notLatin), text.search(/[\u{10000}-\u{10ffff}]/u)]
  return [...new Set(ends)].filter((end) => end >= 0).map((end) => text.slice(0, end))
}
