import { describe, expect, it } from 'vitest'
import { diskError } from '../../support/sync/memory.ts'
import { connectedRig, Rig } from '../../support/sync/rig.ts'
import { newTicketOf } from '../../support/builders.ts'

const connected = (prepare?: (rig: Rig) => void): Promise<Rig> => connectedRig([1, 2, 3], prepare)

const unreadOf = (rig: Rig, id: number): number =>
  rig.engine.tickets.rows().find((row) => row.id === id)?.unread ?? -1
const minutes = (count: number): number => count * 60_000

describe('unread and events', () => {
  it('take the first list as the baseline: nothing in it is news', async () => {
    const rig = await connected(({ server }) => server.addReply(1, 'staff', 'Eski yanıt'))
    expect(rig.ticketEvents).toEqual([])
    expect(unreadOf(rig, 1)).toBe(0)
  })

  it('find a new staff reply once, and count it', async () => {
    const rig = await connected()
    rig.server.addReply(2, 'staff', 'Merhaba,\n\nDüzelttik.')
    await rig.time.advance(minutes(5))
    expect(rig.ticketEvents).toHaveLength(1)
    expect(rig.ticketEvents[0]).toMatchObject({
      kind: 'reply',
      ref: rig.ref(2),
      name: 'Ayşe',
      excerpt: 'Düzelttik.'
    })
    expect(unreadOf(rig, 2)).toBe(1)
    expect(rig.engine.accounts.list()[0]?.unread).toBe(1)
  })

  it('find a second reply on a ticket that is unread already', async () => {
    const rig = await connected()
    rig.server.addReply(2, 'staff', 'Bir')
    await rig.time.advance(minutes(2))
    rig.server.addReply(2, 'staff', 'İki')
    await rig.time.advance(minutes(2))
    expect(rig.ticketEvents.map((found) => ('excerpt' in found ? found.excerpt : ''))).toEqual(['Bir', 'İki'])
    expect(unreadOf(rig, 2)).toBe(2)
  })

  it('survive a crash: nothing is told twice, what was read stays read, what was not stays unread', async () => {
    const rig = await connected()
    rig.server.addReply(1, 'staff', 'Okunan')
    rig.server.addReply(2, 'staff', 'Okunmayan')
    await rig.time.advance(minutes(2))
    await rig.engine.tickets.markRead([rig.ref(1)])
    await rig.crash()
    await rig.time.advance(minutes(5))
    expect(rig.ticketEvents).toHaveLength(2)
    expect(unreadOf(rig, 1)).toBe(0)
    expect(unreadOf(rig, 2)).toBe(1)
  })

  it('mark as unread again without telling again', async () => {
    const rig = await connected()
    rig.server.addReply(1, 'staff', 'Bir')
    await rig.time.advance(minutes(2))
    await rig.engine.tickets.markRead([rig.ref(1)])
    await rig.engine.tickets.markUnread([rig.ref(1)])
    await rig.time.advance(minutes(5))
    expect(unreadOf(rig, 1)).toBe(1)
    expect(rig.ticketEvents).toHaveLength(1)
  })

  it('tell of a closed ticket once, but not of one that was closed here', async () => {
    const rig = await connected()
    rig.server.setStatus(1, 'Closed')
    await rig.time.advance(minutes(3))
    expect(rig.ticketEvents).toMatchObject([{ kind: 'closed', ref: rig.ref(1) }])
    await rig.engine.outgoing.close([rig.ref(2)])
    await rig.time.advance(minutes(3))
    expect(rig.server.tickets.get(2)?.status.kind).toBe('closed')
    expect(rig.ticketEvents).toHaveLength(1)
  })

  it('count as read what the person answered in the panel', async () => {
    const rig = await connected()
    rig.server.addReply(1, 'staff', 'Yanıt')
    await rig.time.advance(minutes(2))
    expect(unreadOf(rig, 1)).toBe(1)
    rig.server.addReply(1, 'customer', 'Panelden yazıldı')
    await rig.time.advance(minutes(2))
    expect(unreadOf(rig, 1)).toBe(0)
  })

  it.each([
    ['draft', ''],
    ['notification', 'Yarım kalan']
  ] as const)('are over with a reply from the %s, which leaves the draft %j', async (from, left) => {
    const rig = await connected()
    rig.server.addReply(1, 'staff', 'Yanıt')
    await rig.time.advance(minutes(2))
    expect(unreadOf(rig, 1)).toBe(1)
    rig.engine.outgoing.setReplyDraft(rig.ref(1), 'Yarım kalan')
    await rig.engine.outgoing.reply(rig.ref(1), 'Teşekkürler', from)
    expect([unreadOf(rig, 1), rig.engine.outgoing.replyDraft(rig.ref(1))]).toEqual([0, left])
  })

  it('keep unread a staff reply that came before an own reply sent late from the outbox', async () => {
    const rig = await connected()
    rig.engine.control.setOnline(false)
    await rig.engine.outgoing.reply(rig.ref(1), 'Çevrimdışıyken yazıldı')
    rig.server.addReply(1, 'staff', 'Bunu görmedim')
    rig.engine.control.setOnline(true)
    await rig.time.advance(minutes(3))
    expect(rig.server.repliesOf(1)).toEqual(['Cevrimdisiyken yazildi'])
    expect(unreadOf(rig, 1)).toBe(1)
  })
})

