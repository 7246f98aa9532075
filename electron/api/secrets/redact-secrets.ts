/**
 * Removes secrets from text in every encoding: plain, percent-encoded, form-encoded, HTML-escaped, JSON-escaped, base64 or
 * hex, also nested, and truncated at the end.
 */
import { decodeEntities } from '../../tickets/text/text.ts'
import { toAscii } from '../../tickets/text/sent-form/ascii.ts'

/**
 * Short secrets occur in ordinary text by chance. Below `valueOnlyBelow` characters a secret is removed only as the value of
 * a parameter such as `token`; below `wordOnlyBelow` only as a whole word; longer ones anywhere.
 */
const minLengths = { valueOnlyBelow: 4, wordOnlyBelow: 8 } as const

/** A secret truncated by the end of the text or an ellipsis is removed if at least this many characters remain. */
const minPrefixLength = 6
/** Characters of a secret that the pattern covers; the rest is matched as any non-space characters. */
const maxPatternLength = 512

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** Matches hex digits in upper and lower case. */
const hexPattern = (digits: string): string =>
  digits.replace(/[a-f]/gi, (digit) => `[${digit.toLowerCase()}${digit.toUpperCase()}]`)

const percentPattern = '(?:%(?:25)*|=)'
const ampersandPattern = '&(?:amp;|#0*38;|#[xX]0*26;)*'

const entityNames: Readonly<Record<string, string>> = {
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

/** Pattern of all encodings of one character, except white space and backslash. */
function characterPattern(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const bytes = [...new TextEncoder().encode(character)]
  const hex = (number: number, width = 2): string => hexPattern(number.toString(16).padStart(width, '0'))
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i))
  const plain = toAscii(character)
  const name = entityNames[character]
  const forms = [
    escapeRegExp(character),
    bytes.map((byte) => percentPattern + hex(byte)).join(''),
    `%u${hex(code, 4)}`,
    // The first backslash is matched by the part before; this adds those between the units.
    units.map((unit) => `[uU]${hex(unit, 4)}`).join('\\\\+'),
    bytes.map((byte) => `x${hex(byte)}`).join('\\\\+'),
    `${ampersandPattern}#0*${code};?`,
    `${ampersandPattern}#[xX]0*${hexPattern(code.toString(16))};?`
  ]
  if (name !== undefined) forms.push(`${ampersandPattern}${name};`)
  // UTF-8 decoded as Latin-1, or without diacritics.
  if (code > 127) forms.push(escapeRegExp(String.fromCharCode(...bytes)))
  if (code > 127 && plain !== '' && plain !== '?') forms.push(escapeRegExp(plain))
  return `(?:${forms.join('|')})`
}

/** White space also matches differently, since messages are collapsed to one line. */
const encodedSpacePattern = `(?:(?:%|\\\\+)[uU]0020|\\\\+(?:x20|[nrt])|\\+|${percentPattern}(?:20|2[bB]|0[9aAdD])|${ampersandPattern}(?:nbsp|#0*32|#[xX]0*20);)`
const whitespacePattern = (count: number): string => `(?:\\s+|${encodedSpacePattern}{1,${count}})`

/** Any number of backslashes, since escaping doubles them. */
const backslashPattern = `(?:${percentPattern}5[cC]|${ampersandPattern}(?:bsol|#0*92|#[xX]0*5[cC]);|%?[uU]005[cC]|x5[cC]|\\\\)+`

/**
 * One pattern for each part of a secret. Backslashes before a part belong to its escaping and are skipped. Only parts of
 * backslashes begin with one, so a text can be matched in one way only and there is no exponential backtracking.
 */
function partPatterns(secret: string): readonly string[] {
  const parts = secret.match(/\\+|\s+|[^\\\s]/gu) ?? []
  return parts.map((part, i) => {
    // Matches only from the first backslash of a run; otherwise each of them would be tried as a start.
    if (part.startsWith('\\')) return i === 0 ? `(?<!\\\\)${backslashPattern}` : backslashPattern
    if (/\s/.test(part)) return whitespacePattern(part.length)
    const isAfterOthers = i > 0 && !parts[i - 1]?.startsWith('\\')
    return (isAfterOthers ? '\\\\*' : '') + characterPattern(part)
  })
}

