/**
 * Finds secrets in what a server said back, however they are spelled there: as they are, percent-encoded, as in a form,
 * HTML-escaped, JSON-escaped, in base64 or hex, also one within the other, and cut off at the end.
 */
import { decodeEntities } from '../../tickets/text/text.ts'
import { toAscii } from '../../tickets/text/turkish.ts'

/**
 * Up to here a secret stands in any sentence by chance: it is hidden only as the value of a parameter that carries
 * secrets. Below `anywhere` it is hidden where it is a word of its own, and from there on wherever it stands.
 */
const lengths = { valueOnlyBelow: 4, wordOnlyBelow: 8 } as const

/** A secret cut off at the end of the text, or before an ellipsis, is hidden if so many characters of it are left. */
const shortestRest = 6
/** No pattern is made for more of a secret than this; the rest goes with it as far as it is one word. */
const longestPattern = 512

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** In either case of its letters. */
const hexOf = (digits: string): string =>
  digits.replace(/[a-f]/gi, (digit) => `[${digit.toLowerCase()}${digit.toUpperCase()}]`)

const percentSign = '(?:%(?:25)*|=)'
const ampersand = '&(?:amp;|#0*38;|#[xX]0*26;)*'

const names: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
  ç: 'ccedil',
  Ç: 'Ccedil',
  ö: 'ouml',
  Ö: 'Ouml',
  ü: 'uuml',
  Ü: 'Uuml',
  ş: 'scedil',
  Ş: 'Scedil',
  ğ: 'gbreve',
  Ğ: 'Gbreve',
  ı: '(?:imath|inodot)',
  İ: 'Idot',
  '!': 'excl',
  '#': 'num',
  $: 'dollar',
  '%': 'percnt',
  '(': 'lpar',
  ')': 'rpar',
  '*': 'ast',
  '+': 'plus',
  ',': 'comma',
  '.': 'period',
  '/': 'sol',
  ':': 'colon',
  ';': 'semi',
  '=': 'equals',
  '?': 'quest',
  '@': 'commat',
  '[': '(?:lsqb|lbrack)',
  '\\': 'bsol',
  ']': '(?:rsqb|rbrack)',
  '^': 'Hat',
  _: 'lowbar',
  '`': 'grave',
  '{': '(?:lcub|lbrace)',
  '|': '(?:verbar|vert)',
  '}': '(?:rcub|rbrace)'
}

/** Every spelling of one character but white space and the backslash, as a pattern. */
function characterForms(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const bytes = [...new TextEncoder().encode(character)]
  const hex = (number: number, width = 2): string => hexOf(number.toString(16).padStart(width, '0'))
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i))
  const plain = toAscii(character)
  const name = names[character]
  const forms = [
    quoted(character),
    bytes.map((byte) => percentSign + hex(byte)).join(''),
    `%u${hex(code, 4)}`,
    // Their backslash is among those before the first; every later one has its own.
    units.map((unit) => `[uU]${hex(unit, 4)}`).join('\\\\+'),
    bytes.map((byte) => `x${hex(byte)}`).join('\\\\+'),
    `${ampersand}#0*${code};?`,
    `${ampersand}#[xX]0*${hexOf(code.toString(16))};?`
  ]
  if (name !== undefined) forms.push(`${ampersand}${name};`)
  // Read in another encoding, or without its mark.
  if (code > 127) forms.push(quoted(String.fromCharCode(...bytes)))
  if (code > 127 && plain !== '' && plain !== '?') forms.push(quoted(plain))
  return `(?:${forms.join('|')})`
}

/** White space is collapsed where a server's words become one line. */
const blank = `(?:(?:%|\\\\+)[uU]0020|\\\\+(?:x20|[nrt])|\\+|${percentSign}(?:20|2[bB]|0[9aAdD])|${ampersand}(?:nbsp|#0*32|#[xX]0*20);)`
const blankForms = (count: number): string => `(?:\\s+|${blank}{1,${count}})`

/** Runs of backslashes as long as any: escaping doubles them. */
const slashForms = `(?:${percentSign}5[cC]|${ampersand}(?:bsol|#0*92|#[xX]0*5[cC]);|%?[uU]005[cC]|x5[cC]|\\\\)+`

/**
 * A secret as a pattern for each of its parts. Backslashes before a part belong to its escaping; they are looked over, and
 * no part but backslashes begins with one, so that there is one way only to share them out: nothing is tried twice.
 */
function partForms(secret: string): readonly string[] {
  const parts = secret.match(/\\+|\s+|[^\\\s]/gu) ?? []
  return parts.map((part, i) => {
    // From the first of a run only, or each of them would be tried.
    if (part.startsWith('\\')) return i === 0 ? `(?<!\\\\)${slashForms}` : slashForms
    if (/\s/.test(part)) return blankForms(part.length)
    const isAfterOthers = i > 0 && !parts[i - 1]?.startsWith('\\')
    return (isAfterOthers ? '\\\\*' : '') + characterForms(part)
  })
}

