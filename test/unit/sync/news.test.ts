/** Only later replies are new, despite incomplete lists, changed reply ids, threads that become visible, and lost marks. */
import { describe, expect, it } from 'vitest'
import type { TicketEvent } from '../../../electron/sync/types.ts'
import { classifyStatus } from '../../../electron/tickets/status.ts'
import type { ApiVersion, Reply, Ticket } from '../../../electron/tickets/ticket.ts'
import { Rig } from '../../support/sync/rig.ts'
import { httpApi } from '../../support/sync/http-server.ts'
import { replyOf, ticketOf } from '../../support/builders.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A rig with the real client on virtual time. */
function wireRig(version: ApiVersion = 'v2'): Rig {
  const rig: Rig = new Rig(
    () => 0.5,
    () => httpApi(rig.server, rig.time, version)
  )
  return rig
}

const notifications = (rig: Rig): readonly string[] =>
  rig.ticketEvents.map((found: TicketEvent) => {
    if (found.kind === 'signed-out') return found.kind
    return `${found.kind} ${found.ref.ticketId}${'excerpt' in found ? ` ${found.excerpt}` : ''}`
  })

const unread = (rig: Rig): readonly (readonly [number, number])[] =>
  rig.engine.tickets
    .rows()
    .filter((row) => row.unread > 0)
    .map((row) => [row.id, row.unread] as const)
    .sort(([a], [b]) => a - b)

const poll = (rig: Rig): Promise<void> => rig.time.advance(2 * minute)
const serverTicket = (rig: Rig, id: number): Ticket => {
  const ticket = rig.server.tickets.get(id)
  if (!ticket) throw new Error(`no ticket ${id}`)
  return ticket
}
const change = (rig: Rig, id: number, to: (ticket: Ticket) => Ticket): void =>
  rig.server.put(to(serverTicket(rig, id)))
const mapReplies = (rig: Rig, id: number, to: (reply: Reply, i: number) => Reply): void =>
  change(rig, id, (ticket) => ({ ...ticket, replies: ticket.replies.map(to) }))

/** Adds tickets with three staff replies each over some days, followed by a day without replies. */
async function withHistory(rig: Rig, count: number): Promise<void> {
  for (let id = 1; id <= count; id++) rig.server.add(id)
  for (const words of ['Merhaba', 'Bakıyoruz', 'Çözüldü']) {
    await rig.time.advance(7 * hour + 13_000)
    for (let id = 1; id <= count; id++) rig.server.addReply(id, 'staff', `${words} ${id}`)
  }
  await rig.time.advance(day)
}

describe.each<ApiVersion>(['v1', 'v2'])(
  '%s: what happened before the account was connected is no news',
  (version) => {
    const without = (change: Partial<Ticket>) => (all: readonly Ticket[]) =>
      all.map((ticket) => ({ ...ticket, ...change }))
    it.each<[string, (all: readonly Ticket[]) => readonly Ticket[]]>([
      ['was empty', () => []],
      ['had the first ten', (all) => all.slice(0, 10)],
      ['had one', (all) => all.slice(-1)],
      ['had no replies', without({ replies: [] })],
      ['had no replies and no last reply', without({ replies: [], lastReplyAt: null })],
      [
        'had the first replies only',
        (all) => all.map((ticket) => ({ ...ticket, replies: ticket.replies.slice(0, 1) }))
      ],
      [
        'had the last replies only',
        (all) => all.map((ticket) => ({ ...ticket, replies: ticket.replies.slice(-1) }))
      ]
    ])('when the first list %s', async (_, short) => {
      const rig = wireRig(version)
      await withHistory(rig, 300)
      rig.server.listOverride = short([...rig.server.tickets.values()])
      await rig.connect()
      await poll(rig)
      rig.server.listOverride = null
      await poll(rig)
      await poll(rig)
      expect(rig.engine.tickets.rows()).toHaveLength(300)
      expect([notifications(rig), unread(rig)]).toEqual([[], []])

      rig.server.addReply(7, 'staff', 'Yeni')
      rig.server.add(301)
      await rig.time.advance(1_000)
      rig.server.addReply(301, 'staff', 'İlk yanıt')
      await poll(rig)
      expect([...notifications(rig)].sort()).toEqual(['reply 301 İlk yanıt', 'reply 7 Yeni'])
      expect(unread(rig)).toEqual([
        [7, 1],
        [301, 1]
      ])
      await rig.crash()
      await poll(rig)
      expect(notifications(rig)).toHaveLength(2)
    })
  }
)

