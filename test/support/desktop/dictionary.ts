import { createHash } from 'node:crypto'

const u32 = (...numbers: readonly number[]): Buffer => {
  const all = Buffer.alloc(numbers.length * 4)
  numbers.forEach((number, index) => all.writeUInt32LE(number, index * 4))
  return all
}

/**
 * Encodes a Chromium dictionary (`.bdic`) of up to 15 ASCII words with different first letters: a header, no affix rules, and
 * a list of first letters that point to the rest of each word.
 */
export function dictionaryOf(words: readonly string[]): Buffer {
  const rules = [Buffer.from('\0\0'), Buffer.from('\0'), Buffer.from('\0'), Buffer.from('SET UTF-8\n\0')]
  const headerLength = 32
  const offsets = rules.map((_, index) => headerLength + 16 + Buffer.concat(rules.slice(0, index)).length)
  const sorted = [...words].sort()
  const leaves = sorted.map((word) => Buffer.from(`\x40\0${word.slice(1)}\0`))
  const letters = sorted.flatMap((word, index) => [
    word.charCodeAt(0),
    Buffer.concat(leaves.slice(0, index)).length
  ])
  const affixes = Buffer.concat([u32(...offsets), ...rules])
  const body = Buffer.concat([affixes, Buffer.from([0xe0 | words.length, ...letters]), ...leaves])
  const version = 2
  const numbers = u32(version, headerLength, headerLength + affixes.length)
  return Buffer.concat([Buffer.from('BDic'), numbers, createHash('md5').update(body).digest(), body])
}
