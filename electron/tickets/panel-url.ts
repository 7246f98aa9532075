/** The address of a ticket in the customer panel, made of what a person set for an account. */
import { parseUrl } from './text/url.ts'

/** Stands for the ticket's number. */
export const panelPlaceholder = '{id}'

/** `no-number`: an address, but the same one for every ticket. */
export type PanelUrlError = 'no-address' | 'no-number'

/** What is wrong with an address with `{id}`: nothing but `https:` and `http:`, without a name and a password. */
export function panelUrlError(template: string): PanelUrlError | null {
  const url = parseUrl(template.replaceAll(panelPlaceholder, '1'))
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    return 'no-address'
  // In the host's name it would be another computer for each ticket.
  return /^\w+:[/]+[^/?#]+[/?#].*\{id\}/s.test(template) ? null : 'no-number'
}

/** Of this ticket; of none, where the panel begins. */
export function panelUrl(template: string, ticketId: number | null): string {
  if (ticketId !== null) return template.replaceAll(panelPlaceholder, String(ticketId))
  return parseUrl(template.replaceAll(panelPlaceholder, ''))?.origin ?? template
}
