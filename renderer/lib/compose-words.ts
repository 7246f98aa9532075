import type { Locale } from '../../electron/tickets/locale.ts'
import { app } from './app.svelte.ts'
import { compose } from './i18n/compose.ts'

/** What the new-ticket window says, in the language of now. */
export const composeWords = (): (typeof compose)[Locale] => compose[app.locale]

/** What the server calls a service's state, in our words where there are any. */
export function serviceStatusWords(status: string): string {
  const said: Readonly<Record<string, string>> = composeWords().serviceStatus
  const key = status.toLowerCase()
  return (Object.hasOwn(said, key) ? said[key] : undefined) ?? status
}
