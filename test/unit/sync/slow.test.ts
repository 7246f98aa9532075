/** Slow and hanging work: lists that arrive in small parts, caches still being read, requests that ignore an abort. */
import { describe, expect, it } from 'vitest'
import type { ListAnswer, TicketApi } from '../../../electron/api/api.ts'
import type { ConnectionState, ListLoading, ServiceList } from '../../../electron/tickets/views.ts'
import { connectedRig, Rig } from '../../support/sync/rig.ts'
import { connectInputOf, newTicketOf } from '../../support/builders.ts'

const minutes = (count: number): number => count * 60_000
const never = <T>(): Promise<T> => new Promise<T>(() => undefined)
const connection = (rig: Rig) => rig.engine.accounts.list()[0]?.connection
const stateOf = (rig: Rig): ConnectionState | undefined => connection(rig)?.state

/** A request that hangs until the test ends it. */
interface Hung {
  readonly kind: 'list' | 'reply' | 'create' | 'close' | 'services'
  readonly progress: (received: number, total: number | null) => void
  readonly end: (answer: ListAnswer) => void
}

/** A rig whose requests of the kinds in `hang` do not end, and ignore their abort signal. */
function hangingRig(): { readonly rig: Rig; readonly hang: Set<Hung['kind']>; readonly hung: Hung[] } {
  const hang = new Set<Hung['kind']>()
  const hung: Hung[] = []
  const wait = <T>(kind: Hung['kind'], progress: Hung['progress'] = () => undefined): Promise<T> =>
    new Promise<T>((resolve) => hung.push({ kind, progress, end: (answer) => resolve(answer as T) }))
  const rig: Rig = new Rig(
    () => 0.5,
    (_now, { version }): TicketApi => {
      const api = rig.server.api(version)
      return {
        version,
        list: (known, signal, onProgress) =>
          hang.has('list') ? wait('list', onProgress) : api.list(known, signal),
        reply: (...args) => (hang.has('reply') ? wait('reply') : api.reply(...args)),
        create: (...args) => (hang.has('create') ? wait('create') : api.create(...args)),
        close: (...args) => (hang.has('close') ? wait('close') : api.close(...args)),
        services: (...args) => (hang.has('services') ? wait('services') : api.services(...args))
      }
    }
  )
  for (const id of [1, 2]) rig.server.add(id)
  return { rig, hang, hung }
}

/** Whether the promise is settled already. */
async function isOver(promise: Promise<unknown>): Promise<boolean> {
  let over = false
  void promise.then(() => (over = true))
  for (let i = 0; i < 60; i++) await Promise.resolve()
  return over
}

