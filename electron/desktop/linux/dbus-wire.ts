/**
 * The part of D-Bus' wire format that is needed here: calls and signals go out, any answer
 * or signal comes in. Libraries for it bring native code or are not bundled; the format itself is small.
 */

export interface Call {
  readonly serial: number
  readonly to: string
  readonly path: string
  readonly face: string
  readonly member: string
  readonly args: Values
}

/** Values as they travel: their types, and their bytes aligned from an eight's multiple. */
export interface Values {
  readonly signature: string
  readonly bytes: Buffer
}

export interface Signal {
  readonly serial: number
  readonly path: string
  readonly face: string
  readonly member: string
  readonly values: Values
}

export type Incoming =
  | { readonly kind: 'answer'; readonly serial: number; readonly body: readonly unknown[] }
  | { readonly kind: 'error'; readonly serial: number }
  | {
      readonly kind: 'signal'
      readonly face: string
      readonly member: string
      /** Its connection; the bus says it, so nobody can pretend. */
      readonly sender: string
      readonly body: readonly unknown[]
    }
  | { readonly kind: 'other' }

const fields = { path: 1, face: 2, member: 3, replySerial: 5, to: 6, sender: 7, signature: 8 } as const
const types = { call: 1, answer: 2, error: 3, signal: 4 } as const
const headerSize = 16

const padding = (at: number, to: number): number => (to - (at % to)) % to

function uint(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** Appends parts, each aligned from the start of the whole. */
function join(parts: readonly (readonly [align: number, bytes: Buffer])[]): Buffer {
  let length = 0
  const out: Buffer[] = []
  for (const [align, bytes] of parts) {
    const gap = padding(length, align)
    out.push(Buffer.alloc(gap), bytes)
    length += gap + bytes.length
  }
  return Buffer.concat(out)
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([uint(bytes.length), bytes, Buffer.alloc(1)])
}

function field(code: number, type: 'o' | 's' | 'g', value: string): readonly [align: number, bytes: Buffer] {
  const head = Buffer.from([code, 1, type.charCodeAt(0), 0])
  const short = Buffer.concat([Buffer.from([value.length]), Buffer.from(value), Buffer.alloc(1)])
  return [8, Buffer.concat([head, type === 'g' ? short : text(value)])]
}

function encode(
  type: number,
  serial: number,
  named: readonly (readonly [code: number, type: 'o' | 's' | 'g', value: string])[],
  { signature, bytes }: Values
): Buffer {
  const list = join([
    ...named.map(([code, of, value]) => field(code, of, value)),
    ...(signature === '' ? [] : [field(fields.signature, 'g', signature)])
  ])
  const start = Buffer.concat([
    Buffer.from([0x6c, type, 0, 1]),
    uint(bytes.length),
    uint(serial),
    uint(list.length),
    list
  ])
  return Buffer.concat([start, Buffer.alloc(padding(start.length, 8)), bytes])
}

export const encodeCall = ({ serial, to, path, face, member, args }: Call): Buffer =>
  encode(
    types.call,
    serial,
    [
      [fields.path, 'o', path],
      [fields.face, 's', face],
      [fields.member, 's', member],
      [fields.to, 's', to]
    ],
    args
  )

export const encodeSignal = ({ serial, path, face, member, values }: Signal): Buffer =>
  encode(
    types.signal,
    serial,
    [
      [fields.path, 'o', path],
      [fields.face, 's', face],
      [fields.member, 's', member]
    ],
    values
  )

/** A value whose type goes along with it. */
interface Variant {
  readonly type: string
  readonly value: Value
}
/** Lists, structs and dictionaries' entries are arrays; a Buffer is a list of bytes. */
export type Value = string | number | boolean | bigint | Buffer | Variant | readonly Value[]

const numberSizes = { y: 1, n: 2, q: 2, b: 4, i: 4, u: 4, x: 8, t: 8 } as const
const alignments: Readonly<Record<string, number>> = {
  ...numberSizes,
  ...{ d: 8, s: 4, o: 4, a: 4, g: 1, v: 1, '(': 8, '{': 8 }
}
const alignmentOf = (type: string): number => alignments[type[0] ?? ''] ?? 1

class Writer {
  #length = 0
  readonly #parts: Buffer[] = []

  bytes = (): Buffer => Buffer.concat(this.#parts)

  #align(to: number): void {
    const gap = padding(this.#length, to)
    this.#parts.push(Buffer.alloc(gap))
    this.#length += gap
  }

  #put(align: number, bytes: Buffer): void {
    this.#align(align)
    this.#parts.push(bytes)
    this.#length += bytes.length
  }

  all(signature: string, values: readonly Value[]): this {
    let at = 0
    for (const value of values) {
      const length = typeLength(signature, at)
      this.#one(signature.slice(at, at + length), value)
      at += length
    }
    return this
  }

  #one(type: string, value: Value): void {
    const first = type[0] ?? ''
    if (first in numberSizes) this.#number(numberSizes[first as keyof typeof numberSizes], value)
    else if ((first === 's' || first === 'o') && typeof value === 'string') this.#put(4, text(value))
    else if (first === 'v' && typeof value === 'object' && 'type' in value) {
      const { length } = value.type
      this.#put(1, Buffer.concat([Buffer.from([length]), Buffer.from(value.type), Buffer.alloc(1)]))
      this.#one(value.type, value.value)
    } else if (first === 'a' && Array.isArray(value)) this.#list(type.slice(1), value as readonly Value[])
    else if (type === 'ay' && Buffer.isBuffer(value)) {
      this.#put(4, uint(value.length))
      this.#put(1, value)
    } else if ((first === '(' || first === '{') && Array.isArray(value)) {
      this.#align(8)
      this.all(type.slice(1, -1), value as readonly Value[])
    } else throw new TypeError(`No ${type} for the session bus`)
  }

  #number(size: 1 | 2 | 4 | 8, value: Value): void {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(BigInt(value as number | boolean | bigint))
    this.#put(size, bytes.subarray(0, size))
  }

  #list(of: string, values: readonly Value[]): void {
    const size = uint(0)
    this.#put(4, size)
    this.#align(alignmentOf(of))
    const start = this.#length
    for (const value of values) this.#one(of, value)
    size.writeUInt32LE(this.#length - start)
  }
}

