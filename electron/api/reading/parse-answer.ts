/** Parses the bytes of an answer as JSON, or finds out which problem it is instead. */
import type { ProblemKind } from '../../tickets/problem.ts'
import { decodeAnswer } from './decode.ts'
import { ApiProblem } from '../api-problem.ts'
import { isRecord } from '../../tickets/json.ts'
import { JsonSyntaxError, parseTolerantJson } from './tolerant-json.ts'

/** Deeper nesting is rejected: no ticket system needs it. */
export const maxDepth = 64

/** Whether brackets outside strings are nested deeper than `maxDepth`. */
function isTooDeep(text: string): boolean {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0x22) i = endOfString(text, i + 1)
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > maxDepth) return true
    } else if (code === 0x5d || code === 0x7d) depth--
  }
  return false
}

/** Position of the closing quote of a string whose content begins at `from`; the end of the text if there is none. */
function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) return at
    if (code === 0x5c) at++
  }
  return text.length
}

/**
 * The JSON of an answer, also if PHP printed messages around it, and in the forms of `tolerant-json.ts`. Throws ApiProblem:
 * `empty-answer`, `web-page`, `truncated` for JSON that ends too early, `unexpected-shape` for hostile nesting, else `not-json`.
 */
export function parseAnswer(bytes: Uint8Array): unknown {
  const text = decodeAnswer(bytes)
  const value = parseText(text)
  // Encoded twice: a text that is JSON itself.
  return typeof value === 'string' && /^\s*[[{]/.test(value) ? parseText(value) : value
}

function parseText(text: string): unknown {
  if (isTooDeep(text)) throw new ApiProblem({ kind: 'unexpected-shape' })
  try {
    return JSON.parse(text)
  } catch {
    const found = findJson(text)
    if (found) return found.value
    throw new ApiProblem({ kind: problemKindOf(text) })
  }
}

const pageMarkup = /<(?:!doctype|html|head|body|title|script|meta|pre|form|h1)\b/i
/** A part of a page, such as the notice of an expired session. */
const pageFragment = /^\s*<(?:div|p|span|table|section|center|style|iframe)\b/i
/**
 * What may stand behind the JSON, piece by piece: the end of a statement, comments of caches, scripts that a host inserts, and
 * PHP messages (`Warning: … on line 12`), with or without markup.
 */
const piecesBehindJson = [
  /(?:\s|[;)])+/y,
  /<!--[^]{0,2000}?-->/y,
  /<(?:br ?\/?|\/?[bi]|\/?font[^<>]{0,100})>/iy,
  /<script\b[^]{0,5000}?<\/script>/iy,
  /(?:PHP )?(?:Warning|Notice|Deprecated|Strict Standards|(?:Recoverable |Catchable )?Fatal error)\b[^]{0,5000}? on line (?:<b>|<i>)?\d+/y
]

/** Whether only such pieces follow from `from` to the end. */
function isEndOfAnswer(text: string, from: number): boolean {
  let at = from
  while (at < text.length && at - from < maxPreambleLength) {
    const before = at
    for (const piece of piecesBehindJson) {
      piece.lastIndex = at
      at += piece.exec(text)?.[0].length ?? 0
    }
    if (at === before) return false
  }
  return at >= text.length
}

/** Limits of the search for JSON: characters before it, and brackets tried as its beginning. */
const maxPreambleLength = 20_000
const maxJsonCandidates = 50

/** The beginning of an answer as text, and whether it is markup (a page of a firewall, proxy, sign-in or maintenance). */
export function beginningOf(bytes: Uint8Array): { readonly text: string; readonly isMarkup: boolean } {
  const text = decodeAnswer(bytes.subarray(0, maxPreambleLength)).trim()
  return { text, isMarkup: pageMarkup.test(text) || text.startsWith('<') }
}

/** Finds JSON within other text; null if there is none or the text is a web page. */
function findJson(text: string): { readonly value: unknown } | null {
  const bracket = /[[{]/g
  for (let tried = 0; tried < maxJsonCandidates; tried++) {
    const begin = bracket.exec(text)?.index
    if (begin === undefined || begin > maxPreambleLength) return null
    if (pageMarkup.test(text.slice(0, begin))) return null
    try {
      const { value, end } = parseTolerantJson(text, begin)
      if (isEndOfAnswer(text, end)) return { value }
      // A program that goes on after its answer: which of the two counts is not known.
      if (isRecord(value) && 'status' in value) return null
    } catch (error) {
      if (!(error instanceof JsonSyntaxError)) throw error
      // Truncated: what is complete inside it is not the answer.
      if (error.endsEarly) return null
    }
  }
  return null
}

function problemKindOf(text: string): ProblemKind {
  if (text.trim() === '') return 'empty-answer'
  if (pageMarkup.test(text.slice(0, maxPreambleLength)) || pageFragment.test(text)) return 'web-page'
  return endsEarly(text) ? 'truncated' : 'not-json'
}

/** Whether the text begins like JSON and has unclosed brackets or strings. */
function endsEarly(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (character === '"') {
      i = endOfString(text, i + 1)
      if (i >= text.length) return true
    } else if (character === '[' || character === '{') depth++
    else if (character === ']' || character === '}') depth--
  }
  return depth > 0
}