describe('the draft of a reply', () => {
  /** Draft states that windows got since the last call. */
  const draftStates = (rig: Rig): readonly boolean[] =>
    rig.changes.splice(0).flatMap(({ changed }) => changed.map(({ draft }) => draft))

  it('is told with its row when it begins and when it ends, and not at every key', async () => {
    const rig = await connected()
    draftStates(rig)
    for (const text of [' ', ' M', ' Me', ' Mer']) rig.engine.outgoing.setReplyDraft(rig.ref(1), text)
    expect([rig.row(1)?.draft, rig.row(2)?.draft, draftStates(rig)]).toEqual([true, false, [true]])
    for (const text of ['M', '\n', '']) rig.engine.outgoing.setReplyDraft(rig.ref(1), text)
    expect([rig.row(1)?.draft, draftStates(rig)]).toEqual([false, [false]])
  })

  it('ends when it is sent, begins again when that is taken back, and outlives a crash', async () => {
    const rig = await connected()
    rig.engine.control.setOnline(false)
    rig.engine.outgoing.setReplyDraft(rig.ref(1), 'Merhaba')
    const sent = await rig.engine.outgoing.reply(rig.ref(1), 'Merhaba')
    expect([rig.row(1)?.draft, draftStates(rig).at(-1)]).toEqual([false, false])
    await rig.engine.outgoing.cancel(sent.ok ? sent.value.id : '')
    expect([rig.row(1)?.draft, draftStates(rig).at(-1)]).toEqual([true, true])
    await rig.crash()
    expect(rig.row(1)?.draft).toBe(true)
  })
})

describe('an answer that cannot be believed', () => {
  it('an empty list where there were tickets changes nothing until it is seen twice', async () => {
    const rig = await connected()
    rig.server.listOverride = []
    await rig.time.advance(70_000)
    expect(rig.engine.tickets.rows()).toHaveLength(3)
    expect(rig.engine.accounts.list()[0]?.connection.problem?.kind).toBe('suspiciously-empty')
    await rig.time.advance(minutes(2))
    expect(rig.engine.tickets.rows()).toHaveLength(0)
  })

  it('a failed list keeps the last good one and what is unread', async () => {
    const rig = await connected()
    rig.server.addReply(1, 'staff', 'Yanıt')
    await rig.time.advance(minutes(2))
    rig.server.failingList = { kind: 'not-json' }
    await rig.time.advance(minutes(30))
    expect(rig.engine.tickets.rows()).toHaveLength(3)
    expect(unreadOf(rig, 1)).toBe(1)
    expect(rig.engine.accounts.list()[0]?.connection).toMatchObject({
      state: 'failing',
      problem: { kind: 'not-json' }
    })
  })
})