it('tickets without any date are no news when nothing was there before them, and are afterwards', async () => {
  const rig = new Rig()
  const undated = (id: number): Ticket =>
    ticketOf({
      id,
      status: classifyStatus('Answered'),
      message: `Bilet ${id}`,
      replies: [replyOf({ id, message: 'Yanıt' })]
    })
  await rig.connect()
  for (let id = 1; id <= 20; id++) rig.server.put(undated(id))
  await poll(rig)
  expect([rig.engine.tickets.rows().length, notifications(rig), unread(rig)]).toEqual([20, [], []])
  rig.server.put(undated(21))
  await poll(rig)
  expect([notifications(rig), unread(rig)]).toEqual([['reply 21 Yanıt'], [[21, 1]]])
})

describe('a reply after connecting is news', () => {
  it.each<[string, number]>([
    ['eleven hours behind', -11 * hour],
    ['three hours behind', -3 * hour],
    ['right', 0],
    ['three hours ahead', 3 * hour]
  ])('where the tickets’ clock is %s', async (_, ticketClockMs) => {
    for (const hidesReplies of [false, true]) {
      const rig = wireRig('v1')
      rig.server.setBehaviour({ name: 'test', ticketClockMs, hidesReplies })
      rig.server.add(1)
      rig.server.add(2)
      await rig.time.advance(minute)
      rig.server.addReply(2, 'staff', 'Eski')
      await rig.time.advance(minute)
      await rig.connect()
      await poll(rig)
      rig.server.addReply(1, 'staff', 'Yeni')
      rig.server.addReply(2, 'staff', 'Bu da')
      await poll(rig)
      expect(unread(rig), `hides replies: ${hidesReplies}`).toEqual([
        [1, 1],
        [2, 1]
      ])
      expect(rig.ticketEvents).toHaveLength(2)
    }
  })

  it('on a server whose dates have no time, also on the day of connecting', async () => {
    const rig = wireRig('v1')
    rig.server.setBehaviour({ name: 'test', omitsTimes: true, omitsReplyIds: true })
    rig.server.add(1)
    await rig.connect()
    for (const words of ['Bir', 'İki', 'Bir']) {
      rig.server.addReply(1, 'staff', words)
      await poll(rig)
    }
    expect(notifications(rig)).toEqual(['reply 1 Bir', 'reply 1 İki', 'reply 1 Bir'])
    expect(unread(rig)).toEqual([[1, 3]])
  })
})

