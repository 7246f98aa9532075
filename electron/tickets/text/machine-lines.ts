/** Tells lines that a program wrote, or that are for one, from what people write. By their looks, so prose must stay prose. */

/** So much of a line tells what it is. */
const headLength = 400

/** Opens or closes a block: ``` or ~~~, with a language behind it. */
export const fence = /^ {0,3}(```+|~~~+)[\w+-]{0,20}[^\S\n]*$/

const clock = String.raw`\d{1,2}:\d{2}:\d{2}`
const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Oca|Şub|Nis|Haz|Tem|Ağu|Eyl|Eki|Kas|Ara)'
/** Lines that a program writes. Each looks at the beginning of one line only, and none can run away. */
const written: readonly RegExp[] = [
  // Timestamps: `2026-11-24 10:30`, `Nov 24 03:00:12`, `[24/Nov/2026:10:30:09`, `24.11.2026 10:30:09`, `10:30:09,123`, `[82000.000123]`.
  /^\s*[[(]?\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}/,
  new RegExp(`^\\s*(?:<\\d+>)?(?:\\w{3},? )?${month} {1,2}\\d{1,2}(?: \\d{4})? ${clock}`),
  new RegExp(`^\\s*\\[?\\d{1,2}[./-](?:\\d{1,2}|${month})[./-]\\d{2,4}[ :]+${clock}`),
  new RegExp(`^\\s*\\[?${clock}(?:[.,]\\d+|\\])`),
  /^\s*\[\s*\d+\.\d{4,}\]/,
  // Of web servers: `203.0.113.24 - - [24/Nov/2026…`.
  /^\s*(?:\d{1,3}\.){3}\d{1,3} \S+ \S+ \[/,
  // Tables, and the frames around them.
  /^\s*\|.*\|\s*$/,
  /^\s*\+[-=+]{3,}\+\s*$/,
  /^\s*[\u2500-\u257f]{3,}/,
  // `ls -l`, `traceroute`, `dig`, `ping`.
  /^[-dlbcps][rwxsStT-]{9}[.+@]?\s/,
  /^\s*\d{1,2} {1,3}\S.* \d+(?:\.\d+)? ms\b/,
  /^;;? \S/,
  /^\S.*\b\w+=\S+.*\s\w+=\S+/,
  // Stack traces.
  /^\s+at \S+.*[:(]/,
  /^Traceback \(most recent call last\)/,
  /^\s*File "[^"]+", line \d+/,
  /^\s*#\d+ +(?:\/|\{main\}|0x|[\w\\]+(?:::|->|\())/,
  /^\s*(?:Caused by: |Exception in thread )\S/,
  /^\s*(?:PHP )?(?:Fatal error|Parse error|Warning|Notice|Deprecated): .* in \S+/,
  /^(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Exception|Error)(?::|$)/,
  // Settings and code: `<VirtualHost *:80>`, `server {`, `}`, `key = value`, `$a = 1;`, `key: "value",`.
  /^\s*<\/?[A-Za-z!?][^<>]*>\s*$/,
  /^\s*[^\s].*\S?\s*[{;]\s*$/,
  /^\s*[}\])]+[;,]?\s*$/,
  /^\s*[A-Za-z_][\w.-]*\s?=\s?\S*$/,
  /^\s*"[\w.-]+"\s*:\s*\S/
]
/** A line of code that ends with a semicolon or opens a block is no sentence. */
const codeEnd = /[{;]\s*$/
const code = /[=($<>:\\/]|^\s*[\w.-]+\s*\{/
const surelyCode = /[=$]|\w\(|^\s*[\w.-]+\s*\{/
const turkishLetter = /[çğıöşüÇĞİÖŞÜ]/
const prompt =
  /^\s*(?:[\w.-]+@[\w.-]+(?:[: ][^$#\n]{0,80})?[$#]|\[[\w.-]+@[\w.-]+ [^\]]{0,80}\][$#]|PS [A-Z]:\\[^>]{0,120}>|[A-Z]:\\[^>]{0,120}>|(?:mysql|MariaDB \[[^\]]{0,40}\]|sqlite|redis|postgres)(?:=#|>))\s?\S/
/** `$ df -h` and `# systemctl status nginx`, not `$ 15` and not `# Başlık`. */
const shortPrompt = /^\s*[$#] (?:sudo )?[a-z./][\w./-]*(?:\s|$)/
const bullet = /^\s*(?:[-*•–—]|\d{1,3}[.)]|[a-zçğıöşü][.)])\s/i
const sentenceEnd = /[.!?:…]["')]*\s*$/

/** Three columns or more, set apart by more than one space or by tabs; two spaces after a sentence are none. */
function hasColumns(line: string): boolean {
  if (bullet.test(line)) return false
  let gaps = 0
  for (const match of line.trim().matchAll(/(?<=[^\s.!?,:;])(?:[^\S\t]{2,}|\t+)(?=\S)/g))
    if (match.index > 0) gaps += 1
  return gaps >= 2
}

export type LineKind = 'machine' | 'prompt' | 'indented' | 'blank' | 'other'

export function lineKind(whole: string): LineKind {
  const line = whole.slice(0, headLength)
  if (line.trim() === '') return 'blank'
  if (/^\s*>/.test(line)) return 'other'
  if (prompt.test(line) || (shortPrompt.test(line) && (/^\s*\$/.test(line) || !turkishLetter.test(line))))
    return 'prompt'
  if (written.some((pattern) => pattern.test(line))) {
    const isSentence = codeEnd.test(line) && !(turkishLetter.test(line) ? surelyCode : code).test(line)
    if (!isSentence) return 'machine'
  }
  if (hasColumns(line)) return 'machine'
  return /^(?: {4}|\t)/.test(line) && !bullet.test(line) ? 'indented' : 'other'
}

/** What a command answers: no sentence of a person's. */
const isOutput = (line: string): boolean =>
  !turkishLetter.test(line) && !(sentenceEnd.test(line) && / .* .* /.test(line))

/** Where the run of machine text that begins at `from` ends; `from` itself where there is none. */
export function runFrom(lines: readonly string[], kinds: readonly LineKind[], from: number): number {
  if (kinds[from] === 'blank') return from
  let end = from
  let count = 0
  let afterPrompt = false
  for (let at = from; at < lines.length; at++) {
    const kind = kinds[at] ?? 'other'
    const line = lines[at] ?? ''
    if (kind === 'blank') {
      afterPrompt = false
      // One empty line may stand within a table or a listing.
      if (kinds[at + 1] === 'blank' || at - end > 0) break
      continue
    }
    const isMember =
      kind === 'machine' ||
      kind === 'prompt' ||
      (kind === 'indented' && (count > 0 || isCodeBlock(lines, kinds, at))) ||
      (count > 0 && /^\s/.test(line) && !bullet.test(line) && isOutput(line)) ||
      (afterPrompt && isOutput(line))
    if (!isMember) break
    if (kind === 'prompt') afterPrompt = true
    count += 1
    end = at + 1
  }
  return count >= 2 ? end : from
}

/** Indented lines are code where most of them look so: an indented paragraph is a paragraph. */
function isCodeBlock(lines: readonly string[], kinds: readonly LineKind[], from: number): boolean {
  let all = 0
  let coded = 0
  for (let at = from; kinds[at] === 'indented' || kinds[at] === 'machine'; at++) {
    const line = (lines[at] ?? '').slice(0, headLength)
    all += 1
    if (kinds[at] === 'machine' || /[{}<>=;$|\\]|\/\w|\w\(|::|->|\w\.\w+\.\w/.test(line)) coded += 1
  }
  return all >= 2 && coded * 2 >= all
}

/** The line that closes a fence; -1 where none does. */
export function closingFence(lines: readonly string[], from: number, opening: string): number {
  for (let at = from + 1; at < lines.length; at++) {
    const line = (lines[at] ?? '').trim()
    if (line.startsWith(opening) && /^(?:`+|~+)$/.test(line)) return at
  }
  return -1
}
