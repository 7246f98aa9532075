/**
 * Reads a file of lines of JSON whose content is not trusted: somebody, or a broken disk, may have put anything there. It
 * works in slices between which others have their turn, and ends at limits of size and time.
 */
import { open } from 'node:fs/promises'
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../types.ts'

/** The file is more than can be read, or nothing that was ever written here. */
export class RefusedFile extends Error {}

export interface LineLimits {
  readonly fileBytes: number
  readonly lines: number
  /** Milliseconds of this thread's work. */
  readonly workMs: number
  /** Milliseconds from the first byte to the last, whatever takes them. */
  readonly totalMs: number
}

/** A line of more bytes holds others up for too long while it is parsed. */
const longestLine = 2 * 1024 * 1024
/** So many values and so deep a nesting take as long in fewer bytes. Tickets need a depth of five. */
const limits = { values: 20_000, depth: 16 } as const
/** Shorter lines are parsed fast whatever is in them. */
const shortLine = 4 * 1024
/** Bytes read at a time, and milliseconds of work until others have their turn. */
const chunkBytes = 256 * 1024
const sliceMs = 8
/** What is larger is read with rests as long as the work: the first window is being made meanwhile, by this thread, too. */
const hurriedBytes = 1024 * 1024

const [lineFeed, quote, backslash, comma] = [0x0a, 0x22, 0x5c, 0x2c]
const [openObject, closeObject, openList, closeList] = [0x7b, 0x7d, 0x5b, 0x5d]

/** Can be parsed within some 20 milliseconds. Whatever is written must be, or it could not be read again. */
export function isReadableLine(line: Uint8Array): boolean {
  if (line.length > longestLine) return false
  if (line.length <= shortLine) return true
  let depth = 0
  let values = 0
  let isInText = false
  for (let at = 0; at < line.length; at++) {
    const byte = line[at]
    if (isInText) {
      if (byte === backslash) at++
      else if (byte === quote) isInText = false
    } else if (byte === quote) isInText = true
    else if (byte === comma) values++
    else if (byte === openObject || byte === openList) {
      values++
      if (++depth > limits.depth) return false
    } else if (byte === closeObject || byte === closeList) depth--
  }
  return values <= limits.values
}

/**
 * Gives each line to `take`, in order. Rejects with RefusedFile beyond a limit and with the disk's error where it fails;
 * ends without an error, and with some lines not given, when `signal` is aborted.
 */
export async function readLines(
  path: string,
  take: (line: string) => void,
  limits: LineLimits,
  clock: Clock,
  signal?: AbortSignal
): Promise<void> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size > limits.fileBytes) throw new RefusedFile('too large')
    const rest = (): Promise<unknown> => (size > hurriedBytes ? sleep(sliceMs) : setImmediate())
    const begun = clock.monotonic()
    const buffer = Buffer.allocUnsafeSlow(chunkBytes)
    let begunLine: Buffer[] = []
    let begunBytes = 0
    let lines = 0
    let workedMs = 0
    let sliceBegun = 0
    const giveLine = (end: Buffer): void => {
      const line = begunLine.length === 0 ? end : Buffer.concat([...begunLine, end])
      begunLine = []
      begunBytes = 0
      lines += 1
      if (lines > limits.lines) throw new RefusedFile('too many lines')
      if (!isReadableLine(line)) throw new RefusedFile('a line that cannot be read')
      take(line.toString('utf8'))
    }
    const endSlice = (): void => {
      const now = clock.monotonic()
      workedMs += now - sliceBegun
      if (workedMs > limits.workMs || now - begun > limits.totalMs) throw new RefusedFile('too slow')
    }
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, chunkBytes)
      if (signal?.aborted) return
      if (bytesRead === 0) break
      const chunk = buffer.subarray(0, bytesRead)
      sliceBegun = clock.monotonic()
      let from = 0
      for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
        giveLine(chunk.subarray(from, end))
        from = end + 1
        if (clock.monotonic() - sliceBegun < sliceMs) continue
        endSlice()
        await rest()
        if (signal?.aborted) return
        sliceBegun = clock.monotonic()
      }
      if (from < bytesRead) {
        // The buffer is used again for what comes next.
        begunLine.push(Buffer.from(chunk.subarray(from)))
        begunBytes += bytesRead - from
        if (begunBytes > longestLine) throw new RefusedFile('a line that cannot be read')
      }
      endSlice()
    }
    if (begunBytes > 0) giveLine(Buffer.alloc(0))
  } finally {
    await file.close()
  }
}
