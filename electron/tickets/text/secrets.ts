/** Detects probable passwords in messages. They are hidden in display only; copies, quotes and exports contain them. */
import type { Range } from '../views.ts'

/** Labels of passwords. Turkish ones match with and without Turkish letters. */
const label = [
  '(?:ş|s)ifre(?:niz|n|si|m|miz|leri)?',
  'parola(?:nız|niz|sı|si|m|mız)?',
  'pass(?:word|wd|phrase)?',
  'pwd',
  '(?:api|secret|private|access)[ _-]?key',
  'api[ _-]?token',
  'secret',
  'token'
].join('|')
const labelled = new RegExp(
  // The label, an optional remark in brackets (`root şifresi (yeni)`), and the separator before the value.
  `(?<![\\p{L}\\p{N}])(?:${label})["']?([^\\S\\n]*\\([^()\\n]{0,30}\\))?([^\\S\\n]*[:=|][=>]?[^\\S\\n]*|[^\\S\\n]*:[^\\S\\n]*\\n[^\\S\\n]*|[^\\S\\n]{1,20})(?=\\S)`,
  'giu'
)
/** Passwords without a label, in URLs and commands. */
const inCommands = [
  /[a-z][a-z0-9+.-]{1,15}:\/\/[^\s:@/]{1,100}:([^\s@/]{1,100})@/gi,
  /\bidentified by '([^'\n]{1,100})'/gi,
  /\bmysql(?:dump|admin)?\b[^\n]{0,200}?\s-p([^\s-][^\s]{0,100})/gi,
  /\bsshpass -p\s*'?([^\s']{1,100})/gi
]
const mayContainSecret = /ş?[sş]ifre|parola|pass|pwd|secret|key|token|identified|:\/\/|mysql/i
/** Longer values are not passwords. Longer texts are not searched, since it would take too long. */
const maxValueLength = 200
const maxTextLength = 200_000

/** Words in place of a value that state that there is none or where it is. */
const placeholderValue =
  /^(?:yok|var|ayn[ıi]|bo[şs]|gizli|ekte|hatal[ıi]|yanl[ıi][şs]|do[ğg]ru|de[ğg]i[şs]\p{L}*|s[ıi]f[ıi]rla\p{L}*|yenile\p{L}*|none|null|empty|unchanged|changed|wrong|hidden|removed|[*•x#.-]+)$/iu

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

function isSecret(text: string, [from, to]: Range, separator: string): boolean {
  const value = text.slice(from, to)
  if (placeholderValue.test(value.replace(/[.,;!]+$/, ''))) return false
  if (separator.trim() === '')
    return looksGenerated(value) && value.length >= 6 && /\p{L}/u.test(value) && hasDigit.test(value)
  if (looksGenerated(value)) return true
  // An ordinary word is a password only if nothing follows it on the line.
  return (
    /^[^\S\n]*(?:$|[\n,;|"'`)]|[^\S\n]{2,})/.test(text.slice(to, to + 20)) &&
    /^[\p{L}\p{N}._-]{4,}$/u.test(value)
  )
}

/** Ranges of probable passwords, sorted and disjoint. */
export function secretRanges(text: string): readonly Range[] {
  if (text.length > maxTextLength || !mayContainSecret.test(text)) return []
  const found: Range[] = []
  for (const match of text.matchAll(labelled)) {
    const value = valueAt(text, match.index + match[0].length)
    if (value && isSecret(text, value, match[2] ?? '')) found.push(value)
  }
  for (const pattern of inCommands)
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? ''
      const from = match.index + match[0].lastIndexOf(value)
      found.push([from, from + value.length])
    }
  found.sort((a, b) => a[0] - b[0])
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
