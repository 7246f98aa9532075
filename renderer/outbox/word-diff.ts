/** A piece of one of two texts that stand side by side. */
export interface Piece {
  readonly text: string
  readonly differs: boolean
}

/** Cells of the table below, beyond which it would take longer than one waits and more memory than is worth it. */
const mostCells = 1_000_000

const isSpace = (token: string): boolean => token.trim() === ''

/** Which words of both have no counterpart in the other, in order: all that is not in a longest common subsequence. */
function unmatched(a: readonly string[], b: readonly string[]): readonly [Set<number>, Set<number>] {
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0)
  const left = new Set(a.keys())
  const right = new Set(b.keys())
  for (let i = 0, j = 0; i < a.length && j < b.length;)
    if (a[i] === b[j]) {
      left.delete(i++)
      right.delete(j++)
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i++
    else j++
  return [left, right]
}

/** Which words have no counterpart, ignoring their order; in linear time. */
function uncommon(a: readonly string[], b: readonly string[]): Set<number> {
  const left = new Map<string, number>()
  for (const word of b) left.set(word, (left.get(word) ?? 0) + 1)
  const found = new Set<number>()
  for (const [i, word] of a.entries()) {
    const count = left.get(word) ?? 0
    if (count === 0) found.add(i)
    else left.set(word, count - 1)
  }
  return found
}

/** Words and the space between them in as few pieces as can be; space between two words that differ differs, too. */
function pieces(tokens: readonly string[], differs: ReadonlySet<number>): readonly Piece[] {
  const marks: boolean[] = []
  let at = 0
  for (const token of tokens) marks.push(isSpace(token) ? false : differs.has(at++))
  const found: { text: string; differs: boolean }[] = []
  for (const [i, token] of tokens.entries()) {
    const isMarked = isSpace(token) ? marks[i - 1] === true && marks[i + 1] === true : marks[i] === true
    const last = found.at(-1)
    if (last?.differs === isMarked) last.text += token
    else found.push({ text: token, differs: isMarked })
  }
  return found
}

/** Two texts word by word, with the words marked that only one of them has. White space is no difference. */
export function compareWords(
  first: string,
  second: string
): readonly [first: readonly Piece[], second: readonly Piece[]] {
  const tokens = [first, second].map((text) => text.split(/(\s+)/).filter((token) => token !== ''))
  const [a = [], b = []] = tokens.map((all) => all.filter((token) => !isSpace(token)))
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const insideA = a.slice(start, a.length - end)
  const insideB = b.slice(start, b.length - end)
  const [left, right] =
    insideA.length * insideB.length <= mostCells
      ? unmatched(insideA, insideB)
      : [uncommon(insideA, insideB), uncommon(insideB, insideA)]
  const moved = (marks: ReadonlySet<number>): Set<number> => new Set([...marks].map((i) => i + start))
  return [pieces(tokens[0] ?? [], moved(left)), pieces(tokens[1] ?? [], moved(right))]
}
