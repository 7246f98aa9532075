import type { ListLoading } from '../../electron/tickets/views.ts'
import { app } from './app.svelte.ts'
import { words } from './i18n/index.ts'

const megabyte = 1_000_000

/** A number of bytes in KB or MB, such as `3.4 MB`. */
function sizeWords(bytes: number): string {
  const [amount, unit] = bytes < megabyte ? [bytes / 1000, 'KB'] : [bytes / megabyte, 'MB']
  const digits = unit === 'MB' && amount < 100 ? 1 : 0
  return `${amount.toLocaleString(app.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`
}

/** Progress of loading a list, in a few words. */
export function loadingWords({ received, total }: ListLoading): string {
  const say = words().inbox
  if (received === 0) return say.awaitingServer
  if (total === null) return say.received(sizeWords(received))
  return say.receivedOf(sizeWords(Math.min(received, total)), sizeWords(total))
}
