import type { IncomingMessage } from 'node:http'

export type Parameters = Readonly<Record<string, string>>

/** JSON's numbers and booleans as text; what a form cannot hold counts as empty. */
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
 * Query and body together, whichever of the three ways the body is written in: the documentation names none.
 * Null where the body is not what its type says. Throws when the connection ends before the body does.
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
