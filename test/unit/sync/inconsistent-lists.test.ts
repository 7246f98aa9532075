/** Lists that differ from poll to poll although nothing happened: what is new is told once, and nothing else. */
import { describe, expect, it } from 'vitest'
import type { TicketApi } from '../../../electron/api/api.ts'
import { createTicketApi } from '../../../electron/api/client.ts'
import { Rig } from '../../support/sync/rig.ts'

type Printed = Readonly<Record<string, unknown>>
type PrintList = (poll: number) => readonly Printed[] | Response

const minute = 60_000
const day = 24 * 60 * minute

/** A rig with the real client, whose list is printed anew for each poll. */
class PrintedRig {
  readonly rig: Rig
  #print: PrintList = () => []
  #polls = 0
  /** Number of writes, each of which is answered with an error after it was carried out. */
  writes = 0

  constructor() {
    const rig: Rig = new Rig(
      () => 0.5,
      (): TicketApi => {
        const answer: typeof fetch = () => {
          const list = this.#print(this.#polls++)
          const headers = { Date: new Date(rig.time.now()).toUTCString() }
          return Promise.resolve(
            list instanceof Response
              ? list
              : new Response(JSON.stringify({ status: true, data: list }), { headers })
          )
        }
        const answerWrite: typeof fetch = () => {
          this.writes += 1
          return Promise.resolve(new Response('', { status: 502 }))
        }
        const api = createTicketApi({
          baseUrl: 'https://api.example.com/v2',
          version: 'v2',
          credentials: { kind: 'bearer', token: 'token' },
          fetch: answer,
          writeFetch: answerWrite,
          now: rig.time.now
        })
        return {
          version: 'v2',
          list: (...args) => rig.time.awaitRealWork(api.list(...args)),
          create: (...args) => rig.time.awaitRealWork(api.create(...args)),
          reply: (...args) => rig.time.awaitRealWork(api.reply(...args)),
          close: (...args) => rig.time.awaitRealWork(api.close(...args)),
          services: (...args) => rig.time.awaitRealWork(api.services(...args))
        }
      }
    )
    this.rig = rig
  }

  async polls(count: number, print: PrintList): Promise<void> {
    this.#print = print
    this.#polls = 0
    await this.rig.time.advance(count * 1.1 * minute)
  }

  async connect(print: PrintList): Promise<void> {
    this.#print = print
    await this.rig.connect()
    await this.polls(2, print)
  }

  get events(): readonly string[] {
    return this.rig.ticketEvents.map((event) =>
      event.kind === 'signed-out'
        ? event.kind
        : `${event.kind} ${event.ref.ticketId}${'status' in event ? ` ${event.status.text}` : ''}`
    )
  }

  get unread(): readonly number[] {
    return this.rig.engine.tickets.rows().flatMap(({ id, unread }) => (unread > 0 ? [id] : []))
  }
}

/** As v2 prints dates: local time in Istanbul. */
const printDate = (at: number): string =>
  new Date(at + 3 * 60 * minute).toISOString().slice(0, 19).replace('T', ' ')

const ticketAt = (now: number, change: Printed = {}): Printed => ({
  id: 1,
  date: printDate(now - day),
  message: 'Soru',
  status: 'Open',
  attachments: '',
  lastreply: printDate(now - day),
  replies: [],
  ...change
})

const staffReply = { id: 5, admin: 'Ayşe', user: 'Deniz', message: 'Yanıt' }

const answeredAt = (now: number, at: number, reply: Printed = {}): Printed =>
  ticketAt(now, {
    status: 'Answered',
    lastreply: printDate(at),
    replies: [{ ...staffReply, date: printDate(at), ...reply }]
  })

describe('an answer is told once', () => {
  it.each<[string, (now: number, at: number) => PrintList]>([
    [
      'where the ticket comes twice, in changing order',
      (now, at) => (poll) => {
        const both = [ticketAt(now), answeredAt(now, at)]
        return poll % 2 === 0 ? both : both.reverse()
      }
    ],
    [
      'where the reply gets another id with each list',
      (now, at) => (poll) => [
        answeredAt(now, at, { id: 100 + poll, attachments: `https://a.example/f?sig=${poll}` })
      ]
    ],
    [
      'where its text differs in each list and it has no id',
      (now, at) => (poll) => [answeredAt(now, at, { id: null, message: `Yanıt ${poll}` })]
    ],
    [
      'where the form of its date changes',
      (now, at) => (poll) => [
        answeredAt(now, at, {
          id: null,
          date: [
            printDate(at),
            new Date(at).toISOString(),
            Math.floor(at / 1000),
            printDate(at).slice(0, 16)
          ][poll % 4]
        })
      ]
    ],
    [
      'where its replies are JSON in a text now and then',
      (now, at) => (poll) => {
        const ticket = answeredAt(now, at)
        return [poll % 2 === 0 ? ticket : { ...ticket, replies: JSON.stringify(ticket.replies) }]
      }
    ],
    [
      'where its date is decades ahead',
      (now, at) => () => [answeredAt(now, at, { date: '2062-01-01 00:00:00' })]
    ],
    [
      'where its author is the staff only now and then',
      (now, at) => (poll) => [answeredAt(now, at, { admin: poll % 2 === 0 ? ' ' : 'Ayşe' })]
    ]
  ])('%s', async (_, print) => {
    const printed = new PrintedRig()
    const now = printed.rig.time.now()
    await printed.connect(() => [ticketAt(now)])
    await printed.polls(8, print(now, printed.rig.time.now()))
    expect(printed.events).toEqual(['reply 1'])
    await printed.polls(2, () => [
      answeredAt(now, printed.rig.time.now() - minute, { id: 6, message: 'Sonraki' })
    ])
    expect(printed.events).toEqual(['reply 1', 'reply 1'])
    expect(printed.unread).toEqual([1])
  })
})

