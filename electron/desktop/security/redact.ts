import { homedir, userInfo } from 'node:os'
import { redactSecrets } from '../../api/secrets/redact-secrets.ts'

/**
 * Takes out of a line for logs and diagnostics what is nobody else's business. The lines are written without
 * such things in the first place; this is the second fence, for what comes inside error texts.
 */
export interface RedactOptions {
  /** Tokens of the accounts, server passwords, the user's name; struck out in every spelling (api/secrets/redact-secrets.ts). */
  readonly secrets: readonly string[]
  /** The person's home folder. */
  readonly home: string
}

const maxLineLength = 500

const rules: readonly (readonly [what: RegExp, instead: string])[] = [
  // Any address with its path and query; hosts say which servers a person has.
  [/\b(?!app:)[a-z][a-z0-9+.-]*:\/\/[^\s'"<>()]+/gi, '<address>'],
  [/\bmailto:[^\s'"<>]+/gi, '<mail>'],
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '<mail>'],
  [/\b(?:bearer|basic|token)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '<secret>'],
  [
    /((?:pass(?:word)?|parola|şifre|sifre|token|secret|key|authorization|cookie)["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,;&]+)/giu,
    '$1<secret>'
  ],
  // IPv6 (two colons at least, and hex between them), then IPv4.
  [
    /(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{0,4}(?![\w:])|(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?|::(?:[0-9a-f]{1,4}:)*[0-9a-f]{1,4}/gi,
    '<ip>'
  ],
  [/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g, '<ip>'],
  [
    /(?<![\p{L}\p{N}.-])(?:[a-z0-9-]+\.)+(?:com|net|org|tr|io|dev|info|biz|local|lan|internal)(?:\.tr)?\b/giu,
    '<host>'
  ],
  // Long runs without a space are tokens, keys or ids of something.
  [/(?<![\w/])(?=[A-Za-z0-9_+=-]*\d)(?=[A-Za-z0-9_+=-]*[A-Za-z])[A-Za-z0-9_+=-]{24,}/g, '<secret>'],
  // What somebody quoted at length is content.
  [/(["'«“])[^"'«»“”\n]{40,}(["'»”])/g, '$1<text>$2']
]

export function redact(text: string, { secrets, home }: RedactOptions): string {
  let clean = redactSecrets(text, secrets, '<secret>')
  if (home.length > 1) clean = clean.replaceAll(home, '~')
  for (const [what, instead] of rules) clean = clean.replace(what, instead)
  return clean
    .split('\n')
    .map((line) => (line.length > maxLineLength ? `${line.slice(0, maxLineLength)}…` : line))
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
