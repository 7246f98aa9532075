/** Which changes cause notifications, with storage problems, two instances, and restarts. */
import { describe, expect, it } from 'vitest'
import { classifyStatus } from '../../../electron/tickets/status.ts'
import { diskError } from '../../support/sync/memory.ts'
import { connectedRig, type Rig } from '../../support/sync/rig.ts'
import { newTicketOf } from '../../support/builders.ts'

const minutes = (count: number): number => count * 60_000

const connected = (prepare?: (rig: Rig) => void): Promise<Rig> => connectedRig([1, 2, 3], prepare)
const notifications = (rig: Rig): readonly string[] =>
  rig.ticketEvents.map((found) =>
    'excerpt' in found ? `${found.ref.ticketId} ${found.excerpt}` : found.kind
  )

describe('a reply', () => {
  it('is told once, whenever the engine dies around it', async () => {
    for (let step = 1; step < 16; step++) {
      const rig = await connected()
      rig.server.addReply(1, 'staff', 'Bir kez')
      rig.crashAfter(step)
      await rig.time.advance(minutes(2))
      await rig.crash()
      await rig.time.advance(minutes(3))
      // A crash between storing and notifying loses the notification but not the unread mark; nothing is notified twice.
      expect(notifications(rig).length, `dead after step ${step}`).toBeLessThanOrEqual(1)
      expect(rig.row(1)?.unread).toBe(1)
    }
  })

  it('whose number changes is no answer given elsewhere: what was unread stays so', async () => {
    const rig = await connected()
    rig.server.addReply(1, 'staff', 'Okunmadı')
    rig.server.addReply(1, 'customer', 'Yazdım')
    rig.server.addReply(1, 'staff', 'Bu da')
    await rig.time.advance(minutes(2))
    const ticket = rig.server.tickets.get(1)
    if (!ticket) throw new Error('no ticket')
    await rig.engine.tickets.markUnread([rig.ref(1)])
    const before = rig.row(1)?.unread
    const [first, second, third] = ticket.replies
    if (!first || !second || !third) throw new Error('no replies')
    rig.server.put({ ...ticket, replies: [first, { ...third, id: 3 }, { ...second, id: 99 }] })
    await rig.time.advance(minutes(2))
    expect(rig.row(1)?.unread).toBe(before)
  })

  it('is newer by what the server says, whatever this machine’s clock shows', async () => {
    const rig = await connected()
    rig.time.jump(-3 * 365 * 86_400_000)
    rig.server.addReply(1, 'staff', 'Bir')
    await rig.time.advance(minutes(2))
    rig.time.jump(6 * 365 * 86_400_000)
    rig.server.addReply(1, 'staff', 'İki')
    await rig.time.advance(minutes(2))
    expect(notifications(rig)).toEqual(['1 Bir', '1 İki'])
    expect(rig.row(1)?.unread).toBe(2)
  })

  it('comes to the windows as its own row only', async () => {
    const rig = await connected()
    rig.changes.length = 0
    rig.server.addReply(2, 'staff', 'Yanıt')
    await rig.time.advance(minutes(2))
    expect(rig.changes.flatMap(({ changed }) => changed.map(({ id }) => id))).toEqual([2])
  })
})

describe('an answer that cannot be believed', () => {
  it('that lost most of many tickets changes nothing until it is seen twice, also when the app dies in between', async () => {
    const rig = await connected(({ server }) => {
      for (let id = 4; id <= 20; id++) server.add(id)
    })
    const all = [...rig.server.tickets.values()]
    rig.server.listOverride = all.slice(0, 3)
    await rig.time.advance(66_000)
    expect(rig.engine.tickets.rows()).toHaveLength(20)
    await rig.crash()
    await rig.time.advance(1000)
    expect(rig.engine.tickets.rows()).toHaveLength(20)
    rig.server.listOverride = null
    await rig.time.advance(minutes(2))
    expect(rig.engine.tickets.rows()).toHaveLength(20)
    rig.server.listOverride = all.slice(0, 3)
    await rig.time.advance(minutes(3))
    expect(rig.engine.tickets.rows()).toHaveLength(3)
  })

  it('sends nothing until the next good one', async () => {
    const rig = await connected()
    rig.server.listOverride = []
    await rig.time.advance(66_000)
    await rig.engine.outgoing.reply(rig.ref(1), 'Sonra')
    expect(rig.server.writes).toEqual([])
    rig.server.listOverride = null
    await rig.time.advance(minutes(1))
    expect(rig.server.repliesOf(1)).toEqual(['Sonra'])
  })
})

