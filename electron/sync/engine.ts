/** The engine's interface for windows and the desktop: maps each command to the part that implements it. */
import { diagnosticLines } from './diagnostics.ts'
import { createServices, type ServiceOptions, type Services } from './services.ts'
import type {
  Engine,
  EngineAccounts,
  EngineControl,
  EngineOutgoing,
  EngineOwnData,
  EngineTickets
} from './types.ts'

const accounts = ({ publisher, connector, registry }: Services): EngineAccounts => ({
  list: () => publisher.views(),
  connect: (input, watch = {}) => connector.connect(input, watch),
  reconnect: (id, credentials, thisRunOnly, otherCustomer = 'ask', address = null, watch = {}) =>
    connector.reconnect(id, { credentials, thisRunOnly, otherCustomer }, address, watch),
  rebase: (id, baseUrl) => void registry.change(id, (stored) => ({ ...stored, baseUrl })),
  rename: (id, name) => registry.rename(id, name),
  recolor: (id, color) => registry.change(id, (stored) => ({ ...stored, color })),
  pause: (id, paused) => registry.pause(id, paused),
  setRules: (id, rules) => registry.setRules(id, rules),
  remove: (id) => registry.remove(id),
  services: (id) => registry.services(id)
})

const tickets = ({ queries, readState, work }: Services): EngineTickets => ({
  rows: () => queries.rows(),
  thread: (ref) => queries.thread(ref),
  search: (query) => queries.search(query),
  foldForSearch: () => queries.foldForSearch(),
  ticket: (ref) => queries.ticket(ref),
  markRead: (refs) => readState.markRead(refs),
  markUnread: (refs) => readState.markUnread(refs),
  setWork: (refs, change) => work.set(refs, change),
  withTag: (name) => queries.withTag(name),
  recentDepartments: () => queries.recentDepartments(),
  recentServices: () => queries.recentServices()
})

const outgoing = ({ outgoing: service, drafts }: Services): EngineOutgoing => ({
  reply: (ref, text, from = 'draft', holdMs = 0) => Promise.resolve(service.reply(ref, text, from, holdMs)),
  replyAndClose: (ref, text, holdMs, from = 'draft') =>
    Promise.resolve(service.replyAndClose(ref, text, holdMs, from)),
  close: (refs, holdMs = 0) => service.close(refs, holdMs),
  create: (id, draft, serverPassword, holdMs = 0) =>
    Promise.resolve(service.create(id, draft, serverPassword, holdMs)),
  items: () => service.items(),
  retry: (id) => Promise.resolve(service.retry(id)),
  retryAll: (ids) => Promise.resolve(service.retryAll(ids)),
  cancel: (id) => Promise.resolve(service.cancel(id)),
  cancelAll: (ids) => service.cancelAll(ids),
  decide: (id, decision, candidateKey) => Promise.resolve(service.decide(id, decision, candidateKey)),
  history: () => service.history(),
  writeAgain: (id) => service.writeAgain(id),
  replyDraft: ({ accountId, ticketId }) => drafts.get().reply(accountId, ticketId),
  setReplyDraft: (ref, text) => {
    service.setReplyDraft(ref, text)
  },
  composeDraft: () => drafts.get().compose(),
  composeLater: () => drafts.get().composeLater().length,
  nextComposeDraft: (accountId) => drafts.get().turnToNext(accountId),
  setComposeDraft: (accountId, draft) => {
    drafts.get().setCompose(accountId, draft)
  }
})

const ownData = ({ imported }: Services): EngineOwnData => ({
  exported: () => imported.exported(),
  import: (accounts, settings) => imported.import(accounts, settings),
  importedSettings: () => imported.settings(),
  settingsApplied: () => {
    imported.settingsApplied()
  }
})

const control = ({
  profile,
  polling,
  reminders,
  notices,
  files,
  lock,
  events,
  publisher,
  registry
}: Services): EngineControl => ({
  start: () => profile.start(),
  opened: () => profile.opened(),
  stop: () => profile.stop(),
  check: (reason) => {
    // Timers stand still while the machine sleeps.
    if (reason === 'wake') reminders.check()
    return polling.check(reason)
  },
  stopLoading: (id) => {
    polling.stopLoading(id)
  },
  setOnline: (isOnline) => {
    polling.setOnline(isOnline)
  },
  setPower: (power) => {
    polling.setPower(power)
  },
  settingsChanged: () => {
    polling.intervalChanged()
    // Quiet hours or a pause may have ended.
    reminders.check()
  },
  suspend: () => {
    polling.suspend()
  },
  notices: () => notices.all(),
  dismiss: (kind, detail) => {
    notices.dismiss(kind, detail)
    if (kind === 'letters-damaged') registry.dismissLetterDamage(detail ?? null)
    files.setAside.dismiss(kind, detail)
  },
  setAsidePath: (name) => files.setAside.path(name),
  diagnostics: () =>
    diagnosticLines({
      isLockedOut: lock.isTaken,
      failedEvents: events.failures,
      accounts: publisher.views()
    })
})

export function createEngine(options: ServiceOptions): Engine {
  const services = createServices(options)
  return {
    accounts: accounts(services),
    tickets: tickets(services),
    outgoing: outgoing(services),
    ownData: ownData(services),
    drafts: services.draftList,
    control: control(services)
  }
}