describe('a list that takes long', () => {
  it('is shown with what came of it, a few times per second, and is over when it is here', async () => {
    const { rig, hang, hung } = hangingRig()
    await rig.connect()
    await rig.time.advance(0)
    hang.add('list')
    void rig.engine.control.check('asked')
    await rig.time.advance(1_900)
    expect(connection(rig)).not.toHaveProperty('loading')
    await rig.time.advance(200)
    expect(connection(rig)?.loading).toEqual({ received: 0, total: null })
    const before = rig.broadcastCount
    for (let bytes = 1; bytes <= 1000; bytes++) {
      hung.at(-1)?.progress(bytes, 4000)
      await rig.time.advance(1)
    }
    expect(connection(rig)?.loading).toEqual({ received: 1000, total: 4000 })
    expect(rig.broadcastCount - before).toBeLessThanOrEqual(4)
    expect(rig.broadcastCount - before).toBeGreaterThanOrEqual(2)
    hang.clear()
    hung.at(-1)?.end({ outcome: 'unchanged', serverNow: null })
    await rig.time.advance(0)
    expect(stateOf(rig)).toBe('ok')
    expect(connection(rig)).not.toHaveProperty('loading')
    // Late progress of an old request is ignored.
    hung.at(-1)?.progress(2000, 4000)
    await rig.time.advance(5_000)
    expect(connection(rig)).not.toHaveProperty('loading')
  })

  it('that is the first is shown sooner', async () => {
    const { rig, hang } = hangingRig()
    await rig.connect()
    await rig.engine.control.stop()
    rig.forgetCaches()
    hang.add('list')
    await rig.crash()
    await rig.time.advance(600)
    expect(connection(rig)?.loading).toEqual({ received: 0, total: null })
  })

  it('can be stopped: it says so, is tried again by itself later, and at once when asked', async () => {
    const { rig, hang, hung } = hangingRig()
    await rig.connect()
    await rig.time.advance(0)
    hang.add('list')
    const asked = rig.engine.control.check('asked')
    await rig.time.advance(3_000)
    rig.engine.control.stopLoading(rig.accountId)
    await asked
    await rig.time.advance(0)
    expect(stateOf(rig)).toBe('failing')
    expect(connection(rig)?.problem).toEqual({ kind: 'stopped' })
    expect(connection(rig)).not.toHaveProperty('loading')
    expect(connection(rig)?.nextAt).toBeGreaterThan(rig.time.now() + 10_000)
    await rig.time.advance(minutes(2))
    expect(hung.length).toBe(2)
    rig.engine.control.stopLoading(rig.accountId)
    hang.clear()
    await rig.time.advance(1_000)
    const lists = rig.server.lists
    await rig.engine.control.check('asked')
    expect(rig.server.lists).toBe(lists + 1)
    expect(stateOf(rig)).toBe('ok')
  })

  it('stopped brings nothing any more, whenever it comes', async () => {
    const { rig, hang, hung } = hangingRig()
    await rig.connect()
    await rig.time.advance(0)
    hang.add('list')
    void rig.engine.control.check('asked')
    await rig.time.advance(3_000)
    rig.engine.control.stopLoading(rig.accountId)
    await rig.time.advance(0)
    hung[0]?.end({ outcome: 'failed', problem: { kind: 'unauthorized' } })
    await rig.time.advance(0)
    expect(connection(rig)?.problem).toEqual({ kind: 'stopped' })
  })

  it('does nothing to an account that loads nothing', async () => {
    const rig = await connectedRig()
    rig.engine.control.stopLoading(rig.accountId)
    rig.engine.control.stopLoading('nobody')
    await rig.time.advance(1_000)
    expect(stateOf(rig)).toBe('ok')
  })
})

describe('a connection that takes long to make', () => {
  it('tells how far its list is, and given up it leaves nothing behind', async () => {
    const { rig, hang, hung } = hangingRig()
    await rig.engine.control.start()
    hang.add('list')
    const progress: ListLoading[] = []
    const cancel = new AbortController()
    const connecting = rig.engine.accounts.connect(connectInputOf(), {
      signal: cancel.signal,
      onProgress: (loading) => progress.push(loading)
    })
    await rig.time.advance(1_000)
    hung[0]?.progress(5_000, 10_000)
    await rig.time.advance(1_000)
    expect(progress).toEqual([
      { received: 0, total: null },
      { received: 5_000, total: 10_000 }
    ])
    cancel.abort()
    expect(await connecting).toEqual({ ok: false, error: { kind: 'stopped' } })
    hung[0]?.end({
      outcome: 'tickets',
      tickets: [],
      broken: [],
      known: { fingerprint: 'f', pieces: new Map() },
      serverNow: null
    })
    await rig.time.advance(minutes(1))
    expect(rig.engine.accounts.list()).toEqual([])
    expect(rig.secrets()).toEqual([])
    expect(hung.length).toBe(1)
  })

  it('again, of an account whose own list hangs, is given up at once, and the account goes on', async () => {
    const { rig, hang } = hangingRig()
    await rig.connect()
    await rig.time.advance(0)
    hang.add('list')
    void rig.engine.control.check('asked')
    await rig.time.advance(100)
    const cancel = new AbortController()
    const credentials = { kind: 'bearer', token: 'new' } as const
    const again = rig.engine.accounts.reconnect(rig.accountId, credentials, false, 'ask', null, {
      signal: cancel.signal
    })
    await rig.time.advance(100)
    cancel.abort()
    expect(await again).toEqual({ ok: false, error: { kind: 'stopped' } })
    rig.engine.control.stopLoading(rig.accountId)
    hang.clear()
    await rig.time.advance(minutes(2))
    expect(stateOf(rig)).toBe('ok')
  })

  it('again, given up while its own list hangs, lets the account ask on', async () => {
    const { rig, hang } = hangingRig()
    await rig.connect()
    await rig.time.advance(0)
    hang.add('list')
    const cancel = new AbortController()
    const credentials = { kind: 'bearer', token: 'new' } as const
    const again = rig.engine.accounts.reconnect(rig.accountId, credentials, false, 'ask', null, {
      signal: cancel.signal
    })
    await rig.time.advance(1_000)
    cancel.abort()
    expect((await again).ok).toBe(false)
    hang.clear()
    await rig.time.advance(1_000)
    await rig.engine.control.check('asked')
    await rig.time.advance(minutes(2))
    expect(stateOf(rig)).toBe('ok')
  })
})

