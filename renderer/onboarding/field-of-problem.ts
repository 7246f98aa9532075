import type { Problem } from '../../electron/tickets/problem.ts'

/** Where the words of a failed connection stand: at a field, or below all of them. */
export type Place = 'token' | 'address' | 'header' | 'form'

/** Which field a person has to look at after a problem while connecting. */
export function fieldOfProblem({ kind, field }: Problem): Place {
  switch (kind) {
    case 'unauthorized':
    case 'forbidden':
    case 'no-credentials':
      return 'token'
    case 'wrong-address':
    case 'invalid-address':
    case 'insecure-address':
    case 'host-refused':
    case 'unreachable':
    case 'tls':
    case 'untrusted-issuer':
    case 'issuer-known-to-system':
    case 'issuer-known-to-nobody':
    case 'web-page':
    case 'empty-answer':
    case 'not-json':
    case 'unexpected-shape':
      return 'address'
    case 'invalid-arguments':
      if (field?.includes('baseUrl')) return 'address'
      if (field?.includes('header')) return 'header'
      return field && /auth|token|access|secret/.test(field) ? 'token' : 'form'
    default:
      return 'form'
  }
}
