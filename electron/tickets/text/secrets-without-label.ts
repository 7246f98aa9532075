/** Finds secrets that have no label before them: private keys, tokens of known services, URLs, commands, columns of tables. */
import type { Range } from '../views.ts'

/** The secret is the first group, or all of the match if there is none. */
const shapes: readonly RegExp[] = [
  // The body of a private key; without its end if the text was cut.
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY(?: BLOCK)?-----\s*\n((?:(?!\s*-----)[\s\S]){1,20000})/g,
  // JSON Web Tokens, and tokens of GitHub, GitLab, Slack, Stripe, OpenAI, Amazon, Google.
  /\beyJ[\w-]{8,2000}\.[\w-]{8,4000}\.[\w-]{0,1000}/g,
  /\b(?:gh[pousr]_\w{20,255}|github_pat_\w{20,255}|glpat-[\w-]{16,100}|xox[abeprs]-[\w-]{10,200}|sk[-_][\w-]{16,200}|(?:AKIA|ASIA)[0-9A-Z]{16}|AIza[\w-]{30,60})/g,
  /(?:\bBearer|Authorization: Basic) (?=[\w.~+/=-]{0,199}\d)([\w.~+/=-]{12,2000})/gi,
  // URLs and commands.
  /[a-z][a-z0-9+.-]{1,15}:\/\/[^\s:@/]{1,100}:([^\s@/]{1,100})@/gi,
  /\bidentified by '([^'\n]{1,100})'/gi,
  /\bmysql(?:dump|admin)?\b[^\n]{0,200}?\s-p([^\s-][^\s]{0,100})/gi,
  /\bsshpass -p\s*['"]?([^\s'"]{1,100})/gi,
  /\bcurl\b[^\n]{0,200}?\s(?:-u|--user)[ =]?['"]?[^\s:'"]{1,60}:([^\s'"]{1,100})/gi,
  /\b(?:useradd|usermod)\b[^\n]{0,100}?\s-p\s+([^\s-]\S{0,100})/g,
  /\bredis-cli\b[^\n]{0,100}?\s-a\s+(\S{1,100})/g,
  /\bhtpasswd\s+-\w*b\w*\s+\S{1,200}\s+\S{1,60}\s+(\S{1,100})/g,
  // Variables whose name ends with a label: `PGPASSWORD=…`, `RESTIC_SECRET=…`.
  /\b[A-Z][A-Z0-9]{0,30}(?:PASSWORD|PASSWD|SECRET|TOKEN)=['"]?(?!\d{1,6}(?:\s|$))([^\s'"$]{4,200})/g,
  // `/etc/shadow`.
  /:(\$\d\w?\$[^\s:]{8,200})/g,
  // `Erişim bilgileri: root / Xk29dLq!`, `credentials: admin:Xk29dLq!`, and `root / Xk29dLq!` alone on a line.
  /(?:b[iıİ]lg[iıİ](?:ler)?[iıİ](?:n[iıİ]z|m)?|credentials?|log[iıİ]n|hesab[ıi](?:n[ıi]z)?)[^\S\n]*[:=][^\S\n]*[\w.@+-]{1,60}[^\S\n]*[/|,:][^\S\n]*(?=\S{0,99}\d)(?=\S{0,99}\p{L})(\S{6,100})/giu,
  /^[^\S\n]*(?:root|admin|administrator|cpanel|plesk|ftp\w{0,20})(?:[^\S\n]+[/|:-][^\S\n]+|[/:])(?=\S{0,99}\d)(?=\S{0,99}\p{L})([^\s:/]{6,100})[^\S\n]*$/gimu
]

const hostName = /^(?:[a-z\d-]+\.)+[a-z]{2,10}$/

/** Titles of columns with passwords. */
const columnTitle =
  /^[*_`]*(?:[\p{L}_]+ )?(?:[şs][iıİ]fre(?:s[iıİ])?|parola(?:s[ıi])?|pass(?:word)?|pwd|token)[*_`]*$/iu
/** What separates the cells of a row. */
const cellSeparators = [/\|/, /\t+/, / {2,}/] as const
const maxRows = 500

interface Cell {
  readonly text: string
  readonly at: number
}

/** The cells of a line with their positions, without blanks around them. */
function cellsOf(line: string, separator: RegExp): readonly Cell[] {
  const cells: Cell[] = []
  let at = 0
  for (const part of line.split(separator)) {
    const text = part.trim()
    const found = text === '' ? at : line.indexOf(text, at)
    cells.push({ text, at: found })
    at = found + text.length
  }
  return cells
}

/** Cells under a title such as `Şifre`, until the table ends. */
function* inTables(text: string): Generator<Range> {
  let start = 0
  let column = -1
  let separator: RegExp = cellSeparators[0]
  let width = 0
  let rows = 0
  for (const line of text.split('\n')) {
    const cells = column < 0 ? [] : cellsOf(line, separator)
    if (column >= 0 && cells.length === width && rows < maxRows) {
      rows += 1
      const cell = cells[column]
      if (cell && cell.text.length >= 4 && !/^[-=:+*•x.]+$/.test(cell.text))
        yield [start + cell.at, start + cell.at + cell.text.length]
    } else {
      column = -1
      for (const candidate of cellSeparators) {
        const titles = line.length > 400 ? [] : cellsOf(line, candidate)
        column = titles.length < 2 ? -1 : titles.findIndex(({ text: title }) => columnTitle.test(title))
        if (column < 0) continue
        separator = candidate
        width = titles.length
        rows = 0
        break
      }
    }
    start += line.length + 1
  }
}

/** Ranges in the text, in no particular order; they may overlap. */
export function* secretsWithoutLabel(text: string): Generator<Range> {
  for (const shape of shapes)
    for (const match of text.matchAll(shape)) {
      const value = match[1] ?? match[0]
      if (hostName.test(value)) continue
      const from = match.index + match[0].lastIndexOf(value)
      yield [from, from + value.length]
    }
  yield* inTables(text)
}
