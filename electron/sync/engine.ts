/** All accounts together; the one door through which windows and the desktop reach them. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { canonicalAddress } from '../api/address.ts'
import type { Credentials, ListProgress, TicketApi } from '../api/api.ts'
import { openDrafts } from '../storage/drafts.ts'
import { realDisk, type Disk } from '../storage/file.ts'
import type { Drafts, StoredAccount } from '../storage/types.ts'
import type { StoredEntry } from '../storage/schemas.ts'
import { departmentsOf } from '../tickets/departments.ts'
import type { Problem } from '../tickets/problem.ts'
import { TicketSearch } from '../tickets/list/search.ts'
import { serviceKey } from '../tickets/services.ts'
import { firstResponseMs, lastResponseMs, threadMessages } from '../tickets/thread/thread.ts'
import type { AccountId, Service, Ticket, TicketId, TicketRef } from '../tickets/ticket.ts'
import { waitingSince } from '../tickets/thread/unread.ts'
import type { AccountView, OutboxEnd, OutboxItem } from '../tickets/views.ts'
import { Account, type AccountParts } from './account.ts'
import { setAsideFiles } from '../storage/set-aside.ts'
import { SteadyWrite } from '../storage/retrying-writer.ts'
import type { CachedTickets } from '../storage/ticket-cache.ts'
import { idOf } from '../storage/tolerant-file.ts'
import {
  AccountList,
  defaultName,
  freeColor,
  nextName,
  type AccountTraces,
  type ReadAccounts
} from './account-list.ts'
import { AccountStore, outboxFile, type StoreParts } from './account-store.ts'
import { packCredentials, tryConnect, unpackCredentials } from './connect.ts'
import { FolderLock, underLock } from './folder-lock.ts'
import { Interruptible, within } from './interruptible.ts'
import { LoadProgress } from './load-progress.ts'
import { Marks } from './marks.ts'
import { Notices } from './notices.ts'
import { OutboxCommands } from './outbox/outbox-commands.ts'
import { OutboxWrite } from './outbox/outbox-write.ts'
import type {
  AccountAddress,
  ConnectInput,
  ConnectWatch,
  Engine,
  EngineEvents,
  EngineOptions,
  OtherCustomer,
  Outcome
} from './types.ts'
import { SentLog } from './outbox/sent-log.ts'

interface Kept {
  readonly stored: StoredAccount
  readonly account: Account
  readonly store: AccountStore
  /** Its cache is being read until then. */
  opened: Promise<void>
  /** Ends the reading. */
  readonly stopOpening: AbortController
  /** Damaged or gone: nobody knows what was read. */
  readonly areMarksLost: boolean
}

/** A connection that is being made. */
interface Attempt {
  readonly signal: AbortSignal
  readonly onProgress: ListProgress
  /** It worked, and cannot be given up any more. False when it was given up already. */
  commit(): boolean
}

const fail = (kind: Problem['kind']): { readonly ok: false; readonly error: Problem } => ({
  ok: false,
  error: { kind }
})
/** Why an entry stays in the outbox, rather than that nothing can be taken out. */
const stays: ReadonlySet<Problem['kind']> = new Set(['in-flight', 'other-draft', 'invalid-arguments'])
/** Of a command on one entry. */
function first(all: Outcome<readonly OutboxItem[]>): Outcome<OutboxItem> {
  if (!all.ok) return all
  const [one] = all.value
  return one ? { ok: true, value: one } : fail('internal')
}
const done: Outcome<null> = { ok: true, value: null }
/** A cache on a disk that does not answer is waited for no longer, in milliseconds. */
const openMs = 30_000
/** Cached tickets are taken in with such rests between, in milliseconds: the first window is being made meanwhile. */
const openRestMs = 8
/** Of the two seconds that stopping takes at most, requests get one and writing what is unwritten the other. */
const lastWritesMs = 1000
/** Milliseconds until it is shown how far the list of a connection is. */
const loadingShownMs = 500
const credentialPrefix = 'account:'
const passwordPrefix = 'outbox:'
const credentialKey = (id: AccountId): string => credentialPrefix + id
/** After these nothing is left to do. */
const arrivedEnds: ReadonlySet<OutboxEnd> = new Set(['shown', 'hidden', 'confirmed'])
const passwordKey = (entryId: string): string => passwordPrefix + entryId