describe('a reply is the same one', () => {
  const stripped = (reply: Reply): Reply => ({ ...reply, id: null })
  const later = (ms: number) => (reply: Reply) => ({ ...reply, sentAt: (reply.sentAt ?? 0) + ms })
  const forms: readonly [
    string,
    (reply: Reply, i: number) => Reply,
    ((reply: Reply, i: number) => Reply)?
  ][] = [
    ['loses its number', stripped],
    ['gets a number', (reply, i) => ({ ...reply, id: 500 + i }), stripped],
    ['gets another number', (reply, i) => ({ ...reply, id: 900 - i })],
    ['is an hour later, without numbers', later(hour), stripped],
    ['is an hour earlier, without numbers', later(-hour), stripped],
    ['is three hours later, without numbers', later(3 * hour), stripped],
    ['is some minutes later, without numbers', later(17 * minute + 3_000), stripped],
    ['is an hour later, with numbers', later(hour)],
    ['is an hour later and loses its number', (reply) => stripped(later(hour)(reply))],
    ['is an hour later and gets another number', (reply, i) => ({ ...later(hour)(reply), id: 900 - i })],
    ['loses its date', (reply) => ({ ...reply, sentAt: null }), stripped],
    ['loses its date and its number', (reply) => ({ ...stripped(reply), sentAt: null })],
    [
      'loses the time of its date',
      (reply) => ({ ...reply, sentAt: Math.floor(((reply.sentAt ?? 0) + 3 * hour) / day) * day - 3 * hour }),
      stripped
    ],
    [
      'is read in another encoding',
      (reply) => ({ ...reply, message: reply.message.replaceAll('ü', 'Ã¼') }),
      stripped
    ],
    [
      'is read in another encoding and loses its number',
      (reply) => ({ ...stripped(reply), message: reply.message.replaceAll('ü', 'Ã¼') })
    ]
  ]
  it.each(forms)('where it %s: what was read stays so, and nothing is told twice', async (_, to, from) => {
    for (const crash of [false, true]) {
      // Without the real client: its dates are whole seconds of Istanbul time, and either all or no replies have ids.
      const rig = new Rig()
      for (let id = 1; id <= 40; id++) rig.server.add(id)
      await rig.connect()
      await rig.time.sleep(3 * day)
      for (const words of ['Günaydın, bakıyoruz', 'Çözüldü, görüşürüz'])
        for (let id = 1; id <= 40; id++) {
          rig.server.addReply(id, 'staff', words)
          await rig.time.advance(17_000)
        }
      if (from) for (let id = 1; id <= 40; id++) mapReplies(rig, id, from)
      await poll(rig)
      await rig.engine.tickets.markRead(Array.from({ length: 39 }, (_, i) => rig.ref(i + 1)))
      await poll(rig)
      const before = rig.ticketEvents.length
      expect(unread(rig)).toEqual([[40, 2]])
      for (let id = 1; id <= 40; id++) mapReplies(rig, id, to)
      if (crash) await rig.crash()
      await poll(rig)
      expect(unread(rig)).toEqual([[40, 2]])
      expect(rig.ticketEvents.slice(before)).toEqual([])
      // Restores the original ids.
      for (let id = 1; id <= 40; id++) mapReplies(rig, id, from ?? ((reply) => reply))
      await poll(rig)
      expect(unread(rig)).toEqual([[40, 2]])
      // A reply with the same text is a different reply.
      rig.server.addReply(3, 'staff', 'Çözüldü, görüşürüz')
      await poll(rig)
      expect(rig.ticketEvents.slice(before)).toMatchObject([{ kind: 'reply', ref: { ticketId: 3 } }])
      expect(unread(rig)).toEqual([
        [3, 1],
        [40, 2]
      ])
    }
  })

  it('where it shows in the last reply’s moment only, and that is corrected by hours', async () => {
    const rig = new Rig()
    rig.server.setBehaviour({ name: 'test', hidesReplies: true })
    for (let id = 1; id <= 40; id++) rig.server.add(id)
    await rig.connect()
    await rig.time.advance(hour + 17_000)
    for (let id = 1; id <= 40; id++) rig.server.addReply(id, 'staff', 'Yanıt')
    await poll(rig)
    await rig.engine.tickets.markRead(Array.from({ length: 39 }, (_, i) => rig.ref(i + 1)))
    const before = rig.ticketEvents.length
    for (const ms of [hour, -hour, 3 * hour]) {
      for (let id = 1; id <= 40; id++)
        change(rig, id, (ticket) => ({ ...ticket, lastReplyAt: (ticket.lastReplyAt ?? 0) + ms }))
      await poll(rig)
      expect([unread(rig), rig.ticketEvents.slice(before)]).toEqual([[[40, 1]], []])
    }
  })

  it('and the same words that come with it are another one', async () => {
    const rig = wireRig()
    rig.server.add(1)
    await rig.connect()
    await rig.time.advance(hour)
    rig.server.addReply(1, 'staff', 'Bakıyoruz')
    await poll(rig)
    await rig.engine.tickets.markRead([rig.ref(1)])
    await rig.time.advance(hour)
    rig.server.addReply(1, 'staff', 'Bakıyoruz')
    mapReplies(rig, 1, (reply, i) => ({ ...reply, id: 700 + i }))
    await poll(rig)
    expect([notifications(rig), unread(rig)]).toEqual([['reply 1 Bakıyoruz', 'reply 1 Bakıyoruz'], [[1, 1]]])
  })

  it('where only numbers were noted, by an earlier version, and the server takes them away', async () => {
    const rig = new Rig()
    rig.server.add(1)
    await rig.connect()
    rig.server.addReply(1, 'staff', 'Bir')
    await poll(rig)
    rig.server.addReply(1, 'staff', 'İki')
    await poll(rig)
    await rig.engine.tickets.markRead([rig.ref(1)])
    await rig.time.advance(minute)
    for (const [path, text] of rig.disk.files)
      if (path.endsWith('marks.json'))
        rig.disk.files.set(
          path,
          text.replaceAll(/,?"\d+~[0-9a-z]+"/g, '').replaceAll(/"connectedAt":\d+,/g, '')
        )
    mapReplies(rig, 1, stripped)
    await rig.crash()
    await poll(rig)
    expect([unread(rig), rig.ticketEvents.length]).toEqual([[], 2])
  })

  it.each(['at once', 'later', 'into an empty one', 'with its numbers', 'and stays, closed and empty'])(
    'where its ticket is merged into another %s',
    async (how) => {
      const rig = wireRig()
      rig.server.add(1)
      rig.server.add(2)
      rig.server.add(3)
      rig.server.add(4)
      await rig.time.advance(minute)
      rig.server.addReply(1, 'staff', 'Önceden')
      if (how !== 'into an empty one') rig.server.addReply(2, 'staff', 'Buradaydı')
      await rig.time.advance(minute)
      await rig.connect()
      await rig.time.advance(hour)
      rig.server.addReply(1, 'staff', 'Okundu')
      await poll(rig)
      await rig.engine.tickets.markRead([rig.ref(1)])
      rig.server.addReply(1, 'staff', 'Okunmadı')
      await poll(rig)
      const before = rig.ticketEvents.length
      const { replies } = serverTicket(rig, 1)
      if (how === 'and stays, closed and empty')
        change(rig, 1, (ticket) => ({ ...ticket, status: classifyStatus('Closed'), replies: [] }))
      else rig.server.tickets.delete(1)
      if (how === 'later') await rig.time.advance(30 * minute)
      change(rig, 2, (ticket) => ({
        ...ticket,
        status: classifyStatus('Answered'),
        lastReplyAt: replies.at(-1)?.sentAt ?? null,
        replies: [
          ...ticket.replies,
          ...(how === 'with its numbers' ? replies : replies.map((reply, i) => ({ ...reply, id: 700 + i })))
        ]
      }))
      await poll(rig)
      expect(unread(rig)).toEqual([[2, 1]])
      expect(rig.ticketEvents.slice(before).filter(({ kind }) => kind === 'reply')).toEqual([])
    }
  )

  it('but the same words to two tickets in the same second are two', async () => {
    const rig = wireRig()
    rig.server.add(1)
    rig.server.add(2)
    await rig.connect()
    await rig.time.advance(hour)
    rig.server.addReply(1, 'staff', 'Planlı bakım')
    const [reply] = serverTicket(rig, 1).replies
    await poll(rig)
    await rig.engine.tickets.markRead([rig.ref(1)])
    if (!reply) throw new Error('no reply')
    change(rig, 2, (ticket) => ({ ...ticket, lastReplyAt: reply.sentAt, replies: [{ ...reply, id: 99 }] }))
    await poll(rig)
    expect(notifications(rig)).toEqual(['reply 1 Planlı bakım', 'reply 2 Planlı bakım'])
  })
})

