/** Messages stay on the screen until the list shows them, and are sent only to their destination. */
import { describe, expect, it } from 'vitest'
import type { Ticket } from '../../../electron/tickets/ticket.ts'
import { connectedRig, Rig } from '../../support/sync/rig.ts'
import { newTicketOf } from '../../support/builders.ts'

const minutes = (count: number): number => count * 60_000
const draft = newTicketOf({
  title: 'Disk',
  departmentId: 2,
  service: '1',
  message: 'Disk doldu, bakabilir misiniz?',
  serverIp: '203.0.113.7',
  serverUser: 'root'
})
const bearer = (token: string) => ({ kind: 'bearer', token }) as const

/** A server that shows replies, so that a reply that it does not show is missing. */
const connected = (): Promise<Rig> =>
  connectedRig([1, 2], ({ server }) => {
    server.addReply(2, 'staff', 'Merhaba')
  })

/** What the person sees of a ticket: its messages and pending entries. */
function onScreen(rig: Rig, id = 1): readonly string[] {
  const thread = rig.engine.tickets.thread(rig.ref(id))
  if (!thread.ok) return [thread.error.kind]
  const { messages } = thread.value
  const waiting = rig.engine.outgoing
    .items()
    .filter(({ action }) => action.kind !== 'create' && action.ticketId === id)
  return [
    ...messages.slice(1).map(({ text, origin }) => `${origin}: ${text}`),
    ...waiting.map(({ state, action }) => `${state}: ${action.kind === 'reply' ? action.text : action.kind}`)
  ]
}

/** The server acknowledges all writes, but its lists do not show them. */
function swallow(rig: Rig): void {
  rig.server.listOverride = [...rig.server.tickets.values()]
}

/** Lists contain texts that differ from the stored ones. */
function rewrite(rig: Rig, to: (text: string) => string): void {
  const read = rig.server.readList.bind(rig.server)
  rig.server.readList = async () => {
    const answer = await read()
    if ('kind' in answer) return answer
    const rewritten = (ticket: Ticket): Ticket => ({
      ...ticket,
      replies: ticket.replies.map((reply) =>
        reply.author === 'customer' ? { ...reply, message: to(reply.message) } : reply
      )
    })
    return { ...answer, tickets: answer.tickets.map(rewritten) }
  }
}

async function only(rig: Rig): Promise<string> {
  await Promise.resolve()
  return rig.engine.outgoing.items()[0]?.id ?? ''
}

describe('a reply that the server acknowledged and does not show', () => {
  it('stays in the thread across restarts, and becomes the person’s after half an hour', async () => {
    const rig = await connected()
    swallow(rig)
    await rig.engine.outgoing.reply(rig.ref(1), 'Kaybolmasın')
    await rig.time.advance(minutes(25))
    await rig.crash()
    await rig.time.advance(minutes(1))
    expect(onScreen(rig)).toEqual(['sent: Kaybolmasın'])
    await rig.time.advance(minutes(20))
    expect(rig.engine.outgoing.items()).toMatchObject([
      { state: 'undecided', question: { kind: 'not-shown' } }
    ])
    expect(rig.server.writes).toHaveLength(1)
  })

  async function undecided(): Promise<{ rig: Rig; id: string }> {
    const rig = await connected()
    swallow(rig)
    await rig.engine.outgoing.reply(rig.ref(1), 'Kaybolmasın')
    await rig.time.advance(minutes(40))
    return { rig, id: await only(rig) }
  }

  it('and that is fine stands in the thread from here until the list shows it, and never twice', async () => {
    const { rig, id } = await undecided()
    expect(await rig.engine.outgoing.decide(id, 'arrived', null)).toEqual({ ok: true, value: null })
    expect(onScreen(rig)).toEqual(['local: Kaybolmasın'])
    await rig.crash()
    await rig.time.advance(minutes(2))
    expect(onScreen(rig)).toEqual(['local: Kaybolmasın'])
    expect(rig.engine.tickets.search('kaybolmasın').hits.map(({ ref }) => ref.ticketId)).toEqual([1])
    expect(rig.engine.tickets.ticket(rig.ref(1))?.ticket.replies.map(({ message }) => message)).toEqual([
      'Kaybolmasın'
    ])
    rig.server.listOverride = null
    await rig.time.advance(minutes(2))
    expect(onScreen(rig)).toEqual(['server: Kaybolmasın'])
    expect(rig.engine.outgoing.history()).toMatchObject([{ id, end: 'confirmed', ticketId: 1 }])
  })

  it('goes again only when the person says so', async () => {
    const { rig, id } = await undecided()
    expect(await rig.engine.outgoing.retry(id)).toEqual({ ok: false, error: { kind: 'in-flight' } })
    expect(await rig.engine.outgoing.cancel(id)).toEqual({ ok: false, error: { kind: 'in-flight' } })
    expect((await rig.engine.outgoing.decide(id, 'send-again', null)).ok).toBe(true)
    await rig.time.advance(minutes(1))
    expect(rig.server.writes).toHaveLength(2)
    expect(rig.engine.outgoing.items()).toMatchObject([{ id, state: 'sent', question: null }])
  })

  it.each(['keep-as-draft', 'discard'] as const)('is over with %s, and in the history', async (decision) => {
    const { rig, id } = await undecided()
    expect((await rig.engine.outgoing.decide(id, decision, null)).ok).toBe(true)
    await rig.crash()
    expect(rig.engine.outgoing.items()).toEqual([])
    expect(rig.engine.outgoing.replyDraft(rig.ref(1))).toBe(decision === 'discard' ? '' : 'Kaybolmasın')
    const end = decision === 'discard' ? 'discarded' : 'kept-as-draft'
    expect(rig.engine.outgoing.history()).toMatchObject([{ id, end, action: { text: 'Kaybolmasın' } }])
  })

  it('is somewhere at every step of every decision, whenever the engine dies', async () => {
    for (const decision of ['arrived', 'send-again', 'keep-as-draft'] as const)
      for (let step = 1; step < 9; step++) {
        const { rig, id } = await undecided()
        rig.crashAfter(step)
        await rig.engine.outgoing.decide(id, decision, null)
        await rig.crash()
        const places = [...onScreen(rig), rig.engine.outgoing.replyDraft(rig.ref(1))].join()
        expect(places, `${decision}, died at step ${step}`).toContain('Kaybolmasın')
      }
  })
})