/** As many values as the signature has types. Throws a TypeError where they do not fit it. */
export const valuesOf = (signature: string, values: readonly Value[]): Values => ({
  signature,
  bytes: new Writer().all(signature, values).bytes()
})

/** The length of one complete type at `at` of a signature. */
function typeLength(signature: string, at: number): number {
  const first = signature[at]
  if (first === 'a') return 1 + typeLength(signature, at + 1)
  if (first !== '(' && first !== '{') return 1
  let end = at + 1
  while (!')}'.includes(signature[end] ?? ')')) end += typeLength(signature, end)
  return end - at + 1
}

class Reader {
  #at: number
  readonly #bytes: Buffer
  readonly #little: boolean

  constructor(bytes: Buffer, at: number, little: boolean) {
    this.#bytes = bytes
    this.#at = at
    this.#little = little
  }

  #number(size: 1 | 2 | 4 | 8): Buffer {
    this.#at += padding(this.#at, size)
    const bytes = Buffer.from(this.#bytes.subarray(this.#at, this.#at + size))
    if (bytes.length < size) throw new RangeError('A message of the session bus ends too early')
    this.#at += size
    return this.#little ? bytes : bytes.reverse()
  }

  #text(lengthSize: 1 | 4): string {
    const length = this.#number(lengthSize).readUIntLE(0, lengthSize)
    const value = this.#bytes.toString('utf8', this.#at, this.#at + length)
    this.#at += length + 1
    return value
  }

  /** Every complete type of a signature, one after another. */
  all(signature: string): readonly unknown[] {
    const values: unknown[] = []
    for (let at = 0; at < signature.length;) {
      const length = typeLength(signature, at)
      values.push(this.#one(signature.slice(at, at + length)))
      at += length
    }
    return values
  }

  #one(type: string): unknown {
    switch (type[0]) {
      case 'y':
        return this.#number(1).readUInt8()
      case 'b':
        return this.#number(4).readUInt32LE() === 1
      case 'n':
        return this.#number(2).readInt16LE()
      case 'q':
        return this.#number(2).readUInt16LE()
      case 'i':
        return this.#number(4).readInt32LE()
      case 'u':
      case 'h':
        return this.#number(4).readUInt32LE()
      case 'x':
        return this.#number(8).readBigInt64LE()
      case 't':
        return this.#number(8).readBigUInt64LE()
      case 'd':
        return this.#number(8).readDoubleLE()
      case 's':
      case 'o':
        return this.#text(4)
      case 'g':
        return this.#text(1)
      case 'v':
        // A variant stands for what is in it.
        return this.all(this.#text(1))[0]
      case '(':
      case '{':
        this.#at += padding(this.#at, 8)
        return this.all(type.slice(1, -1))
      case 'a':
        return this.#list(type.slice(1))
      default:
        throw new RangeError('A message of the session bus has an unknown type')
    }
  }

  #list(of: string): readonly unknown[] {
    const length = this.#number(4).readUInt32LE()
    this.#at += padding(this.#at, alignmentOf(of))
    const end = this.#at + length
    if (end > this.#bytes.length) throw new RangeError('A message of the session bus ends too early')
    const values: unknown[] = []
    while (this.#at < end) values.push(this.#one(of))
    return values
  }
}

const isLittle = (bytes: Buffer): boolean => bytes[0] === 0x6c
const uintAt = (bytes: Buffer, at: number): number =>
  isLittle(bytes) ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)

/** How long the message at the start of `bytes` is; null while that cannot be known yet. */
export function messageLength(bytes: Buffer): number | null {
  if (bytes.length < headerSize) return null
  const header = headerSize + uintAt(bytes, 12)
  return header + padding(header, 8) + uintAt(bytes, 4)
}

/** One whole message. Throws a RangeError for what is none. */
export function decodeMessage(bytes: Buffer): Incoming {
  const little = isLittle(bytes)
  const header = new Map(
    (new Reader(bytes, 12, little).all('a(yv)')[0] as [number, unknown][]).map(([code, value]) => [
      code,
      value
    ])
  )
  const start = headerSize + uintAt(bytes, 12)
  const signature = header.get(fields.signature)
  const body = (): readonly unknown[] =>
    new Reader(bytes, start + padding(start, 8), little).all(typeof signature === 'string' ? signature : '')
  const serial = Number(header.get(fields.replySerial))
  switch (bytes[1]) {
    case types.answer:
      return { kind: 'answer', serial, body: body() }
    case types.error:
      return { kind: 'error', serial }
    case types.signal:
      return {
        kind: 'signal',
        face: String(header.get(fields.face)),
        member: String(header.get(fields.member)),
        sender: String(header.get(fields.sender)),
        body: body()
      }
    default:
      return { kind: 'other' }
  }
}
