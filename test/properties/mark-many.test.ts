/** Marking many tickets by one command lets other work run in between, with the same result as before or after it. */
import { describe, expect, it } from 'vitest'
import { atEachTurn } from '../support/sync/at-each-turn.ts'
import { connectedRig, Rig } from '../support/sync/rig.ts'

const numbers = (count: number): readonly number[] => [...Array(count).keys()].map((i) => i + 1)
const ids = numbers(6)

/** Tickets with an unread reply each, of which one is marked per turn. */
async function withUnread(): Promise<Rig> {
  const rig = new Rig(() => 0.5, null, 1)
  for (const id of ids) rig.server.add(id)
  await rig.connect()
  await rig.time.advance(0)
  for (const id of ids) rig.server.addReply(id, 'staff', `Birinci ${id}`)
  void rig.engine.control.check('asked')
  await rig.time.advance(1000)
  expect(unreadOf(rig)).toEqual([1, 1, 1, 1, 1, 1])
  rig.changes.length = 0
  return rig
}

const unreadOf = (rig: Rig): readonly (number | undefined)[] => ids.map((id) => rig.row(id)?.unread)
const refsOf = (rig: Rig) => ids.map((id) => rig.ref(id))

function inTurn(rig: Rig, wanted: number, run: () => void): void {
  atEachTurn(rig, (turn) => {
    if (turn === wanted) run()
  })
}

async function markAll(rig: Rig): Promise<void> {
  const marking = rig.engine.tickets.markRead(refsOf(rig))
  await rig.time.advance(1000)
  await marking
}