describe('a reply that comes back in other words', () => {
  const rewritten = 'Bu mesaj moderasyon tarafindan degistirildi ve artik bambaska.'

  async function asked(fate: 'good' | 'cut-after'): Promise<{ rig: Rig; id: string }> {
    const rig = await connected()
    rig.server.fates = [fate]
    await rig.engine.outgoing.reply(rig.ref(1), 'Sunucu 10.0.0.5 yanıt vermiyor')
    const id = await only(rig)
    rewrite(rig, (text) => (text.startsWith('Sunucu') ? rewritten : text))
    await rig.time.advance(minutes(8))
    return { rig, id }
  }

  it.each(['good', 'cut-after'] as const)('after %s is shown beside it, and posted once', async (fate) => {
    const { rig, id } = await asked(fate)
    expect(rig.engine.outgoing.items()).toMatchObject([
      {
        id,
        state: 'undecided',
        question: { kind: 'similar', candidates: [{ text: rewritten, ticketId: 1 }] }
      }
    ])
    await rig.time.advance(minutes(120))
    expect(rig.server.writes).toHaveLength(1)
  })

  it('is the one that the person points at', async () => {
    const { rig, id } = await asked('cut-after')
    const [item] = rig.engine.outgoing.items()
    const key = item?.question?.kind === 'similar' ? (item.question.candidates[0]?.key ?? '') : ''
    expect(await rig.engine.outgoing.decide(id, 'arrived', 'another')).toEqual({
      ok: false,
      error: { kind: 'invalid-arguments' }
    })
    expect((await rig.engine.outgoing.decide(id, 'arrived', key)).ok).toBe(true)
    await rig.time.advance(minutes(5))
    expect(onScreen(rig)).toEqual(['server: Sunucu 10.0.0.5 yanıt vermiyor'])
    const thread = rig.engine.tickets.thread(rig.ref(1))
    expect(thread.ok && thread.value.messages.at(-1)?.atServer).toEqual({ text: rewritten, damage: 'words' })
    expect(rig.engine.outgoing.history()).toMatchObject([{ id, end: 'confirmed' }])
  })

  it('and is not it goes again, and is not taken for it a second time', async () => {
    const { rig, id } = await asked('cut-after')
    const [first] = rig.engine.outgoing.items()
    await rig.engine.outgoing.decide(id, 'send-again', null)
    await rig.time.advance(minutes(20))
    const [second] = rig.engine.outgoing.items()
    const keys = [first, second].map((item) =>
      item?.question?.kind === 'similar' ? item.question.candidates.map(({ key }) => key) : []
    )
    expect(keys).toMatchObject([[expect.anything()], [expect.anything()]])
    expect(keys[0]).not.toEqual(keys[1])
    expect(rig.server.repliesOf(1)).toHaveLength(2)
  })
})

