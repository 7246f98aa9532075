/**
 * The part of D-Bus' wire format that is needed here: calls with text arguments and signals go out, any answer
 * or signal comes in. Libraries for it bring native code or are not bundled; the format itself is small.
 */

export interface Call {
  readonly serial: number
  readonly to: string
  readonly path: string
  readonly face: string
  readonly member: string
  readonly args: readonly string[]
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
      readonly body: readonly unknown[]
    }
  | { readonly kind: 'other' }

const fields = { path: 1, face: 2, member: 3, replySerial: 5, to: 6, signature: 8 } as const
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
    { signature: 's'.repeat(args.length), bytes: join(args.map((arg) => [4, text(arg)])) }
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

/** A text and named properties (`sa{sv}`); numbers go as 64-bit integers. */
export function textAndProperties(
  first: string,
  properties: Readonly<Record<string, number | boolean>>
): Values {
  const variant = (value: number | boolean): readonly (readonly [align: number, bytes: Buffer])[] => {
    const type = typeof value === 'number' ? 'x' : 'b'
    const bytes = Buffer.alloc(type === 'x' ? 8 : 4)
    if (typeof value === 'number') bytes.writeBigInt64LE(BigInt(value))
    else bytes.writeUInt32LE(value ? 1 : 0)
    return [
      [1, Buffer.from([1, type.charCodeAt(0), 0])],
      [bytes.length, bytes]
    ]
  }
  const entries = join(
    Object.entries(properties).map(([name, value]) => [8, join([[4, text(name)], ...variant(value)])])
  )
  return {
    signature: 'sa{sv}',
    bytes: join([
      [4, text(first)],
      [4, uint(entries.length)],
      [8, entries]
    ])
  }
}

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
    this.#at += padding(this.#at, '({xtd'.includes(of[0] ?? '') ? 8 : 1)
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
        body: body()
      }
    default:
      return { kind: 'other' }
  }
}
