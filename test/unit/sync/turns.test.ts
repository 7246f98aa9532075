/** Processing a long list lets other work run in between, with the same result as before or after it. */
import { describe, expect, it } from 'vitest'
import { atEachTurn } from '../../support/sync/at-each-turn.ts'
import { connectedRig, Rig } from '../../support/sync/rig.ts'

const minutes = (count: number): number => count * 60_000
const numbers = (count: number): readonly number[] => [...Array(count).keys()].map((i) => i + 1)

async function check(rig: Rig): Promise<void> {
  void rig.engine.control.check('asked')
  await rig.time.advance(1000)
}

/** Replies that caused notifications, as `ticket: text`. */
const notifiedReplies = (rig: Rig): readonly string[] =>
  rig.ticketEvents.flatMap((event) =>
    event.kind === 'reply' ? [`${event.ref.ticketId}: ${event.excerpt}`] : []
  )

describe('while a list is taken in, others have their turn at least every 500 steps', () => {
  it.each<[string, (rig: Rig, ids: readonly number[]) => void]>([
    [
      'all tickets are answered',
      (rig, ids) => ids.forEach((id) => rig.server.addReply(id, 'staff', `Cevap ${id}`))
    ],
    [
      'all replies lose their numbers',
      (rig) => rig.server.setBehaviour({ name: 'unchanged', omitsReplyIds: true })
    ],
    ['all are closed', (rig, ids) => ids.forEach((id) => rig.server.setStatus(id, 'Closed'))]
  ])('when %s', async (_name, change) => {
    const ids = numbers(1500)
    const rig = await connectedRig(ids)
    for (const id of ids) rig.server.addReply(id, 'staff', `Merhaba ${id}`)
    await check(rig)
    change(rig, ids)
    const turns = atEachTurn(rig)
    await check(rig)
    // Two passes over the tickets: marks and rows.
    expect(turns()).toBeGreaterThanOrEqual((2 * ids.length) / 500)
    expect(rig.engine.accounts.list()[0]?.unread).toBe(1500)
  })

  it('when it is the first', async () => {
    const rig = new Rig()
    for (const id of numbers(1500)) rig.server.add(id)
    const turns = atEachTurn(rig)
    await rig.connect()
    expect(turns()).toBeGreaterThanOrEqual(6)
    expect(rig.engine.tickets.rows()).toHaveLength(1500)
  })

  it('when the marks are lost and made again of the cache', async () => {
    const rig = await connectedRig(numbers(1500))
    await rig.time.advance(minutes(1))
    rig.disk.files.delete(`/profile/accounts/${rig.accountId}/marks.json`)
    const turns = atEachTurn(rig)
    await rig.crash()
    await rig.time.advance(1000)
    expect(turns()).toBeGreaterThanOrEqual(3)
    expect(rig.notices.map(({ kind }) => kind)).toContain('read-marks-lost')
  })
})

const ids = numbers(6)

/** Each ticket has an unread reply, and a second one on the server that no list has shown yet. */
async function withSecondReplies(): Promise<Rig> {
  const rig = new Rig(() => 0.5, null, 1)
  for (const id of ids) rig.server.add(id)
  await rig.connect()
  await rig.time.advance(0)
  for (const id of ids) rig.server.addReply(id, 'staff', `Birinci ${id}`)
  await check(rig)
  await rig.time.advance(minutes(1))
  expect(notifiedReplies(rig)).toHaveLength(6)
  rig.ticketEvents.length = 0
  for (const id of ids) rig.server.addReply(id, 'staff', `Yeni ${id}`)
  return rig
}

/** The stored marks of a ticket's replies. */
function marksOf(rig: Rig, id: number): unknown {
  const lines = rig.disk.files.get(`/profile/accounts/${rig.accountId}/marks.json`)?.split('\n') ?? []
  const changes = lines.map(
    (line) => (JSON.parse(line) as { data: { tickets: Record<string, unknown> } }).data
  )
  return changes.findLast(({ tickets }) => `${id}` in tickets)?.tickets[id]
}

const allNew = ids.map((id) => `${id}: Yeni ${id}`)

