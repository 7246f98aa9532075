/** Addresses in the customer panel, from the template in the account's settings. */
import { parseUrl } from './text/url.ts'

/** Placeholder for the ticket number in a template. */
export const panelPlaceholder = '{id}'

/** `no-address`: not a URL. `no-number`: no placeholder, so the address is the same for every ticket. */
export type PanelUrlError = 'no-address' | 'no-number'

/** Validates a template; null if it is valid. Only `https:` and `http:` without user name and password are allowed. */
export function panelUrlError(template: string): PanelUrlError | null {
  const url = parseUrl(template.replaceAll(panelPlaceholder, '1'))
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    return 'no-address'
  // The placeholder must be after the host name; inside it, every ticket would have another server.
  return /^\w+:[/]+[^/?#]+[/?#].*\{id\}/s.test(template) ? null : 'no-number'
}

/** Address of a ticket; of the panel's start page if `ticketId` is null. */
export function panelUrl(template: string, ticketId: number | null): string {
  if (ticketId !== null) return template.replaceAll(panelPlaceholder, String(ticketId))
  return parseUrl(template.replaceAll(panelPlaceholder, ''))?.origin ?? template
}
