import { baseUrlFor, checkAddress, versionIn, withScheme } from '../../api/address.ts'
import type { Credentials, ListAnswer, ListProgress, TicketApi } from '../../api/api.ts'
import { parseJson } from '../../tickets/json.ts'
import type { Problem } from '../../tickets/problem.ts'
import { apiVersions, type ApiVersion, type ApiVersionChoice } from '../../tickets/ticket.ts'

export type TriedConnection =
  | { readonly ok: true; readonly api: TicketApi; readonly baseUrl: string; readonly answer: ListAnswer }
  | { readonly ok: false; readonly error: Problem }

/** Problems that indicate an unknown API version rather than wrong credentials. */
const anotherVersion = new Set<Problem['kind']>([
  'wrong-address',
  'unexpected-shape',
  'web-page',
  'empty-answer',
  'not-json',
  'refused'
])

/**
 * The most informative problems first: a server that knows the version and rejects the token, before one with errors,
 * before one that did not respond. Others come after these and before `wrong-address`, which only indicates that a
 * version does not exist.
 */
const mostInformative: readonly Problem['kind'][] = [
  'stopped',
  'unauthorized',
  'forbidden',
  'rate-limited',
  'server-error',
  'blocked',
  'refused',
  'web-page',
  'empty-answer',
  'not-json',
  'truncated',
  'unexpected-shape'
]

function rank({ kind }: Problem): number {
  if (kind === 'wrong-address') return Infinity
  const at = mostInformative.indexOf(kind)
  return at < 0 ? mostInformative.length : at
}

/** The more informative problem; the first of equal ones, which is of the newer version. */
const moreTelling = (a: Problem | null, b: Problem): Problem => (a === null || rank(b) < rank(a) ? b : a)

/**
 * Requests the list once; `auto` tries the newest version first, then older ones, unless the address has a version. Makes
 * no further request after `signal` was aborted.
 */
export async function tryConnect(
  address: string,
  version: ApiVersionChoice,
  create: (baseUrl: string, version: ApiVersion) => TicketApi,
  signal?: AbortSignal,
  onProgress?: ListProgress
): Promise<TriedConnection> {
  const wrong = checkAddress(withScheme(address))
  if (wrong) return { ok: false, error: wrong }
  const named = version === 'auto' ? versionIn(address) : version
  const versions: readonly ApiVersion[] = named ? [named] : apiVersions.toReversed()
  let problem: Problem | null = null
  for (const candidate of versions) {
    const baseUrl = baseUrlFor(address, candidate)
    const api = create(baseUrl, candidate)
    const answer = await api.list(null, signal, onProgress)
    if (answer.outcome !== 'failed') return { ok: true, api, baseUrl, answer }
    problem = moreTelling(problem, answer.problem)
    if (signal?.aborted || !anotherVersion.has(answer.problem.kind)) break
  }
  return { ok: false, error: problem ?? { kind: 'wrong-address' } }
}

const parts = (credentials: Credentials): readonly string[] => {
  switch (credentials.kind) {
    case 'bearer':
      return [credentials.token]
    case 'header':
      return [credentials.header, credentials.token]
    case 'pair':
      return [credentials.access, credentials.secret]
  }
}

/** Encodes credentials as text for the vault. */
export const packCredentials = (credentials: Credentials): string =>
  JSON.stringify([credentials.kind, ...parts(credentials)])

export function unpackCredentials(text: string): Credentials | null {
  const stored = parseJson(text)
  if (!Array.isArray(stored)) return null
  const [kind, first, second] = stored as (string | undefined)[]
  if (kind === 'bearer' && first) return { kind, token: first }
  if (kind === 'header' && first && second) return { kind, header: first, token: second }
  if (kind === 'pair' && first && second) return { kind, access: first, secret: second }
  return null
}
