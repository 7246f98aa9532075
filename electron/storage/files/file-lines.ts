/** The lines of an append-only file: the content, then one line per change. */

/** A decoded line. `newer`: written by a later version of the app. */
export type Line<T> =
  { readonly kind: 'content'; readonly value: T } | { readonly kind: 'damaged' } | { readonly kind: 'newer' }

export interface ReadFile<T> {
  /** Null if nothing is readable. */
  readonly value: T | null
  /**
   * `torn`: the last change is incomplete after a crash and is ignored. `salvaged`: other changes are damaged and missing in
   * `value`. `damaged`: no content. `newer`: some lines are of a later version.
   */
  readonly state: 'whole' | 'torn' | 'salvaged' | 'damaged' | 'newer'
  /** Length of the content without the changes, in UTF-16 units. */
  readonly contentLength: number
}

/** Rejects nesting that no content has: parsing it could overflow the stack. */
const isTooDeep = (text: string): boolean => /[[{]{100}/.test(text)

/**
 * Splits an unreadable line into the lines that a crash or a bad disk joined: at lost line breaks and at runs of zero
 * bytes. Neither separator occurs inside a JSON string, where quotes are escaped.
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

/** Without `merge` the whole text is the content. */
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