describe('the list of services', () => {
  const services = async (rig: Rig): Promise<ServiceList | null> => {
    const asked = rig.engine.accounts.services(rig.accountId)
    await rig.time.advance(minutes(3))
    const answered = await asked
    return answered.ok ? answered.value : null
  }

  it('that never comes is missing, with what is remembered; asked for again it is there', async () => {
    let isFailing = true
    const timedOut = { outcome: 'failed', problem: { kind: 'timeout' } } as const
    const rig: Rig = new Rig(
      () => 0.5,
      (_, { version }) => {
        const api = rig.server.api(version)
        return { ...api, services: () => (isFailing ? Promise.resolve(timedOut) : api.services()) }
      }
    )
    rig.server.add(1)
    await rig.connect({ version: 'v2' })
    expect(await services(rig)).toEqual({ services: [], isMissing: true, problem: { kind: 'timeout' } })
    isFailing = false
    expect(await services(rig)).toMatchObject({ services: [{ id: '3' }], isMissing: false, problem: null })
    // Later failures keep the list loaded in this run.
    isFailing = true
    await rig.time.advance(minutes(30))
    expect(await services(rig)).toMatchObject({ services: [{ id: '3' }], isMissing: false })
  })

  it('is missing while nothing may be asked, and not where the version has none', async () => {
    const rig = new Rig()
    rig.server.add(1)
    await rig.connect({ version: 'v2' })
    rig.engine.control.setOnline(false)
    expect(await services(rig)).toMatchObject({ services: [], isMissing: true })
    const other = new Rig()
    other.server.add(1)
    await other.connect({ version: 'v1' })
    expect(await services(other)).toEqual({ services: [], isMissing: false, problem: null })
  })
})

describe('stopping while the server never answers', () => {
  const draft = newTicketOf({ title: 'T', departmentId: 2, service: '1', message: 'M' })
  it.each(['list', 'reply', 'create', 'close', 'services'] as const)(
    'takes two seconds at most where it is a request for %s that hears no abort, and loses nothing',
    async (kind) => {
      const { rig, hang, hung } = hangingRig()
      await rig.connect({ version: 'v2' })
      await rig.time.advance(0)
      hang.add(kind)
      if (kind === 'list') void rig.engine.control.check('asked')
      if (kind === 'reply') await rig.engine.outgoing.reply(rig.ref(1), 'Merhaba')
      if (kind === 'create') await rig.engine.outgoing.create(rig.accountId, draft, '')
      if (kind === 'close') await rig.engine.outgoing.close([rig.ref(2)])
      if (kind === 'services') void rig.engine.accounts.services(rig.accountId)
      await rig.time.advance(1_000)
      expect(hung.map((request) => request.kind)).toEqual([kind])
      const begun = rig.time.monotonic()
      const stopping = rig.engine.control.stop()
      while (!(await isOver(stopping)) && rig.time.monotonic() - begun < minutes(1))
        await rig.time.advance(100)
      expect(rig.time.monotonic() - begun).toBeLessThanOrEqual(2_000)

      const isWrite = kind !== 'list' && kind !== 'services'
      hang.clear()
      await rig.crash()
      expect(rig.engine.outgoing.items().length).toBe(isWrite ? 1 : 0)
      await rig.time.advance(minutes(60))
      if (kind === 'reply') expect(rig.server.repliesOf(1)).toEqual(['Merhaba'])
      if (kind === 'create') expect(rig.server.created).toEqual(['M'])
      if (kind === 'close') expect(rig.server.closes).toEqual([2])
    }
  )

  it('takes two seconds at most where the disk takes the cache never', async () => {
    const rig = await connectedRig()
    const begun = rig.time.monotonic()
    rig.cacheIsWritten = never
    rig.server.addReply(1, 'staff', 'Yanıt')
    await rig.engine.control.check('asked')
    const stopping = rig.engine.control.stop()
    while (!(await isOver(stopping)) && rig.time.monotonic() - begun < minutes(1)) await rig.time.advance(100)
    expect(rig.time.monotonic() - begun).toBeLessThanOrEqual(2_000)
  })

  it('ends a connection that is being made', async () => {
    const { rig, hang } = hangingRig()
    await rig.engine.control.start()
    hang.add('list')
    const connecting = rig.engine.accounts.connect(connectInputOf())
    await rig.time.advance(1_000)
    const stopping = rig.engine.control.stop()
    expect(await connecting).toEqual({ ok: false, error: { kind: 'connection-lost' } })
    await stopping
  })
})

