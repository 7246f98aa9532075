/** The lines of a file to which changes are added: the content, and behind it one line for each change. */

/** What a line holds. `newer`: a later version of the app wrote it. */
export type Line<T> =
  { readonly kind: 'content'; readonly value: T } | { readonly kind: 'damaged' } | { readonly kind: 'newer' }

export interface ReadFile<T> {
  /** Null where nothing of it can be read. */
  readonly value: T | null
  /**
   * `torn`: a crash cut the last change short, so it never happened. `salvaged`: others are damaged, and `value` is without
   * them. `damaged`: no content. `newer`: a later version wrote some of it.
   */
  readonly state: 'whole' | 'torn' | 'salvaged' | 'damaged' | 'newer'
  /** Characters of the content, without the changes. */
  readonly contentLength: number
}

/** No content is nested so deep, and reading what is may end the process. */
const isTooDeep = (text: string): boolean => /[[{]{100}/.test(text)

/**
 * Where a line cannot be read, what a crash or a bad disk ran together in it: lines whose break is lost, and what stands
 * around a stretch of zero bytes. Neither beginning stands inside of a text, where quotes are escaped.
 */
const piecesOf = (line: string): readonly string[] =>
  line.split(/\0+|(?=\{"version":\d+,"data":)/).filter((piece) => piece !== '')

function decodeLine<T>(line: string, decode: (text: string) => Line<T>): readonly Line<T>[] {
  if (isTooDeep(line)) return [{ kind: 'damaged' }]
  const whole = decode(line)
  if (whole.kind !== 'damaged') return [whole]
  const pieces = piecesOf(line).map(decode)
  return pieces.length === 0 ? [whole] : pieces
}

/** Without `merge` all of the text is the content. */
export function readFileLines<T>(
  text: string,
  decode: (text: string) => Line<T>,
  merge: ((before: T, change: T) => T) | undefined
): ReadFile<T> {
  const rows = merge ? text.split('\n') : [text]
  const contentLength = rows[0]?.length ?? 0
  const lines = rows.map((row) =>
    merge ? decodeLine(row, decode) : [isTooDeep(row) ? damaged : decode(row)]
  )
  if (lines.flat().some(({ kind }) => kind === 'newer')) return { value: null, state: 'newer', contentLength }
  const isDamaged = lines.map((pieces) => pieces.some(({ kind }) => kind === 'damaged'))
  const contents = lines.flat().flatMap((line) => (line.kind === 'content' ? [line.value] : []))
  const [first, ...changes] = contents
  if (first === undefined) return { value: null, state: 'damaged', contentLength }
  const value = merge ? changes.reduce(merge, first) : first
  const last = lines.length - 1
  if (isDamaged.some((is, i) => is && (i < last || i === 0)))
    return { value, state: 'salvaged', contentLength }
  return { value, state: isDamaged[last] ? 'torn' : 'whole', contentLength }
}

const damaged = { kind: 'damaged' } as const
