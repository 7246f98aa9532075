/**
 * xxHash64 in WebAssembly: tells answers apart at a small part of the cost of SHA-256, which the budget of a poll
 * with nothing new does not allow. Not for security: whoever can forge an answer needs no collision.
 */
import xxhash, { type XXHashAPI } from 'xxhash-wasm'

export interface Hash {
  /** Of a whole answer, as text that may be stored. */
  fingerprint(chunks: readonly Uint8Array[]): string
  piece(bytes: Uint8Array): bigint
}

/** WebAssembly's memory grows to what it is given at once, and never shrinks. */
const atOnce = 64 * 1024

const hashWith = (xx: XXHashAPI): Hash => ({
  fingerprint(chunks) {
    const hash = xx.create64()
    let length = 0
    for (const chunk of chunks) {
      length += chunk.length
      for (let at = 0; at < chunk.length; at += atOnce) hash.update(chunk.subarray(at, at + atOnce))
    }
    return `${length.toString(36)}-${hash.digest().toString(36)}`
  },
  piece: (bytes) => xx.h64Raw(bytes)
})

let loading: Promise<Hash> | null = null

/** Compiled once. */
export const loadHash = (): Promise<Hash> => (loading ??= xxhash().then(hashWith))