describe('waking', () => {
  it('asks at once, though a list from before the sleep hangs', async () => {
    const { rig, hang } = hangingRig()
    await rig.connect()
    await rig.time.advance(0)
    hang.add('list')
    void rig.engine.control.check('asked')
    await rig.time.advance(1_000)
    rig.engine.control.suspend()
    await rig.time.sleep(minutes(60))
    hang.clear()
    await rig.engine.control.check('wake')
    expect(stateOf(rig)).toBe('ok')
    expect(connection(rig)?.freshAt).toBe(rig.time.now())
  })

  it('asks at once, though a reply from before the sleep hangs, which is sent once', async () => {
    const { rig, hang } = hangingRig()
    await rig.connect()
    await rig.time.advance(0)
    hang.add('reply')
    await rig.engine.outgoing.reply(rig.ref(1), 'Merhaba')
    await rig.time.advance(100)
    rig.engine.control.suspend()
    hang.clear()
    const lists = rig.server.lists
    void rig.engine.control.check('wake')
    await rig.time.advance(1_000)
    expect(rig.server.lists).toBeGreaterThan(lists)
    await rig.time.advance(minutes(60))
    expect(rig.server.repliesOf(1)).toEqual(['Merhaba'])
    expect(rig.engine.outgoing.items()).toEqual([])
  })
})

