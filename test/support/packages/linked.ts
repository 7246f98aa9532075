/** Reads the names of linked libraries (`NEEDED` of `objdump -p`) from an ELF file (64 bit, little-endian). */
import { readFileSync } from 'node:fs'

const dynamicType = 2n
const neededTag = 1n
const stringsTag = 5n
const loadType = 1n

interface Segment {
  readonly type: bigint
  readonly offset: bigint
  readonly address: bigint
  readonly size: bigint
}

export function linkedLibraries(path: string): readonly string[] {
  const file = readFileSync(path)
  if (file.toString('latin1', 0, 6) !== '\x7fELF\x02\x01')
    throw new Error(`${path} is no ELF file of 64 bits`)
  const segments = segmentsOf(file)
  const dynamic = segments.find(({ type }) => type === dynamicType)
  if (!dynamic) return []
  const entries: { readonly tag: bigint; readonly value: bigint }[] = []
  for (let at = dynamic.offset; at < dynamic.offset + dynamic.size; at += 16n)
    entries.push({ tag: file.readBigUInt64LE(Number(at)), value: file.readBigUInt64LE(Number(at) + 8) })
  const strings = entries.find(({ tag }) => tag === stringsTag)?.value ?? 0n
  const text = (from: bigint): string => {
    const start = Number(offsetOf(segments, strings) + from)
    return file.toString('latin1', start, file.indexOf(0, start))
  }
  return entries.filter(({ tag }) => tag === neededTag).map(({ value }) => text(value))
}

function segmentsOf(file: Buffer): readonly Segment[] {
  const [start, size, count] = [
    Number(file.readBigUInt64LE(32)),
    file.readUInt16LE(54),
    file.readUInt16LE(56)
  ]
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * size
    return {
      type: BigInt(file.readUInt32LE(at)),
      offset: file.readBigUInt64LE(at + 8),
      address: file.readBigUInt64LE(at + 16),
      size: file.readBigUInt64LE(at + 32)
    }
  })
}

/** Offset in the file of data that is loaded to an address. */
function offsetOf(segments: readonly Segment[], address: bigint): bigint {
  const loaded = segments.find(
    (segment) =>
      segment.type === loadType && address >= segment.address && address < segment.address + segment.size
  )
  if (!loaded) throw new Error('The dynamic section names an address that is not loaded')
  return address - loaded.address + loaded.offset
}
