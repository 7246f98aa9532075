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

/**
 * Query and body parameters together. The body may be JSON, multipart or URL-encoded, since the documentation specifies no
 * format. Null if the body does not match its content type. Throws if the connection closes before the body is complete.
 */
export async function parametersOf(request: IncomingMessage, url: URL): Promise<Parameters | null> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const query = Object.fromEntries(url.searchParams)
  if (chunks.length === 0) return query
  try {
    return {
      ...query,
      ...(await bodyParameters(Buffer.concat(chunks), request.headers['content-type'] ?? ''))
    }
  } catch {
    return null
  }
}
