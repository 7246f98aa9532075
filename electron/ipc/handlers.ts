/** Combines the handlers of all commands of the contract. They only call the engine and the host. */
import type { SettingsStore } from '../storage/settings.ts'
import type { Engine, Outcome } from '../sync/types.ts'
import type { Locale } from '../tickets/locale.ts'
import type { AccountId, EpochMs } from '../tickets/ticket.ts'
import type { AccountView } from '../tickets/views.ts'
import { accountCommands } from './commands/accounts.ts'
import { attachmentCommands } from './commands/attachments.ts'
import { appCommands } from './commands/app.ts'
import { dataCommands } from './commands/data.ts'
import { draftCommands } from './commands/drafts.ts'
import { popoverCommands } from './commands/popover.ts'
import { outgoingCommands } from './commands/outgoing.ts'
import { settingsCommands } from './commands/settings.ts'
import { ticketCommands } from './commands/tickets.ts'
import type { AppState, Settings } from './contract.ts'
import type { Handlers } from './dispatch.ts'
import type { Broadcast } from './events.ts'
import type { Host } from './host.ts'
import type { NoticeBoard } from './notice-board.ts'
import type { ShownTicket } from './commands/shown-ticket.ts'

export interface HandlerParts {
  readonly engine: Engine
  readonly settings: SettingsStore<Settings>
  readonly host: Host
  readonly notices: NoticeBoard
  readonly broadcast: Broadcast
  readonly shown: ShownTicket
  /** The fetch function for requests of this account that only read. */
  readonly fetchFor: (accountId: AccountId) => typeof fetch
  readonly locale: () => Locale
  readonly connectDemo: () => Promise<Outcome<AccountView>>
  readonly now: () => EpochMs
}

export function createHandlers(parts: HandlerParts): Handlers {
  const { engine, settings, host, notices, locale } = parts
  const state = (): AppState => ({
    info: host.info,
    locale: locale(),
    settings: settings.current(),
    accounts: engine.accounts.list(),
    outbox: engine.outgoing.items(),
    notices: notices.all(),
    update: host.update()
  })
  return {
    ...appCommands({ engine, host, notices, state }),
    ...accountCommands(parts),
    ...ticketCommands(parts),
    ...attachmentCommands(parts),
    ...outgoingCommands(parts),
    ...draftCommands(parts),
    ...popoverCommands(parts),
    ...settingsCommands(parts),
    ...dataCommands(parts)
  }
}
