import type { ComposePrefill } from '../../ipc/contract.ts'
import { parseUrl } from '../../tickets/text/url.ts'
import { plainLine } from '../plain-line.ts'

export type Link =
  /** `accountId`: the ticket's account, if the link names one. */
  | { readonly kind: 'ticket'; readonly ticketId: number; readonly accountId?: string }
  | { readonly kind: 'new'; readonly prefill: ComposePrefill }

export interface CommandLine {
  readonly hidden: boolean
  readonly newTicket: boolean
  readonly check: boolean
  readonly demo: boolean
  readonly link: Link | null
}

const maxLengths = { title: 255, message: 10_000 } as const

/**
 * Parses `bilet://ticket/272298` (with `?account=…` if two accounts use the number) and
 * `bilet://new?department=…&title=…&service=…&message=…`. Any website can contain such a link, so it only shows a
 * ticket or fills in a form. Null for anything else.
 */
export function parseLink(text: string): Link | null {
  const url = text.length > 20_000 ? null : parseUrl(text)
  if (url?.protocol !== 'bilet:') return null
  const ticket = /^\/(\d{1,12})\/?$/.exec(url.pathname)?.[1]
  const valueOf = (name: string): string => url.searchParams.get(name) ?? ''
  if (url.host === 'ticket' && ticket !== undefined && Number(ticket) > 0) {
    const accountId = valueOf('account')
    const owner = /^[\w-]{1,64}$/.test(accountId) ? { accountId } : {}
    return { kind: 'ticket', ticketId: Number(ticket), ...owner }
  }
  if (url.host !== 'new') return null
  const department = valueOf('department')
  const title = plainLine(valueOf('title'), maxLengths.title)
  const message = valueOf('message')
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])[\p{Cc}\p{Cf}]/gu, '')
    .slice(0, maxLengths.message)
    .replace(/[\uD800-\uDBFF]$/, '')
  const service = valueOf('service')
  return {
    kind: 'new',
    prefill: {
      ...(/^\d{1,6}$/.test(department) ? { departmentId: Number(department) } : {}),
      ...(title ? { title } : {}),
      ...(message ? { message } : {}),
      ...(/^[A-Za-z]{0,3}\d{1,12}$/.test(service) ? { service } : {})
    }
  }
}

/** Parses the command line of this instance, or of a second one. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const valueOf = new Set(argv)
  const links = argv.map(parseLink).filter((link) => link !== null)
  return {
    // Windows starts COM servers with `-Embedding`, here after a click on an old notification, which decides what is
    // shown.
    hidden: valueOf.has('--hidden') || valueOf.has('-Embedding') || valueOf.has('/Embedding'),
    newTicket: valueOf.has('--new'),
    check: valueOf.has('--check'),
    demo: valueOf.has('--demo'),
    link: links[0] ?? null
  }
}
