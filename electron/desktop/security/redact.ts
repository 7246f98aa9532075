/**
 * Redacts lines for logs and diagnostics: they may contain known words, error codes, numbers, times and the app's ids.
 * Log lines contain nothing else in the first place; this also covers what error messages quote. It is an allow-list,
 * because names, hosts and sentences have no shape that could be searched for.
 */
import { homedir, userInfo } from 'node:os'
import { redactSecrets } from '../../api/secrets/redact-secrets.ts'
import { commands } from '../../ipc/contract.ts'
import { parseUrl } from '../../tickets/text/url.ts'
import { isErrorCode, knownFileEndings, knownWords } from './known-words.ts'

export interface RedactOptions {
  /**
   * Tokens of the accounts, server passwords and the user's name; redacted in every encoding
   * (api/secrets/redact-secrets.ts).
   */
  readonly secrets: readonly string[]
  /** The person's home folder. */
  readonly home: string
}

const maxLineLength = 500
const placeholder = '<(?:secret|address|mail|host|ip|path|text|number|id)>'
const isPlaceholder = new RegExp(`^${placeholder}$`)
/** Replaces unknown words. */
const unknown = '…'

const isKnownWord = (word: string): boolean => knownWords.has(word.toLowerCase().replaceAll('’', "'"))
const isErrorName = (word: string): boolean => /^(?:[A-Z][A-Za-z]{0,40})?(?:Error|Exception)$/.test(word)
const commandNames: ReadonlySet<string> = new Set(Object.keys(commands))

function redactWord(word: string): string {
  if (isKnownWord(word) || isErrorCode(word) || isErrorName(word)) return word
  // Long words with digits are probably a key, a password or a foreign id.
  return /\d/.test(word) && word.length >= 12 ? '<secret>' : unknown
}

/**
 * The name of one of the app's files, such as `marks-3f2b8c1d.jsonl.damaged-7`, with unknown parts replaced; null if
 * the ending is unknown.
 */
function redactFileName(name: string): string | null {
  const parts = name.split('.')
  if (!parts.some((part, index) => index > 0 && knownFileEndings.test(part))) return null
  return parts
    .map((part) =>
      knownFileEndings.test(part)
        ? part
        : part
            .split('-')
            .map((word) => (isKnownWord(word) || isShortId(word) || /^\d{1,6}$/.test(word) ? word : unknown))
            .join('-')
    )
    .join('.')
}

/** Ids of accounts and outbox entries are logged with their first eight digits. */
const isShortId = (word: string): boolean => /^(?=\d*[a-f])[0-9a-f]{8}$/.test(word)

/** Keeps only the name of the app's file. */
function redactPath(text: string): string {
  const name = /[^/\\]*$/.exec(text)?.[0] ?? ''
  const known = redactFileName(name)
  return known === null || known.includes(unknown) ? '<path>' : `<path>/${known}`
}

function redactDotted(text: string): string {
  if (commandNames.has(text) || /^\d{1,3}(?:\.\d{1,3}){1,2}$/.test(text)) return text
  // D-Bus error names.
  if (/^org\.freedesktop(?:\.[A-Za-z]+)+$/.test(text)) return text
  return redactFileName(text) ?? (parseUrl(`http://${text}`) ? '<host>' : unknown)
}

function redactQuoted(text: string): string {
  const inner = text.slice(1, -1)
  const quoteAgain = (replacement: string): string =>
    `${text.charAt(0)}${replacement}${text.charAt(text.length - 1)}`
  if (isPlaceholder.test(inner)) return text
  if (/[/\\]/.test(inner)) return quoteAgain(redactPath(inner))
  const file = redactFileName(inner)
  if (file !== null && !file.includes(unknown)) return text
  return isKnownWord(inner) ? text : quoteAgain('<text>')
}

function number(text: string): string {
  return text.length <= 6 ? text : '<number>'
}

/** Labels that are followed by a secret, in both languages, with any suffix. */
const secretNames =
  'pass(?:word|wort|wd|phrase|code)?|pwd|secret|token|api[ _-]?key|key|auth(?:orization)?|bearer|basic|cookie|credential|session[ _-]?id|pin|otp|parola|şifre|sifre|(?:api[ _-]?)?anahtar|gizli|kod|oturum'
const value = `<secret>|"[^"\\n]*"?|'[^'\\n]*'?|“[^”\\n]*”?|[^\\s,;&"']+`

type Rule = readonly [pattern: string, replacement: (match: string) => string]

