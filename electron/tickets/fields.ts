import { maxTextLength } from './limits.ts'
import { isServiceId } from './services.ts'
import type { NewTicket } from './ticket.ts'
import { toAscii } from './text/sent-form/ascii.ts'

export type FieldName =
  'title' | 'departmentId' | 'service' | 'message' | 'serverIp' | 'serverUser' | 'password'
export type FieldError = 'required' | 'service-shape' | 'ip-shape' | 'too-long'

/** Maximum lengths in characters, against accidental pastes. The API documents no limits. */
export const limits = { title: 255, message: maxTextLength, serverUser: 128, password: 256 } as const

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`)

function isIpv6(text: string): boolean {
  const halves = text.split('::')
  if (halves.length > 2 || text.length > 45) return false
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')))
  const all = groups.flat()
  const tail = all.at(-1) ?? ''
  const withV4 = tail.includes('.')
  if (withV4 && (!ipv4.test(tail) || text.endsWith(':'))) return false
  const hex = withV4 ? all.slice(0, -1) : all
  if (!hex.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false
  const count = hex.length + (withV4 ? 2 : 0)
  return halves.length === 2 ? count <= 7 : count === 8
}

export const isIpAddress = (text: string): boolean => ipv4.test(text) || isIpv6(text)

/** Also true if the conversion to ASCII leaves nothing. */
const isBlank = (text: string): boolean => toAscii(text).trim() === ''

/** Validates one field; null if it is valid. */
export function checkField(field: FieldName, draft: NewTicket, password: string): FieldError | null {
  switch (field) {
    case 'title':
      if (isBlank(draft.title)) return 'required'
      return draft.title.length > limits.title ? 'too-long' : null
    case 'departmentId':
      return draft.departmentId > 0 ? null : 'required'
    case 'service':
      if (draft.service.trim() === '') return 'required'
      return isServiceId(draft.service) ? null : 'service-shape'
    case 'message':
      if (isBlank(draft.message)) return 'required'
      return draft.message.length > limits.message ? 'too-long' : null
    case 'serverIp':
      return draft.serverIp.trim() === '' || isIpAddress(draft.serverIp.trim()) ? null : 'ip-shape'
    case 'serverUser':
      return draft.serverUser.length > limits.serverUser ? 'too-long' : null
    case 'password':
      return password.length > limits.password ? 'too-long' : null
  }
}

export const fieldNames = [
  'title',
  'departmentId',
  'service',
  'message',
  'serverIp',
  'serverUser',
  'password'
] as const satisfies readonly FieldName[]

/** All invalid fields, in the order of the form. */
export const checkNewTicket = (
  draft: NewTicket,
  password: string
): readonly { readonly field: FieldName; readonly error: FieldError }[] =>
  fieldNames.flatMap((field) => {
    const error = checkField(field, draft, password)
    return error ? [{ field, error }] : []
  })