describe('how often the server is asked', () => {
  it('an idle hour makes at most 61 requests', async () => {
    const rig = await connected()
    const before = rig.server.lists
    await rig.time.advance(minutes(60))
    expect(rig.server.lists - before).toBeGreaterThan(50)
    expect(rig.server.lists - before).toBeLessThanOrEqual(61)
  })

  it.each([0, 0.5, 0.999])('an hour of 500s makes at most 12, whatever chance (%s) says', async (chance) => {
    const rig = new Rig(() => chance)
    rig.server.add(1)
    await rig.connect()
    rig.server.failingList = { kind: 'server-error', httpStatus: 500 }
    const before = rig.server.lists
    await rig.time.advance(minutes(60))
    expect(rig.server.lists - before).toBeGreaterThan(2)
    expect(rig.server.lists - before).toBeLessThanOrEqual(12)
  })

  it('an hour asleep makes none, and waking makes one', async () => {
    const rig = await connected()
    rig.engine.control.suspend()
    const before = rig.server.lists
    await rig.time.advance(minutes(60))
    expect(rig.server.lists - before).toBe(0)
    void rig.engine.control.check('wake')
    await rig.time.advance(1000)
    expect(rig.server.lists - before).toBe(1)
  })

  it('coming online asks at once; offline asks never', async () => {
    const rig = await connected()
    rig.engine.control.setOnline(false)
    const before = rig.server.lists
    await rig.time.advance(minutes(60))
    expect(rig.server.lists - before).toBe(0)
    rig.engine.control.setOnline(true)
    await rig.time.advance(1000)
    expect(rig.server.lists - before).toBe(1)
  })

  it('refused credentials are told once, after a while, and asked about seldom for ever; new ones start it again', async () => {
    const rig = await connected()
    rig.server.failingList = { kind: 'unauthorized', httpStatus: 401 }
    await rig.time.advance(minutes(5))
    expect(rig.engine.accounts.list()[0]?.connection).toMatchObject({
      state: 'failing',
      problem: { kind: 'unauthorized' }
    })
    expect(rig.ticketEvents).toEqual([])
    await rig.time.advance(minutes(60))
    expect(rig.engine.accounts.list()[0]?.connection.state).toBe('signed-out')
    const before = rig.server.lists
    await rig.time.advance(minutes(600))
    expect(rig.server.lists - before).toBeGreaterThan(10)
    expect(rig.server.lists - before).toBeLessThanOrEqual(60)
    expect(rig.ticketEvents.filter(({ kind }) => kind === 'signed-out')).toHaveLength(1)
    rig.server.failingList = null
    const again = rig.engine.accounts.reconnect(rig.accountId, { kind: 'bearer', token: 'new' }, false)
    await rig.time.advance(minutes(2))
    expect((await again).ok).toBe(true)
    expect(rig.engine.accounts.list()[0]?.connection.state).toBe('ok')
  })

  it.each([
    ['unauthorized', undefined],
    ['forbidden', undefined],
    ['forbidden', minutes(3)],
    ['blocked', undefined]
  ] as const)('one %s (Retry-After %s) is no verdict: it goes on by itself', async (kind, retryAfterMs) => {
    const rig = await connected()
    rig.server.listFailures.push({
      kind,
      ...(retryAfterMs === undefined ? {} : { retryAt: rig.time.now() + retryAfterMs })
    })
    await rig.time.advance(minutes(2))
    rig.server.addReply(1, 'staff', 'Merhaba')
    await rig.time.advance(minutes(6))
    expect(rig.engine.accounts.list()[0]?.connection.state).toBe('ok')
    expect(rig.ticketEvents).toMatchObject([{ kind: 'reply', excerpt: 'Merhaba' }])
  })

  it('Retry-After is obeyed, also when the person asks', async () => {
    const rig = await connected()
    rig.server.failingList = { kind: 'rate-limited', retryAt: rig.time.now() + minutes(40) }
    await rig.time.advance(minutes(2))
    const before = rig.server.lists
    void rig.engine.control.check('asked')
    await rig.time.advance(minutes(30))
    expect(rig.server.lists).toBe(before)
    rig.server.failingList = null
    await rig.time.advance(minutes(15))
    expect(rig.server.lists).toBeGreaterThan(before)
  })

  it('asks quickly after the person wrote, and slowly on battery', async () => {
    const rig = await connected()
    await rig.engine.outgoing.reply(rig.ref(1), 'Soru')
    const before = rig.server.lists
    await rig.time.advance(minutes(1))
    expect(rig.server.lists - before).toBeGreaterThanOrEqual(4)
    await rig.time.advance(minutes(10))
    rig.engine.control.setPower({ onBattery: true, locked: false })
    await rig.time.advance(minutes(2))
    const idle = rig.server.lists
    await rig.time.advance(minutes(60))
    expect(rig.server.lists - idle).toBeLessThanOrEqual(12)
  })
})