/** At each position the first matching rule applies; the patterns must not contain capturing groups. */
const rules: readonly Rule[] = [
  [`${placeholder}(?:/[\\w.-]+)?`, (match) => (isPlaceholder.test(match) ? match : redactPath(match))],
  // Stack frames.
  [
    '\\bat (?:async )?(?:new )?[A-Za-z_$][\\w$.#]{0,80} (?:\\[as [\\w$]{1,40}\\] )?\\((?:node:[\\w/]{1,60}|[\\w-]{1,40}(?:\\.\\w{1,6}){0,2})(?::\\d{1,6}){2}\\)',
    (match) => match
  ],
  [
    '\\bat (?:async )?(?:node:[\\w/]{1,60}|[\\w-]{1,40}(?:\\.test)?\\.(?:mjs|cjs|js|ts))(?::\\d{1,6}){2}',
    (match) => match
  ],
  // Ids may consist of digits only (activity-log.ts), and a duration may be long.
  [
    '\\b(?:poll|cache|account) \\d{8}:|\\b\\d{8} \\(ticket |\\(\\d{8}\\): |\\b\\d{1,9} ms\\b',
    (match) => match
  ],
  ['app://bilet/[a-z]{1,20}\\.html', (match) => match],
  [
    '[a-z][a-z0-9+.-]*://[^\\s\'"<>()«»“”]+',
    (match) => (/^file:/i.test(match) ? redactPath(match) : '<address>')
  ],
  ['(?:mailto|tel|data|javascript):[^\\s\'"<>()]+', () => '<address>'],
  ['[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}.-]+', () => '<mail>'],
  ['\\beyJ[\\w-]{5,}(?:\\.[\\w-]*){0,4}', () => '<secret>'],
  // A label and its secret; in Turkish also without a separator.
  [
    `(?<![\\p{L}\\p{N}])["'“‘\`]?(?:${secretNames})\\p{L}{0,8}["'”’\`]?\\s*(?:[:=]|->|=>)\\s*(?:(?:bearer|basic|token)\\s+)?(?:${value})`,
    (match) => `${/\p{L}+/u.exec(match)?.[0] ?? ''}=<secret>`
  ],
  [
    `(?<![\\p{L}\\p{N}])(?:bearer|basic|parola|şifre|sifre|anahtar)\\p{L}{0,8}\\s+(?=[\\p{L}\\p{N}]\\S*[^\\s\\p{L}])(?:${value})`,
    () => '<secret>'
  ],
  ['\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,6})?)?Z?', (match) => match],
  // Quotation marks are not apostrophes: the opening one follows no letter, the closing one precedes none.
  [
    `(?<![\\p{L}\\p{N}])"[^"\\n]*"(?![\\p{L}\\p{N}])|(?<![\\p{L}\\p{N}])'[^'\\n]*'(?![\\p{L}\\p{N}])|«[^»\\n]*»|“[^”\\n]*”|‘[^’\\n]*’|\`[^\`\\n]*\``,
    redactQuoted
  ],
  // An unclosed quotation.
  [`(?<![\\p{L}\\p{N}])["«“\`][^\\n]*`, (match) => `${match.charAt(0)}<text>`],
  ['[A-Za-z]:[\\\\/][^\\s"\'<>|;,)]*|\\\\\\\\[^\\s"\'<>|;,)]+', redactPath],
  ['(?<![\\p{L}\\p{N}])[~.]{0,2}/[^\\s"\'<>;,)]+', redactPath],
  // IPv6 addresses: at least two colons, with hex digits between them.
  [
    '(?<![\\w:])(?:(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{0,4}|(?:[0-9a-fA-F]{1,4}:){1,6}:(?:[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4})*)?|::(?:[0-9a-fA-F]{1,4}:)*[0-9a-fA-F]{1,4})(?:%\\w+)?(?![\\w:])',
    () => '<ip>'
  ],
  ['(?<![\\d.])(?:\\d{1,3}\\.){3}\\d{1,3}(?![\\d.])', () => '<ip>'],
  // Numbers of telephones, cards and bank accounts.
  ['(?<![\\w.])\\+?\\(?\\d{2,5}\\)?(?:[ -]\\(?\\d{2,5}\\)?){2,}(?![\\w.])', () => '<number>'],
  ['[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', () => '<id>'],
  ['[\\p{L}\\p{N}_-]+(?:\\.[\\p{L}\\p{N}_-]+)+', redactDotted],
  ['\\d+(?![\\p{L}\\p{N}_])', number],
  // Words, apostrophes included.
  [
    "[\\p{L}\\p{N}_$][\\p{L}\\p{M}\\p{N}_$]*(?:['’]\\p{L}+)?",
    (match) => (isShortId(match) ? match : redactWord(match))
  ],
  ['[\\x20-\\x7e→·…]', (match) => match],
  ['.', () => unknown]
]

const anyRule = new RegExp(rules.map(([pattern]) => `(${pattern})`).join('|'), 'giu')

const redactLine = (line: string): string =>
  line
    .replace(anyRule, (match, ...groups: unknown[]) => {
      const rule = rules[groups.findIndex((group) => group !== undefined)]
      return rule ? rule[1](match) : unknown
    })
    // Replaces a run of unknown words with one `…`.
    .replace(/(?:…[\s.,;:!?'’"()/+*=&%#@_|~-]*)+…/gu, unknown)

export function redact(text: string, { secrets, home }: RedactOptions): string {
  let clean = redactSecrets(text, secrets, '<secret>')
  if (home.length > 1) clean = clean.replaceAll(home, '~')
  return clean
    .split(/[\n\r\u2028\u2029]+/)
    .map((line) => {
      // Cut before redaction, generously, so that the result can still fill a line.
      const known = redactLine(line.slice(0, 8 * maxLineLength))
      return known.length > maxLineLength ? `${known.slice(0, maxLineLength)}…` : known
    })
    .join('\n')
}

/** The user's name; empty where the system does not know it, as in some containers. */
function userName(): readonly string[] {
  try {
    return [userInfo().username]
  } catch {
    return []
  }
}

/** The secrets, user name and home folder to redact. */
export const redactions = (secrets: ReadonlySet<string>): RedactOptions => ({
  secrets: [...secrets, ...userName()],
  home: homedir()
})
