/** What an answer of either version says, before anything is read of its data. */
import type { ProblemKind } from '../../tickets/problem.ts'
import { decodeAnswer } from './decode.ts'
import { ApiProblem, serverWords } from '../http/problems.ts'
import { JsonSyntaxError, parseTolerantJson } from './tolerant-json.ts'

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** JSON nested deeper than this is no answer of a ticket system. */
export const maxDepth = 64

/** How deep the brackets of a text are nested, as far as `maxDepth`; texts inside are passed over. */
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

/** Where the text ends that begins behind a quote; the last place where it does not end. */
function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) return at
    if (code === 0x5c) at++
  }
  return text.length
}

/**
 * The JSON of an answer, also with what PHP prints around it, and in the forms of `tolerant-json.ts`. Throws ApiProblem:
 * `empty-answer`, `web-page`, `truncated` for JSON that ends too early, `unexpected-shape` for hostile nesting, else `not-json`.
 */
export function parseJson(bytes: Uint8Array): unknown {
  const text = decodeAnswer(bytes)
  if (isTooDeep(text)) throw new ApiProblem({ kind: 'unexpected-shape' })
  try {
    return JSON.parse(text)
  } catch {
    const found = findJson(text)
    if (found) return found.value
    throw new ApiProblem({ kind: kindOfUnreadable(text) })
  }
}

const markupOfPage = /<(?:!doctype|html|head|body|title|script|meta|pre|form|h1)\b/i
/** What PHP prints into an answer: `Warning: … on line 12`, with or without markup. */
const phpMessages =
  /^(?:\s|<br \/>|<\/?b>|(?:PHP )?(?:Warning|Notice|Deprecated|Fatal error)\b[^\n]{0,2000}? on line (?:<b>)?\d+)*$/
/** So much may stand before the JSON, and so many brackets are tried as its beginning. */
const longestPreamble = 20_000
const mostBeginnings = 50

/** A page for a browser: of a firewall, a proxy, a sign-in or maintenance; never the API's word. */
export const isWebPage = (bytes: Uint8Array): boolean =>
  markupOfPage.test(decodeAnswer(bytes.subarray(0, longestPreamble)))

/** The JSON in a text that is not JSON as a whole; null when there is none, or the text is a page. */
function findJson(text: string): { readonly value: unknown } | null {
  const bracket = /[[{]/g
  for (let tried = 0; tried < mostBeginnings; tried++) {
    const begin = bracket.exec(text)?.index
    if (begin === undefined || begin > longestPreamble) return null
    if (markupOfPage.test(text.slice(0, begin))) return null
    try {
      const { value, end } = parseTolerantJson(text, begin)
      if (phpMessages.test(text.slice(end, end + longestPreamble))) return { value }
    } catch (error) {
      if (!(error instanceof JsonSyntaxError)) throw error
    }
  }
  return null
}

function kindOfUnreadable(text: string): ProblemKind {
  if (text.trim() === '') return 'empty-answer'
  if (markupOfPage.test(text.slice(0, longestPreamble))) return 'web-page'
  return endsEarly(text) ? 'truncated' : 'not-json'
}

/** It begins as JSON does, and more is opened than closed. */
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

/** The server's own words in an answer of either version. */
export function wordsOf(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined
  return serverWords(body.error) ?? serverWords(body.message) ?? serverWords(body.errors)
}

const worked = /^(?:success|true|ok|1)$/i
const failed = /^(?:error|fail|failed|failure|false|0)$/i

/**
 * Did the answer say that it worked: v1 `"success"`, v2 `true`, and what PHP makes of `true`. Null when it says neither;
 * other words are no answer, and guessing one could lose a ticket or send it twice.
 */
export function successOf(body: unknown): boolean | null {
  if (!isRecord(body)) return null
  const { status } = body
  if (typeof status !== 'boolean' && typeof status !== 'string' && typeof status !== 'number') return null
  const word = String(status)
  if (worked.test(word)) return true
  return failed.test(word) ? false : null
}