describe('replies that become visible later', () => {
  it('that the last list knew of without showing them are one, the last', async () => {
    const rig = wireRig()
    rig.server.add(1)
    await rig.connect()
    rig.server.failingList = { kind: 'unreachable' }
    for (const words of ['Bir', 'İki', 'Üç']) {
      await rig.time.advance(3 * hour)
      rig.server.addReply(1, 'staff', words)
    }
    const whole = serverTicket(rig, 1)
    rig.server.failingList = null
    rig.server.put({ ...whole, replies: [], status: classifyStatus('Open') })
    await rig.time.advance(30 * minute)
    expect(rig.ticketEvents).toEqual([])
    rig.server.put(whole)
    await poll(rig)
    expect([notifications(rig), unread(rig)]).toEqual([['reply 1 Üç'], [[1, 1]]])
  })

  it('before one of the customer’s are one, the newest', async () => {
    const rig = wireRig()
    rig.server.add(1)
    await rig.connect()
    for (const words of ['Bir', 'İki', 'Üç']) {
      await rig.time.advance(3 * hour)
      rig.server.addReply(1, 'staff', words)
    }
    await rig.time.advance(3 * hour)
    rig.server.addReply(1, 'customer', 'Kimse yok mu?')
    const whole = serverTicket(rig, 1)
    const other = wireRig()
    other.server.put({ ...whole, replies: whole.replies.slice(-1) })
    await other.connect()
    other.server.put(whole)
    await poll(other)
    expect([notifications(other), unread(other)]).toEqual([['reply 1 Üç'], [[1, 1]]])
  })

  it.each(['before connecting', 'after connecting'])('%s: are no flood', async (when) => {
    const rig = wireRig('v1')
    for (let id = 1; id <= 12; id++) rig.server.add(id)
    if (when === 'after connecting') {
      rig.server.setBehaviour({ name: 'test', hidesReplies: true })
      await rig.connect()
      await rig.time.advance(hour)
    }
    for (let i = 0; i < 20; i++) {
      await rig.time.sleep(3 * hour + 7_000)
      for (let id = 1; id <= 12; id++) rig.server.addReply(id, 'staff', `Yanıt ${i}`)
    }
    rig.server.setBehaviour({ name: 'test', hidesReplies: true })
    await rig.time.advance(hour)
    if (when === 'before connecting') await rig.connect()
    await poll(rig)
    await rig.engine.tickets.markRead(Array.from({ length: 11 }, (_, i) => rig.ref(i + 1)))
    const before = rig.ticketEvents.length
    const unreadBefore = unread(rig)
    rig.server.setBehaviour({ name: 'shows them' })
    await poll(rig)
    expect(rig.ticketEvents.slice(before)).toEqual([])
    expect(unread(rig).map(([id]) => id)).toEqual(unreadBefore.map(([id]) => id))
    rig.server.setBehaviour({ name: 'hides them again', hidesReplies: true })
    await poll(rig)
    rig.server.setBehaviour({ name: 'shows them again' })
    await poll(rig)
    expect(rig.ticketEvents.slice(before)).toEqual([])
    rig.server.addReply(5, 'staff', 'Yeni')
    await poll(rig)
    expect(rig.ticketEvents.slice(before)).toMatchObject([{ kind: 'reply', ref: { ticketId: 5 } }])
  })

  it('with one that came meanwhile are one notification a ticket', async () => {
    const rig = wireRig('v1')
    rig.server.add(1)
    await rig.time.advance(day)
    for (let i = 0; i < 5; i++) {
      rig.server.addReply(1, 'staff', `Eski ${i}`)
      await rig.time.advance(hour)
    }
    rig.server.setBehaviour({ name: 'test', hidesReplies: true })
    await rig.connect()
    await rig.time.advance(hour)
    rig.server.addReply(1, 'staff', 'Yeni')
    rig.server.setBehaviour({ name: 'shows them' })
    await poll(rig)
    expect(notifications(rig)).toEqual(['reply 1 Yeni'])
    expect(unread(rig)).toEqual([[1, 1]])
  })

  it('between those that were known count as read where a newer one was met', async () => {
    const rig = wireRig()
    rig.server.add(1)
    await rig.connect()
    await rig.time.advance(hour)
    for (let i = 0; i < 6; i++) {
      rig.server.addReply(1, 'staff', `Yanıt ${i}`)
      await rig.time.advance(hour)
    }
    const whole = serverTicket(rig, 1)
    const rig2 = wireRig()
    rig2.server.put({ ...whole, replies: [], lastReplyAt: whole.createdAt, status: classifyStatus('Open') })
    await rig2.connect()
    await poll(rig2)
    rig2.server.put({ ...whole, replies: whole.replies.slice(-1) })
    await poll(rig2)
    expect(notifications(rig2)).toEqual(['reply 1 Yanıt 5'])
    await rig2.engine.tickets.markRead([rig2.ref(1)])
    rig2.server.put(whole)
    await poll(rig2)
    expect([notifications(rig2).length, unread(rig2)]).toEqual([1, []])
  })
})

