/** Changes that ticket systems, PHP and firewalls make to a text before they store or print it. Pure; for tests. */

export interface Rewrite {
  readonly name: string
  readonly apply: (apply: string) => string
}

const htmlEscapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#039;'
}
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => htmlEscapes[sign] ?? sign)
const escapeAsDecimals = (text: string): string =>
  text.replace(/[&<>"'=()]/g, (sign) => `&#${sign.charCodeAt(0)};`)
const escapeAsHex = (text: string): string =>
  text.replace(/[&<>"'/]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16).toUpperCase()};`)
const entities: Readonly<Record<string, string>> = {
  ...htmlEscapes,
  ç: '&ccedil;',
  Ç: '&Ccedil;',
  ö: '&ouml;',
  Ö: '&Ouml;',
  ü: '&uuml;',
  Ü: '&Uuml;',
  â: '&acirc;',
  î: '&icirc;',
  '°': '&deg;',
  '×': '&times;',
  '–': '&ndash;',
  '—': '&mdash;',
  '“': '&ldquo;',
  '”': '&rdquo;',
  '’': '&rsquo;'
}
const escapeAsNames = (text: string): string => text.replace(/[^\w\s]/gu, (sign) => entities[sign] ?? sign)

/** Like PHP's `strip_tags`: also removes what only looks like a tag, up to the end of the text if it is not closed. */
const stripTags = (text: string): string => text.replace(/<(?=\S)[^<>]*(?:>|$)/g, '')
const lineBreaksToHtml = (text: string): string => text.replace(/\r?\n/g, '<br />\n')
const wrapLines = (text: string, width: number): string =>
  text
    .split('\n')
    .map((line) => line.replace(new RegExp(`(.{1,${width}})(?:\\s|$)`, 'g'), '$1\n').trimEnd())
    .join('\n')
const addSlashes = (text: string): string => text.replace(/[\\'"]/g, '\\$&')
const replaceTurkishLetters = (text: string, replacements: Readonly<Record<string, string>>): string =>
  text.replace(/[şŞıİğĞ]/g, (letter) => replacements[letter] ?? letter)
const lettersWithoutMarks: Readonly<Record<string, string>> = {
  ş: 's',
  Ş: 'S',
  ı: 'i',
  İ: 'I',
  ğ: 'g',
  Ğ: 'G',
  ç: 'c',
  Ç: 'C',
  ö: 'o',
  Ö: 'O',
  ü: 'u',
  Ü: 'U'
}
const truncate = (text: string, maxLength: number): string => Array.from(text).slice(0, maxLength).join('')

export const rewrites: readonly Rewrite[] = [
  { name: 'unchanged', apply: (text) => text },
  { name: 'escaped once', apply: escapeHtml },
  { name: 'escaped twice', apply: (text) => escapeHtml(escapeHtml(text)) },
  { name: 'escaped as numbers', apply: escapeAsDecimals },
  { name: 'escaped as hex', apply: escapeAsHex },
  { name: 'escaped as names', apply: escapeAsNames },
  { name: 'line ends', apply: (text) => text.replace(/\r?\n/g, '\r\n') },
  { name: 'line ends as spaces', apply: (text) => text.replace(/\s+/g, ' ') },
  { name: 'line ends as letters', apply: (text) => text.replace(/\r?\n/g, '\\r\\n') },
  {
    name: 'encoded as JSON',
    apply: (text) =>
      JSON.stringify(text)
        .slice(1, -1)
        .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  },
  { name: 'blank lines gone', apply: (text) => text.replace(/[ \t]+$/gm, '').replace(/\n{2,}/g, '\n') },
  { name: 'line breaks as HTML', apply: lineBreaksToHtml },
  {
    name: 'line breaks as paragraphs',
    apply: (text) => `<p>${text.replace(/\n\n+/g, '</p>\n<p>').replace(/\n/g, '<br>')}</p>`
  },
  { name: 'escaped, line breaks as HTML', apply: (text) => lineBreaksToHtml(escapeHtml(text)) },
  { name: 'tags stripped', apply: stripTags },
  { name: 'tags stripped, then escaped', apply: (text) => escapeHtml(stripTags(text)) },
  { name: 'slashes added', apply: addSlashes },
  { name: 'slashes added twice', apply: (text) => addSlashes(addSlashes(text)) },
  { name: 'slashes stripped', apply: (text) => text.replace(/\\(.?)/gs, '$1') },
  { name: 'wrapped at 72', apply: (text) => wrapLines(text, 72) },
  { name: 'wrapped within words at 40', apply: (text) => text.replace(/[^\n]{40}/g, '$&\n') },
  { name: 'capitals', apply: (text) => text.toLocaleUpperCase('tr') },
  {
    name: 'without marks',
    apply: (text) => text.replace(/[şŞıİğĞçÇöÖüÜ]/g, (letter) => lettersWithoutMarks[letter] ?? letter)
  },
  { name: 'other letters as question marks', apply: (text) => text.replace(/[^\x00-\xff]/gu, '?') }, // eslint-disable-line no-control-regex -- Latin-1
  { name: 'other letters gone', apply: (text) => text.replace(/[^\x00-\x7f]/gu, '') }, // eslint-disable-line no-control-regex -- ASCII
  {
    name: 'another code page',
    apply: (text) => replaceTurkishLetters(text, { ş: 'þ', Ş: 'Þ', ı: 'ý', İ: 'Ý', ğ: 'ð', Ğ: 'Ð' })
  },
  { name: 'UTF-8 read as Latin-1', apply: (text) => Buffer.from(text).toString('latin1') },
  { name: 'cut at the first emoji', apply: (text) => text.replace(/[\u{10000}-\u{10ffff}].*$/su, '') },
  { name: 'footer after', apply: (text) => `${text}\n\n-- \nPanelden gonderildi` },
  { name: 'footer before', apply: (text) => `[Musteri paneli]\n${text}` },
  {
    name: 'quoted',
    apply: (text) => `24.11.2026 12:00 tarihinde Deniz Arslan yazdi:\n${text.replace(/^/gm, '> ')}`
  },
  { name: 'cut short', apply: (text) => truncate(text, 255) },
  {
    name: 'cut short with an ellipsis',
    apply: (text) => (text.length > 120 ? `${truncate(text, 120).trimEnd()}...` : text)
  },
  { name: 'digits masked', apply: (text) => text.replace(/\d(?=\d{4})/g, '*') },
  {
    name: 'words masked',
    apply: (text) => text.replace(/((?:sifre|şifre|parola|password)\S*\s*[:=]\s*)\S+/giu, '$1********')
  },
  {
    name: 'words taken out',
    apply: (text) => text.replace(/\b(?:select|union|script|eval|base64_decode|drop)\b/gi, '')
  },
  {
    name: 'scripts replaced',
    apply: (text) => text.replace(/<\/?(?:script|iframe|\?php|\?)[^<>]*>?|\?>/gi, '[removed]')
  },
  {
    name: 'links counted',
    apply: (text) =>
      text.replace(
        /https?:\/\/[^\s<>"']+/g,
        (url) => `https://click.example.net/r?u=${encodeURIComponent(url)}&c=81`
      )
  },
  {
    name: 'links shown',
    apply: (text) =>
      text.replace(/https?:\/\/[^\s<>"']+/g, (url) => `<a href="${url}" target="_blank">${url}</a>`)
  },
  {
    name: 'quotes curled',
    apply: (text) =>
      text
        .replace(/"([^"\n]*)"/g, '“$1”')
        .replace(/'/g, '’')
        .replace(/--/g, '–')
  }
]

/* eslint-disable no-control-regex -- character sets are named by their ranges */
const notAscii = /[^\x00-\x7f]/gu
const bytesOf = (letter: string): number => Buffer.byteLength(letter)
const misread = (text: string, as: string): string => new TextDecoder(as).decode(Buffer.from(text))

/** Damage to letters outside ASCII by a database, converter or page with another encoding. */
export const letterDamages: readonly Rewrite[] = [
  { name: 'letters as ?', apply: (text) => text.replace(notAscii, '?') },
  { name: 'bytes as ?', apply: (text) => text.replace(notAscii, (letter) => '?'.repeat(bytesOf(letter))) },
  { name: 'letters as U+FFFD', apply: (text) => text.replace(notAscii, '\ufffd') },
  { name: 'Turkish letters as ?', apply: (text) => text.replace(/[şŞıİğĞ]/g, '?') },
  { name: 'letters as _', apply: (text) => text.replace(notAscii, '_') },
  { name: 'letters gone', apply: (text) => text.replace(notAscii, '') },
  { name: 'UTF-8 read as Windows-1252', apply: (text) => misread(text, 'windows-1252') },
  { name: 'UTF-8 read as Windows-1254', apply: (text) => misread(text, 'windows-1254') },
  {
    name: 'UTF-8 read as Windows-1252 twice',
    apply: (text) => misread(misread(text, 'windows-1252'), 'windows-1252')
  },
  {
    name: 'Windows-1254 read as Latin-1',
    apply: (text) => replaceTurkishLetters(text, { ş: 'þ', Ş: 'Þ', ı: 'ý', İ: 'Ý', ğ: 'ð', Ğ: 'Ð' })
  },
  {
    name: 'letters as u015f',
    apply: (text) =>
      text.replace(/[\u0080-\uffff]/g, (unit) => `u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  },
  {
    name: 'letters as %C5%9F',
    apply: (text) => text.replace(notAscii, (letter) => encodeURIComponent(letter))
  },
  { name: 'cut at the first letter', apply: (text) => text.replace(/[^\x00-\x7f].*$/su, '') },
  { name: 'cut at the first letter not Latin-1', apply: (text) => text.replace(/[^\x00-\xff].*$/su, '') }
]
/* eslint-enable no-control-regex */
