/**
 * What a line for logs and diagnostics may hold: known words, codes, numbers, times and ids of ours. The lines are written
 * without anything else in the first place; this is the second fence, for what comes inside error texts. It lets through
 * what it knows instead of looking for what it should not: names, hosts and sentences have no shape.
 */
import { homedir, userInfo } from 'node:os'
import { redactSecrets } from '../../api/secrets/redact-secrets.ts'
import { commands } from '../../ipc/contract.ts'
import { parseUrl } from '../../tickets/text/url.ts'
import { isErrorCode, knownFileEndings, knownWords } from './known-words.ts'

export interface RedactOptions {
  /** Tokens of the accounts, server passwords, the user's name; struck out in every spelling (api/secrets/redact-secrets.ts). */
  readonly secrets: readonly string[]
  /** The person's home folder. */
  readonly home: string
}

const maxLineLength = 500
const placeholder = '<(?:secret|address|mail|host|ip|path|text|number|id)>'
const isPlaceholder = new RegExp(`^${placeholder}$`)
/** Stands for words that are not known. */
const unknown = '…'

const isKnownWord = (word: string): boolean => knownWords.has(word.toLowerCase().replaceAll('’', "'"))
const isErrorName = (word: string): boolean => /^(?:[A-Z][A-Za-z]{0,40})?(?:Error|Exception)$/.test(word)
const commandNames: ReadonlySet<string> = new Set(Object.keys(commands))

function knownWord(word: string): string {
  if (isKnownWord(word) || isErrorCode(word) || isErrorName(word)) return word
  // `UniTa2b3…` in one word: a key, a password, an id of somebody else's.
  return /\d/.test(word) && word.length >= 12 ? '<secret>' : unknown
}

