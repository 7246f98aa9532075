/** What an answer of either version says, before anything is read of its data. */
import { ApiProblem, serverWords } from './problems.ts'

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function utf8(bytes: Uint8Array, mayEndInside: boolean): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: mayEndInside })
  } catch {
    return null
  }
}

/** Throws `not-json` for a page or other text, `truncated` for JSON that ends too early. */
export function parseJson(bytes: Uint8Array): unknown {
  const whole = utf8(bytes, false)
  if (whole !== null) {
    try {
      return JSON.parse(whole)
    } catch {
      throw new ApiProblem({ kind: endsEarly(whole) ? 'truncated' : 'not-json' })
    }
  }
  // Cut inside a letter the text is torn; anything else is of another encoding.
  const torn = utf8(bytes, true)
  throw new ApiProblem({ kind: torn !== null && endsEarly(torn) ? 'truncated' : 'not-json' })
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