/** Start of a word: no letter or digit before it, except at the end of an escape. */
const wordBefore = '(?<=^|[^\\p{L}\\p{N}]|%[0-9A-Fa-f]{2}|\\\\u[0-9A-Fa-f]{4}|\\\\[nrt])'
const wordAfter = '(?![\\p{L}\\p{N}])'
/** Text before the value of a parameter that carries secrets. */
const valuePrefixPattern =
  /(?:access|secret|token|key|pass(?:word)?|authorization|bearer|parola|sifre|şifre)(?:["'\\]|&quot;|&#0*3[49];){0,4}\s?(?:=>?|:|%3[aAdD]|\s)\s?(?:["'\\]|&quot;|&#0*3[49];){0,4}$/i
const maxValuePrefixLength = 60

interface SecretPattern {
  readonly whole: RegExp
  readonly isValueOnly: boolean
  /** Matches a truncated secret; null for a secret too short for that. */
  readonly truncated: RegExp | null
}

function createSecretPattern(secret: string): SecretPattern {
  const parts = partPatterns(secret.slice(0, maxPatternLength))
  const pattern = parts.join('') + (secret.length > maxPatternLength ? '\\S*' : '')
  const isValueOnly = secret.length < minLengths.valueOnlyBelow
  const isWord = secret.length < minLengths.wordOnlyBelow
  const before = isWord && !isValueOnly ? wordBefore : ''
  // The secret may be truncated after any further part, or within the escape of a part.
  const optionalTail = parts.slice(minPrefixLength, 64).reduceRight((tail, part) => `(?:${part}${tail})?`, '')
  const start = before + parts.slice(0, minPrefixLength).join('')
  const end = `[%=&\\\\]?[#\\w]{0,6}(?:…|\\.{3}|["'\\s)}\\]]*$)`
  return {
    whole: new RegExp(before + pattern + (isWord ? wordAfter : ''), 'gu'),
    isValueOnly,
    truncated: parts.length <= minPrefixLength ? null : new RegExp(start + optionalTail + end, 'u')
  }
}

/** Creating a pattern is slower than using it, and every log line needs all patterns. */
const patternCache = new Map<string, SecretPattern>()

function patternFor(secret: string): SecretPattern {
  const cached = patternCache.get(secret)
  if (cached) return cached
  const pattern = createSecretPattern(secret)
  if (patternCache.size >= 200) patternCache.clear()
  patternCache.set(secret, pattern)
  return pattern
}

/** One run, or lines of 64 or 76 characters; `+`, `/` and `=` may be percent-encoded. */
const base64 =
  /(?:(?:[A-Za-z0-9+/_-]{76}|[A-Za-z0-9+/_-]{64})\s+)*(?:[A-Za-z0-9+/_-]|%2[bBfF]|\\\/){6,}(?:={1,2}|(?:%3[dD]){1,2})?/g
const hexRun = /(?:[0-9a-fA-F]{2}){4,}/g

/** Decodes a run of base64 at four offsets, since letters of a preceding word may be part of the run. */
function decodedRun(run: string): readonly string[] {
  const letters = run
    .replace(/%2[bB]/g, '+')
    .replace(/%2[fF]|\\\//g, '/')
    .replace(/\s+|=+$|(?:%3[dD])+$/g, '')
  return [0, 1, 2, 3].map((skip) => Buffer.from(letters.slice(skip), 'base64').toString('utf8'))
}

/** Levels of nested base64 or hex that are decoded. */
const maxDecodingDepth = 2

const containsSecret = (text: string, secrets: readonly string[], depth: number): boolean =>
  redactIn(text, secrets, '', depth) !== text

function redactIn(text: string, secrets: readonly string[], replacement: string, depth: number): string {
  let clean = text
  for (const secret of secrets) {
    const { whole, truncated, isValueOnly } = patternFor(secret)
    clean = clean.replace(whole, (found, ...rest: unknown[]) => {
      const [at, all] = rest as [number, string]
      const isHidden =
        !isValueOnly || valuePrefixPattern.test(all.slice(Math.max(0, at - maxValuePrefixLength), at))
      return isHidden ? replacement : found
    })
    if (truncated) clean = clean.replace(truncated, () => replacement)
  }
  if (depth === maxDecodingDepth) return clean
  // Short secrets occur in decoded base64 by chance.
  const long = secrets.filter(({ length }) => length >= minLengths.valueOnlyBelow)
  const shortest = Math.ceil((4 * Math.min(...long.map(({ length }) => length))) / 3)
  const hasSecret = (inner: string): boolean => containsSecret(inner, long, depth + 1)
  return clean
    .replace(base64, (run) => (run.length >= shortest && decodedRun(run).some(hasSecret) ? replacement : run))
    .replace(hexRun, (run) => (hasSecret(Buffer.from(run, 'hex').toString('utf8')) ? replacement : run))
}

/** Replaces every occurrence of the secrets in the text. */
export function redactSecrets(text: string, secrets: Iterable<string>, replacement = '…'): string {
  // The entities of server messages have already been decoded once.
  const all = [...new Set([...secrets].flatMap((secret) => [secret, decodeEntities(secret)]))].filter(
    (secret) => secret.trim() !== ''
  )
  // Longest first, since one secret may contain another.
  return redactIn(
    text,
    all.sort((a, b) => b.length - a.length),
    replacement,
    0
  )
}
