/**
 * Where the tickets of an answer lie in its bytes, found without parsing them. A ticket whose bytes were seen before
 * needs no second reading, and the others can be read one by one: neither blocks the main process for long.
 */

import { maxDepth } from '../reading/parse-json.ts'

/** Begin and end of one element of `data`. */
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

/** A ticket of more bytes is read with the whole answer: looking for its end would take too long at once. */
const maxPieceBytes = 512 * 1024

/** Behind the text that begins after the quote before `from`; past the end when it does not end, or not soon. */
function skipText(bytes: Uint8Array, from: number): number {
  const end = Math.min(bytes.length, from + maxPieceBytes)
  let at = from
  for (; at < end && bytes[at] !== quote; at++) if (bytes[at] === backslash) at++
  return at < end ? at + 1 : bytes.length + 1
}

/**
 * Behind an object or a list that begins at `from`, inside `outside` others; past the end when it does not end, is nested
 * too deeply or too long. Brackets are only counted; JSON.parse finds wrong ones.
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

/** Gives the elements of the list that begins at `from`; answers where it ends, or null unless all are objects. */
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
 * Gives each element of `data`, then answers the text around them, with an empty list in their place: whatever is
 * wrong outside the tickets is wrong there, too. Null for anything but an object with one plain `data` that is a list of
 * objects: such an answer must be read whole.
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