describe('where the server hides replies', () => {
  /** As documented for v1: `lastreply` changes, `replies` is empty. */
  function hide(rig: Rig): void {
    const read = rig.server.readList.bind(rig.server)
    rig.server.readList = async () => {
      const answer = await read()
      if ('kind' in answer) return answer
      return { ...answer, tickets: answer.tickets.map((ticket) => ({ ...ticket, replies: [] })) }
    }
  }

  it('the own ones stand in the thread in their order, from here, across restarts', async () => {
    const rig = await connectedRig([1, 2], hide)
    await rig.time.advance(2000)
    for (const text of ['Birinci', 'İkinci']) {
      await rig.engine.outgoing.reply(rig.ref(1), text)
      await rig.time.advance(minutes(2))
    }
    await rig.crash()
    await rig.time.advance(minutes(2))
    expect(onScreen(rig)).toEqual(['local: Birinci', 'local: İkinci'])
    expect(rig.engine.outgoing.history().map(({ end }) => end)).toEqual(['hidden', 'hidden'])
    expect(rig.server.writes).toHaveLength(2)
    await rig.engine.accounts.remove(rig.accountId)
    const left = [...rig.disk.files].filter(
      ([path, text]) => !path.includes('accounts') && text.includes('Birinci')
    )
    expect(left).toEqual([])
  })
})

describe('lists out of a cache', () => {
  /** Lists show the server's state of `ms` ago. */
  const lag = (rig: Rig, ms: number): void =>
    rig.server.setBehaviour({ name: 'late', staleList: { ms, kind: 'replica', date: 'now' } })

  it.each(['cut-after', 'timeout-late', 'error-after'] as const)(
    'five minutes old cause no second post after %s',
    async (fate) => {
      const rig = await connected()
      lag(rig, minutes(5))
      await rig.time.advance(minutes(6))
      rig.server.fates = [fate]
      await rig.engine.outgoing.reply(rig.ref(1), 'Bir kez')
      await rig.time.advance(minutes(60))
      expect(rig.server.repliesOf(1)).toEqual(['Bir kez'])
      expect(rig.engine.outgoing.items()).toEqual([])
    }
  )

  it.each([60, 3600])(
    'let what never arrived go within ten minutes, asked for every %s seconds',
    async (seconds) => {
      const rig = await connected()
      rig.pollSeconds = seconds
      await rig.time.advance(minutes(1))
      rig.server.fates = ['cut-before']
      await rig.engine.outgoing.reply(rig.ref(1), 'Gitmedi')
      await rig.time.advance(minutes(10))
      expect(rig.server.repliesOf(1)).toEqual(['Gitmedi'])
    }
  )
})

describe('a server that stores or breaks, and always answers 500', () => {
  it.each(['error-before', 'error-after'] as const)(
    '%s: is asked seldom, and the person decides',
    async (fate) => {
      const rig = await connected()
      rig.server.fates = Array<typeof fate>(100).fill(fate)
      await rig.engine.outgoing.create(rig.accountId, draft, '')
      const before = rig.server.lists
      await rig.time.advance(minutes(60))
      expect(rig.server.writes.length).toBe(fate === 'error-after' ? 1 : 3)
      expect(rig.server.lists - before).toBeLessThan(100)
      expect(rig.engine.outgoing.items().map(({ state }) => state)).toEqual(
        fate === 'error-after' ? [] : ['undecided']
      )
    }
  )
})

describe('a new ticket', () => {
  it('is known by its title whatever its number, also a lower one', async () => {
    const rig = await connectedRig([500_123, 700_001])
    await rig.engine.outgoing.create(rig.accountId, draft, '')
    await rig.time.advance(minutes(2))
    expect(rig.engine.outgoing.items()).toEqual([])
    expect(rig.row(100)).toMatchObject({ subject: 'Disk', titleKnown: true })
    expect(rig.engine.outgoing.history()).toMatchObject([{ end: 'shown', ticketId: 100 }])
  })

  it('leaves no way into a server in the history or on the disk', async () => {
    const rig = await connected()
    await rig.engine.outgoing.create(rig.accountId, draft, 'gizli')
    await rig.time.advance(minutes(2))
    expect([...rig.disk.files.values()].join()).not.toMatch(/203\.0\.113\.7|root|gizli/)
    expect(rig.engine.outgoing.history()[0]?.action).toMatchObject({ draft: { message: draft.message } })
  })

  it('that waits for the list is in the outbox across restarts', async () => {
    const rig = await connected()
    swallow(rig)
    await rig.engine.outgoing.create(rig.accountId, draft, '')
    await rig.time.advance(minutes(5))
    await rig.crash()
    expect(rig.engine.outgoing.items()).toMatchObject([
      { state: 'sent', action: { draft: { title: 'Disk' } } }
    ])
  })
})