describe('marking many as read', () => {
  it('writes and tells each turn before others have theirs', async () => {
    const rig = await withUnread()
    const seen: (readonly (number | undefined)[])[] = []
    for (const turn of [1, 3])
      inTurn(rig, turn, () => {
        seen.push(unreadOf(rig))
        const changedIds = rig.changes.flatMap(({ changed }) => changed.map(({ id }) => id))
        expect(changedIds).toEqual(ids.slice(0, turn))
      })
    await markAll(rig)
    expect(seen).toEqual([
      [0, 1, 1, 1, 1, 1],
      [0, 0, 0, 1, 1, 1]
    ])
    await rig.crash()
    expect(unreadOf(rig)).toEqual([0, 0, 0, 0, 0, 0])
  })

  it.each([1, 3, 5])('what is marked as unread in turn %s stays so', async (turn) => {
    const rig = await withUnread()
    inTurn(rig, turn, () => void rig.engine.tickets.markUnread([rig.ref(1), rig.ref(6)]))
    await markAll(rig)
    expect(unreadOf(rig)).toEqual([1, 0, 0, 0, 0, 1])
  })

  it.each(numbers(5))('a reply that a list brings in turn %s stays unread, and is told', async (turn) => {
    const rig = await withUnread()
    rig.ticketEvents.length = 0
    for (const id of ids) rig.server.addReply(id, 'staff', `Yeni ${id}`)
    inTurn(rig, turn, () => void rig.engine.control.check('asked'))
    await markAll(rig)
    await rig.time.advance(1000)
    expect(unreadOf(rig)).toEqual([1, 1, 1, 1, 1, 1])
    expect(rig.ticketEvents.map(({ kind }) => kind)).toEqual(ids.map(() => 'reply'))
  })

  it.each(numbers(20))('begun in turn %s of a list, it does not read what the list brings', async (turn) => {
    const rig = await withUnread()
    rig.ticketEvents.length = 0
    for (const id of ids) rig.server.addReply(id, 'staff', `Yeni ${id}`)
    let marking: Promise<unknown> = Promise.resolve()
    inTurn(rig, turn, () => {
      marking = rig.engine.tickets.markRead(refsOf(rig))
    })
    void rig.engine.control.check('asked')
    await rig.time.advance(2000)
    await marking
    // In the last turns the list is complete, so its replies are marked as well.
    expect([6, 0]).toContain(unreadOf(rig).reduce<number>((sum, count) => sum + (count ?? 0), 0))
    expect(rig.ticketEvents).toHaveLength(ids.length)
  })

  it.each([1, 4])('the end of the app in turn %s completes it', async (turn) => {
    const rig = await withUnread()
    let stopped: Promise<void> = Promise.resolve()
    inTurn(rig, turn, () => {
      stopped = rig.engine.control.stop()
    })
    await markAll(rig)
    await stopped
    await rig.crash()
    expect(unreadOf(rig)).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('marks nothing where one of the accounts is unknown', async () => {
    const rig = await withUnread()
    const outcome = await rig.engine.tickets.markRead([rig.ref(1), { accountId: 'none', ticketId: 1 }])
    expect(outcome).toEqual({ ok: false, error: { kind: 'unknown-account' } })
    expect(unreadOf(rig)).toEqual([1, 1, 1, 1, 1, 1])
  })
})

/** Number of turns while a list changes 1500 tickets, which may be marked in its second turn. */
async function turnsOfLongList(isMarked: boolean): Promise<number> {
  const many = numbers(1500)
  const rig = await connectedRig(many)
  for (const id of many) rig.server.addReply(id, 'staff', `Birinci ${id}`)
  void rig.engine.control.check('asked')
  await rig.time.advance(1000)
  for (const id of many) rig.server.addReply(id, 'staff', `Yeni ${id}`)
  let marking: Promise<unknown> = Promise.resolve()
  const turns = atEachTurn(rig, (turn) => {
    if (isMarked && turn === 2) marking = rig.engine.tickets.markRead(many.map((id) => rig.ref(id)))
  })
  void rig.engine.control.check('asked')
  await rig.time.advance(2000)
  await marking
  const unread = isMarked ? 1 : 2
  expect(rig.engine.tickets.rows().every((row) => row.unread === unread)).toBe(true)
  return turns()
}

it('a list that changes very many tickets which are marked meanwhile is worked out again, in turns', async () => {
  // Marking takes three turns of 500; storing the marks and making the rows take three each.
  expect((await turnsOfLongList(true)) - (await turnsOfLongList(false))).toBeGreaterThanOrEqual(9)
})

describe('before the cache is read', () => {
  async function opening(): Promise<{ rig: Rig; read: (isLost: boolean) => Promise<void> }> {
    const rig = await withUnread()
    let release: (value: null) => void = () => undefined
    rig.cachesRead = new Promise((resolve) => (release = resolve))
    await rig.crash()
    return {
      rig,
      read: async (isLost) => {
        if (isLost) rig.forgetCaches()
        release(null)
        await rig.time.advance(5000)
      }
    }
  }
  const linesOfMarks = (rig: Rig): number =>
    rig.disk.files.get(`/profile/accounts/${rig.accountId}/marks.json`)?.split('\n').length ?? 0

  it('many marks are one write', async () => {
    const { rig, read } = await opening()
    const before = linesOfMarks(rig)
    await rig.engine.tickets.markRead(refsOf(rig))
    expect(linesOfMarks(rig) - before).toBe(1)
    await read(false)
    expect(unreadOf(rig)).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('a read mark is kept where the cache turns out lost, and what the list adds is unread', async () => {
    const { rig, read } = await opening()
    await rig.engine.tickets.markRead([rig.ref(1), rig.ref(2)])
    rig.server.addReply(2, 'staff', 'Daha yeni')
    await read(true)
    expect(unreadOf(rig)).toEqual([0, 1, 1, 1, 1, 1])
    await rig.crash()
    expect(unreadOf(rig)).toEqual([0, 1, 1, 1, 1, 1])
  })

  it('so is an unread mark, once', async () => {
    const { rig, read } = await opening()
    await read(false)
    await markAll(rig)
    rig.cachesRead = new Promise(() => undefined)
    await rig.crash()
    await rig.engine.tickets.markUnread([rig.ref(3)])
    rig.cachesRead = Promise.resolve()
    rig.forgetCaches()
    rig.server.failingList = { kind: 'unreachable' }
    await rig.crash()
    await rig.time.advance(1000)
    rig.server.failingList = null
    void rig.engine.control.check('asked')
    await rig.time.advance(60_000)
    expect(unreadOf(rig)).toEqual([0, 0, 1, 0, 0, 0])
    await markAll(rig)
    await rig.time.advance(600_000)
    await rig.crash()
    expect(unreadOf(rig)).toEqual([0, 0, 0, 0, 0, 0])
  })
})