describe('the outbox shows', () => {
  it('queued, sending, uncertain and gone, in the thread and in the row', async () => {
    const rig = await connected()
    const states = (): unknown => {
      return [rig.engine.outgoing.items().map(({ state }) => state), rig.row(1)?.outbox]
    }
    rig.engine.control.setOnline(false)
    await rig.engine.outgoing.reply(rig.ref(1), 'Yazdım')
    expect(states()).toEqual([['queued'], 'queued'])
    rig.server.latencyMs = () => 2000
    rig.server.fates = ['cut-before']
    rig.engine.control.setOnline(true)
    await rig.time.advance(2_000)
    expect(states()).toEqual([['sending'], 'sending'])
    await rig.time.advance(2_000)
    expect(states()).toEqual([['uncertain'], 'uncertain'])
    await rig.time.advance(minutes(8))
    expect(states()).toEqual([[], null])
    expect(rig.server.repliesOf(1)).toEqual(['Yazdim'])
  })

  it('refused with the server’s reason; what follows waits, a try by hand sends both in order', async () => {
    const rig = await connected()
    rig.server.fates = ['refused']
    const first = await rig.engine.outgoing.reply(rig.ref(1), 'bir')
    await rig.engine.outgoing.reply(rig.ref(1), 'iki')
    await rig.time.advance(minutes(5))
    expect(rig.engine.outgoing.items().map(({ state, problem }) => [state, problem?.kind])).toEqual([
      ['refused', 'refused'],
      ['queued', undefined]
    ])
    if (!first.ok) throw new Error('not queued')
    await rig.engine.outgoing.retry(first.value.id)
    await rig.time.advance(minutes(1))
    expect(rig.server.repliesOf(1)).toEqual(['bir', 'iki'])
  })

  it('a reply that is taken back as a draft, whenever the engine dies around it', async () => {
    for (let step = 1; step < 8; step++) {
      const rig = await connected()
      rig.engine.control.setOnline(false)
      const queued = await rig.engine.outgoing.reply(rig.ref(1), 'Kaybolmasın')
      if (!queued.ok) throw new Error('not queued')
      rig.crashAfter(step)
      await rig.engine.outgoing.cancel(queued.value.id)
      await rig.crash()
      const isSent = rig.server.repliesOf(1).length === 1
      const waits = rig.engine.outgoing.items().length === 1
      expect(
        isSent || waits || rig.engine.outgoing.replyDraft(rig.ref(1)) === 'Kaybolmasın',
        `step ${step}`
      ).toBe(true)
    }
  })

  it('nothing that is being sent or uncertain as free to be taken back', async () => {
    const rig = await connected()
    rig.server.fates = ['cut-before']
    const queued = await rig.engine.outgoing.reply(rig.ref(1), 'Yolda')
    if (!queued.ok) throw new Error('not queued')
    await rig.time.advance(1000)
    expect(await rig.engine.outgoing.cancel(queued.value.id)).toEqual({
      ok: false,
      error: { kind: 'in-flight' }
    })
    expect(await rig.engine.outgoing.retry(queued.value.id)).toEqual({
      ok: false,
      error: { kind: 'in-flight' }
    })
  })
})

describe('storage in trouble', () => {
  it.each(['accounts.json', 'outbox.json', 'drafts.json', 'marks.json'])(
    'a damaged %s is set aside and reported, and the app starts',
    async (name) => {
      const rig = await connected()
      rig.engine.control.setOnline(false)
      await rig.engine.outgoing.reply(rig.ref(1), 'Bekleyen')
      rig.engine.outgoing.setReplyDraft(rig.ref(2), 'taslak')
      await rig.time.advance(5_000)
      const path = [...rig.disk.files.keys()].find((file) => file.endsWith(name)) ?? ''
      rig.disk.files.set(path, '{"version":1,"data":')
      await rig.crash()
      expect(rig.notices).toContainEqual({ kind: 'file-set-aside', detail: name })
      expect([...rig.disk.files.keys()].some((file) => file.startsWith(`${path}.damaged-`))).toBe(true)
      await rig.crash()
      await rig.time.advance(minutes(2))
      expect(rig.ticketEvents, 'no flood of old replies').toEqual([])
    }
  )

  it('a full disk is told once and survived: reading goes on, and it is over when it is over', async () => {
    const rig = await connected()
    rig.disk.failure = diskError('ENOSPC')
    rig.server.addReply(1, 'staff', 'Yanıt')
    await rig.time.advance(minutes(5))
    expect(rig.row(1)?.unread).toBe(1)
    expect(notifications(rig)).toEqual(['1 Yanıt'])
    expect(rig.notices).toEqual([{ kind: 'storage-full', detail: 'marks.json' }])
    rig.disk.failure = null
    await rig.time.advance(minutes(1))
    expect(rig.notices).toEqual([])
    await rig.crash()
    await rig.time.advance(minutes(2))
    expect(notifications(rig), 'not told again').toHaveLength(1)
  })

  it('the ticket cache is written at most once in three seconds, however much changes', async () => {
    const rig = await connected()
    await rig.time.advance(minutes(1))
    const before = rig.cacheWrites
    for (let i = 0; i < 60; i++) {
      rig.server.setStatus(1, `Durum ${i}`)
      void rig.engine.control.check('asked')
      await rig.time.advance(500)
    }
    expect(rig.cacheWrites - before).toBeGreaterThan(3)
    expect(rig.cacheWrites - before).toBeLessThanOrEqual(10)
  })
})

describe('two copies of the app in one folder', () => {
  it('the second asks, sends and writes nothing, and says why', async () => {
    const rig = await connected()
    await rig.time.advance(10_000)
    rig.disk.isHeld = true
    const before = new Map(rig.disk.files)
    const lists = rig.server.lists
    await rig.crash()
    rig.engine.outgoing.setComposeDraft(
      null,
      newTicketOf({
        title: 'T',
        message: 'ikinci kopya'
      })
    )
    await rig.time.advance(minutes(10))
    expect(rig.notices).toEqual([{ kind: 'folder-in-use' }])
    expect(rig.disk.files).toEqual(before)
    expect(rig.server.lists).toBe(lists)
    await expect(rig.connect()).rejects.toThrow('folder-in-use')
  })
})

describe('a status', () => {
  it('is told once when the staff change it, not for the same one in the other language', async () => {
    const rig = await connected()
    rig.server.setStatus(1, 'On Hold')
    await rig.time.advance(minutes(2))
    rig.server.setStatus(1, 'Beklemede')
    await rig.time.advance(minutes(2))
    expect(classifyStatus('Beklemede').kind).toBe('on-hold')
    expect(notifications(rig)).toEqual(['status'])
    await rig.crash()
    await rig.time.advance(minutes(2))
    expect(notifications(rig)).toEqual(['status'])
  })
})
