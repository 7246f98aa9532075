/**
 * The part of D-Bus' wire format that is used: encodes calls and signals, decodes answers and signals. Libraries for it
 * need native code or cannot be bundled, and the format is small.
 */
import { Reader } from './dbus-reader.ts'
import { padding, type Values } from './dbus-types.ts'
import { text, uint } from './dbus-writer.ts'

export interface Call {
  readonly serial: number
  readonly destination: string
  readonly path: string
  readonly interfaceName: string
  readonly member: string
  readonly args: Values
}

export interface Signal {
  readonly serial: number
  readonly path: string
  readonly interfaceName: string
  readonly member: string
  readonly values: Values
}

export type Incoming =
  | { readonly kind: 'answer'; readonly serial: number; readonly body: readonly unknown[] }
  | { readonly kind: 'error'; readonly serial: number }
  | {
      readonly kind: 'signal'
      readonly interfaceName: string
      readonly member: string
      /** The sender's connection name, set by the bus, so it cannot be forged. */
      readonly sender: string
      readonly body: readonly unknown[]
    }
  | { readonly kind: 'other' }

const headerFields = {
  path: 1,
  interfaceName: 2,
  member: 3,
  replySerial: 5,
  destination: 6,
  sender: 7,
  signature: 8
} as const
const messageTypes = { call: 1, answer: 2, error: 3, signal: 4 } as const
const headerSize = 16

/** Concatenates parts, each aligned relative to the start. */
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

function field(code: number, type: 'o' | 's' | 'g', value: string): readonly [align: number, bytes: Buffer] {
  const head = Buffer.from([code, 1, type.charCodeAt(0), 0])
  const short = Buffer.concat([Buffer.from([value.length]), Buffer.from(value), Buffer.alloc(1)])
  return [8, Buffer.concat([head, type === 'g' ? short : text(value)])]
}

function encode(
  messageType: number,
  serial: number,
  fields: readonly (readonly [code: number, type: 'o' | 's' | 'g', value: string])[],
  { signature, bytes }: Values
): Buffer {
  const list = join([
    ...fields.map(([code, type, value]) => field(code, type, value)),
    ...(signature === '' ? [] : [field(headerFields.signature, 'g', signature)])
  ])
  const start = Buffer.concat([
    Buffer.from([0x6c, messageType, 0, 1]),
    uint(bytes.length),
    uint(serial),
    uint(list.length),
    list
  ])
  return Buffer.concat([start, Buffer.alloc(padding(start.length, 8)), bytes])
}

export const encodeCall = ({ serial, destination, path, interfaceName, member, args }: Call): Buffer =>
  encode(
    messageTypes.call,
    serial,
    [
      [headerFields.path, 'o', path],
      [headerFields.interfaceName, 's', interfaceName],
      [headerFields.member, 's', member],
      [headerFields.destination, 's', destination]
    ],
    args
  )

export const encodeSignal = ({ serial, path, interfaceName, member, values }: Signal): Buffer =>
  encode(
    messageTypes.signal,
    serial,
    [
      [headerFields.path, 'o', path],
      [headerFields.interfaceName, 's', interfaceName],
      [headerFields.member, 's', member]
    ],
    values
  )

const isLittle = (bytes: Buffer): boolean => bytes[0] === 0x6c
const uintAt = (bytes: Buffer, at: number): number =>
  isLittle(bytes) ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)

/** Length of the message at the start of `bytes`, in bytes; null if too little was received to tell. */
export function messageLength(bytes: Buffer): number | null {
  if (bytes.length < headerSize) return null
  const header = headerSize + uintAt(bytes, 12)
  return header + padding(header, 8) + uintAt(bytes, 4)
}

/** Decodes one complete message. Throws a RangeError if it is invalid. */
export function decodeMessage(bytes: Buffer): Incoming {
  const little = isLittle(bytes)
  const header = new Map(
    (new Reader(bytes, 12, little).all('a(yv)')[0] as [number, unknown][]).map(([code, value]) => [
      code,
      value
    ])
  )
  const start = headerSize + uintAt(bytes, 12)
  const signature = header.get(headerFields.signature)
  const body = (): readonly unknown[] =>
    new Reader(bytes, start + padding(start, 8), little).all(typeof signature === 'string' ? signature : '')
  const serial = Number(header.get(headerFields.replySerial))
  switch (bytes[1]) {
    case messageTypes.answer:
      return { kind: 'answer', serial, body: body() }
    case messageTypes.error:
      return { kind: 'error', serial }
    case messageTypes.signal:
      return {
        kind: 'signal',
        interfaceName: String(header.get(headerFields.interfaceName)),
        member: String(header.get(headerFields.member)),
        sender: String(header.get(headerFields.sender)),
        body: body()
      }
    default:
      return { kind: 'other' }
  }
}