/** A letter or digit before, which is not the end of an escape. */
const wordBefore = '(?<=^|[^\\p{L}\\p{N}]|%[0-9A-Fa-f]{2}|\\\\u[0-9A-Fa-f]{4}|\\\\[nrt])'
const wordAfter = '(?![\\p{L}\\p{N}])'
/** A text that ends so goes on with the value of a parameter that carries secrets. */
const namesValue =
  /(?:access|secret|token|key|pass(?:word)?|authorization|bearer|parola|sifre|şifre)(?:["'\\]|&quot;|&#0*3[49];){0,4}\s?(?:=>?|:|%3[aAdD]|\s)\s?(?:["'\\]|&quot;|&#0*3[49];){0,4}$/i
const longestName = 60

interface Finder {
  readonly whole: RegExp
  readonly isValueOnly: boolean
  /** The beginning of one that was cut off. */
  readonly cut: RegExp | null
}

function finderOf(secret: string): Finder {
  const parts = partForms(secret.slice(0, longestPattern))
  const pattern = parts.join('') + (secret.length > longestPattern ? '\\S*' : '')
  const isValueOnly = secret.length < lengths.valueOnlyBelow
  const isWord = secret.length < lengths.wordOnlyBelow
  const before = isWord && !isValueOnly ? wordBefore : ''
  // Each part after the first few may be where it was cut, within an escape of its own.
  const rest = parts.slice(shortestRest, 64).reduceRight((after, one) => `(?:${one}${after})?`, '')
  const begin = before + parts.slice(0, shortestRest).join('')
  const end = `[%=&\\\\]?[#\\w]{0,6}(?:…|\\.{3}|["'\\s)}\\]]*$)`
  return {
    whole: new RegExp(before + pattern + (isWord ? wordAfter : ''), 'gu'),
    isValueOnly,
    cut: parts.length <= shortestRest ? null : new RegExp(begin + rest + end, 'u')
  }
}

/** Patterns take longer to make than to use, and every line of the log asks for all. */
const finders = new Map<string, Finder>()

function finder(secret: string): Finder {
  const known = finders.get(secret)
  if (known) return known
  const made = finderOf(secret)
  if (finders.size >= 200) finders.clear()
  finders.set(secret, made)
  return made
}

/** In one run, or in lines of 64 or 76. `%2B` and its kin stand for what is no letter. */
const base64 =
  /(?:(?:[A-Za-z0-9+/_-]{76}|[A-Za-z0-9+/_-]{64})\s+)*(?:[A-Za-z0-9+/_-]|%2[bBfF]|\\\/){6,}(?:={1,2}|(?:%3[dD]){1,2})?/g
const hexRun = /(?:[0-9a-fA-F]{2}){4,}/g

/** What a run of base64 may stand for: it may begin with letters of the word before it. */
function decodedRun(run: string): readonly string[] {
  const letters = run
    .replace(/%2[bB]/g, '+')
    .replace(/%2[fF]|\\\//g, '/')
    .replace(/\s+|=+$|(?:%3[dD])+$/g, '')
  return [0, 1, 2, 3].map((skip) => Buffer.from(letters.slice(skip), 'base64').toString('utf8'))
}

/** At most so often one within the other. */
const deepest = 2

const holds = (text: string, secrets: readonly string[], depth: number): boolean =>
  hideIn(text, secrets, '', depth) !== text

function hideIn(text: string, secrets: readonly string[], instead: string, depth: number): string {
  let clean = text
  for (const secret of secrets) {
    const { whole, cut, isValueOnly } = finder(secret)
    clean = clean.replace(whole, (found, ...rest: unknown[]) => {
      const [at, all] = rest as [number, string]
      const isHidden = !isValueOnly || namesValue.test(all.slice(Math.max(0, at - longestName), at))
      return isHidden ? instead : found
    })
    if (cut) clean = clean.replace(cut, () => instead)
  }
  if (depth === deepest) return clean
  // A short one comes out of some base64 by chance.
  const long = secrets.filter(({ length }) => length >= lengths.valueOnlyBelow)
  const shortest = Math.ceil((4 * Math.min(...long.map(({ length }) => length))) / 3)
  const isTold = (inner: string): boolean => holds(inner, long, depth + 1)
  return clean
    .replace(base64, (run) => (run.length >= shortest && decodedRun(run).some(isTold) ? instead : run))
    .replace(hexRun, (run) => (isTold(Buffer.from(run, 'hex').toString('utf8')) ? instead : run))
}

/** The text without any of the secrets, `instead` in their place. */
export function hideSecrets(text: string, secrets: Iterable<string>, instead = '…'): string {
  // A server's words come with their entities decoded once.
  const all = [...new Set([...secrets].flatMap((secret) => [secret, decodeEntities(secret)]))].filter(
    (secret) => secret.trim() !== ''
  )
  // The longest first: one may stand within another.
  return hideIn(
    text,
    all.sort((a, b) => b.length - a.length),
    instead,
    0
  )
}
