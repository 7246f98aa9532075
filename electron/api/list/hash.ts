/**
 * xxHash64 in WebAssembly, to detect changed answers: SHA-256 would be too slow for polls without news. Not a security
 * feature: whoever can forge an answer does not need a collision.
 */
import xxhash, { type XXHashAPI } from 'xxhash-wasm'

export interface Hash {
  /** Hash of a complete answer, as text that may be stored. */
  fingerprint(chunks: readonly Uint8Array[]): string
  piece(bytes: Uint8Array): bigint
}

/** WebAssembly memory grows to the size of one update and never shrinks. */
const maxUpdateBytes = 64 * 1024

const createHash = (xx: XXHashAPI): Hash => ({
  fingerprint(chunks) {
    const hash = xx.create64()
    let length = 0
    for (const chunk of chunks) {
      length += chunk.length
      for (let at = 0; at < chunk.length; at += maxUpdateBytes)
        hash.update(chunk.subarray(at, at + maxUpdateBytes))
    }
    return `${length.toString(36)}-${hash.digest().toString(36)}`
  },
  piece: (bytes) => xx.h64Raw(bytes)
})

let hashPromise: Promise<Hash> | null = null

/** Compiles the module on the first call. */
export const loadHash = (): Promise<Hash> => (hashPromise ??= xxhash().then(createHash))