describe('a ticket that was gone', () => {
  it('closed meanwhile, is told as closed, once', async () => {
    for (const crash of [false, true]) {
      const rig = wireRig()
      for (let id = 1; id <= 4; id++) rig.server.add(id)
      await rig.time.advance(minute)
      rig.server.addReply(1, 'staff', 'Okunmuş')
      await rig.connect()
      await poll(rig)
      const whole = serverTicket(rig, 1)
      rig.server.tickets.delete(1)
      rig.server.add(5)
      await poll(rig)
      expect(rig.row(1)).toBeUndefined()
      if (crash) await rig.crash()
      rig.server.put({ ...whole, status: classifyStatus('Closed') })
      await poll(rig)
      expect(notifications(rig), `crash: ${crash}`).toEqual(['closed 1'])
      rig.server.tickets.delete(1)
      rig.server.add(6)
      await poll(rig)
      rig.server.put({ ...whole, status: classifyStatus('Closed') })
      await poll(rig)
      await rig.crash()
      await poll(rig)
      expect(notifications(rig)).toEqual(['closed 1'])
      expect(unread(rig)).toEqual([])
    }
  })

  it('and comes back as it was is no news; with a new reply it is, once', async () => {
    const rig = wireRig()
    for (let id = 1; id <= 4; id++) rig.server.add(id)
    await rig.time.advance(minute)
    rig.server.addReply(1, 'staff', 'Eski')
    await rig.time.advance(minute)
    await rig.connect()
    await poll(rig)
    const whole = serverTicket(rig, 1)
    const leave = async (): Promise<void> => {
      rig.server.listOverride = [...rig.server.tickets.values()].filter(({ id }) => id !== 1)
      await poll(rig)
      rig.server.listOverride = null
    }
    await leave()
    rig.server.put({ ...whole, replies: whole.replies.map((reply) => ({ ...reply, id: 77 })) })
    await poll(rig)
    expect([notifications(rig), unread(rig)]).toEqual([[], []])
    await leave()
    rig.server.addReply(1, 'staff', 'Yeni')
    await poll(rig)
    expect([notifications(rig), unread(rig)]).toEqual([['reply 1 Yeni'], [[1, 1]]])
  })
})

