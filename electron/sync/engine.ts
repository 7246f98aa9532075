/** All accounts together; the one door through which windows and the desktop reach them. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Credentials, TicketApi } from '../api/api.ts'
import { openDrafts } from '../storage/drafts.ts'
import { realDisk, troubleOf, type Disk } from '../storage/file.ts'
import type { Drafts, StoredAccount } from '../storage/port.ts'
import type { StoredEntry } from '../storage/schemas.ts'
import { departmentsOf } from '../tickets/departments.ts'
import type { Problem } from '../tickets/problem.ts'
import { TicketSearch } from '../tickets/search.ts'
import { serviceKey } from '../tickets/services.ts'
import { firstResponseMs, lastResponseMs, threadMessages } from '../tickets/thread.ts'
import type { AccountId, Service, TicketRef } from '../tickets/ticket.ts'
import { waitingSince } from '../tickets/unread.ts'
import type { AccountView, Notice, OutboxAction, OutboxItem } from '../tickets/views.ts'
import { Account } from './account.ts'
import { SteadyWrite } from '../storage/steady-write.ts'
import { AccountStore, accountsFile, outboxFile, type StoreParts } from './account-store.ts'
import { packCredentials, tryConnect, unpackCredentials } from './connect.ts'
import { Marks } from './marks.ts'
import { Notices } from './notices.ts'
import { itemOf } from './outbox.ts'
import type { ConnectInput, Engine, EngineEvents, EngineOptions, Outcome } from './port.ts'

interface Kept {
  readonly stored: StoredAccount
  readonly account: Account
  readonly store: AccountStore
}

const fail = (kind: Problem['kind']): { readonly ok: false; readonly error: Problem } => ({
  ok: false,
  error: { kind }
})
const done: Outcome<null> = { ok: true, value: null }
const colors = 8
const lockName = 'lock'
/** Until a lock that could not be written is tried again. */
const lockAgainMs = 30_000
const credentialPrefix = 'account:'
const passwordPrefix = 'outbox:'
const credentialKey = (id: AccountId): string => credentialPrefix + id
const passwordKey = (entryId: string): string => passwordPrefix + entryId

/** Nobody can send it: its account is in no list any more, and only the person knows where it belongs. */
const orphanItem = (stored: StoredEntry): OutboxItem =>
  itemOf({ ...stored, state: 'refused', problem: { kind: 'unknown-account' } }, null)

/** An entry, and how it is taken out; `account` is null when it is in no list any more. */
interface Found {
  readonly stored: StoredEntry
  readonly account: Account | null
  /** As `Outbox.remove`. */
  remove(): () => void
}

/** v2's list of services changes seldom. */
const servicesFreshMs = 600_000

/** Where another copy of the app holds the folder, what is typed here stays in memory. */
const unlessLockedOut = (disk: Disk, isLockedOut: () => boolean): Disk => ({
  read: (path) => (isLockedOut() ? null : disk.read(path)),
  write: (...file) => {
    if (!isLockedOut()) disk.write(...file)
  },
  append: (...file) => {
    if (!isLockedOut()) disk.append(...file)
  },
  rename: (...names) => {
    if (!isLockedOut()) disk.rename(...names)
  }
})

/** A window that is going away must not stop what was begun. */
function guarded(events: EngineEvents, failed: () => void): EngineEvents {
  const guard =
    <T>(tell: (value: T) => void) =>
    (value: T): void => {
      try {
        tell(value)
      } catch {
        failed()
      }
    }
  return {
    accounts: guard(events.accounts),
    rows: guard(events.rows),
    outbox: guard(events.outbox),
    findings: guard(events.findings),
    notices: guard(events.notices)
  }
}

