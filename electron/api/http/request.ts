/** One request and its complete answer, with limits on silence and size. Redirects are never followed. */
import { setImmediate } from 'node:timers/promises'
import { Deadline } from './deadline.ts'
import { ApiProblem } from '../api-problem.ts'

export interface HttpAnswer {
  readonly status: number
  readonly headers: Headers
  /** The body as received; joined only if it is read. */
  readonly chunks: readonly Uint8Array[]
}

export interface HttpRequest {
  readonly fetch: typeof fetch
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** An encoded form; null for no body. */
  readonly body: string | null
  /** Milliseconds without (enough) data until the request fails as `timeout`. */
  readonly silenceMs: number
  /** A larger body fails as `too-large`. */
  readonly maxBytes: number
  readonly signal: AbortSignal | undefined
  /** Called with the bytes received and the announced total; null if the server announces none. */
  readonly onProgress?: (received: number, total: number | null) => void
}

/** Throws ApiProblem or whatever fetch throws. */
export async function requestAnswer(request: HttpRequest): Promise<HttpAnswer> {
  const { method, url, headers, body, silenceMs, signal } = request
  const deadline = new Deadline(silenceMs, signal)
  try {
    const response = await deadline.race(
      request.fetch(url.href, {
        method,
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
        signal: deadline.signal,
        headers,
        ...(body === null ? {} : { body })
      })
    )
    deadline.answered()
    if (response.type === 'opaqueredirect') throw new ApiProblem({ kind: 'wrong-address' })
    const chunks = await readBody(response, deadline, request)
    return { status: response.status, headers: response.headers, chunks }
  } finally {
    deadline.clear()
  }
}

/**
 * Reads a body of at most `maxBytes`; throws `truncated` when fewer bytes came than were announced. A long one has hundreds of
 * chunks, so the deadline is raced against all of them, not each.
 */
async function readBody(
  response: Response,
  deadline: Deadline,
  { maxBytes, onProgress }: HttpRequest
): Promise<readonly Uint8Array[]> {
  const announced = Number(response.headers.get('content-length') ?? Number.NaN)
  const isPlain = response.headers.get('content-encoding') === null
  const total = isPlain && announced > 0 ? announced : null
  const reader = response.body?.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  const refuseSize = (): never => {
    // The rest of the body is discarded, so an error while cancelling does not matter.
    reader?.cancel().catch(() => undefined)
    throw new ApiProblem({ kind: 'too-large' })
  }
  if (announced > maxBytes) refuseSize()
  const readAll = async (from: ReadableStreamDefaultReader<Uint8Array>): Promise<void> => {
    for (let { value } = await from.read(); value; { value } = await from.read()) {
      // What comes after the end of the wait belongs to nobody.
      if (deadline.isOver) return
      length += value.length
      if (length > maxBytes) refuseSize()
      chunks.push(value)
      deadline.received(value.length)
      onProgress?.(length, total)
    }
  }
  try {
    if (reader) await deadline.race(readAll(reader))
  } catch (error) {
    if (error instanceof ApiProblem || !isPlain || !(length < announced)) throw error
    throw new ApiProblem({ kind: 'truncated' })
  }
  if (isPlain && length < announced) throw new ApiProblem({ kind: 'truncated' })
  return chunks
}

export const bytesOf = ({ chunks }: HttpAnswer): Uint8Array => Buffer.concat(chunks)

/** In Electron and in Node 22; not in Node 20, which the preview may run on. */
type Transferable = ArrayBufferLike & { readonly transfer?: (length: number) => unknown }

/**
 * Frees the memory of an answer that was read, whose chunks then are empty. Otherwise it would stay until a garbage
 * collection of old objects, of which an idle app has none for minutes: the lists of several polls.
 */
export function releaseBytes(chunks: readonly Uint8Array[]): void {
  for (const { buffer, byteLength } of chunks) {
    // A part of a larger buffer may not be the only one, and one that was handed to another thread has no bytes here.
    if (byteLength === 0 || byteLength !== buffer.byteLength) continue
    const owned: Transferable = buffer
    owned.transfer?.(0)
  }
}

/** Bytes copied before yielding to the event loop; first access to new memory costs more than the copy itself. */
const bytesPerTurn = 512 * 1024

/** Like `bytesOf`, but yields to the event loop, for large answers, and releases the chunks. */
export async function gatherBytes({ chunks }: HttpAnswer): Promise<Uint8Array> {
  const all = Buffer.allocUnsafeSlow(chunks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  let yieldedAt = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
    if (at - yieldedAt < bytesPerTurn) continue
    yieldedAt = at
    await setImmediate()
  }
  releaseBytes(chunks)
  return all
}