describe('an answer under a number that another one had', () => {
  it.each<[string, (old: number, at: number) => readonly (readonly [number, number, string])[], number]>([
    [
      'beside that one',
      (old, at) => [
        [1, old, 'Yanıt'],
        [5, at, 'Yeni']
      ],
      1
    ],
    ['in its place', (_, at) => [[5, at, 'Yeni']], 1],
    ['that is the same, edited', (old) => [[5, old, 'Yanıt (düzeltildi)']], 0],
    ['that is the same, with its date corrected', (_, at) => [[5, at, 'Yanıt']], 0]
  ])('%s: is told if it is another', async (_, print, count) => {
    const printed = new PrintedRig()
    const now = printed.rig.time.now()
    const before = answeredAt(now, now - day)
    await printed.connect(() => [before])
    await printed.polls(20, () => [before])
    const at = printed.rig.time.now()
    const replies = print(now - day, at).map(([id, date, message]) => ({
      ...{ ...staffReply, id, date: printDate(date), message }
    }))
    const after = { ...before, lastreply: printDate(at), replies }
    // Another of the server's machines may still print the earlier list.
    await printed.polls(8, (poll) => [poll % 3 === 1 ? before : after])
    expect(printed.events).toEqual(Array.from({ length: count }, () => 'reply 1'))
    await printed.polls(2, () => [after])
    expect(printed.unread).toEqual(count === 0 ? [] : [1])
    await printed.rig.crash()
    await printed.rig.engine.tickets.markRead([printed.rig.ref(1)])
    await printed.polls(6, (poll) => [poll % 3 === 1 ? before : after])
    expect([printed.events.length, printed.unread]).toEqual([count, []])
  })
})

describe('a status', () => {
  it.each<[string, readonly unknown[]]>([
    ['that is spelled in two ways', ['İnceleniyor', 'INCELENIYOR', 'inceleniyor ']],
    ['that is missing now and then', ['On Hold', null, '', undefined, {}]],
    ['that is marked up now and then', ['On Hold', '<span class="label">On Hold</span>']]
  ])('%s is no news', async (_, spellings) => {
    const printed = new PrintedRig()
    const now = printed.rig.time.now()
    const print: PrintList = (poll) => [ticketAt(now, { status: spellings[poll % spellings.length] })]
    await printed.connect(print)
    await printed.polls(12, print)
    expect(printed.events).toEqual([])
  })

  it('that one of two servers does not know yet is told once, and what follows it, too', async () => {
    const printed = new PrintedRig()
    const now = printed.rig.time.now()
    await printed.connect(() => [ticketAt(now)])
    await printed.polls(8, (poll) => [ticketAt(now, { status: poll % 2 === 0 ? 'On Hold' : 'Open' })])
    expect(printed.events).toEqual(['status 1 On Hold'])
    await printed.polls(2, () => [ticketAt(now, { status: 'Closed' })])
    expect(printed.events).toEqual(['status 1 On Hold', 'closed 1 Closed'])
  })

  it('that comes back after a while is told again', async () => {
    const printed = new PrintedRig()
    const now = printed.rig.time.now()
    await printed.connect(() => [ticketAt(now)])
    for (const status of ['On Hold', 'In Progress', 'On Hold'])
      await printed.polls(20, () => [ticketAt(now, { status })])
    expect(printed.events).toEqual(['status 1 On Hold', 'status 1 In Progress', 'status 1 On Hold'])
  })

  it.each<[string, boolean]>([
    ['ends what was done in between', false],
    ['leaves what was done in that status', true]
  ])('that comes back soon and stays is told once it has stayed, and %s', async (_, isDoneLast) => {
    const printed = new PrintedRig()
    const { engine, time } = printed.rig
    const now = time.now()
    const inProgress: PrintList = () => [ticketAt(now, { status: 'In Progress' })]
    await printed.connect(inProgress)
    await printed.polls(3, () => [ticketAt(now, { status: 'On Hold' })])
    const refs = engine.tickets.rows().map(({ accountId, id }) => ({ accountId, ticketId: id }))
    if (!isDoneLast) await engine.tickets.setWork(refs, { done: true })
    await printed.polls(3, inProgress)
    if (isDoneLast) await engine.tickets.setWork(refs, { done: true })
    expect(printed.events).toEqual(['status 1 On Hold'])
    await printed.polls(12, inProgress)
    expect(printed.events).toEqual(['status 1 On Hold', 'status 1 In Progress'])
    expect(engine.tickets.rows().map(({ work }) => work?.done ?? false)).toEqual([isDoneLast])
    await printed.polls(30, inProgress)
    expect(printed.events).toHaveLength(2)
  })

  it('that one of two servers did not know for a while is told once, whichever they agree on', async () => {
    const printed = new PrintedRig()
    const now = printed.rig.time.now()
    await printed.connect(() => [ticketAt(now)])
    await printed.polls(8, (poll) => [ticketAt(now, { status: poll % 2 === 0 ? 'On Hold' : 'Open' })])
    await printed.polls(30, () => [ticketAt(now, { status: 'On Hold' })])
    expect(printed.events).toEqual(['status 1 On Hold'])
  })

  it('that a first list did not have is no news', async () => {
    const printed = new PrintedRig()
    const now = printed.rig.time.now()
    await printed.connect(() => [ticketAt(now, { status: null })])
    await printed.polls(2, () => [ticketAt(now, { status: 'On Hold' })])
    expect(printed.events).toEqual([])
    await printed.polls(2, () => [ticketAt(now, { status: 'Closed' })])
    expect(printed.events).toEqual(['closed 1 Closed'])
  })
})