/** The list of services changes seldom. */
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
  },
  list: (path) => disk.list?.(path) ?? [],
  remove: (path) => {
    if (!isLockedOut()) disk.remove?.(path)
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
  const folderLock = new FolderLock({
    folder: options.folder,
    disk,
    clock,
    report: notices.report,
    onTaken: lockOut,
    onFree: () => void comeIn()
  })
  const createApi: EngineOptions['createApi'] = (wanted) => underLock(folderLock, options.createApi(wanted))
  const accountList = new AccountList(parts)
  const outboxList = outboxFile(parts)
  const setAside = setAsideFiles(
    [
      ...['accounts.json', 'outbox.json', 'drafts.json'].map((name) => ({
        name,
        folders: () => [options.folder]
      })),
      {
        name: 'sent.json',
        folders: () => accountList.folders().map((id) => join(options.folder, 'accounts', id))
      }
    ],
    parts.disk
  )
  const search = new TicketSearch()
  const kept = new Map<AccountId, Kept>()
  let drafts: Drafts | null = null
  let slow = false
  let online = true
  /** Of accounts that this version does not understand. */
  let strangers: readonly StoredEntry[] = []
  let opened: () => void = () => undefined
  const whenOpen = new Promise<void>((resolve) => (opened = resolve))
  let isStopped = false
  const attempts = new Set<AbortController>()
  const servicesKept = new Map<AccountId, { readonly at: number; readonly services: readonly Service[] }>()

  const openDraftsOnce = (): Drafts => (drafts ??= openDrafts(parts))
  const all = (): readonly Kept[] => [...kept.values()]
  const storedAccounts = (): readonly StoredAccount[] => all().map(({ stored }) => stored)
  const hasDraft = ({ accountId, ticketId }: TicketRef): boolean =>
    openDraftsOnce().reply(accountId, ticketId).trim() !== ''

  const saveMarks = (account: Account): void =>
    kept.get(account.outbox.accountId)?.store.writeMarks(account.marks)
  const saveSent = (account: Account): void =>
    void kept.get(account.outbox.accountId)?.store.writeSent(account.sent)

  const commands = new OutboxCommands({
    clock,
    accounts: () => all().map(({ account }) => account),
    account: (id) => kept.get(id)?.account ?? null,
    drafts: () => openDraftsOnce(),
    isLockedOut: () => isLockedOut,
    storageProblem: () => notices.storageProblem() ?? 'storage-failed',
    save: () => saveOutbox(),
    saveMarks,
    saveSent,
    refresh: (account, ids) => {
      refreshRows(account.outbox.accountId, ids)
    },
    keepPassword(entryId, password) {
      if (vault.put(passwordKey(entryId), password, false) === 'memory')
        notices.add({ kind: 'password-in-memory' })
    },
    forgetPassword: forgetPasswords
  })

  const outboxWrite = new OutboxWrite(clock, outboxList, () => [
    ...all().flatMap(({ account }) => account.outbox.stored()),
    ...strangers,
    ...commands.orphans
  ])
  const accountsWrite = new SteadyWrite(clock, () => {
    if (!accountList.write(storedAccounts())) return false
    for (const { stored, store } of all()) store.writeAccount(stored)
    return true
  })

  /** `gone`: entries of an account that is removed. One write and one event, with what changed only. */
  function saveOutbox(gone: readonly string[] = []): boolean {
    const [now, wall] = [clock.monotonic(), clock.now()]
    const changes = all().map(({ account }) => account.outbox.takeChange(now, wall))
    const removedElsewhere = [...gone, ...commands.takeRemovedOrphans()]
    const told = {
      changed: changes.flatMap((one) => one.told.changed),
      removed: [...removedElsewhere, ...changes.flatMap((one) => one.told.removed)]
    }
    const toStore = {
      entries: changes.flatMap((one) => one.stored.entries),
      removed: [...removedElsewhere, ...changes.flatMap((one) => one.stored.removed)]
    }
    const isEmpty = all().every(({ account }) => account.outbox.isEmpty)
    const isToForget = isEmpty || gone.length > 0 || changes.some((one) => one.isToForget)
    const durable = outboxWrite.add(toStore, isToForget)
    if (told.changed.length + told.removed.length > 0) events.outbox(told)
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
    createApi({ accountId: stored.id, baseUrl: stored.baseUrl, version: stored.version, credentials })

  function storedApi(stored: StoredAccount): AccountParts['api'] {
    if (stored.baseUrl === '') return 'no-address'
    const got = vault.get(credentialKey(stored.id))
    if (got.kind === 'locked') return 'keychain-locked'
    const credentials = got.kind === 'secret' ? unpackCredentials(got.secret) : null
    return credentials ? makeApi(stored, credentials) : 'no-credentials'
  }

  /**
   * Accounts whose secret could not be read get it when the keychain gives it at last. `mayAsk`: its owner may be asked
   * for its password. Never rejects.
   */
  async function unlockAccounts(mayAsk: boolean): Promise<void> {
    const waiting = all().filter(({ account }) => !account.hasCredentials)
    if (waiting.length > 0) await vault.open(mayAsk)
    for (const {
      stored: { id },
      account
    } of waiting) {
      const now = kept.get(id)
      const api = now?.account === account ? storedApi(now.stored) : 'no-credentials'
      if (typeof api !== 'string')
        await account.alone(() => {
          account.setApi(api)
          return Promise.resolve()
        })
    }
    dismissKeychainNotices()
  }

  /** Those that are true of no account any more. */
  function dismissKeychainNotices(): void {
    const kinds = new Set(all().map(({ stored }) => vault.get(credentialKey(stored.id)).kind))
    if (!kinds.has('locked')) notices.dismiss('keychain-locked')
    if (!kinds.has('lost')) notices.dismiss('keychain-changed')
  }

  /** Without its tickets, which `openCache` brings. */
  function open(stored: StoredAccount, entries: readonly StoredEntry[], api: AccountParts['api']): Kept {
    const store = new AccountStore(parts, stored.id)
    const storedMarks = store.readMarks()
    const marks = new Marks(storedMarks)
    const sent = new SentLog(store.readSent())
    // The app ended between the record of its end and its removal.
    const overIds = new Set(sent.records.flatMap(({ id, end }) => (arrivedEnds.has(end) ? [id] : [])))
    const over = entries.filter(({ id }) => overIds.has(id))
    for (const { id } of over) vault.erase(passwordKey(id))
    const account: Account = new Account({
      id: stored.id,
      version: stored.version,
      api,
      marks,
      entries: entries.filter(({ id }) => !overIds.has(id)),
      sent,
      clock,
      random,
      intervalSeconds: () => options.pollSeconds(stored),
      paused: stored.paused,
      password(entryId) {
        const got = vault.get(passwordKey(entryId))
        if (got.kind === 'secret') return { password: got.secret }
        return { kind: got.kind === 'locked' ? 'keychain-locked' : 'no-keychain', field: 'password' }
      },
      hasDraft: (ticketId) => hasDraft({ accountId: stored.id, ticketId }),
      tell: {
        marks: () => {
          store.writeMarks(marks)
        },
        sent: () => store.writeSent(sent),
        outbox: () => saveOutbox(),
        tickets: () =>
          store.writeTickets(() => ({
            tickets: account.list.stored(),
            fingerprint: account.fingerprint
          })),
        ticketsNow: () => store.flush(),
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
        ended: forgetPasswords
      }
    })
    account.outbox.forget(over)
    account.setSlow(slow)
    account.setOnline(online)
    return {
      ...{ stored, account, store, opened: Promise.resolve(), stopOpening: new AbortController() },
      areMarksLost: storedMarks === null
    }
  }

  /** Without a cache, or where it cannot be had, the next list brings the tickets. Never rejects. */
  async function openCache(entry: Kept): Promise<void> {
    const { stored, account, store, stopOpening } = entry
    const { signal } = stopOpening
    const reading: { cached?: CachedTickets | null } = {}
    const read = store.readTickets(signal).then((cached) => (reading.cached = cached))
    const aborted = new Promise<null>((resolve) => {
      signal.addEventListener('abort', () => resolve((reading.cached = null)))
    })
    await within(clock, openMs, Promise.race([read, aborted])).catch(() => undefined)
    if (isStopped || kept.get(stored.id)?.account !== account) return
    if (reading.cached === undefined) notices.add({ kind: 'cache-set-aside' })
    if (entry.areMarksLost) rebuildMarks(entry, reading.cached?.tickets ?? [])
    await account.open(reading.cached ?? null, () => sleep(openRestMs))
    account.wake()
  }

  /** What was read is not known: what the cache holds is the baseline, and the person is told. */
  function rebuildMarks({ stored, account, store }: Kept, cached: readonly Ticket[]): void {
    if (cached.length === 0) return
    account.marks.rebuild(cached)
    store.writeMarks(account.marks)
    notices.add({ kind: 'read-marks-lost', detail: stored.name })
  }

  /** Runs what asks a server beside the accounts' own requests, until it is given up. */
  async function attempt<T>(
    watch: ConnectWatch,
    run: (attempt: Attempt) => Promise<Outcome<T>>
  ): Promise<Outcome<T>> {
    const abort = new AbortController()
    const { signal } = abort
    let isCommitted = false
    const progress = new LoadProgress(clock, () => {
      if (progress.current) watch.onProgress?.(progress.current)
    })
    const cancel = (): void => abort.abort('stopped' satisfies Problem['kind'])
    const givenUp = new Promise<Outcome<T>>((resolve) => {
      signal.addEventListener('abort', () => {
        if (!isCommitted) resolve(fail(signal.reason === 'stopped' ? 'stopped' : 'connection-lost'))
      })
    })
    attempts.add(abort)
    watch.signal?.addEventListener('abort', cancel)
    if (watch.signal?.aborted) cancel()
    progress.begin(loadingShownMs)
    try {
      const commit = (): boolean => (isCommitted ||= !signal.aborted)
      return await Promise.race([run({ signal, onProgress: progress.received, commit }), givenUp])
    } finally {
      progress.end()
      attempts.delete(abort)
      watch.signal?.removeEventListener('abort', cancel)
    }
  }

  const giveUpAttempts = (): void => {
    for (const abort of attempts) abort.abort('connection-lost' satisfies Problem['kind'])
  }

  /** Of new tickets that will not be sent from here any more. */
  function forgetPasswords(entryIds: readonly string[]): void {
    const over = new Set(entryIds)
    // The vault writes for each, and most entries have none.
    const kept = new Set(vault.keys())
    for (const id of over) if (kept.has(passwordKey(id))) vault.erase(passwordKey(id))
    const isNeeded = ({ id, action, state }: OutboxItem): boolean =>
      !over.has(id) && action.kind === 'create' && action.hasPassword && state !== 'sent'
    if (notices.has('password-in-memory') && !commands.items().some(isNeeded))
      notices.dismiss('password-in-memory')
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
    // Locked, it takes the secret when it is opened; people are told already.
    if (where === 'memory' && !thisRunOnly && !vault.available) notices.add({ kind: 'no-keychain' })
    else if (where === 'memory' && !thisRunOnly) void vault.open(true).then(() => unlockAccounts(false))
    dismissKeychainNotices()
  }

  async function connect(input: ConnectInput, watch: ConnectWatch = {}): Promise<Outcome<AccountView>> {
    await whenOpen
    if (isLockedOut) return fail('folder-in-use')
    return attempt(watch, (how) => connectNow(input, how))
  }

  async function connectNow(input: ConnectInput, how: Attempt): Promise<Outcome<AccountView>> {
    const id = randomUUID()
    const tried = await tryConnect(
      input.baseUrl,
      input.version,
      (baseUrl, version) => createApi({ accountId: id, baseUrl, version, credentials: input.credentials }),
      how.signal,
      how.onProgress
    )
    if (!tried.ok) return tried
    if (!how.commit()) return fail('stopped')
    const isThere = (): boolean =>
      all().some(
        ({ stored }) =>
          canonicalAddress(stored.baseUrl) === tried.baseUrl && isSame(input.credentials, stored.id)
      )
    if (isThere()) return fail('account-exists')
    const stored: StoredAccount = {
      id,
      name: input.name.trim() || defaultName,
      color: freeColor(storedAccounts()),
      version: tried.api.version,
      baseUrl: tried.baseUrl,
      auth: input.credentials.kind,
      paused: false,
      demo: input.demo ?? false
    }
    keep(id, input.credentials, input.thisRunOnly)
    const entry = open(stored, [], tried.api)
    await entry.account.open(null)
    // Asked for twice at once, the other was faster.
    if (isThere()) {
      vault.erase(credentialKey(id))
      await entry.account.stop()
      return fail('account-exists')
    }
    kept.set(id, entry)
    saveAccounts()
    await entry.account.accept(tried.answer)
    // What follows may be written to its tickets, also after a crash: they must be there then.
    await entry.store.flush()
    entry.account.wake()
    tellAccounts()
    return { ok: true, value: view(entry) }
  }

  async function reconnect(
    id: AccountId,
    credentials: Credentials,
    thisRunOnly: boolean,
    otherCustomer: OtherCustomer = 'ask',
    address: AccountAddress | null = null,
    watch: ConnectWatch = {}
  ): Promise<Outcome<AccountView>> {
    const entry = kept.get(id)
    if (!entry) return fail('unknown-account')
    const { stored } = entry
    const isLost = stored.baseUrl === ''
    if (isLost && !address) return fail('no-address')
    if (otherCustomer === 'add') {
      const name = nextName(stored.name, storedAccounts())
      return connect({ ...stored, ...(isLost ? address : {}), credentials, thisRunOnly, name }, watch)
    }
    if (isLost && address)
      return attempt(watch, (how) =>
        reconnectAt(entry, { credentials, thisRunOnly, otherCustomer, address }, how)
      )
    return attempt(watch, (how) => reconnectNow(entry, credentials, thisRunOnly, otherCustomer, how))
  }

  async function reconnectNow(
    entry: Kept,
    credentials: Credentials,
    thisRunOnly: boolean,
    otherCustomer: OtherCustomer,
    how: Attempt
  ): Promise<Outcome<AccountView>> {
    const { stored, account } = entry
    const { id } = stored
    return account.alone(async () => {
      if (how.signal.aborted) return fail('stopped')
      const api = makeApi(stored, credentials)
      const request = new Interruptible(clock, (signal) => {
        how.signal.addEventListener('abort', () => request.interrupt(0))
        return api.list(null, signal, how.onProgress)
      })
      const answer = await request.answer
      if (answer === null) return fail('stopped')
      if (answer.outcome === 'failed') return { ok: false, error: answer.problem }
      if (!kept.has(id)) return fail('unknown-account')
      // The demo is made anew in every run, and the same key is the same customer's whatever its list shows.
      const isOther = !stored.demo && !isSame(credentials, id) && account.isOfAnother(answer)
      if (isOther && otherCustomer === 'ask') return fail('other-customer')
      if (!how.commit()) return fail('stopped')
      if (isOther && !(await startOver(entry))) return fail(notices.storageProblem() ?? 'storage-failed')
      keep(id, credentials, thisRunOnly)
      change(id, (before) => ({ ...before, auth: credentials.kind }))
      // Before the account goes on, or what waits would still go with what the server refuses now.
      account.setApi(api)
      if (isOther) await account.accept(answer)
      return { ok: true, value: view(kept.get(id) ?? entry) }
    })
  }

  /** Of an account whose address was lost with the list of accounts: the person gives it anew. */
  async function reconnectAt(
    entry: Kept,
    wanted: {
      readonly credentials: Credentials
      readonly thisRunOnly: boolean
      readonly otherCustomer: OtherCustomer
      readonly address: AccountAddress
    },
    how: Attempt
  ): Promise<Outcome<AccountView>> {
    const { credentials, thisRunOnly, otherCustomer, address } = wanted
    const { stored, account } = entry
    const tried = await tryConnect(
      address.baseUrl,
      address.version,
      (baseUrl, version) => makeApi({ ...stored, baseUrl, version }, credentials),
      how.signal,
      how.onProgress
    )
    if (!tried.ok) return tried
    if (kept.get(stored.id) !== entry) return fail('unknown-account')
    const { answer } = tried
    if (answer.outcome === 'failed') return fail(answer.problem.kind)
    const isOther = account.isOfAnother(answer)
    if (isOther && otherCustomer === 'ask') return fail('other-customer')
    if (!how.commit()) return fail('stopped')
    if (isOther && !(await startOver(entry))) return fail(notices.storageProblem() ?? 'storage-failed')
    entry.stopOpening.abort()
    await account.stop()
    await entry.store.stop()
    const known = {
      ...stored,
      baseUrl: tried.baseUrl,
      version: tried.api.version,
      auth: credentials.kind
    }
    // Made anew: what its tickets' departments are called depends on the version.
    const next = open(known, account.outbox.stored(), tried.api)
    kept.set(stored.id, next)
    keep(stored.id, credentials, thisRunOnly)
    saveAccounts()
    next.opened = openCache(next)
    await next.opened
    await next.account.accept(answer)
    next.account.wake()
    tellAccounts()
    events.outbox({ changed: commands.items(), removed: [] })
    return { ok: true, value: view(next) }
  }

  /**
   * Another customer has this account from now on: nothing of the old one's is shown, sent or looked for any more.
   * False when that could not be made durable: then nothing goes on.
   */
  async function startOver({ account, store, opened, stopOpening }: Kept): Promise<boolean> {
    // What its cache holds is the old customer's.
    stopOpening.abort()
    await opened
    account.outbox.disown()
    if (!saveOutbox()) return false
    forgetPasswords(account.outbox.stored().map(({ id }) => id))
    const gone = account.forget()
    store.replaceMarks(account.marks)
    store.writeTickets(() => ({ tickets: account.list.stored(), fingerprint: account.fingerprint }), 0)
    await store.flush()
    events.rows({ accountId: account.outbox.accountId, changed: [], removed: gone })
    return true
  }

  function refreshRows(accountId: AccountId, ids: readonly TicketId[]): void {
    const rows = kept.get(accountId)?.account.list.refreshState(ids) ?? []
    if (rows.length > 0) events.rows({ accountId, changed: rows, removed: [] })
    tellAccounts()
  }

  /** The row is told again where a draft begins or ends, not at every key. */
  function setReplyDraft(ref: TicketRef, text: string): void {
    const had = hasDraft(ref)
    openDraftsOnce().setReply(ref.accountId, ref.ticketId, text)
    if (hasDraft(ref) !== had) refreshRows(ref.accountId, [ref.ticketId])
  }

  function mark(refs: readonly TicketRef[], how: (marks: Marks, ref: TicketRef) => boolean): Outcome<null> {
    const touched = new Map<AccountId, number[]>()
    for (const ref of refs) {
      const entry = kept.get(ref.accountId)
      if (!entry) return fail('unknown-account')
      // Its replies are not known yet.
      if (entry.account.isOpening) {
        void entry.opened.then(() => (entry.account.isOpening ? fail('internal') : mark([ref], how)))
        continue
      }
      if (!how(entry.account.marks, ref)) continue
      const ids = touched.get(ref.accountId)
      if (ids) ids.push(ref.ticketId)
      else touched.set(ref.accountId, [ref.ticketId])
    }
    for (const [accountId, ids] of touched) {
      const entry = kept.get(accountId)
      if (!entry) continue
      entry.store.writeMarks(entry.account.marks)
      events.rows({ accountId, changed: entry.account.list.refreshState(ids), removed: [] })
    }
    if (touched.size > 0) tellAccounts()
    return done
  }

  const ticketOf = (ref: TicketRef): Ticket | null =>
    kept.get(ref.accountId)?.account.list.ticket(ref.ticketId) ?? null

  const see = (refs: readonly TicketRef[]): Outcome<null> =>
    mark(refs, (marks, ref) => {
      const ticket = ticketOf(ref)
      return ticket !== null && marks.seeAll(ticket)
    })

  /** Also later, when another copy was faster or took it over: nothing more is asked or sent here. */
  function lockOut(computer: string | null): void {
    isLockedOut = true
    notices.dismiss('folder-in-use')
    notices.add(computer === null ? { kind: 'folder-in-use' } : { kind: 'folder-in-use', detail: computer })
    for (const { account, stopOpening } of all()) {
      stopOpening.abort()
      void account.stop()
    }
  }

  /** The other copy is gone: what it left is read. What was written here meanwhile stays. */
  async function comeIn(): Promise<void> {
    isLockedOut = false
    notices.dismiss('folder-in-use')
    const written = drafts?.compose() ?? null
    for (const { stored, account } of all())
      events.rows({ accountId: stored.id, changed: [], removed: [...account.list.tickets.keys()] })
    drafts = null
    kept.clear()
    await openAll()
    if (written && !openDraftsOnce().compose()) openDraftsOnce().setCompose(written.accountId, written.draft)
  }

  /**
   * Secrets of entries and accounts that are no more: the app ended before they could be erased. Only where it is known
   * of which there are all: nothing is set aside that may be brought back, and every row says whose it is.
   */
  function eraseOrphans(prefix: string, file: string, ids: readonly (string | null)[]): void {
    if (ids.includes(null) || setAside.names().includes(file)) return
    const needed = new Set(ids.map((id) => prefix + (id ?? '')))
    for (const key of vault.keys()) if (key.startsWith(prefix) && !needed.has(key)) vault.erase(key)
  }

  /** Of accounts whose list is lost. */
  function tracesOfAccounts(entries: readonly StoredEntry[]): AccountTraces {
    const ids = new Set([...entries.map(({ accountId }) => accountId), ...openDraftsOnce().accounts()])
    // A token alone is what a first connection left that the app did not survive.
    const isLost = ids.size + accountList.folders().length > 0 || setAside.names().includes('accounts.json')
    const tokens = vault.keys().filter((key) => key.startsWith(credentialPrefix))
    return {
      ids: [...ids, ...(isLost ? tokens.map((key) => key.slice(credentialPrefix.length)) : [])],
      auth(id) {
        const got = vault.get(credentialKey(id))
        return got.kind === 'secret' ? (unpackCredentials(got.secret)?.kind ?? null) : null
      }
    }
  }

  /** Everything but what belongs to one account. */
  function readLists(): ReadAccounts & { readonly entries: readonly StoredEntry[] } {
    const entries = outboxList.read()?.entries
    const unknownEntries = outboxList.unknownRows('entries').map(idOf)
    if (entries)
      eraseOrphans(passwordPrefix, 'outbox.json', [...entries.map(({ id }) => id), ...unknownEntries])
    const read = accountList.read(() => tracesOfAccounts(entries ?? []))
    if (read.isRebuilt) notices.add({ kind: 'accounts-rebuilt' })
    else
      eraseOrphans(credentialPrefix, 'accounts.json', [
        ...read.accounts.map(({ id }) => id),
        ...(read.unknownIds ?? [null]),
        ...accountList.folders()
      ])
    for (const name of setAside.names()) notices.add({ kind: 'file-set-aside', detail: name })
    return { ...read, entries: entries ?? [] }
  }

  /** Those of the server's list; none where the version has no list or it cannot be had, then the last known. */
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

  /** Everything that is kept, and all accounts at work as soon as their caches are read. */
  async function openAll(): Promise<void> {
    await vault.open(false)
    const { accounts, unknownIds, isRebuilt, entries } = readLists()
    // All at once, before anything can be written: a write in between would lose what is not open yet.
    for (const stored of accounts) {
      const api = storedApi(stored)
      const { kind } = vault.get(credentialKey(stored.id))
      if (kind === 'lost') notices.add({ kind: 'keychain-changed', detail: stored.name })
      if (kind === 'locked') notices.add({ kind: 'keychain-locked', detail: stored.name })
      const own = entries.filter(({ accountId }) => accountId === stored.id)
      kept.set(stored.id, open(stored, own, api))
    }
    const strays = entries.filter(({ accountId }) => !kept.has(accountId))
    // They wait for the version that understands their account.
    const isWaiting = ({ accountId }: StoredEntry): boolean => unknownIds?.has(accountId) ?? true
    strangers = strays.filter(isWaiting)
    commands.setOrphans(strays.filter((entry) => !isWaiting(entry) && entry.state !== 'sent'))
    if (isRebuilt) saveAccounts()
    else for (const { stored, store } of all()) store.writeAccount(stored)
    openDraftsOnce()
    for (const entry of all()) entry.opened = openCache(entry)
    tellAccounts()
    events.outbox({ changed: commands.items(), removed: [] })
    void unlockAccounts(true)
  }

  return {
    async start() {
      folderLock.take()
      if (!isLockedOut) await openAll()
      opened()
    },
    async opened() {
      await whenOpen
      await Promise.all(all().map((entry) => entry.opened))
    },
    async stop() {
      // First what only this run knows: whoever waits for the rest may give up.
      drafts?.flush()
      isStopped = true
      giveUpAttempts()
      for (const { stopOpening } of all()) stopOpening.abort()
      await Promise.all(all().map(({ account }) => account.stop()))
      drafts?.flush()
      outboxWrite.stop()
      accountsWrite.stop()
      const written = Promise.all([vault.settled(), ...all().map(({ store }) => store.stop())])
      await within(clock, lastWritesMs, written)
      folderLock.release()
    },

    accounts: views,
    connect,
    reconnect,
    rebase: (id, baseUrl) => void change(id, (stored) => ({ ...stored, baseUrl })),
    rename: (id, name) => change(id, (stored) => ({ ...stored, name: name.trim() || stored.name })),
    recolor: (id, color) => change(id, (stored) => ({ ...stored, color })),
    pause(id, paused) {
      const changed = change(id, (stored) => ({ ...stored, paused }))
      kept.get(id)?.account.setPaused(paused)
      return changed
    },
    async remove(id) {
      const entry = kept.get(id)
      if (!entry) return fail('unknown-account')
      entry.stopOpening.abort()
      await entry.account.stop()
      const gone = [...entry.account.list.tickets.keys()]
      kept.delete(id)
      // The account itself last: cut short by a crash it is still there, and can be removed again.
      const entries = [
        ...entry.account.outbox.stored().map((stored) => stored.id),
        ...outboxList.dropUnknownRows('entries', ({ accountId }) => accountId === id)
      ]
      forgetPasswords(entries)
      saveOutbox(entries)
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
      const ticket = account.list.ticket(ref.ticketId)
      if (!ticket || !account.list.row(ref.ticketId)) return fail('unknown-ticket')
      return {
        ok: true,
        value: {
          service: account.marks.facts(ref.ticketId)?.service ?? null,
          messages: threadMessages(
            ticket,
            account.marks.seen(ref.ticketId),
            account.sent.repliesTo(ref.ticketId)
          ),
          waitingSince: waitingSince(ticket),
          firstResponseMs: firstResponseMs(ticket),
          lastResponseMs: lastResponseMs(ticket),
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
      const ticket = account?.list.wholeTicket(ref.ticketId)
      const row = account?.list.row(ref.ticketId)
      return account && ticket && row ? { ticket, row, facts: account.marks.facts(ref.ticketId) } : null
    },
    markRead: see,
    markUnread: (refs) =>
      mark(refs, (marks, ref) => {
        const ticket = ticketOf(ref)
        return ticket !== null && marks.unsee(ticket)
      }),

    reply(ref, text, from = 'draft') {
      if (text.trim() === '') return Promise.resolve(fail('invalid-arguments'))
      const action = { kind: 'reply', ticketId: ref.ticketId, text } as const
      const queued = first(commands.enqueue([{ accountId: ref.accountId, action }]))
      if (queued.ok) {
        if (from === 'draft') {
          setReplyDraft(ref, '')
          openDraftsOnce().flush()
        }
        see([ref])
      }
      return Promise.resolve(queued)
    },
    close: (refs, holdMs = 0) =>
      Promise.resolve(
        commands.enqueue(
          refs.map(({ accountId, ticketId }) => ({ accountId, action: { kind: 'close', ticketId } })),
          { holdMs }
        )
      ),
    create(id, draft, serverPassword) {
      const action = { kind: 'create', draft, hasPassword: serverPassword !== '' } as const
      const queued = first(commands.enqueue([{ accountId: id, action }], { serverPassword }))
      const entry = kept.get(id)
      if (queued.ok && entry) {
        entry.account.marks.use(draft.departmentId, serviceKey(draft.service))
        entry.store.writeMarks(entry.account.marks)
      }
      return Promise.resolve(queued)
    },
    outbox: () => commands.items(),
    history: () => commands.history(),
    retry: (id) => Promise.resolve(commands.retry([id])),
    retryAll: (ids) => {
      const retried = commands.retry(ids)
      return Promise.resolve(!retried.ok && retried.error.kind === 'folder-in-use' ? retried : done)
    },
    cancel: (id) => Promise.resolve(first(commands.cancel([id]))),
    cancelAll(ids) {
      const taken = commands.cancel(ids)
      const isRefusal = !taken.ok && stays.has(taken.error.kind)
      return Promise.resolve(isRefusal ? { ok: true, value: [] } : taken)
    },
    decide: (...decision) => Promise.resolve(commands.decide(...decision)),

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
      await entry.opened
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
      void unlockAccounts(reason === 'asked')
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
    stopLoading: (id) => {
      kept.get(id)?.account.stopLoading()
    },
    suspend: () => {
      giveUpAttempts()
      for (const { account } of all()) account.suspend()
    },
    notices: () => notices.all(),
    dismiss: (kind, detail) => {
      notices.dismiss(kind, detail)
      if (kind === 'file-set-aside' && detail !== undefined) setAside.dealtWith(detail)
    },
    setAsidePath: (name) => setAside.path(name),
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
    ]
  }
}