describe('the first list after a start', () => {
  it.each([
    [3, 1],
    [4, 1],
    [9, 4],
    [9, 0],
    [1, 0],
    [40, 19]
  ])('that has %i tickets less than half, %i, is looked at twice', async (before, after) => {
    const rig = wireRig()
    for (let id = 1; id <= before; id++) rig.server.add(id)
    await rig.connect()
    await rig.time.advance(minute)
    rig.server.failingList = { kind: 'unreachable' }
    await rig.crash()
    rig.server.failingList = null
    rig.server.listOverride = [...rig.server.tickets.values()].slice(0, after)
    const { lists } = rig.server
    while (rig.server.lists === lists) await rig.time.advance(5_000)
    expect(rig.engine.tickets.rows()).toHaveLength(before)
    expect(rig.engine.accounts.list()[0]?.connection.problem?.kind).toBe('suspiciously-empty')
    await rig.time.advance(20_000)
    expect(rig.engine.tickets.rows()).toHaveLength(after)
    rig.server.listOverride = null
    await poll(rig)
    expect(rig.engine.tickets.rows()).toHaveLength(before)
    expect(notifications(rig)).toEqual([])
  })
})

describe('marks', () => {
  const marksOf = (rig: Rig): string =>
    [...rig.disk.files.keys()].find((path) => path.endsWith('marks.json')) ?? ''
  it.each<[string, (rig: Rig) => void]>([
    ['are gone', (rig) => rig.disk.files.delete(marksOf(rig))],
    ['are empty', (rig) => rig.disk.files.set(marksOf(rig), '')],
    ['are torn', (rig) => rig.disk.files.set(marksOf(rig), '{"version":1,"data":{"base')],
    ['are zeros', (rig) => rig.disk.files.set(marksOf(rig), '\0'.repeat(100))],
    ['are of another shape', (rig) => rig.disk.files.set(marksOf(rig), '{"version":1,"data":[]}')]
  ])(
    'that %s: what came meanwhile is told, what is in doubt is unread, and it is said',
    async (_, damage) => {
      const rig = wireRig()
      for (let id = 1; id <= 6; id++) rig.server.add(id)
      await rig.time.advance(minute)
      for (let id = 1; id <= 4; id++) rig.server.addReply(id, 'staff', 'Eski')
      await rig.time.advance(minute)
      // The customer has answered, so the reply was certainly read.
      rig.server.addReply(1, 'customer', 'Teşekkürler')
      await rig.connect()
      await rig.time.advance(hour)
      rig.server.addReply(5, 'staff', 'Okunmadı')
      await poll(rig)
      expect(unread(rig)).toEqual([[5, 1]])
      const before = rig.ticketEvents.length
      damage(rig)
      rig.server.failingList = { kind: 'unreachable' }
      await rig.crash()
      rig.server.addReply(6, 'staff', 'Kapalıyken geldi')
      rig.server.failingList = null
      await rig.time.advance(10 * minute)
      expect(rig.ticketEvents.slice(before)).toMatchObject([{ kind: 'reply', excerpt: 'Kapalıyken geldi' }])
      expect(unread(rig).map(([id]) => id)).toEqual([2, 3, 4, 5, 6])
      expect(rig.notices).toContainEqual({ kind: 'read-marks-lost', detail: 'Test' })
      await rig.engine.tickets.markRead([2, 3, 4, 5, 6].map((id) => rig.ref(id)))
      await rig.crash()
      await poll(rig)
      expect([rig.ticketEvents.length - before, unread(rig)]).toEqual([1, []])
      expect(rig.engine.control.notices()).toEqual([])
    }
  )

  it('that are lost leave old closed tickets read', async () => {
    const rig = wireRig()
    for (let id = 1; id <= 30; id++) rig.server.add(id)
    await rig.time.advance(minute)
    for (let id = 1; id <= 30; id++) {
      rig.server.addReply(id, 'staff', 'Kapatıyoruz')
      rig.server.setStatus(id, 'Closed')
    }
    await rig.time.advance(30 * day)
    rig.server.add(31)
    rig.server.addReply(31, 'staff', 'Buyurun')
    await rig.connect()
    await rig.time.advance(minute)
    rig.disk.files.delete(marksOf(rig))
    await rig.crash()
    await poll(rig)
    expect([notifications(rig), unread(rig)]).toEqual([[], [[31, 1]]])
  })
})

