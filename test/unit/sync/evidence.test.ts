/** What a list proves about what was sent: found, certainly not there, or the person's to decide. */
import { describe, expect, it } from 'vitest'
import type { WriteAnswer } from '../../../electron/api/api.ts'
import type { StoredEntry } from '../../../electron/storage/schemas.ts'
import { Outbox } from '../../../electron/sync/outbox.ts'
import { classifyStatus } from '../../../electron/tickets/status.ts'
import type { Reply, Ticket } from '../../../electron/tickets/ticket.ts'

const start = 1_700_000_000_000
const minute = 60_000
const unknown: WriteAnswer = { outcome: 'unknown', problem: { kind: 'connection-lost' } }
const notSent: WriteAnswer = { outcome: 'not-sent', problem: { kind: 'unreachable' } }
const refused: WriteAnswer = { outcome: 'refused', problem: { kind: 'refused' } }
const done: WriteAnswer = { outcome: 'done', message: '' }

const ticket = (id: number, change: Partial<Ticket> = {}): Ticket => ({
  id,
  createdAt: start - 10 * minute,
  lastReplyAt: start - 10 * minute,
  status: classifyStatus('Open'),
  message: `Ticket ${id}`,
  attachments: [],
  replies: [],
  ...change
})
const said = (id: number, author: Reply['author'], message: string): Reply => ({
  id,
  author,
  name: '',
  sentAt: start + id * minute,
  message,
  attachments: []
})
const draft = (message: string): StoredEntry['action'] => ({
  kind: 'create',
  hasPassword: false,
  draft: { title: 'T', departmentId: 2, service: '1', message, serverIp: '', serverUser: '' }
})
const reply = (text: string): StoredEntry['action'] => ({ kind: 'reply', ticketId: 1, text })
const close: StoredEntry['action'] = { kind: 'close', ticketId: 1 }

/** One entry that was attempted once, while `before` stood at the server. */
class Attempt {
  readonly outbox = new Outbox('a', [], 0)
  #now = 0
  readonly #gone: readonly number[]

  /** `gone`: numbers that an earlier list had. */
  constructor(
    action: StoredEntry['action'],
    before: readonly Ticket[],
    answer: WriteAnswer,
    gone: readonly number[] = []
  ) {
    this.#gone = gone
    this.add('x', action, before, answer)
  }

