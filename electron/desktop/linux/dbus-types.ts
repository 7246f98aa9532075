/** D-Bus types and their alignment. https://dbus.freedesktop.org/doc/dbus-specification.html */

/** A value together with its type. */
interface Variant {
  readonly type: string
  readonly value: Value
}
/** Arrays, structs and dictionary entries are JavaScript arrays; a Buffer is an array of bytes. */
export type Value = string | number | boolean | bigint | Buffer | Variant | readonly Value[]

export const numberSizes = { y: 1, n: 2, q: 2, b: 4, i: 4, u: 4, x: 8, t: 8 } as const
const alignments: Readonly<Record<string, number>> = {
  ...numberSizes,
  ...{ d: 8, s: 4, o: 4, a: 4, g: 1, v: 1, '(': 8, '{': 8 }
}
export const alignmentOf = (type: string): number => alignments[type[0] ?? ''] ?? 1

/** Encoded values: their signature and bytes, aligned to a multiple of eight. */
export interface Values {
  readonly signature: string
  readonly bytes: Buffer
}

/** Length in characters of the complete type that starts at `at`. */
export function typeLength(signature: string, at: number): number {
  const first = signature[at]
  if (first === 'a') return 1 + typeLength(signature, at + 1)
  if (first !== '(' && first !== '{') return 1
  let end = at + 1
  while (!')}'.includes(signature[end] ?? ')')) end += typeLength(signature, end)
  return end - at + 1
}

/** Number of padding bytes from `position` to the next multiple of `alignment`. */
export const padding = (position: number, alignment: number): number =>
  (alignment - (position % alignment)) % alignment