describe('sending', () => {
  it('keeps the order within a ticket when the first could not be sent at first', async () => {
    const rig = await connected()
    rig.engine.control.setOnline(false)
    await rig.engine.outgoing.reply(rig.ref(1), 'bir')
    await rig.engine.outgoing.reply(rig.ref(1), 'iki')
    await rig.engine.outgoing.reply(rig.ref(2), 'üç')
    rig.server.fates = ['unreachable']
    rig.engine.control.setOnline(true)
    await rig.time.advance(minutes(5))
    expect(rig.server.repliesOf(1)).toEqual(['bir', 'iki'])
    expect(rig.server.repliesOf(2)).toEqual(['uc'])
  })

  it('is not durable, not sent: when the disk is full the words stay with the person', async () => {
    const rig = await connected()
    rig.disk.failure = diskError('ENOSPC')
    const queued = await rig.engine.outgoing.reply(rig.ref(1), 'Kaybolmamalı')
    expect(queued).toEqual({ ok: false, error: { kind: 'storage-full' } })
    expect(rig.engine.outgoing.items()).toEqual([])
    await rig.time.advance(minutes(5))
    expect(rig.server.writes).toEqual([])
    expect(rig.notices.map(({ kind }) => kind)).toEqual(['storage-full'])
    rig.disk.failure = null
    expect((await rig.engine.outgoing.reply(rig.ref(1), 'Kaybolmamalı')).ok).toBe(true)
    expect(rig.notices).toEqual([])
    await rig.time.advance(minutes(1))
    expect(rig.server.repliesOf(1)).toEqual(['Kaybolmamali'])
  })

  it('can be taken back while it waits', async () => {
    const rig = await connected()
    rig.engine.control.setOnline(false)
    const queued = await rig.engine.outgoing.reply(rig.ref(1), 'Vazgeçtim')
    if (!queued.ok) throw new Error('not queued')
    const back = await rig.engine.outgoing.cancel(queued.value.id)
    expect(back).toMatchObject({ ok: true, value: { action: { text: 'Vazgeçtim' } } })
    rig.engine.control.setOnline(true)
    await rig.time.advance(minutes(5))
    expect(rig.server.writes).toEqual([])
  })

  it('keeps a server password encrypted only while it waits, and erases it once sent', async () => {
    const rig = await connected()
    rig.engine.control.setOnline(false)
    const draft = newTicketOf({ title: 'T', departmentId: 2, service: '1', message: 'M' })
    const queued = await rig.engine.outgoing.create(rig.accountId, draft, 'çok-gizli')
    if (!queued.ok) throw new Error('not queued')
    expect([...rig.disk.files.values()].join()).not.toContain('çok-gizli')
    expect(rig.vault.get(`outbox:${queued.value.id}`)).toEqual({ kind: 'secret', secret: 'çok-gizli' })
    rig.engine.control.setOnline(true)
    await rig.time.advance(minutes(2))
    expect(rig.vault.get(`outbox:${queued.value.id}`)).toEqual({ kind: 'none' })
  })

  it('names a ticket made here by its title, once the list shows it', async () => {
    const rig = await connected()
    const draft = newTicketOf({
      title: 'Yedek başarısız',
      departmentId: 19,
      service: '952157',
      message: 'Şu gece'
    })
    await rig.engine.outgoing.create(rig.accountId, draft, '')
    await rig.time.advance(minutes(2))
    expect(rig.engine.tickets.rows().find(({ subject }) => subject === 'Yedek başarısız')).toMatchObject({
      titleKnown: true,
      department: 'Hosting Hizmetleri'
    })
    expect(rig.engine.outgoing.items()).toEqual([])
    expect(rig.engine.tickets.recentServices()[rig.accountId]).toEqual(['952157'])
  })
})

describe('removing an account', () => {
  it('takes its files, secrets, drafts and rows with it', async () => {
    const rig = await connected()
    rig.engine.outgoing.setReplyDraft(rig.ref(1), 'taslak')
    await rig.engine.accounts.remove(rig.accountId)
    expect(rig.engine.tickets.rows()).toEqual([])
    expect(rig.engine.accounts.list()).toEqual([])
    expect(rig.vault.get(`account:${rig.accountId}`)).toEqual({ kind: 'none' })
    expect([...rig.disk.files.values()].join()).not.toContain('taslak')
    const before = rig.server.lists
    await rig.time.advance(minutes(10))
    expect(rig.server.lists).toBe(before)
  })
})