  add(id: string, action: StoredEntry['action'], before: readonly Ticket[], answer: WriteAnswer): void {
    const entry = {
      id,
      accountId: 'a',
      action,
      queuedAt: start,
      attempts: 0,
      problem: null,
      known: [],
      since: null
    }
    this.outbox.add({ ...entry, state: 'queued' })
    const tickets = new Map(before.map((one) => [one.id, one]))
    this.outbox.begin(id, { tickets, newest: Math.max(0, ...tickets.keys(), ...this.#gone) }, start)
    this.outbox.end(id, answer, 0, start, 0.5)
  }

  /** So many good lists, a minute apart. */
  see(tickets: readonly Ticket[], times = 1): void {
    for (let i = 0; i < times; i++) {
      this.#now += minute
      const sight = { tickets: new Map(tickets.map((one) => [one.id, one])), unreadable: new Set<number>() }
      this.outbox.reconcile(sight, this.#now)
    }
  }

  state(id = 'x'): string {
    return this.outbox.get(id)?.state ?? 'gone'
  }
}

describe('where the list hides the replies', () => {
  const written = ticket(1, { lastReplyAt: start + minute, status: classifyStatus('Customer-Reply') })

  it.each([
    ['that never left', notSent, 'queued'],
    ['that was refused', refused, 'refused'],
    ['that may have arrived', unknown, 'uncertain']
  ] as const)('another message of the customer’s does not pass for a reply %s', (_, answer, state) => {
    const attempt = new Attempt(reply('Merhaba'), [ticket(1)], answer)
    attempt.see([written])
    expect(attempt.state()).toBe(state)
  })

  it('a reply that may have arrived is the person’s to decide, never sent again by itself', () => {
    const attempt = new Attempt(reply('Merhaba'), [ticket(1)], unknown)
    attempt.see([written], 10)
    expect(attempt.state()).toBe('refused')
  })

  it('a reply sent in the second of the last change may be in it', () => {
    const same = ticket(1, { lastReplyAt: start - 1000 })
    const attempt = new Attempt(reply('Merhaba'), [same], unknown)
    attempt.see([same], 10)
    expect(attempt.state()).toBe('refused')
  })

  it('the customer’s message is the reply that the server said it has', () => {
    const attempt = new Attempt(reply('Merhaba'), [ticket(1)], done)
    attempt.see([written])
    expect(attempt.state()).toBe('gone')
  })
})

describe('where the list was empty by mistake when it was sent', () => {
  const older = ticket(7, { message: 'Disk doldu' })

  it.each([
    ['refused', refused, 'refused'],
    ['uncertain', unknown, 'uncertain']
  ] as const)(
    'an older ticket of the same words does not pass for a new one that is %s',
    (_, answer, state) => {
      const attempt = new Attempt(draft('Disk doldu'), [], answer, [7])
      attempt.see([older])
      expect(attempt.state()).toBe(state)
      attempt.see([older], 10)
      expect(attempt.state(), 'the person’s to decide').toBe('refused')
      attempt.see([older, ticket(8, { message: 'Disk doldu', createdAt: start })])
      expect(attempt.state(), 'a newer one is it').toBe('gone')
    }
  )

  it('an older reply of the same words does not pass for one that may have arrived', () => {
    const attempt = new Attempt(reply('Tamam'), [], unknown)
    attempt.see([ticket(1, { replies: [said(1, 'customer', 'Tamam')] })], 10)
    expect(attempt.state()).toBe('refused')
  })
})

describe('texts', () => {
  it.each([
    ['as typed', 'if (a &lt; b &amp;&amp; c)'],
    ['decoded', 'if (a < b && c)']
  ])('with entities are found %s', (_, stored) => {
    const attempt = new Attempt(reply('if (a &lt; b &amp;&amp; c)'), [ticket(1)], unknown)
    attempt.see([
      ticket(1, { replies: [said(1, 'customer', `${stored}\n\n-----------------\nIP Adresiniz: 127.0.0.1`)] })
    ])
    expect(attempt.state()).toBe('gone')
  })

  it('another text is not found', () => {
    const attempt = new Attempt(reply('a &lt; b'), [ticket(1)], unknown)
    attempt.see([ticket(1, { replies: [said(1, 'customer', 'a > b')] })], 2)
    expect(attempt.state()).toBe('queued')
  })
})

describe('a close that may have arrived', () => {
  it('is asked again where nothing happened since', () => {
    const attempt = new Attempt(close, [ticket(1)], unknown)
    attempt.see([ticket(1)], 2)
    expect(attempt.state()).toBe('queued')
  })

  it.each([
    ['a reply', { replies: [said(1, 'staff', 'Bir şey daha')] }],
    ['a reply that the list hides', { lastReplyAt: start + minute, status: classifyStatus('Answered') }]
  ])('is not asked again after %s: it may have been opened again', (_, change) => {
    const attempt = new Attempt(close, [ticket(1)], unknown)
    attempt.see([ticket(1, change)], 9)
    expect(attempt.state()).toBe('uncertain')
    attempt.see([ticket(1, change)])
    expect(attempt.state()).toBe('refused')
  })

  it('is asked again where only an own reply, sent before it, is new', () => {
    const attempt = new Attempt(reply('Teşekkürler'), [ticket(1)], done)
    attempt.add('close', close, [ticket(1)], unknown)
    attempt.see([ticket(1, { replies: [said(1, 'customer', 'Tesekkurler')] })], 2)
    expect([attempt.state(), attempt.state('close')]).toEqual(['gone', 'queued'])
  })
})

describe('a new ticket that may have arrived', () => {
  it('is sent again where the list is whole and lacks it', () => {
    const attempt = new Attempt(draft('Sorun'), [ticket(1), ticket(2)], unknown)
    attempt.see([ticket(1), ticket(2), ticket(3)], 2)
    expect(attempt.state()).toBe('queued')
  })

  it.each([
    ['is empty', []],
    ['lost a ticket', [ticket(2)]],
    ['lost a ticket and has another', [ticket(2), ticket(3)]]
  ])('is not sent again where the list %s, but handed to the person', (_, tickets) => {
    const attempt = new Attempt(draft('Sorun'), [ticket(1), ticket(2)], unknown)
    attempt.see(tickets, 9)
    expect(attempt.state()).toBe('uncertain')
    attempt.see(tickets)
    expect(attempt.state()).toBe('refused')
  })

  it('is found once the list is whole again', () => {
    const attempt = new Attempt(draft('Sorun'), [ticket(1)], unknown)
    attempt.see([], 3)
    attempt.see([ticket(1), ticket(2, { message: 'Sorun', createdAt: start })])
    expect(attempt.state()).toBe('gone')
  })
})

describe('patience', () => {
  it('ends for what the server said it has and no list ever shows', () => {
    const attempt = new Attempt(reply('Merhaba'), [ticket(1)], done)
    attempt.see([ticket(1)], 9)
    expect(attempt.state()).toBe('sent')
    attempt.see([ticket(1)])
    expect(attempt.state()).toBe('gone')
  })

  it('ends for a reply to a ticket that is gone: the person decides', () => {
    const attempt = new Attempt(reply('Merhaba'), [ticket(1), ticket(2)], unknown)
    attempt.see([ticket(2)], 9)
    expect(attempt.state()).toBe('uncertain')
    attempt.see([ticket(2)])
    expect(attempt.outbox.get('x')).toMatchObject({ state: 'refused', problem: { kind: 'connection-lost' } })
  })
})