describe('while the cache is being read', () => {
  /** The next run of a rig with two tickets, one with an unread reply. `read` completes the reading of the cache. */
  async function openingRig(): Promise<{ readonly rig: Rig; readonly read: () => Promise<void> }> {
    const rig = await connectedRig()
    rig.server.addReply(1, 'staff', 'Yanıt')
    await rig.engine.control.check('asked')
    await rig.engine.control.stop()
    rig.ticketEvents.length = 0
    let release: (value: null) => void = () => undefined
    rig.cachesRead = new Promise((resolve) => (release = resolve))
    await rig.crash()
    return {
      rig,
      read: async () => {
        release(null)
        await rig.time.settle()
      }
    }
  }

  it('the start is over: the account is there, says so, and asks nothing yet', async () => {
    const { rig, read } = await openingRig()
    const lists = rig.server.lists
    expect(stateOf(rig)).toBe('opening')
    expect(rig.engine.tickets.rows()).toEqual([])
    await rig.time.advance(5_000)
    await rig.engine.control.check('asked')
    expect(rig.server.lists).toBe(lists)
    const opened = rig.engine.control.opened()
    expect(await isOver(opened)).toBe(false)
    await read()
    expect(await isOver(opened)).toBe(true)
    expect(new Set(rig.engine.tickets.rows().map(({ id }) => id))).toEqual(new Set([1, 2]))
    expect(rig.changes.at(-1)?.changed.length).toBe(2)
    expect(rig.server.lists).toBe(lists + 1)
    expect(stateOf(rig)).toBe('ok')
    expect(rig.ticketEvents).toEqual([])
  })

  it('what is written is durable at once, and is sent when the tickets are there', async () => {
    const { rig, read } = await openingRig()
    const queued = await rig.engine.outgoing.reply(rig.ref(1), 'Merhaba')
    expect(queued.ok).toBe(true)
    expect(await rig.engine.outgoing.reply(rig.ref(99), 'Kime?')).toEqual({
      ok: false,
      error: { kind: 'unknown-ticket' }
    })
    rig.engine.outgoing.setReplyDraft(rig.ref(2), 'Yarım')
    await rig.time.advance(1_000)
    // The app ends before the cache was read.
    await rig.crash()
    expect(rig.engine.outgoing.items().map(({ state }) => state)).toEqual(['queued'])
    await read()
    await rig.time.advance(minutes(10))
    expect(rig.server.repliesOf(1)).toEqual(['Merhaba'])
    expect(rig.engine.outgoing.replyDraft(rig.ref(2))).toBe('Yarım')
    expect(rig.row(2)?.draft).toBe(true)
  })

  it('what was written in an earlier run stays in the outbox beside it', async () => {
    const rig = await connectedRig()
    rig.engine.control.setOnline(false)
    await rig.engine.outgoing.reply(rig.ref(1), 'Bir')
    let release: (value: null) => void = () => undefined
    rig.cachesRead = new Promise((resolve) => (release = resolve))
    await rig.crash()
    await rig.engine.outgoing.reply(rig.ref(2), 'İki')
    await rig.crash()
    expect(rig.engine.outgoing.items().length).toBe(2)
    release(null)
    await rig.time.advance(minutes(10))
    expect([rig.server.repliesOf(1), rig.server.repliesOf(2)]).toEqual([['Bir'], ['Iki']])
  })

  it('what is marked as read is read when its replies are known', async () => {
    const { rig, read } = await openingRig()
    expect((await rig.engine.tickets.markRead([rig.ref(1)])).ok).toBe(true)
    await read()
    expect(rig.row(1)?.unread).toBe(0)
    await rig.crash()
    expect(rig.row(1)?.unread).toBe(0)
  })

  it.each(['crash', 'stop'] as const)('so it is where the app ends (%s) before they are', async (end) => {
    const { rig, read } = await openingRig()
    rig.server.failingList = { kind: 'unreachable' }
    await rig.engine.tickets.markUnread([rig.ref(1)])
    await rig.engine.tickets.markRead([rig.ref(1)])
    if (end === 'stop') await rig.engine.control.stop()
    await rig.crash()
    expect(rig.engine.tickets.rows()).toEqual([])
    rig.changes.length = 0
    await read()
    expect(rig.row(1)?.unread).toBe(0)
    const changedRows = rig.changes.flatMap(({ changed }) => changed.filter(({ id }) => id === 1))
    expect(changedRows.map(({ unread }) => unread)).toEqual([0])
    // The mark applies once: later replies are unread.
    rig.server.failingList = null
    rig.server.addReply(1, 'staff', 'Daha yeni')
    await rig.time.advance(minutes(10))
    await rig.crash()
    expect(rig.row(1)?.unread).toBe(1)
  })

  it('quitting does not wait for it, and a mark that waits is no loop', async () => {
    const { rig, read } = await openingRig()
    await rig.engine.tickets.markRead([rig.ref(1)])
    expect(await isOver(rig.engine.control.stop())).toBe(true)
    await read()
    expect(rig.server.lists).toBeGreaterThan(0)
  })

  it('an account can be removed, and its tickets do not come back', async () => {
    const { rig, read } = await openingRig()
    expect((await rig.engine.accounts.remove(rig.accountId)).ok).toBe(true)
    await read()
    await rig.time.advance(minutes(1))
    expect(rig.engine.accounts.list()).toEqual([])
    expect(rig.engine.tickets.rows()).toEqual([])
  })

  it('from a disk that never answers, the list is asked for without it, and it is said', async () => {
    const { rig } = await openingRig()
    await rig.time.advance(31_000)
    expect(stateOf(rig)).toBe('ok')
    expect([rig.row(1)?.unread, rig.row(2)?.unread]).toEqual([1, 0])
    expect(rig.engine.control.notices().map(({ kind }) => kind)).toContain('cache-set-aside')
    expect(rig.ticketEvents).toEqual([])
  })
})

it('a cache that is gone makes nothing unread that was read, and tells nothing twice', async () => {
  const rig = await connectedRig()
  for (const id of [1, 2]) rig.server.addReply(id, 'staff', 'Yanıt')
  await rig.engine.control.check('asked')
  await rig.engine.tickets.markRead([rig.ref(1)])
  expect(rig.ticketEvents.length).toBe(2)
  await rig.engine.control.stop()
  rig.ticketEvents.length = 0
  rig.forgetCaches()
  await rig.crash()
  await rig.time.advance(minutes(1))
  expect([rig.row(1)?.unread, rig.row(2)?.unread]).toEqual([0, 1])
  expect(rig.ticketEvents).toEqual([])
})