describe('an answer of the customer’s in the panel', () => {
  const connected = async (): Promise<Rig> => {
    const rig = wireRig()
    rig.server.add(1)
    await rig.connect()
    await rig.time.advance(hour)
    rig.server.addReply(1, 'staff', 'Sunucunuz yeniden başlatıldı. Kontrol eder misiniz?')
    await poll(rig)
    expect(unread(rig)).toEqual([[1, 1]])
    return rig
  }
  const customer = (message: string, sentAt: number | null): Reply =>
    replyOf({ id: 50, author: 'customer', name: 'Deniz', sentAt, message })

  it('shows that what is before it was read', async () => {
    const rig = await connected()
    rig.server.addReply(1, 'customer', 'Evet, oldu')
    await poll(rig)
    expect(unread(rig)).toEqual([])
  })

  it.each<[string, (ticket: Ticket) => Ticket]>([
    [
      'the staff reply is cut in two',
      (ticket) => ({
        ...ticket,
        replies: ticket.replies.flatMap((reply) => [
          { ...reply, message: 'Sunucunuz yeniden başlatıldı.' },
          customer('Kontrol eder misiniz?', reply.sentAt)
        ])
      })
    ],
    [
      'its words are the staff’s',
      (ticket) => ({
        ...ticket,
        replies: [...ticket.replies, customer('Kontrol eder misiniz?', (ticket.lastReplyAt ?? 0) + hour)]
      })
    ],
    [
      'it says nothing',
      (ticket) => ({
        ...ticket,
        replies: [...ticket.replies, customer('', (ticket.lastReplyAt ?? 0) + hour)]
      })
    ],
    [
      'the staff reply is the customer’s now',
      (ticket) => ({
        ...ticket,
        replies: ticket.replies.map((reply) => ({ ...reply, author: 'customer' as const }))
      })
    ],
    [
      'the staff reply has another date',
      (ticket) => ({
        ...ticket,
        replies: [
          ...ticket.replies.map((reply) => ({ ...reply, sentAt: (reply.sentAt ?? 0) - hour })),
          customer('Başka', (ticket.lastReplyAt ?? 0) + hour)
        ]
      })
    ]
  ])('is not believed where %s', async (_, to) => {
    const rig = await connected()
    const whole = serverTicket(rig, 1)
    rig.server.put(to(whole))
    await poll(rig)
    rig.server.put(whole)
    await poll(rig)
    expect(unread(rig)).toEqual([[1, 1]])
    expect(rig.ticketEvents).toHaveLength(1)
  })

  it.each<[string, (reply: Reply) => Reply]>([
    ['as they were', (reply) => reply],
    ['in other words', (reply) => ({ ...reply, message: reply.message.replaceAll(/[üşıö]/g, 'Ã¼') })],
    ['with another id', (reply) => ({ ...reply, id: 90 })],
    ['at another hour', (reply) => ({ ...reply, sentAt: (reply.sentAt ?? 0) + 3 * hour })],
    [
      'with another id, hour and text',
      ({ sentAt, ...reply }) => ({ ...reply, id: 91, sentAt: (sentAt ?? 0) + hour, message: 'Te?ekk?rler' })
    ]
  ])('is not seen in replies that another ticket lost, %s', async (_, to) => {
    const rig = await connected()
    rig.server.add(2)
    await poll(rig)
    rig.server.addReply(2, 'customer', 'Teşekkürler, görüşürüz')
    await poll(rig)
    const moved = serverTicket(rig, 2).replies
    change(rig, 2, (ticket) => ({ ...ticket, replies: [] }))
    change(rig, 1, (ticket) => ({
      ...ticket,
      status: classifyStatus('Customer-Reply'),
      lastReplyAt: (ticket.lastReplyAt ?? 0) + 4 * hour,
      replies: [...ticket.replies, ...moved.map(to)]
    }))
    await poll(rig)
    expect(unread(rig)).toEqual([[1, 1]])
  })

  it('is seen while another ticket loses what was said days before', async () => {
    const rig = await connected()
    rig.server.add(2)
    rig.server.addReply(2, 'customer', 'Teşekkürler, görüşürüz')
    mapReplies(rig, 2, (reply) => ({ ...reply, sentAt: (reply.sentAt ?? 0) - 5 * day }))
    await poll(rig)
    change(rig, 2, (ticket) => ({ ...ticket, replies: [] }))
    rig.server.addReply(1, 'customer', 'Evet, oldu')
    await poll(rig)
    expect(unread(rig)).toEqual([])
  })
})
