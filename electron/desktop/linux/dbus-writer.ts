import { alignmentOf, numberSizes, padding, typeLength, type Value, type Values } from './dbus-types.ts'

export function uint(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

export function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([uint(bytes.length), bytes, Buffer.alloc(1)])
}

class Writer {
  #length = 0
  readonly #parts: Buffer[] = []

  bytes = (): Buffer => Buffer.concat(this.#parts)

  #align(alignment: number): void {
    const gap = padding(this.#length, alignment)
    this.#parts.push(Buffer.alloc(gap))
    this.#length += gap
  }

  #append(alignment: number, bytes: Buffer): void {
    this.#align(alignment)
    this.#parts.push(bytes)
    this.#length += bytes.length
  }

  all(signature: string, values: readonly Value[]): this {
    let at = 0
    for (const value of values) {
      const length = typeLength(signature, at)
      this.#value(signature.slice(at, at + length), value)
      at += length
    }
    return this
  }

  #value(type: string, value: Value): void {
    const first = type[0] ?? ''
    if (first in numberSizes) this.#number(numberSizes[first as keyof typeof numberSizes], value)
    else if ((first === 's' || first === 'o') && typeof value === 'string') this.#append(4, text(value))
    else if (first === 'v' && typeof value === 'object' && 'type' in value) {
      const { length } = value.type
      this.#append(1, Buffer.concat([Buffer.from([length]), Buffer.from(value.type), Buffer.alloc(1)]))
      this.#value(value.type, value.value)
    } else if (first === 'a' && Array.isArray(value)) this.#list(type.slice(1), value as readonly Value[])
    else if (type === 'ay' && Buffer.isBuffer(value)) {
      this.#append(4, uint(value.length))
      this.#append(1, value)
    } else if ((first === '(' || first === '{') && Array.isArray(value)) {
      this.#align(8)
      this.all(type.slice(1, -1), value as readonly Value[])
    } else throw new TypeError(`No ${type} for the session bus`)
  }

  #number(size: 1 | 2 | 4 | 8, value: Value): void {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(BigInt(value as number | boolean | bigint))
    this.#append(size, bytes.subarray(0, size))
  }

  #list(elementType: string, values: readonly Value[]): void {
    const size = uint(0)
    this.#append(4, size)
    this.#align(alignmentOf(elementType))
    const start = this.#length
    for (const value of values) this.#value(elementType, value)
    size.writeUInt32LE(this.#length - start)
  }
}

/** Encodes one value per type of the signature. Throws a TypeError if a value does not match its type. */
export const valuesOf = (signature: string, values: readonly Value[]): Values => ({
  signature,
  bytes: new Writer().all(signature, values).bytes()
})
