import type { AuthKind } from '../../electron/tickets/views.ts'

/** What a person fills in to connect; every part is kept while another way of proof is tried. */
export interface Connection {
  kind: AuthKind
  token: string
  header: string
  access: string
  secret: string
  address: string
  version: 'auto' | 'v1' | 'v2'
  name: string
}

/** Fields that must be filled before the server is asked. */
export type Missing = 'token' | 'access' | 'secret' | 'header' | 'address'

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

export function lacking(form: Connection, isNew: boolean): ReadonlySet<Missing> {
  const isBlank = (text: string): boolean => text.trim() === ''
  const found: Missing[] = []
  if (form.kind === 'pair') {
    if (isBlank(form.access)) found.push('access')
    if (isBlank(form.secret)) found.push('secret')
  } else if (isBlank(form.token)) found.push('token')
  if (form.kind === 'header' && !headerName.test(form.header.trim())) found.push('header')
  if (isNew && isBlank(form.address)) found.push('address')
  return new Set(found)
}
