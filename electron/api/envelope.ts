/** What an answer of either version says, before anything is read of its data. */
import { isUtf8 } from 'node:buffer'
import { ApiProblem, serverWords } from './problems.ts'

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Throws `not-json` for a page or other text, `truncated` for JSON that ends too early. */
export function parseJson(bytes: Uint8Array): unknown {
  // Three times as fast as a strict TextDecoder, on answers of many megabytes.
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const decoded = buffer.toString('utf8').replace(/^\ufeff/, '')
  // Cut inside a letter the text is torn; anything else is of another encoding.
  if (!isUtf8(buffer)) throw new ApiProblem({ kind: isTorn(bytes, decoded) ? 'truncated' : 'not-json' })
  try {
    return JSON.parse(decoded)
  } catch {
    throw new ApiProblem({ kind: endsEarly(decoded) ? 'truncated' : 'not-json' })
  }
}

function isTorn(bytes: Uint8Array, decoded: string): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return false
  }
  return endsEarly(decoded)
}

/** It begins as JSON does, and more is opened than closed. */
function endsEarly(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false
  let depth = 0
  let inText = false
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (character === '"') inText = !inText
    else if (inText && character === '\\') i++
    else if (!inText && (character === '[' || character === '{')) depth++
    else if (!inText && (character === ']' || character === '}')) depth--
  }
  return inText || depth > 0
}

/** The server's own words in an answer of either version. */
export function wordsOf(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined
  return serverWords(body.error) ?? serverWords(body.message) ?? serverWords(body.errors)
}

const failed = /^(?:error|fail|failed|failure|false)$/i

/**
 * Did the answer say that it worked: v1 `"success"`, v2 `true`. Null when it says neither; other words are no
 * answer, and guessing one could lose a ticket or send it twice.
 */
export function successOf(body: unknown): boolean | null {
  if (!isRecord(body)) return null
  const { status } = body
  if (typeof status === 'boolean') return status
  if (typeof status !== 'string') return null
  if (/^success$/i.test(status)) return true
  return failed.test(status) ? false : null
}
