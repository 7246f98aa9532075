/** Detects probable passwords in messages. They are hidden in display only; copies, quotes and exports contain them. */
import type { Range } from '../views.ts'
import { secretsWithoutLabel } from './secrets-without-label.ts'

/** `i` in all Turkish and plain forms: `İ` and `ı` are no case variants of `i` in regular expressions. */
const anyI = '[iıİ]'
/** Endings of a label: `şifreniz`, `şifresini`, `parolamız`, `şifreyi`, `şifreler`. Not `şifreli`, `şifresiz`, `şifreleme`. */
const ending = `(?:n${anyI}z${anyI}?|m${anyI}z${anyI}?|s${anyI}(?:n${anyI})?|l[ea]r${anyI}?(?:n${anyI}z)?|y${anyI}|n${anyI}?|m${anyI}?)?`
/** Labels of passwords, tokens and codes. Turkish ones match with and without Turkish letters. */
const label = [
  `[şs]${anyI}fre${ending}`,
  `parola${ending}`,
  'pass(?:words?|wd|phrase)?',
  'pwd?',
  'psw',
  '(?:api|secret|private|access)[ _-]?key',
  'api[ _-]?token',
  'secret',
  'tokens?',
  `(?:(?:api|g${anyI}zl${anyI}|er${anyI}[şs]${anyI}m|[öo]zel)[ _-])?anahtar${anyI}?(?:n${anyI}z|m)?`,
  `p${anyI}n(?: kodu)?`,
  `(?:do[ğg]rulama|onay|g[üu]venl${anyI}k|kurtarma|sms|otp|2fa) kodu(?:nuz)?`,
  '(?:verification|security|one-time) (?:pass)?code'
].join('|')

/** Words between a label and its value: `şifreniz artık`, `password was changed to`. */
const connective = `(?:olarak|art[ıi]k|[şs]u|[şs]udur|budur|[şs]öyle|a[şs]a[ğg][ıi]da(?:d[ıi]r|ki)?|yen${anyI}|g${anyI}b${anyI}d${anyI}r|${anyI}se|${anyI}[çc]${anyI}n|is|are|was|has|been|changed|set|reset|updated|to|now|the|new|as|follows|following|below)`
/** Blanks within a line, without a newline. */
const blank = '[^\\S\\n]'
const mark = '[*_`]{0,2}'

const labelled = new RegExp(
  [
    // The label, a number (`Şifre 2`) or a remark in brackets (`root şifresi (yeni)`), and words that lead to the value.
    `(?<![\\p{L}\\p{N}])(?:${label})["']?(?:${blank}\\d{1,2}(?=${blank}*:))?(?:${blank}*\\([^()\\n]{0,30}\\))?${mark}`,
    `(?:${blank}{1,3}${connective}(?![\\p{L}\\p{N}])){0,5}`,
    // A separator, also a quote and comma as in code, or blanks alone.
    `(?<separator>${blank}*\\.{0,40}${blank}*(?:[:=]{1,2}|[=-]?>|→|⇒)>?${mark}(?:${blank}*\\n${blank}*)?${blank}*`,
    `|["']?${blank}*,${blank}*(?=["'])|${blank}+[-–—]${blank}+|${blank}*;${blank}+|${blank}*\\n${blank}*(?=\\S+${blank}*(?:\\n|$))|${blank}{1,20})(?=\\S)`
  ].join(''),
  'giu'
)
/**
 * Rules out most messages. On text in lower case, where `İ` is `i` with a dot: ignoring case in all of Unicode, as `labelled`
 * does, takes four times as long.
 */
const mayContainSecret =
  /[sş](?:i\u0307?|ı)fre|parola|pass|pwd|psw|\bpw\b|secret|key|token|anahtar|\bp(?:i\u0307?|ı)n\b|kodu|code|identified|:\/\/|mysql|bearer|basic|curl|useradd|usermod|redis-cli|eyj|gh[pousr]_|github_pat|glpat-|xox|sk[-_]|akia|asia|aiza|(?:b(?:i\u0307?|ı)lg(?:i\u0307?|ı)|cred|hesab|log(?:i\u0307?|ı)n)\S*\s*[:=]|^[^\S\n]*(?:root|admin|cpanel|plesk|ftp)|\$\d\w?\$/m
/** Longer values are not passwords. Longer texts are not searched, since it would take too long. */
const maxValueLength = 200
const maxTextLength = 200_000