/** `settings.json`, `marks-3f2b8c1d.jsonl.damaged-7`: of ours, or only as far as it is. */
function knownFile(name: string): string | null {
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

/** Ids of accounts and entries are cut to these. */
const isShortId = (word: string): boolean => /^(?=\d*[a-f])[0-9a-f]{8}$/.test(word)

/** Only which of our files it is. */
function path(text: string): string {
  const name = /[^/\\]*$/.exec(text)?.[0] ?? ''
  const known = knownFile(name)
  return known === null || known.includes(unknown) ? '<path>' : `<path>/${known}`
}

function dotted(text: string): string {
  if (commandNames.has(text) || /^\d{1,3}(?:\.\d{1,3}){1,2}$/.test(text)) return text
  // Names of errors on the session's bus.
  if (/^org\.freedesktop(?:\.[A-Za-z]+)+$/.test(text)) return text
  return knownFile(text) ?? (parseUrl(`http://${text}`) ? '<host>' : unknown)
}

function quoted(text: string): string {
  const inner = text.slice(1, -1)
  const around = (instead: string): string => `${text.charAt(0)}${instead}${text.charAt(text.length - 1)}`
  if (isPlaceholder.test(inner)) return text
  if (/[/\\]/.test(inner)) return around(path(inner))
  const file = knownFile(inner)
  if (file !== null && !file.includes(unknown)) return text
  return isKnownWord(inner) ? text : around('<text>')
}

function number(text: string): string {
  return text.length <= 6 ? text : '<number>'
}

/** What asks for a secret behind it, in both languages, with whatever ending. */
const secretNames =
  'pass(?:word|wort|wd|phrase|code)?|pwd|secret|token|api[ _-]?key|key|auth(?:orization)?|bearer|basic|cookie|credential|session[ _-]?id|pin|otp|parola|şifre|sifre|(?:api[ _-]?)?anahtar|gizli|kod|oturum'
const value = `<secret>|"[^"\\n]*"?|'[^'\\n]*'?|“[^”\\n]*”?|[^\\s,;&"']+`

type Rule = readonly [shape: string, instead: (found: string) => string]

/** The first that fits at a place counts; shapes hold no capturing groups. */
const rules: readonly Rule[] = [
  [`${placeholder}(?:/[\\w.-]+)?`, (found) => (isPlaceholder.test(found) ? found : path(found))],
  // Places in the code, as in stacks.
  [
    '\\bat (?:async )?(?:new )?[A-Za-z_$][\\w$.#]{0,80} (?:\\[as [\\w$]{1,40}\\] )?\\((?:node:[\\w/]{1,60}|[\\w-]{1,40}(?:\\.\\w{1,6}){0,2})(?::\\d{1,6}){2}\\)',
    (found) => found
  ],
  [
    '\\bat (?:async )?(?:node:[\\w/]{1,60}|[\\w-]{1,40}(?:\\.test)?\\.(?:mjs|cjs|js|ts))(?::\\d{1,6}){2}',
    (found) => found
  ],
  // Ids of ours may be of digits only (activity-log.ts), and a request may hang for days.
  [
    '\\b(?:poll|cache|account) \\d{8}:|\\b\\d{8} \\(ticket |\\(\\d{8}\\): |\\b\\d{1,9} ms\\b',
    (found) => found
  ],
  ['app://bilet/[a-z]{1,20}\\.html', (found) => found],
  ['[a-z][a-z0-9+.-]*://[^\\s\'"<>()«»“”]+', (found) => (/^file:/i.test(found) ? path(found) : '<address>')],
  ['(?:mailto|tel|data|javascript):[^\\s\'"<>()]+', () => '<address>'],
  ['[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}.-]+', () => '<mail>'],
  ['\\beyJ[\\w-]{5,}(?:\\.[\\w-]*){0,4}', () => '<secret>'],
  // A name, then its value; in Turkish also without a sign between them.
  [
    `(?<![\\p{L}\\p{N}])["'“‘\`]?(?:${secretNames})\\p{L}{0,8}["'”’\`]?\\s*(?:[:=]|->|=>)\\s*(?:(?:bearer|basic|token)\\s+)?(?:${value})`,
    (found) => `${/\p{L}+/u.exec(found)?.[0] ?? ''}=<secret>`
  ],
  [
    `(?<![\\p{L}\\p{N}])(?:bearer|basic|parola|şifre|sifre|anahtar)\\p{L}{0,8}\\s+(?=[\\p{L}\\p{N}]\\S*[^\\s\\p{L}])(?:${value})`,
    () => '<secret>'
  ],
  ['\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,6})?)?Z?', (found) => found],
  // A quotation begins where no word ends, and ends where none begins.
  [
    `(?<![\\p{L}\\p{N}])"[^"\\n]*"(?![\\p{L}\\p{N}])|(?<![\\p{L}\\p{N}])'[^'\\n]*'(?![\\p{L}\\p{N}])|«[^»\\n]*»|“[^”\\n]*”|‘[^’\\n]*’|\`[^\`\\n]*\``,
    quoted
  ],
  // One that is not closed.
  [`(?<![\\p{L}\\p{N}])["«“\`][^\\n]*`, (found) => `${found.charAt(0)}<text>`],
  ['[A-Za-z]:[\\\\/][^\\s"\'<>|;,)]*|\\\\\\\\[^\\s"\'<>|;,)]+', path],
  ['(?<![\\p{L}\\p{N}])[~.]{0,2}/[^\\s"\'<>;,)]+', path],
  // IPv6 has two colons at least, and hex between them.
  [
    '(?<![\\w:])(?:(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{0,4}|(?:[0-9a-fA-F]{1,4}:){1,6}:(?:[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4})*)?|::(?:[0-9a-fA-F]{1,4}:)*[0-9a-fA-F]{1,4})(?:%\\w+)?(?![\\w:])',
    () => '<ip>'
  ],
  ['(?<![\\d.])(?:\\d{1,3}\\.){3}\\d{1,3}(?![\\d.])', () => '<ip>'],
  // Of a telephone, a card, an account at a bank.
  ['(?<![\\w.])\\+?\\(?\\d{2,5}\\)?(?:[ -]\\(?\\d{2,5}\\)?){2,}(?![\\w.])', () => '<number>'],
  ['[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', () => '<id>'],
  ['[\\p{L}\\p{N}_-]+(?:\\.[\\p{L}\\p{N}_-]+)+', dotted],
  ['\\d+(?![\\p{L}\\p{N}_])', number],
  // Words, with what stands within one.
  [
    "[\\p{L}\\p{N}_$][\\p{L}\\p{M}\\p{N}_$]*(?:['’]\\p{L}+)?",
    (found) => (isShortId(found) ? found : knownWord(found))
  ],
  ['[\\x20-\\x7e→·…]', (found) => found],
  ['.', () => unknown]
]

const anyRule = new RegExp(rules.map(([shape]) => `(${shape})`).join('|'), 'giu')

const redactLine = (line: string): string =>
  line
    .replace(anyRule, (found, ...groups: unknown[]) => {
      const rule = rules[groups.findIndex((group) => group !== undefined)]
      return rule ? rule[1](found) : unknown
    })
    // What is left of a sentence says that there was one.
    .replace(/(?:…[\s.,;:!?'’"()/+*=&%#@_|~-]*)+…/gu, unknown)

export function redact(text: string, { secrets, home }: RedactOptions): string {
  let clean = redactSecrets(text, secrets, '<secret>')
  if (home.length > 1) clean = clean.replaceAll(home, '~')
  return clean
    .split(/[\n\r\u2028\u2029]+/)
    .map((line) => {
      // Long enough for what is left to fill a line, and not endless.
      const known = redactLine(line.slice(0, 8 * maxLineLength))
      return known.length > maxLineLength ? `${known.slice(0, maxLineLength)}…` : known
    })
    .join('\n')
}

/** Nothing where the system does not know who runs this, as in some containers. */
function userName(): readonly string[] {
  try {
    return [userInfo().username]
  } catch {
    return []
  }
}

/** What must not be in a log or report, whatever an error's text says. */
export const redactions = (secrets: ReadonlySet<string>): RedactOptions => ({
  secrets: [...secrets, ...userName()],
  home: homedir()
})
