import { apiVersions, type ApiVersion, type TicketId } from '../tickets/ticket.ts'
import { protocols } from './protocols.ts'

export type Call = 'list' | 'create' | 'reply' | 'close' | 'services'

export interface Route {
  readonly call: Call
  readonly version: ApiVersion
  /** Id of the ticket or service in the path; 0 if there is none. */
  readonly id: TicketId
}

/** The API call that a request makes; null for an unknown path. */
export function routeOf(method: string, path: string): Route | null {
  const version = apiVersions.find((name) => path.startsWith(`/${name}/`))
  if (!version) return null
  const rest = path.slice(version.length + 1)
  const close = /^\/tickets\/(\d+)\/close$/.exec(rest)
  if (method === 'GET' && rest === '/tickets') return { call: 'list', version, id: 0 }
  if (method === 'GET' && close) return { call: 'close', version, id: Number(close[1]) }
  if (method === 'POST' && rest === '/tickets/create') return { call: 'create', version, id: 0 }
  if (method === 'POST' && rest === '/tickets/reply') return { call: 'reply', version, id: 0 }
  const service = /^\/services(?:\/(\d+))?$/.exec(rest)
  if (method === 'GET' && protocols[version].services && service)
    return { call: 'services', version, id: Number(service[1] ?? 0) }
  return null
}
