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