describe('a message whose outcome is unknown is not sent twice', () => {
  it.each<[string, (all: readonly Printed[]) => readonly Printed[] | Response]>([
    [
      'where its ticket is on another page',
      (all) => new Response(JSON.stringify({ status: true, data: all.slice(1), meta: { last_page: 2 } }))
    ],
    [
      'where its ticket is the one that cannot be read',
      (all) => [{ ...all[0], id: 'TCK-1' }, ...all.slice(1)]
    ],
    ['where the replies of its ticket are missing', (all) => [{ ...all[0], replies: 'x' }, ...all.slice(1)]]
  ])('%s', async (_, change) => {
    const printed = new PrintedRig()
    const now = printed.rig.time.now()
    const all = Array.from({ length: 8 }, (__, i) => answeredAt(now, now - day, { id: i + 10 })).map(
      (ticket, i) => ({
        ...ticket,
        id: i + 1
      })
    )
    await printed.connect(() => all)
    await printed.rig.engine.outgoing.reply(printed.rig.ref(1), 'Merhaba, hâlâ bekliyoruz.')
    await printed.polls(90, () => change(all))
    expect(printed.writes).toBe(1)
    expect(printed.rig.engine.outgoing.items()).toMatchObject([{ state: 'undecided' }])
  })
})

it('one page of several removes no ticket', async () => {
  const printed = new PrintedRig()
  const now = printed.rig.time.now()
  const all = Array.from({ length: 8 }, (_, i) => ticketAt(now, { id: i + 1 }))
  await printed.connect(() => all)
  const page = { status: true, data: all.slice(0, 5), meta: { current_page: 1, last_page: 2 } }
  await printed.polls(5, () => new Response(JSON.stringify(page)))
  expect(printed.rig.engine.tickets.rows()).toHaveLength(8)
})

it('an account recovers by itself from every answer that is none', async () => {
  const answers: readonly (() => Response)[] = [
    () => new Response('', { status: 401 }),
    () => new Response('error code: 1020', { status: 403 }),
    () => new Response('', { status: 403, headers: { 'cf-mitigated': 'challenge' } }),
    () => new Response('<html>', { status: 511 }),
    () => new Response('', { status: 421 }),
    () => new Response('{"status":500}'),
    () => new Response('{"status":false,"code":401}'),
    () => new Response('<div>Oturum süresi doldu</div>', { headers: { 'Content-Type': 'text/html' } })
  ]
  for (const answer of answers) {
    const printed = new PrintedRig()
    const now = printed.rig.time.now()
    await printed.connect(() => [ticketAt(now)])
    await printed.polls(3, answer)
    const at = printed.rig.time.now()
    await printed.polls(30, () => [answeredAt(now, at)])
    expect([printed.events, printed.unread]).toEqual([['reply 1'], [1]])
    expect(printed.rig.engine.accounts.list()[0]?.connection.state).toBe('ok')
  }
})
