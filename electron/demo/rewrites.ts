/** What ticket systems, PHP and firewalls do to a text before they store or print it. Pure; for tests and rehearsals. */

export interface Rewrite {
  readonly name: string
  readonly text: (text: string) => string
}

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#039;'
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign)
const numbered = (text: string): string => text.replace(/[&<>"'=()]/g, (sign) => `&#${sign.charCodeAt(0)};`)
const hex = (text: string): string =>
  text.replace(/[&<>"'/]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16).toUpperCase()};`)
const names: Readonly<Record<string, string>> = {
  ...signs,
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
const named = (text: string): string => text.replace(/[^\w\s]/gu, (sign) => names[sign] ?? sign)

/** As PHP's `strip_tags`: also what only looks like a tag, and to the end of the text where nothing closes it. */
const stripped = (text: string): string => text.replace(/<(?=\S)[^<>]*(?:>|$)/g, '')
const breaks = (text: string): string => text.replace(/\r?\n/g, '<br />\n')
const wrapped = (text: string, width: number): string =>
  text
    .split('\n')
    .map((line) => line.replace(new RegExp(`(.{1,${width}})(?:\\s|$)`, 'g'), '$1\n').trimEnd())
    .join('\n')
const slashed = (text: string): string => text.replace(/[\\'"]/g, '\\$&')
const inLatin = (text: string, swap: Readonly<Record<string, string>>): string =>
  text.replace(/[şŞıİğĞ]/g, (letter) => swap[letter] ?? letter)
const bare: Readonly<Record<string, string>> = {
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
const cut = (text: string, most: number): string => Array.from(text).slice(0, most).join('')

export const rewrites: readonly Rewrite[] = [
  { name: 'unchanged', text: (text) => text },
  { name: 'escaped once', text: escaped },
  { name: 'escaped twice', text: (text) => escaped(escaped(text)) },
  { name: 'escaped as numbers', text: numbered },
  { name: 'escaped as hex', text: hex },
  { name: 'escaped as names', text: named },
  { name: 'line ends', text: (text) => text.replace(/\r?\n/g, '\r\n') },
  { name: 'line ends as spaces', text: (text) => text.replace(/\s+/g, ' ') },
  { name: 'line ends as letters', text: (text) => text.replace(/\r?\n/g, '\\r\\n') },
  { name: 'blank lines gone', text: (text) => text.replace(/[ \t]+$/gm, '').replace(/\n{2,}/g, '\n') },
  { name: 'line breaks as HTML', text: breaks },
  {
    name: 'line breaks as paragraphs',
    text: (text) => `<p>${text.replace(/\n\n+/g, '</p>\n<p>').replace(/\n/g, '<br>')}</p>`
  },
  { name: 'escaped, line breaks as HTML', text: (text) => breaks(escaped(text)) },
  { name: 'tags stripped', text: stripped },
  { name: 'tags stripped, then escaped', text: (text) => escaped(stripped(text)) },
  { name: 'slashes added', text: slashed },
  { name: 'slashes added twice', text: (text) => slashed(slashed(text)) },
  { name: 'slashes stripped', text: (text) => text.replace(/\\(.?)/gs, '$1') },
  { name: 'wrapped at 72', text: (text) => wrapped(text, 72) },
  { name: 'wrapped within words at 40', text: (text) => text.replace(/[^\n]{40}/g, '$&\n') },
  { name: 'capitals', text: (text) => text.toLocaleUpperCase('tr') },
  {
    name: 'without marks',
    text: (text) => text.replace(/[şŞıİğĞçÇöÖüÜ]/g, (letter) => bare[letter] ?? letter)
  },
  { name: 'other letters as question marks', text: (text) => text.replace(/[^\x00-\xff]/gu, '?') }, // eslint-disable-line no-control-regex -- Latin-1
  { name: 'other letters gone', text: (text) => text.replace(/[^\x00-\x7f]/gu, '') }, // eslint-disable-line no-control-regex -- ASCII
  {
    name: 'another code page',
    text: (text) => inLatin(text, { ş: 'þ', Ş: 'Þ', ı: 'ý', İ: 'Ý', ğ: 'ð', Ğ: 'Ð' })
  },
  { name: 'UTF-8 read as Latin-1', text: (text) => Buffer.from(text).toString('latin1') },
  { name: 'cut at the first emoji', text: (text) => text.replace(/[\u{10000}-\u{10ffff}].*$/su, '') },
  { name: 'footer after', text: (text) => `${text}\n\n-- \nPanelden gonderildi` },
  { name: 'footer before', text: (text) => `[Musteri paneli]\n${text}` },
  {
    name: 'quoted',
    text: (text) => `24.11.2026 12:00 tarihinde Deniz Arslan yazdi:\n${text.replace(/^/gm, '> ')}`
  },
  { name: 'cut short', text: (text) => cut(text, 255) },
  {
    name: 'cut short with an ellipsis',
    text: (text) => (text.length > 120 ? `${cut(text, 120).trimEnd()}...` : text)
  },
  { name: 'digits masked', text: (text) => text.replace(/\d(?=\d{4})/g, '*') },
  {
    name: 'words masked',
    text: (text) => text.replace(/((?:sifre|şifre|parola|password)\S*\s*[:=]\s*)\S+/giu, '$1********')
  },
  {
    name: 'words taken out',
    text: (text) => text.replace(/\b(?:select|union|script|eval|base64_decode|drop)\b/gi, '')
  },
  {
    name: 'scripts replaced',
    text: (text) => text.replace(/<\/?(?:script|iframe|\?php|\?)[^<>]*>?|\?>/gi, '[removed]')
  },
  {
    name: 'links counted',
    text: (text) =>
      text.replace(
        /https?:\/\/[^\s<>"']+/g,
        (url) => `https://click.example.net/r?u=${encodeURIComponent(url)}&c=81`
      )
  },
  {
    name: 'links shown',
    text: (text) =>
      text.replace(/https?:\/\/[^\s<>"']+/g, (url) => `<a href="${url}" target="_blank">${url}</a>`)
  },
  {
    name: 'quotes curled',
    text: (text) =>
      text
        .replace(/"([^"\n]*)"/g, '“$1”')
        .replace(/'/g, '’')
        .replace(/--/g, '–')
  }
]
