import type { IncomingMessage } from 'node:http'

export type Parameters = Readonly<Record<string, string>>

/** Numbers and booleans of JSON become text; what a form cannot express becomes empty. */
function textOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
    case 'boolean':
      return String(value)
    default:
      return ''
  }
}

async function bodyParameters(body: Buffer, type: string): Promise<Parameters> {
  if (type.includes('json')) {
    const parsed = JSON.parse(body.toString('utf8')) as unknown
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
      throw new SyntaxError('A JSON body is an object of parameters')
    return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, textOf(value)]))
  }
  if (type.includes('multipart/form-data')) {
    const form = await new Response(new Uint8Array(body), { headers: { 'Content-Type': type } }).formData()
    return Object.fromEntries(
      [...form.entries()].map(([name, value]) => [name, typeof value === 'string' ? value : value.name])
    )
  }
  return Object.fromEntries(new URLSearchParams(body.toString('utf8')))
}

/** Null if there is more than `maxBytes`; the rest is not kept. Rejects if the connection closes before the body is complete. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.resolve(null)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= maxBytes) chunks.push(chunk)
      else {
        chunks.length = 0
        request.pause()
        resolve(null)
      }
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', reject)
    request.on('close', () => reject(new Error('The connection was closed')))
  })
}

/**
 * Query and body parameters together. The body may be JSON, multipart or URL-encoded, since the documentation specifies no
 * format. Null if the body does not match its content type.
 */
export async function parametersOf(
  { headers }: IncomingMessage,
  query: Parameters,
  body: Buffer
): Promise<Parameters | null> {
  if (body.length === 0) return query
  try {
    return { ...query, ...(await bodyParameters(body, headers['content-type'] ?? '')) }
  } catch {
    return null
  }
}
