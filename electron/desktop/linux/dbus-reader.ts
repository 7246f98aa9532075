import { alignmentOf, padding, typeLength } from './dbus-types.ts'

/** Decodes values of a complete message. Throws a RangeError if it is invalid. */
export class Reader {
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

  /** Reads a value for each complete type of the signature. */
  all(signature: string): readonly unknown[] {
    const values: unknown[] = []
    for (let at = 0; at < signature.length;) {
      const length = typeLength(signature, at)
      values.push(this.#value(signature.slice(at, at + length)))
      at += length
    }
    return values
  }

  #value(type: string): unknown {
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
        // A variant is returned as its value.
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

  #list(elementType: string): readonly unknown[] {
    const length = this.#number(4).readUInt32LE()
    this.#at += padding(this.#at, alignmentOf(elementType))
    const end = this.#at + length
    if (end > this.#bytes.length) throw new RangeError('A message of the session bus ends too early')
    const values: unknown[] = []
    while (this.#at < end) values.push(this.#value(elementType))
    return values
  }
}
