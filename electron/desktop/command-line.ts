import type { ComposePrefill } from '../ipc/contract.ts'
import { parseUrl } from '../tickets/url.ts'

export type Link =
  | { readonly kind: 'ticket'; readonly ticketId: number }
  | { readonly kind: 'new'; readonly prefill: ComposePrefill }

export interface CommandLine {
  readonly hidden: boolean
  readonly newTicket: boolean
  readonly check: boolean
  readonly demo: boolean
  readonly link: Link | null
}

const longest = { title: 255, message: 10_000, service: 20 } as const

/**
 * `bilet://ticket/272298` or `bilet://new?department=…&title=…&service=…&message=…`. Anybody can make one, so
 * it only ever shows or fills in; null for anything else.
 */
export function parseLink(text: string): Link | null {
  const url = text.length > 20_000 ? null : parseUrl(text)
  if (url?.protocol !== 'bilet:') return null
  const ticket = /^\/(\d{1,12})\/?$/.exec(url.pathname)?.[1]
  if (url.host === 'ticket' && ticket !== undefined && Number(ticket) > 0)
    return { kind: 'ticket', ticketId: Number(ticket) }
  if (url.host !== 'new') return null
  const text_ = (name: keyof typeof longest): string | undefined =>
    url.searchParams
      .get(name)
      // eslint-disable-next-line no-control-regex -- these are what must go
      ?.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      .slice(0, longest[name])
  const department = url.searchParams.get('department') ?? ''
  const title = text_('title')
  const message = text_('message')
  const service = text_('service')
  return {
    kind: 'new',
    prefill: {
      ...(/^\d{1,6}$/.test(department) ? { departmentId: Number(department) } : {}),
      ...(title ? { title } : {}),
      ...(message ? { message } : {}),
      ...(service ? { service } : {})
    }
  }
}

/** What the app was started with; also of a second start, which hands it to the first. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const given = new Set(argv)
  const links = argv.map(parseLink).filter((link) => link !== null)
  return {
    hidden: given.has('--hidden'),
    newTicket: given.has('--new'),
    check: given.has('--check'),
    demo: given.has('--demo'),
    link: links[0] ?? null
  }
}
