/**
 * Finds the byte ranges of the tickets in an answer without parsing them. Tickets with known bytes need no parsing, and the
 * others can be parsed one by one, so the main process is never blocked for long.
 */

import { maxDepth } from '../reading/parse-answer.ts'

/** Byte range of one element of `data`. */
export type Bounds = readonly [begin: number, end: number]

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a]
const [openObject, closeObject, openList, closeList] = [0x7b, 0x7d, 0x5b, 0x5d]

const isBlank = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

function skipBlank(bytes: Uint8Array, from: number): number {
  let at = from
  while (isBlank(bytes[at])) at++
  return at
}

/** Bytes. An answer with a larger ticket is parsed as a whole, since searching the ticket's end would block too long. */
const maxPieceBytes = 512 * 1024

/** Bytes of a string that are read one by one; the native search for its end pays only in longer ones. */
const shortText = 48

/** Position after the string whose content begins at `from`; past the end if it is unterminated or too long. */
function skipText(bytes: Uint8Array, from: number): number {
  const end = Math.min(bytes.length, from + maxPieceBytes)
  const short = Math.min(end, from + shortText)
  let at = from
  for (; at < short && bytes[at] !== quote; at++) if (bytes[at] === backslash) at++
  if (at >= short) at = longTextEnd(bytes, at, end)
  return at < end ? at + 1 : bytes.length + 1
}

/** Position of the first quote from `from` that is not escaped; `end` if there is none before. `from` is not escaped. */
function longTextEnd(bytes: Uint8Array, from: number, end: number): number {
  for (let at = bytes.indexOf(quote, from); at >= 0 && at < end; at = bytes.indexOf(quote, at + 1)) {
    let first = at
    while (first > from && bytes[first - 1] === backslash) first--
    if ((at - first) % 2 === 0) return at
  }
  return end
}

/**
 * Position after the object or list that begins at `from`, nested in `outside` others; past the end if it is unterminated,
 * nested too deeply or too long. Brackets are only counted; JSON.parse detects mismatched ones.
 */
function skipContainer(bytes: Uint8Array, from: number, outside: number): number {
  const { length } = bytes
  const limit = Math.min(length, from + maxPieceBytes)
  let depth = 0
  for (let at = from; at < limit; at++) {
    const byte = bytes[at]
    if (byte === quote) at = skipText(bytes, at + 1) - 1
    else if (byte === openObject || byte === openList) {
      if (++depth + outside > maxDepth) return length
    } else if ((byte === closeObject || byte === closeList) && --depth === 0) return at + 1
  }
  return length
}

function skipValue(bytes: Uint8Array, from: number): number {
  const first = bytes[from]
  if (first === quote) return skipText(bytes, from + 1)
  if (first === openObject || first === openList) return skipContainer(bytes, from, 1)
  let at = from
  while (at < bytes.length && bytes[at] !== comma && bytes[at] !== closeObject) at++
  return at
}

/** Yields the elements of the list that begins at `from`; returns its end, or null unless all elements are objects. */
function* elements(bytes: Uint8Array, from: number): Generator<Bounds, number | null> {
  let at = skipBlank(bytes, from + 1)
  if (bytes[at] === closeList) return at + 1
  for (;;) {
    if (bytes[at] !== openObject) return null
    const end = skipContainer(bytes, at, 2)
    if (end >= bytes.length) return null
    yield [at, end]
    at = skipBlank(bytes, end)
    if (bytes[at] === closeList) return at + 1
    if (bytes[at] !== comma) return null
    at = skipBlank(bytes, at + 1)
  }
}

/**
 * Yields each element of `data`, then returns the surrounding text with an empty list in their place, so that errors outside
 * the tickets are still found. Null unless the answer is an object with exactly one `data`, a list of objects: any other
 * answer must be parsed as a whole.
 */
export function* piecesOf(bytes: Buffer): Generator<Bounds, string | null> {
  let at = skipBlank(bytes, 0)
  if (bytes[at] !== openObject) return null
  let envelope: string | null = null
  let rest = 0
  do {
    at = skipBlank(bytes, at + 1)
    if (bytes[at] !== quote) return null
    const key = bytes.toString('latin1', at + 1, (at = skipText(bytes, at + 1)) - 1)
    at = skipBlank(bytes, at)
    if (bytes[at] !== colon || key.includes('\\')) return null
    at = skipBlank(bytes, at + 1)
    if (key === 'data') {
      if (envelope !== null || bytes[at] !== openList) return null
      envelope = `${bytes.toString('utf8', 0, at)}[]`
      const end = yield* elements(bytes, at)
      if (end === null) return null
      at = rest = end
    } else at = skipValue(bytes, at)
    if (at >= bytes.length) return null
    at = skipBlank(bytes, at)
  } while (bytes[at] === comma)
  return envelope === null ? null : envelope + bytes.toString('utf8', rest)
}
