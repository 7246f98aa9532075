/**
 * Reads a file of JSON lines with untrusted content: a broken disk or another program may have put anything there. It
 * works in slices that yield to the event loop, and stops at limits of size and time.
 */
import { open } from 'node:fs/promises'
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../types.ts'

/** Thrown if the file exceeds a limit or has lines that this app never writes. */
export class RefusedFile extends Error {}

export interface LineLimits {
  readonly fileBytes: number
  readonly lines: number
  /** Milliseconds of work in this thread. */
  readonly workMs: number
  /** Milliseconds from the first byte to the last, including waiting. */
  readonly totalMs: number
}

/** Maximum length of a line in bytes: parsing a longer one would block the thread for too long. */
const maxLineBytes = 2 * 1024 * 1024
/** Maximum number of values and nesting depth of a line, which take as long in fewer bytes. Tickets need a depth of 5. */
const limits = { values: 20_000, depth: 16 } as const
/** Lines up to this length in bytes are parsed fast, whatever they contain. */
const checkedAboveBytes = 4 * 1024
/** Bytes read at a time, and milliseconds of work before yielding to the event loop. */
const chunkBytes = 256 * 1024
const sliceMs = 8
/** Larger files are read with pauses as long as the work, because this thread creates the first window meanwhile. */
const pausedAboveBytes = 1024 * 1024

const [lineFeed, quote, backslash, comma] = [0x0a, 0x22, 0x5c, 0x2c]
const [openObject, closeObject, openList, closeList] = [0x7b, 0x7d, 0x5b, 0x5d]

/** Whether the line can be parsed within some 20 ms. Only such lines may be written: others could not be read. */
export function isReadableLine(line: Uint8Array): boolean {
  if (line.length > maxLineBytes) return false
  if (line.length <= checkedAboveBytes) return true
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
 * Passes each line to `take`, in order. Rejects with RefusedFile beyond a limit and with errors of the file system.
 * Resolves early, without the remaining lines, when `signal` is aborted.
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
    const rest = (): Promise<unknown> => (size > pausedAboveBytes ? sleep(sliceMs) : setImmediate())
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
        // Copied, because the buffer is reused for the next chunk.
        begunLine.push(Buffer.from(chunk.subarray(from)))
        begunBytes += bytesRead - from
        if (begunBytes > maxLineBytes) throw new RefusedFile('a line that cannot be read')
      }
      endSlice()
    }
    if (begunBytes > 0) giveLine(Buffer.alloc(0))
  } finally {
    await file.close()
  }
}
