import type { AccountId } from '../../electron/tickets/ticket.ts'
import { app } from './app.svelte.ts'

/** An account's name where there are others; null where it would only be noise. */
export const nameBeside = (id: AccountId): string | null =>
  app.accounts.length < 2 ? null : (app.accounts.find((account) => account.id === id)?.name ?? null)