/** Words in place of a value that state that there is none or where it is. */
const placeholderValue =
  /^(?:\p{L}+(?:m[ae]d[ıi]|[ıiuü]yor|m[ae]m[ıi][şs])|\$\{?\w+\}?|yok|var|ayn[ıi]|bo[şs]|gizli|ekte|hatal[ıi]|yanl[ıi][şs]|do[ğg]ru|de[ğg]i[şs]\p{L}*|s[ıi]f[ıi]rla\p{L}*|yenile\p{L}*|g[üu]ncelle\p{L}*|gerek\p{L}*|zorunlu\p{L}*|ge[çc]ersiz\p{L}*|ge[çc]erli\p{L}*|unut\p{L}*|kay[ıi]tl[ıi]|[şs]ifreli|bekleni?yor|none|null|true|false|empty|unchanged|changed|wrong|hidden|removed|expired|invalid|valid|incorrect|required|missing|blank|encrypted|enabled|disabled|protected|redacted|set|reset|same|accepted|rejected|[*•x#.…<>_-]+)$/iu
/** Paths, web addresses, e-mail addresses, IP addresses and dates: a label followed by one of them names where, not what. */
const place =
  /^(?:https?:\/\/\S*|[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}|\d{1,3}(?:\.\d{1,3}){3}(?:[:/]\d+)?|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|~?\/(?:[\w.-]+\/)*[\w.-]*|\.{1,2}\/\S*)$/i

/** `2048bit`, `500GB`. */
const amount = /^\d+(?:[.,]\d+)?\p{L}{1,4}$/u
const hasDigit = /\d/
const hasLetter = /\p{L}/u
const hasSign = /[^\p{L}\p{N}.,;:!?'’()-]/u

/** Whether a value is not an ordinary word: it has digits and letters, signs, or capitals after small letters. */
const looksGenerated = (value: string): boolean =>
  (hasDigit.test(value) && (hasLetter.test(value) || hasSign.test(value) || value.length >= 4)) ||
  (hasSign.test(value) && value.length >= 4) ||
  /\p{Ll}\p{Lu}/u.test(value)

/** Range of the value at `from`. It ends at white space, at its closing quote or before punctuation within a line. */
function valueAt(text: string, from: number): Range | null {
  const rest = text.slice(from, from + maxValueLength + 2)
  const quoted = /^(["'`“‘])([^\n]+?)(?:["'`”’])(?=[\s,;.)\]}]|$)/.exec(rest)
  if (quoted?.[2] !== undefined) return [from + 1, from + 1 + quoted[2].length]
  const value = /^\S+/.exec(rest)?.[0] ?? ''
  if (value === '' || value.length > maxValueLength) return null
  const isWithinLine = /^[^\S\n]+\S/.test(rest.slice(value.length))
  const end = isWithinLine ? value.replace(/[.,;]+$/, '') : value
  return end === '' ? null : [from, from + end.length]
}

const userLabel = `(?:kullan[ıiİ]c[ıiİ](?: ?ad[ıiİ])?|user(?: ?name)?|log[iıİ]n|hesap|id)`
/** `kullanıcı adı / şifre`: the value has two parts as well. */
const afterUserLabel = new RegExp(`${userLabel}${blank}*(?:[/|,&+-]|ve|and)${blank}*$`, 'iu')
/** The first part and what separates it from the second: `admin / `, `root:`, `root `. */
const firstPart = /^[\w.@+-]{1,60}(?:[^\S\n]*[/|,:][^\S\n]*|[^\S\n]+(?:[-–—][^\S\n]+)?)(?=\S)/u

/** Start of the password in a value of two parts; `from` if it has only one. */
function secondPart(text: string, labelAt: number, from: number): number {
  if (!afterUserLabel.test(text.slice(Math.max(0, labelAt - 40), labelAt))) return from
  return from + (firstPart.exec(text.slice(from, from + maxValueLength))?.[0].length ?? 0)
}

/** A code of digits needs no separator: `Doğrulama kodunuz 482913`. */
const codeLabel = /kod|code/iu
const digitCode = /^\d{4,8}[.,;!]?$/

function isSecret(text: string, [from, to]: Range, isSeparated: boolean): boolean {
  const value = text.slice(from, to)
  const bare = value.replace(/[.,;!]+$/, '')
  if (placeholderValue.test(bare) || place.test(value)) return false
  if (!isSeparated)
    return (
      !amount.test(value) &&
      looksGenerated(value) &&
      value.length >= 6 &&
      hasLetter.test(value) &&
      hasDigit.test(value)
    )
  if (looksGenerated(value)) return true
  // An ordinary word is a password only if nothing follows it on the line.
  return (
    /^[^\S\n]*(?:$|[\n,;|"'`)]|[^\S\n]{2,})/.test(text.slice(to, to + 20)) &&
    /^[\p{L}\p{M}\p{N}._-]{4,}$/u.test(value)
  )
}

/** After the label of several passwords: `Şifreler: a1b2c3, d4e5f6`. */
const nextInList = /^[^\S\n]*(?:[,;]|ve|and)[^\S\n]*(?=\S)/
const maxListed = 20

function* labelledSecrets(text: string): Generator<Range> {
  for (const match of text.matchAll(labelled)) {
    // A dash, a newline or blanks alone separate weakly: what follows may be a sentence.
    let isSeparated = /[:=>→⇒,]/.test(match.groups?.separator ?? '')
    let value = valueAt(text, secondPart(text, match.index, match.index + match[0].length))
    for (let count = 0; value && count < maxListed; count++) {
      const isCode = codeLabel.test(match[0]) && digitCode.test(text.slice(...value))
      if (!isCode && !isSecret(text, value, isSeparated)) break
      yield value
      const next = nextInList.exec(text.slice(value[1], value[1] + 20))
      value = next && valueAt(text, value[1] + next[0].length)
      isSeparated = false
    }
  }
}

/** Ranges of probable passwords, sorted and disjoint. */
export function secretRanges(text: string): readonly Range[] {
  if (text.length > maxTextLength || !mayContainSecret.test(text.toLowerCase())) return []
  const found = [...labelledSecrets(text), ...secretsWithoutLabel(text)]
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1])
  let end = 0
  return found.filter(([from, to]) => {
    if (from < end) return false
    end = to
    return true
  })
}

/** Replaces the characters of probable passwords by dots; the length stays the same. For excerpts and notifications. */
export function hideSecrets(text: string): string {
  let hidden = ''
  let at = 0
  for (const [from, to] of secretRanges(text)) {
    hidden += text.slice(at, from) + '•'.repeat(to - from)
    at = to
  }
  return hidden + text.slice(at)
}
