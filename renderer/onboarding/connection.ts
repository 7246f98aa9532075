import { cleanSecret, cleanToken, isPossibleToken } from '../../electron/tickets/text/token.ts'
import type { Auth } from '../../electron/ipc/contract.ts'
import type { ApiVersionChoice } from '../../electron/tickets/ticket.ts'
import type { AuthKind } from '../../electron/tickets/views.ts'

/** What a person fills in to connect; every part is kept while another way of proof is tried. */
export interface Connection {
  kind: AuthKind
  token: string
  header: string
  access: string
  secret: string
  address: string
  version: ApiVersionChoice
  name: string
}

/** Fields that must be filled before the server is asked; `malformed`: what stands there cannot be a token. */
export type Missing = 'token' | 'access' | 'secret' | 'header' | 'address'
export type ConnectionFieldError = Missing | 'malformed'

export const newConnection = (kind: AuthKind): Connection => ({
  kind,
  token: '',
  header: '',
  access: '',
  secret: '',
  address: 'https://api.ni.net.tr',
  version: 'auto',
  name: ''
})

const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/

/** Credentials without characters that were copied along by accident. */
export function authOf({ kind, token, header, access, secret }: Connection): Auth {
  switch (kind) {
    case 'bearer':
      return { kind, token: cleanToken(token) }
    case 'header':
      return { kind, header: header.trim(), token: cleanSecret(token) }
    case 'pair':
      return { kind, access: cleanSecret(access), secret: cleanSecret(secret) }
  }
}

export function connectionFieldErrors(form: Connection, isNew: boolean): ReadonlySet<ConnectionFieldError> {
  const isBlank = (text: string): boolean => cleanSecret(text) === ''
  const auth = authOf(form)
  const found: ConnectionFieldError[] = []
  if (form.kind === 'pair') {
    if (isBlank(form.access)) found.push('access')
    if (isBlank(form.secret)) found.push('secret')
  } else if (auth.kind !== 'pair' && auth.token === '') found.push('token')
  else if (auth.kind === 'bearer' && !isPossibleToken(auth.token)) found.push('malformed')
  if (form.kind === 'header' && !headerName.test(form.header.trim())) found.push('header')
  if (isNew && isBlank(form.address)) found.push('address')
  return new Set(found)
}