/** Number of turns while a list with the second replies is processed. */
async function turnsOfOneList(): Promise<readonly number[]> {
  const rig = await withSecondReplies()
  const turns = atEachTurn(rig)
  await check(rig)
  expect(turns()).toBeGreaterThanOrEqual(12)
  return numbers(turns())
}

describe('in the middle of a list', () => {
  it('marking as read is as marking just before it: the reply that is coming stays unread and is told', async () => {
    const reference = await withSecondReplies()
    await reference.engine.tickets.markRead([reference.ref(3)])
    await check(reference)
    expect(reference.row(3)).toMatchObject({ replyCount: 2, unread: 1 })
    for (const turn of await turnsOfOneList()) {
      const rig = await withSecondReplies()
      atEachTurn(rig, (now) => {
        if (now === turn) void rig.engine.tickets.markRead([rig.ref(3)])
      })
      await check(rig)
      expect([...notifiedReplies(rig)].sort(), `turn ${turn}`).toEqual(allNew)
      expect(rig.row(3), `turn ${turn}`).toMatchObject({ replyCount: 2, unread: 1 })
      expect(rig.row(4), `turn ${turn}`).toMatchObject({ replyCount: 2, unread: 2 })
      expect(marksOf(rig, 3), `turn ${turn}`).toEqual(marksOf(reference, 3))
    }
  })

  it('a reply is sent once, and a draft is shown', async () => {
    for (const turn of await turnsOfOneList()) {
      const rig = await withSecondReplies()
      atEachTurn(rig, (now) => {
        if (now !== turn) return
        void rig.engine.outgoing.reply(rig.ref(3), 'Merhaba')
        rig.engine.outgoing.setReplyDraft(rig.ref(4), 'Yarım')
      })
      await check(rig)
      await rig.time.advance(minutes(3))
      expect(rig.server.repliesOf(3), `turn ${turn}`).toEqual(['Merhaba'])
      expect(rig.engine.outgoing.items(), `turn ${turn}`).toEqual([])
      expect([...notifiedReplies(rig)].sort(), `turn ${turn}`).toEqual(allNew)
      expect(rig.row(4), `turn ${turn}`).toMatchObject({ draft: true, replyCount: 2 })
      expect(rig.row(3), `turn ${turn}`).toMatchObject({
        outbox: null,
        replyCount: 3,
        lastSpeaker: 'customer'
      })
    }
  })

  it('nobody is told of a part of it, and of all of it once', async () => {
    const rig = await withSecondReplies()
    rig.changes.length = 0
    atEachTurn(rig, () => {
      if (notifiedReplies(rig).length === 0) expect(rig.changes.flatMap(({ changed }) => changed)).toEqual([])
    })
    await check(rig)
    const changedRows = rig.changes.flatMap(({ changed }) =>
      changed.map(({ id, unread }) => `${id}: ${unread}`)
    )
    expect([...changedRows].sort()).toEqual(ids.map((id) => `${id}: 2`))
  })

  it('the end of the app leaves the list as it was, and the next start tells everything once', async () => {
    for (const turn of await turnsOfOneList()) {
      const rig = await withSecondReplies()
      const stopped: Promise<void>[] = []
      atEachTurn(rig, (now) => {
        if (now === turn) stopped.push(rig.engine.control.stop())
      })
      await check(rig)
      await rig.time.advance(5000)
      await Promise.all(stopped)
      await rig.crash()
      await check(rig)
      expect([...notifiedReplies(rig)].sort(), `turn ${turn}`).toEqual(allNew)
      for (const id of ids) expect(rig.row(id), `turn ${turn}`).toMatchObject({ replyCount: 2, unread: 2 })
    }
  })

  it('a crash tells nothing twice and loses nothing, also when something was read just before it', async () => {
    for (const turn of await turnsOfOneList()) {
      const rig = await withSecondReplies()
      atEachTurn(rig, (now) => {
        if (now !== turn) return
        void rig.engine.tickets.markRead([rig.ref(3)])
        rig.crashAfter(1)
      })
      await check(rig)
      await rig.crash()
      await check(rig)
      expect([...notifiedReplies(rig)].sort(), `turn ${turn}`).toEqual(allNew)
      for (const id of ids)
        expect(rig.row(id), `turn ${turn}`).toMatchObject({
          replyCount: 2,
          unread: id === 3 ? 1 : 2
        })
    }
  })
})
