/** Aligns two texts: finds one in the other, and their differences. Never quadratic. */

interface Token {
  readonly text: string
}

/** Positions of `part` in `whole`, at most `most` (Knuth-Morris-Pratt, linear). */
export function findIn(part: string, whole: string, limit: number): readonly number[] {
  if (part === '' || part.length > whole.length) return []
  const back = new Int32Array(part.length)
  for (let at = 1, same = 0; at < part.length; at++) {
    while (same > 0 && part.charCodeAt(at) !== part.charCodeAt(same)) same = back[same - 1] ?? 0
    if (part.charCodeAt(at) === part.charCodeAt(same)) same += 1
    back[at] = same
  }
  const places: number[] = []
  for (let at = 0, same = 0; at < whole.length && places.length < limit; at++) {
    while (same > 0 && whole.charCodeAt(at) !== part.charCodeAt(same)) same = back[same - 1] ?? 0
    if (whole.charCodeAt(at) === part.charCodeAt(same)) same += 1
    if (same < part.length) continue
    places.push(at - same + 1)
    same = back[same - 1] ?? 0
  }
  return places
}

export interface Alignment {
  /** Similarity: twice the common letters in the same order, divided by the letters of both. */
  readonly likeness: number
  /** Whether nothing was replaced except by masks, and nothing with a digit was added or removed. */
  readonly isBenign: boolean
}

/** Maximum number of tokens searched ahead for the next common one. */
const windowTokens = 48
/** Maximum number of steps; the rest counts as different. */
const maxSteps = 3_000_000
const gramLength = 4

/** Masks: runs of `*` and `#`, `xxxx`, and replacement words of filters. */
const maskPattern =
  /^(?:[*#\u2022]+|x{2,}|removed|filtered|censored|redacted|hidden|masked|gizlendi|sansurlendi|silindi)$/

const lettersOf = (tokens: readonly Token[], from: number, to: number): number => {
  let sum = 0
  for (let at = from; at < to; at++) sum += tokens[at]?.text.length ?? 0
  return sum
}

/** Whether the unmasked letters of a token occur in the sent one, in order. */
function fitsMask(sent: string, stored: readonly string[]): boolean {
  let at = 0
  for (const piece of stored) {
    if (maskPattern.test(piece)) continue
    const found = sent.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return true
}

export function alignTokens(sent: readonly Token[], stored: readonly Token[]): Alignment {
  const grams = new Map<string, number[]>()
  const gramAt = (tokens: readonly Token[], at: number): string => {
    let key = ''
    for (let i = 0; i < gramLength; i++) key += `${tokens[at + i]?.text ?? ''} `
    return key
  }
  for (let at = 0; at + gramLength <= stored.length; at++) {
    const key = gramAt(stored, at)
    const places = grams.get(key)
    if (places) places.push(at)
    else grams.set(key, [at])
  }
  let steps = 0
  const tokensMatch = (i: number, j: number): boolean => {
    for (let run = 0; run < 2; run++) {
      if (i + run >= sent.length || j + run >= stored.length)
        return run > 0 || (i >= sent.length && j >= stored.length)
      if (sent[i + run]?.text !== stored[j + run]?.text) return false
    }
    return true
  }
  /** The nearest position where both continue equally. */
  const resume = (i: number, j: number): readonly [number, number] => {
    for (let far = 1; far <= windowTokens; far++)
      for (let turn = 0; turn <= far; turn++) {
        steps += 1
        // Replacements of equal length are tried before separate removals and additions.
        const skip = (far >> 1) + (turn % 2 === 0 ? turn >> 1 : -((turn + 1) >> 1))
        if (skip >= 0 && skip <= far && tokensMatch(i + skip, j + far - skip))
          return [i + skip, j + far - skip]
      }
    for (let next = i; next + gramLength <= sent.length; next++) {
      steps += 1
      const places = grams.get(gramAt(sent, next))
      if (!places) continue
      let [low, high] = [0, places.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if ((places[middle] ?? 0) < j) low = middle + 1
        else high = middle
      }
      const place = places[low]
      if (place !== undefined) return [next, place]
    }
    return [sent.length, stored.length]
  }
  let same = 0
  let isBenign = true
  let i = 0
  let j = 0
  while (i < sent.length || j < stored.length) {
    const token = sent[i]?.text
    if (token !== undefined && token === stored[j]?.text) {
      same += token.length
      i += 1
      j += 1
      continue
    }
    const [nextI, nextJ] = steps > maxSteps ? [sent.length, stored.length] : resume(i, j)
    const lost = sent.slice(i, nextI).map(({ text }) => text)
    const gained = stored.slice(j, nextJ).map(({ text }) => text)
    const [was, is] = [lost.join(''), gained.join('')]
    if (was === is) same += was.length
    else if (gained.some((piece) => maskPattern.test(piece))) isBenign &&= fitsMask(was, gained)
    else if ((was !== '' && is !== '') || /\d/.test(was + is)) isBenign = false
    i = nextI
    j = nextJ
  }
  const all = lettersOf(sent, 0, sent.length) + lettersOf(stored, 0, stored.length)
  return { likeness: all === 0 ? 0 : (2 * same) / all, isBenign }
}
