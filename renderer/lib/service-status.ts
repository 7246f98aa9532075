import { words } from './i18n/index.ts'

/** What the server calls a service's state, in our words where there are any. */
export function serviceStatusWords(status: string): string {
  const said: Readonly<Record<string, string>> = words().compose.serviceStatus
  const key = status.toLowerCase()
  return (Object.hasOwn(said, key) ? said[key] : undefined) ?? status
}