export function createEngine(options: EngineOptions & Pick<StoreParts, 'disk' | 'cache'>): Engine {
  const { vault, clock, random } = options
  let failedEvents = 0
  const events = guarded(options.events, () => {
    failedEvents += 1
  })
  const notices = new Notices(events.notices)
  const disk = options.disk ?? realDisk
  /** Another copy of the app works in this folder: nothing is asked, sent or written from here. */
  let isLockedOut = false
  const parts: StoreParts = {
    folder: options.folder,
    clock,
    report: notices.report,
    disk: unlessLockedOut(disk, () => isLockedOut),
    ...(options.cache ? { cache: options.cache } : {})
  }
  const accountList = accountsFile(parts)
  const outboxList = outboxFile(parts)
  const search = new TicketSearch()
  const kept = new Map<AccountId, Kept>()
  let drafts: Drafts | null = null
  let slow = false
  let online = true
  let unlock: (() => void) | null = null
  /** Of accounts that are not open yet. */
  let unopened: readonly StoredEntry[] = []
  /** Of accounts that are in no list any more, for example because it was damaged. */
  let orphans: readonly StoredEntry[] = []
  let lockTimer: unknown = null
  let opened: () => void = () => undefined
  const whenOpen = new Promise<void>((resolve) => (opened = resolve))
  const servicesKept = new Map<AccountId, { readonly at: number; readonly services: readonly Service[] }>()

  const openDraftsOnce = (): Drafts => (drafts ??= openDrafts(parts))
  const all = (): readonly Kept[] => [...kept.values()]
  const hasDraft = ({ accountId, ticketId }: TicketRef): boolean =>
    openDraftsOnce().reply(accountId, ticketId).trim() !== ''

  const outboxItems = (): readonly OutboxItem[] => [
    ...all().flatMap(({ account }) => account.outbox.items(clock.monotonic(), clock.now())),
    ...orphans.map(orphanItem)
  ]

  const outboxWrite = new SteadyWrite(clock, () =>
    outboxList.write([...all().flatMap(({ account }) => account.outbox.stored()), ...unopened, ...orphans])
  )
  const accountsWrite = new SteadyWrite(clock, () => accountList.write(all().map(({ stored }) => stored)))

  let told = new Map<string, OutboxItem>()
  function tellOutbox(): void {
    const items = new Map(outboxItems().map((item) => [item.id, item]))
    const changed = [...items.values()].filter((item) => !isDeepStrictEqual(item, told.get(item.id)))
    const removed = [...told.keys()].filter((id) => !items.has(id))
    told = items
    if (changed.length > 0 || removed.length > 0) events.outbox({ changed, removed })
  }

  function saveOutbox(): boolean {
    const durable = outboxWrite.now()
    tellOutbox()
    return durable
  }

  const saveAccounts = (): void => void accountsWrite.now()

  function view({ stored, account }: Kept): AccountView {
    return {
      id: stored.id,
      name: stored.name,
      color: stored.color,
      version: stored.version,
      baseUrl: stored.baseUrl,
      auth: stored.auth,
      demo: stored.demo,
      paused: stored.paused,
      secretStored: vault.isStored(credentialKey(stored.id)),
      connection: account.connection(),
      unread: account.list.unread,
      departments: departmentsOf(stored.version)
    }
  }
  const views = (): readonly AccountView[] => all().map(view)
  const tellAccounts = (): void => events.accounts(views())

  const makeApi = (stored: StoredAccount, credentials: Credentials): TicketApi =>
    options.createApi({ accountId: stored.id, baseUrl: stored.baseUrl, version: stored.version, credentials })

  async function open(
    stored: StoredAccount,
    entries: readonly StoredEntry[],
    api: TicketApi | null
  ): Promise<Kept> {
    const store = new AccountStore(parts, stored.id)
    const storedMarks = store.readMarks()
    const marks = new Marks(storedMarks)
    const cached = await store.readTickets()
    const account: Account = new Account({
      id: stored.id,
      version: stored.version,
      api,
      marks,
      entries,
      cached: cached?.tickets ?? [],
      // Without marks the next list is the baseline, so it must be read.
      fingerprint: storedMarks?.baseline ? (cached?.fingerprint ?? null) : null,
      listAt: cached ? marks.listAt : null,
      clock,
      random,
      intervalSeconds: () => options.pollSeconds(stored),
      paused: stored.paused,
      password(entryId) {
        const got = vault.get(passwordKey(entryId))
        return got.kind === 'secret' ? got.secret : null
      },
      hasDraft: (ticketId) => hasDraft({ accountId: stored.id, ticketId }),
      tell: {
        marks: () => {
          store.writeMarks(marks)
        },
        outbox: saveOutbox,
        tickets: () =>
          store.writeTickets(() => ({
            tickets: [...account.list.tickets.values()],
            fingerprint: account.fingerprint
          })),
        connection: tellAccounts,
        rows: (changed, removed) => {
          events.rows({ accountId: stored.id, changed, removed })
          tellAccounts()
        },
        findings: (findings) => events.findings(findings),
        signedOut: () => {
          const name = kept.get(stored.id)?.stored.name ?? stored.name
          events.findings([{ kind: 'signed-out', accountId: stored.id, accountName: name }])
        },
        ended: forgetPassword
      }
    })
    account.setSlow(slow)
    account.setOnline(online)
    return { stored, account, store }
  }

  /** Of a new ticket that will not be sent from here any more. */
  function forgetPassword(entryId: string): void {
    vault.erase(passwordKey(entryId))
    const isNeeded = ({ id, action, state }: OutboxItem): boolean =>
      id !== entryId && action.kind === 'create' && action.hasPassword && state !== 'sent'
    if (!outboxItems().some(isNeeded)) notices.dismiss('password-in-memory')
  }

  function change(id: AccountId, to: (stored: StoredAccount) => StoredAccount): Outcome<null> {
    const entry = kept.get(id)
    if (!entry) return fail('unknown-account')
    kept.set(id, { ...entry, stored: to(entry.stored) })
    saveAccounts()
    tellAccounts()
    return done
  }

  const isSame = (credentials: Credentials, id: AccountId): boolean => {
    const got = vault.get(credentialKey(id))
    return got.kind === 'secret' && got.secret === packCredentials(credentials)
  }

  function keep(id: AccountId, credentials: Credentials, thisRunOnly: boolean): void {
    const where = vault.put(credentialKey(id), packCredentials(credentials), thisRunOnly)
    if (where === 'memory' && !thisRunOnly) notices.add({ kind: 'no-keychain' })
  }

  async function connect(input: ConnectInput): Promise<Outcome<AccountView>> {
    await whenOpen
    if (isLockedOut) return fail('folder-in-use')
    const id = randomUUID()
    const tried = await tryConnect(input.baseUrl, input.version, (baseUrl, version) =>
      options.createApi({ accountId: id, baseUrl, version, credentials: input.credentials })
    )
    if (!tried.ok) return tried
    const isThere = (): boolean =>
      all().some(({ stored }) => stored.baseUrl === tried.baseUrl && isSame(input.credentials, stored.id))
    if (isThere()) return fail('account-exists')
    const used = new Set(all().map(({ stored }) => stored.color))
    const stored: StoredAccount = {
      id,
      name: input.name.trim() || 'Netinternet',
      color: [...Array(colors).keys()].find((color) => !used.has(color)) ?? kept.size % colors,
      version: tried.api.version,
      baseUrl: tried.baseUrl,
      auth: input.credentials.kind,
      paused: false,
      demo: input.demo ?? false
    }
    keep(id, input.credentials, input.thisRunOnly)
    const entry = await open(stored, [], tried.api)
    // Asked for twice at once, the other was faster.
    if (isThere()) {
      vault.erase(credentialKey(id))
      await entry.account.stop()
      return fail('account-exists')
    }
    kept.set(id, entry)
    saveAccounts()
    entry.account.accept(tried.answer)
    // What follows may be written to its tickets, also after a crash: they must be there then.
    await entry.store.flush()
    entry.account.wake()
    tellAccounts()
    return { ok: true, value: view(entry) }
  }

  async function reconnect(
    id: AccountId,
    credentials: Credentials,
    thisRunOnly: boolean
  ): Promise<Outcome<AccountView>> {
    const entry = kept.get(id)
    if (!entry) return fail('unknown-account')
    return entry.account.alone(async () => {
      const api = makeApi(entry.stored, credentials)
      const answer = await api.list(null)
      if (answer.outcome === 'failed') return { ok: false, error: answer.problem }
      if (!kept.has(id)) return fail('unknown-account')
      keep(id, credentials, thisRunOnly)
      change(id, (stored) => ({ ...stored, auth: credentials.kind }))
      // Before the account goes on, or what waits would still go with what the server refuses now.
      entry.account.setApi(api)
      return { ok: true, value: view(kept.get(id) ?? entry) }
    })
  }

  /** Durable when it returns. */
  function enqueue(
    accountId: AccountId,
    action: OutboxAction,
    { serverPassword = '', holdMs = 0 }: { readonly serverPassword?: string; readonly holdMs?: number } = {}
  ): Outcome<OutboxItem> {
    if (isLockedOut) return fail('folder-in-use')
    const entry = kept.get(accountId)
    if (!entry) return fail('unknown-account')
    if (action.kind !== 'create' && !entry.account.list.tickets.has(action.ticketId))
      return fail('unknown-ticket')
    const stored: StoredEntry = {
      id: randomUUID(),
      accountId,
      action,
      state: 'queued',
      queuedAt: clock.now(),
      attempts: 0,
      problem: null,
      known: [],
      since: null
    }
    const undo = entry.account.outbox.add(stored, holdMs === 0 ? 0 : clock.monotonic() + holdMs)
    if (!saveOutbox()) {
      // Not on disk is not sent: the words stay where they were typed.
      undo()
      tellOutbox()
      return fail(notices.storageProblem() ?? 'storage-failed')
    }
    // After its entry: a crash between the two leaves an entry that asks for the password, and no password without one.
    if (serverPassword && vault.put(passwordKey(stored.id), serverPassword, false) === 'memory')
      notices.add({ kind: 'password-in-memory' })
    refreshRow({ accountId, ticketId: action.kind === 'create' ? 0 : action.ticketId })
    entry.account.wrote()
    const item = outboxItems().find(({ id }) => id === stored.id)
    return item ? { ok: true, value: item } : fail('internal')
  }

  function refreshRow({ accountId, ticketId }: TicketRef): void {
    const rows = kept.get(accountId)?.account.list.refresh([ticketId]) ?? []
    if (rows.length > 0) events.rows({ accountId, changed: rows, removed: [] })
    tellAccounts()
  }

  /** The row is told again where a draft begins or ends, not at every key. */
  function setReplyDraft(ref: TicketRef, text: string): void {
    const had = hasDraft(ref)
    openDraftsOnce().setReply(ref.accountId, ref.ticketId, text)
    if (hasDraft(ref) !== had) refreshRow(ref)
  }

  function mark(refs: readonly TicketRef[], how: (marks: Marks, ref: TicketRef) => boolean): Outcome<null> {
    const touched = new Map<AccountId, number[]>()
    for (const ref of refs) {
      const entry = kept.get(ref.accountId)
      if (!entry) return fail('unknown-account')
      if (how(entry.account.marks, ref))
        touched.set(ref.accountId, [...(touched.get(ref.accountId) ?? []), ref.ticketId])
    }
    for (const [accountId, ids] of touched) {
      const entry = kept.get(accountId)
      if (!entry) continue
      entry.store.writeMarks(entry.account.marks)
      events.rows({ accountId, changed: entry.account.list.refresh(ids), removed: [] })
    }
    if (touched.size > 0) tellAccounts()
    return done
  }

  const ticketOf = (ref: TicketRef): ReturnType<Account['list']['tickets']['get']> =>
    kept.get(ref.accountId)?.account.list.tickets.get(ref.ticketId)

  const see = (refs: readonly TicketRef[]): Outcome<null> =>
    mark(refs, (marks, ref) => {
      const ticket = ticketOf(ref)
      return ticket !== undefined && marks.seeAll(ticket)
    })

  function entryOf(outboxId: string): Found | null {
    for (const { account } of all()) {
      const stored = account.outbox.get(outboxId)
      if (stored) return { stored, account, remove: () => account.outbox.remove(outboxId) }
    }
    const stored = orphans.find(({ id }) => id === outboxId)
    if (!stored) return null
    const remove = (): (() => void) => {
      const before = orphans
      orphans = before.filter(({ id }) => id !== outboxId)
      return () => (orphans = before)
    }
    return { stored, account: null, remove }
  }

  /** False when another living copy of the app holds the folder. */
  function lock(): boolean {
    try {
      if (disk.lock) unlock = disk.lock(join(options.folder, lockName))
      notices.report(null, lockName)
      return disk.lock === undefined || unlock !== null
    } catch (error) {
      // Where no lock can be written nothing else can: people hear of it, and read what there is.
      notices.report(troubleOf(error, lockName), lockName)
      lockTimer = clock.setTimeout(() => {
        if (!lock()) lockOut()
      }, lockAgainMs)
      return true
    }
  }

  /** Also later, when the folder takes a lock again and another copy was faster: nothing more is asked or sent here. */
  function lockOut(): void {
    isLockedOut = true
    notices.add({ kind: 'folder-in-use' })
    for (const { account } of all()) void account.stop()
  }

  /** Secrets of entries and accounts that are no more: the app ended before they could be erased. */
  function eraseOrphans(prefix: string, keys: ReadonlySet<string>): void {
    for (const key of vault.keys()) if (key.startsWith(prefix) && !keys.has(key)) vault.erase(key)
  }

  /** Those of v2's list; none where the version has no list or it cannot be had, then the last known. */
  async function servicesOf({ stored: { id }, account }: Kept): Promise<readonly Service[]> {
    const known = servicesKept.get(id)
    if (known && clock.monotonic() - known.at < servicesFreshMs) return known.services
    const answer = await account.services()
    if (answer?.outcome !== 'services') return known?.services ?? []
    servicesKept.set(id, { at: clock.monotonic(), services: answer.services })
    return answer.services
  }

  const perAccount = <T>(of: (marks: Marks) => T): Readonly<Record<AccountId, T>> =>
    Object.fromEntries(all().map(({ stored, account }) => [stored.id, of(account.marks)]))

  return {
    async start() {
      if (!lock()) {
        lockOut()
        opened()
        return
      }
      const entries = outboxList.read()
      // Only where the list was really read: what is set aside may be brought back.
      if (entries) eraseOrphans(passwordPrefix, new Set(entries.map(({ id }) => passwordKey(id))))
      unopened = entries ?? []
      const accounts = accountList.read()
      if (accounts) eraseOrphans(credentialPrefix, new Set(accounts.map(({ id }) => credentialKey(id))))
      const ready: Kept[] = []
      for (const stored of accounts ?? []) {
        const got = vault.get(credentialKey(stored.id))
        const credentials = got.kind === 'secret' ? unpackCredentials(got.secret) : null
        if (got.kind === 'lost') notices.add({ kind: 'keychain-changed', detail: stored.name })
        const own = unopened.filter(({ accountId }) => accountId === stored.id)
        ready.push(await open(stored, own, credentials ? makeApi(stored, credentials) : null))
      }
      // All at once: a write in between would lose what is not open yet.
      for (const entry of ready) kept.set(entry.stored.id, entry)
      orphans = unopened.filter(({ accountId, state }) => !kept.has(accountId) && state !== 'sent')
      unopened = []
      openDraftsOnce()
      opened()
      for (const { account } of ready) account.setOnline(online)
      tellAccounts()
      tellOutbox()
      for (const { account } of all()) account.wake()
    },
    async stop() {
      await Promise.all(all().map(({ account }) => account.stop()))
      drafts?.flush()
      outboxWrite.stop()
      accountsWrite.stop()
      clock.clearTimeout(lockTimer)
      await Promise.all(all().map(({ store }) => store.stop()))
      unlock?.()
      unlock = null
    },

    accounts: views,
    connect,
    reconnect,
    rebase: (id, baseUrl) => void change(id, (stored) => ({ ...stored, baseUrl })),
    rename: (id, name) => change(id, (stored) => ({ ...stored, name: name.trim() || stored.name })),
    recolor: (id, color) => change(id, (stored) => ({ ...stored, color: color % colors })),
    pause(id, paused) {
      const changed = change(id, (stored) => ({ ...stored, paused }))
      kept.get(id)?.account.setPaused(paused)
      return changed
    },
    async remove(id) {
      const entry = kept.get(id)
      if (!entry) return fail('unknown-account')
      await entry.account.stop()
      const gone = [...entry.account.list.tickets.keys()]
      kept.delete(id)
      // The account itself last: cut short by a crash it is still there, and can be removed again.
      for (const { id: entryId } of entry.account.outbox.stored()) forgetPassword(entryId)
      saveOutbox()
      openDraftsOnce().forget(id)
      await entry.store.remove()
      vault.erase(credentialKey(id))
      saveAccounts()
      events.rows({ accountId: id, changed: [], removed: gone })
      tellAccounts()
      return done
    },

    rows: () => all().flatMap(({ account }) => account.list.rows()),
    thread(ref) {
      const entry = kept.get(ref.accountId)
      if (!entry) return fail('unknown-account')
      const { account } = entry
      const ticket = account.list.tickets.get(ref.ticketId)
      const row = account.list.row(ref.ticketId)
      if (!ticket || !row) return fail('unknown-ticket')
      return {
        ok: true,
        value: {
          row,
          service: account.marks.facts(ref.ticketId)?.service ?? null,
          messages: threadMessages(ticket, account.marks.seen(ref.ticketId)),
          waitingSince: waitingSince(ticket),
          firstResponseMs: firstResponseMs(ticket),
          lastResponseMs: lastResponseMs(ticket),
          outbox: account.outbox
            .items(clock.monotonic(), clock.now())
            .filter(({ action }) => action.kind !== 'create' && action.ticketId === ref.ticketId),
          draft: openDraftsOnce().reply(ref.accountId, ref.ticketId)
        }
      }
    },
    search: (query) =>
      search.search(
        query,
        all().map(({ stored: { name }, account }) => ({ name, entries: account.list.entries() }))
      ),
    *foldForSearch() {
      for (const { account } of all())
        for (const entry of account.list.entries()) if (search.prepare(entry)) yield
    },
    ticket(ref) {
      const account = kept.get(ref.accountId)?.account
      const ticket = account?.list.tickets.get(ref.ticketId)
      const row = account?.list.row(ref.ticketId)
      return account && ticket && row ? { ticket, row, facts: account.marks.facts(ref.ticketId) } : null
    },
    markRead: see,
    markUnread: (refs) =>
      mark(refs, (marks, ref) => {
        const ticket = ticketOf(ref)
        return ticket !== undefined && marks.unsee(ticket)
      }),

    reply(ref, text, from = 'draft') {
      if (text.trim() === '') return Promise.resolve(fail('invalid-arguments'))
      const queued = enqueue(ref.accountId, { kind: 'reply', ticketId: ref.ticketId, text })
      if (queued.ok) {
        if (from === 'draft') {
          setReplyDraft(ref, '')
          openDraftsOnce().flush()
        }
        see([ref])
      }
      return Promise.resolve(queued)
    },
    close(refs, holdMs) {
      const items: OutboxItem[] = []
      for (const { accountId, ticketId } of refs) {
        const queued = enqueue(accountId, { kind: 'close', ticketId }, { holdMs })
        if (!queued.ok) return Promise.resolve(queued)
        items.push(queued.value)
      }
      return Promise.resolve({ ok: true, value: items })
    },
    create(id, draft, serverPassword) {
      const queued = enqueue(
        id,
        { kind: 'create', draft, hasPassword: serverPassword !== '' },
        { serverPassword }
      )
      const entry = kept.get(id)
      if (queued.ok && entry) {
        entry.account.marks.use(draft.departmentId, serviceKey(draft.service))
        entry.store.writeMarks(entry.account.marks)
      }
      return Promise.resolve(queued)
    },
    outbox: outboxItems,
    history: () => [],
    decide: () => Promise.resolve(fail('in-flight')),
    async retryAll(outboxIds) {
      for (const id of outboxIds) await this.retry(id)
      return done
    },
    async cancelAll(outboxIds) {
      const items: OutboxItem[] = []
      for (const id of outboxIds) {
        const taken = await this.cancel(id)
        if (taken.ok) items.push(taken.value)
      }
      return { ok: true, value: items }
    },
    retry(outboxId) {
      const found = entryOf(outboxId)
      if (isLockedOut) return Promise.resolve(fail('folder-in-use'))
      if (!found) return Promise.resolve(fail('invalid-arguments'))
      if (!found.account) return Promise.resolve(fail('unknown-account'))
      if (!found.account.outbox.retry(outboxId)) return Promise.resolve(fail('in-flight'))
      saveOutbox()
      refreshOf(found.stored)
      found.account.wrote()
      return Promise.resolve(done)
    },
    cancel(outboxId) {
      const found = entryOf(outboxId)
      const item = outboxItems().find(({ id }) => id === outboxId)
      if (isLockedOut) return Promise.resolve(fail('folder-in-use'))
      if (!found || !item) return Promise.resolve(fail('invalid-arguments'))
      if (item.state !== 'queued' && item.state !== 'refused') return Promise.resolve(fail('in-flight'))
      const kept = keepAsDraft(found)
      if (!kept.ok) return Promise.resolve(kept)
      const undo = found.remove()
      if (!saveOutbox()) {
        // Still on disk, it would be sent after the next start.
        undo()
        kept.value()
        tellOutbox()
        return Promise.resolve(fail(notices.storageProblem() ?? 'storage-failed'))
      }
      forgetPassword(outboxId)
      refreshOf(found.stored)
      found.account?.wake()
      return Promise.resolve({ ok: true, value: item })
    },

    replyDraft: (ref) => openDraftsOnce().reply(ref.accountId, ref.ticketId),
    setReplyDraft,
    composeDraft: () => openDraftsOnce().compose(),
    setComposeDraft: (accountId, draft) => {
      openDraftsOnce().setCompose(accountId, draft)
    },
    recentDepartments: () => perAccount((marks) => marks.recentDepartments),
    recentServices: () => perAccount((marks) => marks.recentServices),
    async services(id) {
      const entry = kept.get(id)
      if (!entry) return fail('unknown-account')
      const remembered = entry.account.marks.recentServices.map((service): Service => ({
        id: service,
        product: '',
        status: ''
      }))
      const listed = await servicesOf(entry)
      const ids = new Set(listed.map((service) => service.id))
      return { ok: true, value: [...listed, ...remembered.filter((one) => !ids.has(one.id))] }
    },

    async check(reason) {
      await Promise.all(all().map(({ account }) => account.check(reason)))
    },
    setOnline: (isOnline) => {
      online = isOnline
      for (const { account } of all()) account.setOnline(isOnline)
    },
    setPower: ({ onBattery, locked }) => {
      slow = onBattery || locked
      for (const { account } of all()) account.setSlow(slow)
    },
    suspend: () => {
      for (const { account } of all()) account.suspend()
    },
    notices: () => notices.all(),
    dismiss: (kind: Notice['kind']) => {
      notices.dismiss(kind)
    },
    diagnostics: () => [
      ...(isLockedOut ? ['another copy of the app holds this folder'] : []),
      ...(failedEvents > 0 ? [`${failedEvents} events could not be given out`] : []),
      ...views().map(
        ({ version, auth, paused, secretStored, connection }, i) =>
          `account ${i + 1}: ${version}, ${auth}, secret ${secretStored ? 'stored' : 'in memory'}, ` +
          `${paused ? 'paused, ' : ''}${connection.state}, problem ${connection.problem?.kind ?? 'none'}, ` +
          `fresh ${connection.freshAt === null ? 'never' : new Date(connection.freshAt).toISOString()}, ` +
          `${connection.brokenTickets} unreadable tickets`
      )
    ],
    lastActivityAt: () =>
      all().reduce<number | null>((newest, { account }) => {
        const at = account.list.rows()[0]?.lastActivityAt ?? null
        return at !== null && at > (newest ?? 0) ? at : newest
      }, null)
  }

  /** Before it is taken back, so that its words are always somewhere, also after a crash. Answers what undoes it. */
  function keepAsDraft({ stored: { accountId, action }, account }: Found): Outcome<() => void> {
    const undo = putInDraft(accountId, action, account !== null)
    if (undo === null) return fail('other-draft')
    if (openDraftsOnce().flush()) return { ok: true, value: undo }
    undo()
    return fail(notices.storageProblem() ?? 'storage-failed')
  }

  /** Null where another new ticket is being written. A reply to an unknown account has no place where it is written. */
  function putInDraft(accountId: AccountId, action: OutboxAction, isKnown: boolean): (() => void) | null {
    const all = openDraftsOnce()
    if (action.kind === 'create') {
      const before = all.compose()
      const { title = '', message = '' } = before?.draft ?? {}
      if (title.trim() !== '' || message.trim() !== '') return null
      all.setCompose(isKnown ? accountId : null, action.draft)
      return () => {
        if (before) all.setCompose(before.accountId, before.draft)
        else all.forgetCompose()
      }
    }
    if (action.kind !== 'reply' || !isKnown) return () => undefined
    const { ticketId, text } = action
    const before = all.reply(accountId, ticketId)
    all.setReply(accountId, ticketId, before.trim() === '' ? text : `${before.trimEnd()}\n\n${text}`)
    return () => all.setReply(accountId, ticketId, before)
  }

  function refreshOf(stored: StoredEntry): void {
    if (stored.action.kind !== 'create')
      refreshRow({ accountId: stored.accountId, ticketId: stored.action.ticketId })
  }
}