describe('an urgent reply of the staff', () => {
  it.each([
    ['with line breaks as HTML', (text: string) => text.replaceAll('\n', '<br />\n')],
    ['in other words', () => 'Tamamen baska bir metin, sunucu boyle yazdi'],
    ['with another footer', (text: string) => `${text}\n\n== gonderildi: panel ==`]
  ])('stays unread and is told when an own one follows that comes back %s', async (_, to) => {
    const rig = await connected()
    rig.server.addReply(1, 'staff', 'Acil: sunucunuz kapanacak')
    rewrite(rig, to)
    await rig.engine.outgoing.reply(rig.ref(1), 'Merhaba,\nkontrol eder misiniz?')
    await rig.time.advance(minutes(20))
    expect(rig.ticketEvents).toMatchObject([{ kind: 'reply', excerpt: 'Acil: sunucunuz kapanacak' }])
    expect(rig.row(1)?.unread).toBe(1)
  })
})

describe('another customer’s key', () => {
  /** The old token is refused until the account is signed out. The new one belongs to another customer. */
  async function signedOut(): Promise<Rig> {
    let isRefused = false
    const rig: Rig = new Rig(
      () => 0.5,
      (_, { credentials, version }) => {
        const api = rig.server.api(version)
        const isOld = credentials.kind === 'bearer' && credentials.token === 'token'
        return {
          ...api,
          list: (known) =>
            isOld && isRefused
              ? Promise.resolve({ outcome: 'failed', problem: { kind: 'unauthorized' } })
              : api.list(known)
        }
      }
    )
    for (const id of [1, 2]) rig.server.add(id)
    rig.server.addReply(2, 'staff', 'Merhaba')
    await rig.connect()
    await rig.time.advance(0)
    rig.engine.control.setOnline(false)
    await rig.engine.outgoing.create(rig.accountId, draft, 'gizli')
    await rig.engine.outgoing.reply(rig.ref(1), 'Bu müşteriye')
    isRefused = true
    rig.engine.control.setOnline(true)
    await rig.time.advance(minutes(30))
    rig.server.tickets.clear()
    for (const id of [71, 72, 73]) {
      rig.server.add(id)
      rig.server.addReply(id, 'staff', 'Başkasına')
    }
    return rig
  }
  const give = async (
    rig: Rig,
    how?: 'ask' | 'add' | 'replace'
  ): Promise<Awaited<ReturnType<Rig['engine']['accounts']['reconnect']>>> => {
    const answer = rig.engine.accounts.reconnect(rig.accountId, bearer('stranger'), false, how)
    await rig.time.advance(minutes(1))
    return answer
  }

  it('is asked about: nothing is sent, told or changed', async () => {
    const rig = await signedOut()
    const ticketEvents = rig.ticketEvents.length
    expect(await give(rig)).toEqual({ ok: false, error: { kind: 'other-customer' } })
    await rig.time.advance(minutes(30))
    expect([rig.server.writes, rig.ticketEvents.length]).toEqual([[], ticketEvents])
    expect(rig.engine.accounts.list()).toMatchObject([{ connection: { state: 'signed-out' } }])
    expect(rig.engine.outgoing.items().map(({ state }) => state)).toEqual(['queued', 'queued'])
    expect(
      rig.engine.tickets
        .rows()
        .map(({ id }) => id)
        .sort()
    ).toEqual([1, 2])
  })

  it('is asked about, too, where its list is empty', async () => {
    const rig = await signedOut()
    rig.server.tickets.clear()
    expect(await give(rig)).toEqual({ ok: false, error: { kind: 'other-customer' } })
  })

  it('becomes an account of its own', async () => {
    const rig = await signedOut()
    const ticketEvents = rig.ticketEvents.length
    expect(await give(rig, 'add')).toMatchObject({ ok: true, value: { name: 'Test (2)' } })
    await rig.time.advance(minutes(30))
    expect(rig.engine.accounts.list().map(({ connection }) => connection.state)).toEqual(['signed-out', 'ok'])
    expect([rig.server.writes, rig.ticketEvents.length]).toEqual([[], ticketEvents])
  })

  it('takes the account over: what waited is kept, is never sent by itself or by hand, and no secret stays', async () => {
    const rig = await signedOut()
    const ticketEvents = rig.ticketEvents.length
    expect((await give(rig, 'replace')).ok).toBe(true)
    await rig.time.advance(minutes(30))
    await rig.crash()
    await rig.time.advance(minutes(30))
    expect([rig.server.writes, rig.ticketEvents.length]).toEqual([[], ticketEvents])
    expect(
      rig.engine.tickets
        .rows()
        .map(({ id }) => id)
        .sort()
    ).toEqual([71, 72, 73])
    const refused = { state: 'refused', problem: { kind: 'other-customer' } }
    expect(rig.engine.outgoing.items()).toMatchObject([refused, refused])
    for (const { id } of rig.engine.outgoing.items())
      expect(await rig.engine.outgoing.retry(id)).toEqual({ ok: false, error: { kind: 'other-customer' } })
    expect(rig.secrets()).toEqual([`account:${rig.accountId}`])
    for (const { id } of rig.engine.outgoing.items())
      expect((await rig.engine.outgoing.cancel(id)).ok).toBe(true)
    expect(rig.engine.outgoing.composeDraft()?.draft.message).toBe(draft.message)
    expect(rig.engine.outgoing.history().map(({ end }) => end)).toEqual(['taken-back', 'taken-back'])
  })

  it('is the same customer’s where one ticket is known', async () => {
    const rig = await signedOut()
    rig.server.add(2)
    expect((await give(rig)).ok).toBe(true)
    await rig.time.advance(minutes(2))
    expect(rig.server.writes).toContain(`create ${draft.message}`)
  })
})

