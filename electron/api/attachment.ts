/** Files that messages link to: fetched on request, without a credential and without following a redirect. */
import type { Problem } from '../tickets/problem.ts'
import { parseUrl } from '../tickets/text/url.ts'
import { isEncryptedOrLocal } from './address.ts'
import { ApiProblem } from './api-problem.ts'
import { failureOf } from './http/failures.ts'
import { bytesOf, requestAnswer } from './http/request.ts'

export type AttachmentAnswer =
  { readonly ok: true; readonly value: Uint8Array } | { readonly ok: false; readonly error: Problem }

const silenceMs = 20_000

/** Fetches at most `maxBytes`, over https, or http to this machine (as for an account's address). Never throws. */
export async function fetchAttachment(
  address: string,
  { fetch, maxBytes }: { readonly fetch: typeof globalThis.fetch; readonly maxBytes: number }
): Promise<AttachmentAnswer> {
  const url = parseUrl(address)
  if (!url || url.username !== '' || url.password !== '' || !isEncryptedOrLocal(url))
    return { ok: false, error: { kind: 'insecure-address', field: 'url' } }
  try {
    const answer = await requestAnswer({
      ...{ fetch, url, silenceMs, maxBytes, headers: {}, signal: undefined },
      method: 'GET',
      body: null
    })
    if (answer.status !== 200) throw new ApiProblem({ kind: 'unreachable', httpStatus: answer.status })
    return { ok: true, value: bytesOf(answer) }
  } catch (error) {
    return { ok: false, error: failureOf(error).problem }
  }
}

const startsWith = (bytes: Uint8Array, text: string, at = 0): boolean =>
  Buffer.from(bytes.subarray(at, at + text.length)).toString('latin1') === text

/** The image type by the first bytes, not by name or `Content-Type`. Null for other files and for SVG, which may have scripts. */
export function imageType(bytes: Uint8Array): string | null {
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return 'image/png'
  if (startsWith(bytes, '\xff\xd8\xff')) return 'image/jpeg'
  if (startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a')) return 'image/gif'
  return startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8) ? 'image/webp' : null
}
