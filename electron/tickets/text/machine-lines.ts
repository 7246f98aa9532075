/** Detects lines written by or for programs. Heuristic: when in doubt, a line counts as prose. */

/** Characters of a line that are inspected. */
const headLength = 400

/** A line that opens or closes a code block: ``` or ~~~, optionally followed by a language. */
export const fence = /^ {0,3}(```+|~~~+)[\w+-]{0,20}[^\S\n]*$/

const clock = String.raw`\d{1,2}:\d{2}:\d{2}`
const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Oca|Şub|Nis|Haz|Tem|Ağu|Eyl|Eki|Kas|Ara)'
/** Patterns of lines that programs write. Each is applied to one line and has no catastrophic backtracking. */
const machinePatterns: readonly RegExp[] = [
  // Timestamps: `2026-11-24 10:30`, `Nov 24 03:00:12`, `[24/Nov/2026:10:30:09`, `24.11.2026 10:30:09`, `10:30:09,123`, `[82000.000123]`.
  /^\s*[[(]?\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}/,
  new RegExp(`^\\s*(?:<\\d+>)?(?:\\w{3},? )?${month} {1,2}\\d{1,2}(?: \\d{4})? ${clock}`),
  new RegExp(`^\\s*\\[?\\d{1,2}[./-](?:\\d{1,2}|${month})[./-]\\d{2,4}[ :]+${clock}`),
  new RegExp(`^\\s*\\[?${clock}(?:[.,]\\d+|\\])`),
  /^\s*\[?\d{1,2}[./-]\d{1,2}[./-]\d{4} \d{2}:\d{2}\]? +(?:[A-Z]{2}|\[)/,
  /^\s*(?:kernel: ?)?\[\s*\d+\.\d{4,}\]/,
  // Web server logs: `203.0.113.24 - - [24/Nov/2026…`.
  /^\s*(?:\d{1,3}\.){3}\d{1,3} \S+ \S+ \[/,
  // Requests, headers of HTTP and e-mails, answers of mail servers, records of DNS.
  /^(?:GET|POST|PUT|HEAD|DELETE|PATCH|OPTIONS) \/\S*/,
  /^HTTP\/\d/,
  /^(?:From|To|Cc|Subject|Date|Reply-To|Received|Return-Path|Delivered-To|Message-ID|MIME-Version|Authentication-Results|DKIM-Signature|ARC-[\w-]+|Content-[\w-]+|X-[\w-]+|Server|Host|User-Agent|Accept|Location|Set-Cookie|Cache-Control|Connection): \S/i,
  /^\d{3}[ -]\d\.\d\.\d{1,3} /,
  /^(?:\S{1,100}\s+)?(?:\d+\s+)?(?:IN\s+)?(?:A|AAAA|MX|CNAME|TXT|NS|SRV|PTR|SOA)\s+(?:\d+\s+)?(?:[\w-]+(?:\.[\w-]+)+|[\da-f]*:[\da-f:]+|")/,
  // Messages of programs.
  /^(?:curl|wget|ssh|scp|rsync|bash|sh|nginx|httpd|apache2|mysqld?|php|npm|git|sudo|fatal|error)(?:\[\d+\])?: \S/i,
  // Tables and their borders.
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
  /^Stack trace:$/,
  /^\s*File "[^"]+", line \d+/,
  /^\s*#\d+ +(?:\/|\{main\}|0x|[\w\\]+(?:::|->|\())/,
  /^\s*(?:Caused by: |Exception in thread )\S/,
  /^\s*(?:PHP )?(?:Fatal error|Parse error|Warning|Notice|Deprecated): .* in \S+/,
  /^(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Exception|Error)(?::|$)/,
  // Settings and code: `<VirtualHost *:80>`, `server {`, `}`, `key = value`, `$a = 1;`, `key: "value",`.
  /^\s*<\/?[A-Za-z!?][^<>]*>\s*$/,
  /^\s*[^\s].*\S?\s*[{;]\s*$/,
  /^\s*[}\])]+[;,]?\s*$/,
  /^\s*(?:export |set )?[A-Za-z_][\w.-]*\s?=\s?\S*$/i,
  /^\s*[{[]\s*$/,
  // Directives of nginx: `listen 80;`, `root /var/www;`.
  /^\s*[a-z_]+(?: [^\s;]+){1,4};$/,
  /^\s*"[\w.-]+"\s*:\s*\S/
]
/** Ends of lines of code; prose rarely ends this way. */
const codeEnd = /[{;]\s*$/
const code = /[=($<>:\\/]|^\s*[\w.-]+\s*\{|^\s*\{|_\w|^\s*[a-z]+ \d+(?: \w+)*;/
const certainCode = /[=$]|\w\(|^\s*[\w.-]+\s*\{/
const turkishLetter = /[çğıöşüÇĞİÖŞÜ]/
const prompt =
  /^\s*(?:[\w.-]+@[\w.-]+(?:[: ][^$#\n]{0,80})?[$#]|\[[\w.-]+@[\w.-]+ [^\]]{0,80}\][$#]|PS [A-Z]:\\[^>]{0,120}>|[A-Z]:\\[^>]{0,120}>|(?:mysql|MariaDB \[[^\]]{0,40}\]|sqlite|redis|postgres)(?:=#|>))\s?\S/
/** `$ df -h` and `# systemctl status nginx`, not `$ 15` and not `# Başlık`. */
const shortPrompt = /^\s*~?[$#] (?:sudo )?[a-z./][\w./-]*(?:\s|$)/
/** SQL, in capitals. */
const sql =
  /^\s*(?:SELECT\b.+\bFROM\b|INSERT INTO \S|UPDATE \S+ SET\b|DELETE FROM \S|(?:CREATE|ALTER|DROP) (?:TABLE|USER|DATABASE|INDEX|VIEW) \S|GRANT .+ ON |SHOW (?:TABLES|DATABASES|GRANTS|PROCESSLIST))/
/** Commands without a prompt: `sudo …`, or one of these with a subcommand, an option, a path, an address or a quote. */
const shellCommand =
  /^\s*(?:~?[$#] )?(?:sudo [a-z][\w./-]*|(?:apt|apt-get|yum|dnf) (?:update|upgrade|install|remove|purge)\b|systemctl (?:start|stop|restart|reload|status|enable|disable)\b|service \S+ (?:start|stop|restart|reload|status)$|docker (?:exec|run|logs|ps|restart|compose)\b|git (?:clone|add|push|pull|commit|checkout|log|status|config)\b|chmod [0-7ugoa+-]|(?:useradd|userdel|usermod|chown|mkdir|rmdir|rm|cp|mv|scp|ssh|rsync|mysql|mysqldump|psql|crontab|tar|unzip|wget|curl|iptables|ufw|certbot|composer|npm|pip3?) (?:-|~?\/|\.\/|["'\w.]+@|https?:|["']))/
/** Endings of verbs: a sentence about a command, not the command. */
const verbEnd = /(?:yor\p{L}*|[dt][ıiuü]m?|m[ıiuü]ş|m[ıi])[.!?]?\s*$/u

/** Whether a line is a command or a query that a person would paste as it is. */
export const isCommand = (line: string): boolean =>
  sql.test(line) || (shellCommand.test(line) && !verbEnd.test(line))
const bullet = /^\s*(?:[-*•–—]|\d{1,3}[.)]|[a-zçğıöşü][.)])\s/i
const sentenceEnd = /[.!?:…]["')]*\s*$/

/** Whether there are at least three columns, separated by tabs or several spaces. Two spaces after a sentence do not count. */
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
  if (isCommand(line)) return 'machine'
  if (machinePatterns.some((pattern) => pattern.test(line))) {
    const isSentence = codeEnd.test(line) && !(turkishLetter.test(line) ? certainCode : code).test(line)
    if (!isSentence) return 'machine'
  }
  if (hasColumns(line)) return 'machine'
  return /^(?: {4}|\t)/.test(line) && !bullet.test(line) ? 'indented' : 'other'
}

/** Whether a line may be output of a command, i.e. is not a sentence. */
const isOutput = (line: string): boolean =>
  !turkishLetter.test(line) && !(sentenceEnd.test(line) && / .* .* /.test(line))

/**
 * End (exclusive) of the machine text that begins at line `from`; `from` if there is none. `areCode` is the result of
 * `codeBlocks`.
 */
export function machineTextEnd(
  lines: readonly string[],
  kinds: readonly LineKind[],
  areCode: readonly boolean[],
  from: number
): number {
  if (kinds[from] === 'blank') return from
  let end = from
  let count = 0
  let afterPrompt = false
  for (let at = from; at < lines.length; at++) {
    const kind = kinds[at] ?? 'other'
    const line = lines[at] ?? ''
    if (kind === 'blank') {
      afterPrompt = false
      // A single empty line may be part of a table or listing.
      if (kinds[at + 1] === 'blank' || at - end > 0) break
      continue
    }
    const isMember =
      kind === 'machine' ||
      kind === 'prompt' ||
      (kind === 'indented' && (count > 0 || areCode[at])) ||
      (count > 0 && /^\s/.test(line) && !bullet.test(line) && isOutput(line)) ||
      (afterPrompt && isOutput(line))
    if (!isMember) break
    if (kind === 'prompt') afterPrompt = true
    count += 1
    end = at + 1
  }
  return count >= 2 ? end : from
}

const codeSign = /[{}<>=;$|\\]|\/\w|\w\(|::|->|\w\.\w+\.\w/

/**
 * For each line whether at least half of the indented lines from it on look like code; otherwise they are an indented
 * paragraph. Counted from the end, so that each line is looked at once.
 */
export function codeBlocks(lines: readonly string[], kinds: readonly LineKind[]): readonly boolean[] {
  const areCode = new Array<boolean>(lines.length).fill(false)
  let all = 0
  let coded = 0
  for (let at = lines.length - 1; at >= 0; at--) {
    const isMachine = kinds[at] === 'machine'
    if (!isMachine && kinds[at] !== 'indented') {
      all = coded = 0
      continue
    }
    all += 1
    if (isMachine || codeSign.test((lines[at] ?? '').slice(0, headLength))) coded += 1
    areCode[at] = all >= 2 && coded * 2 >= all
  }
  return areCode
}

/** Marks keys and certificates, whose lines of Base64 look like nothing else. */
export function markArmoured(lines: readonly string[], kinds: LineKind[]): void {
  let begun = -1
  for (const [at, line] of lines.entries()) {
    if (/^-----BEGIN [A-Z ]{3,40}-----\s*$/.test(line)) begun = at
    else if (begun >= 0 && /^-----END [A-Z ]{3,40}-----\s*$/.test(line)) {
      kinds.fill('machine', begun, at + 1)
      begun = -1
    }
  }
}

/**
 * Finds the index of the line that closes a fence; -1 if there is none. Must be called with ascending lines: a fence that
 * nothing closes is searched for only once.
 */
export function fenceFinder(lines: readonly string[]): (from: number, opening: string) => number {
  const unclosed = new Set<string>()
  return (from, opening) => {
    for (let at = unclosed.has(opening) ? lines.length : from + 1; at < lines.length; at++) {
      const line = (lines[at] ?? '').trim()
      if (line.startsWith(opening) && /^(?:`+|~+)$/.test(line)) return at
    }
    unclosed.add(opening)
    return -1
  }
}

const codeLine = /[=;{}]|^\s*<\/?[a-z]|\w\(/i

/** Half-open ranges of lines that are commands or code, as positions in the text. */
export function* codeRanges(text: string): Generator<readonly [number, number]> {
  const lines = text.split('\n')
  const closingFence = fenceFinder(lines)
  let at = 0
  let fenced = -1
  for (const [i, line] of lines.entries()) {
    if (i > fenced) {
      const opening = fence.exec(line)?.[1]
      if (opening !== undefined) fenced = closingFence(i, opening)
    }
    const kind = lineKind(line)
    const isCode =
      i < fenced ||
      kind === 'prompt' ||
      isCommand(line) ||
      ((kind === 'machine' || kind === 'indented') && codeLine.test(line))
    if (isCode) yield [at, at + line.length]
    at += line.length + 1
  }
}