describe('a ticket that leaves the list', () => {
  it('stays, and says so, while somebody writes in it, also across restarts', async () => {
    const rig = await connectedRig([1, 2, 3])
    rig.engine.outgoing.setReplyDraft(rig.ref(1), 'Yarım kalan')
    rig.server.tickets.delete(1)
    rig.server.setStatus(2, 'Answered')
    await rig.time.advance(minutes(2))
    expect(rig.row(1)).toMatchObject({ gone: true, draft: true })
    await rig.crash()
    await rig.time.advance(minutes(2))
    expect(rig.row(1)).toMatchObject({ gone: true, draft: true })
    const thread = rig.engine.tickets.thread(rig.ref(1))
    expect(thread).toMatchObject({ ok: true, value: { draft: 'Yarım kalan' } })
    expect(await rig.engine.outgoing.reply(rig.ref(1), 'Yarım kalan')).toEqual({
      ok: false,
      error: { kind: 'unknown-ticket' }
    })
    rig.engine.outgoing.setReplyDraft(rig.ref(1), '')
    await rig.time.advance(minutes(2))
    expect(rig.row(1)).toBeUndefined()
    expect(rig.changes.at(-1)?.removed ?? rig.changes.flatMap(({ removed }) => removed)).toContain(1)
  })

  it('stays with what waits for it, and is an ordinary one when it comes back', async () => {
    const rig = await connectedRig([1, 2, 3])
    rig.engine.control.setOnline(false)
    await rig.engine.outgoing.reply(rig.ref(1), 'Bekleyen')
    rig.server.fates = ['refused']
    const ticket = rig.server.tickets.get(1) as Ticket
    rig.server.tickets.delete(1)
    rig.server.setStatus(2, 'Answered')
    rig.engine.control.setOnline(true)
    await rig.time.advance(minutes(3))
    expect(rig.row(1)).toMatchObject({ gone: true, outbox: 'refused' })
    rig.server.put(ticket)
    await rig.time.advance(minutes(3))
    expect(rig.row(1)).toMatchObject({ gone: false })
    expect(rig.ticketEvents.filter(({ kind }) => kind === 'reply')).toEqual([])
  })

  it('that nobody writes in goes', async () => {
    const rig = await connectedRig([1, 2, 3])
    rig.server.tickets.delete(1)
    rig.server.setStatus(2, 'Answered')
    await rig.time.advance(minutes(2))
    expect(rig.row(1)).toBeUndefined()
    await rig.crash()
    expect(rig.row(1)).toBeUndefined()
  })
})

describe('a text of 100,001 letters', () => {
  const long = 'a'.repeat(100_001)

  it('is kept as it was typed, and said to be too long, for a reply and a new ticket', async () => {
    const rig = await connected()
    rig.engine.outgoing.setReplyDraft(rig.ref(1), long)
    expect(await rig.engine.outgoing.reply(rig.ref(1), long)).toEqual({
      ok: false,
      error: { kind: 'text-too-long', field: 'text' }
    })
    expect(await rig.engine.outgoing.create(rig.accountId, { ...draft, message: long }, '')).toEqual({
      ok: false,
      error: { kind: 'text-too-long', field: 'message' }
    })
    await rig.time.advance(1000)
    await rig.crash()
    expect(rig.engine.outgoing.replyDraft(rig.ref(1))).toBe(long)
  })
})
