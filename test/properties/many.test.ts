/** Costs of actions on many tickets: one write and one event per command, afterwards in proportion to the changes. */
import { describe, expect, it } from 'vitest'
import type { TicketRef } from '../../electron/tickets/ticket.ts'
import { connectedRig, type Rig } from '../support/sync/rig.ts'

const minutes = (count: number): number => count * 60_000
const holdMs = 6000

interface Cost {
  readonly events: number
  readonly items: number
  readonly rowEvents: number
  readonly writes: number
  /** Characters written to the outbox file. */
  readonly written: number
}

/** Counts the events and writes that `work` causes. */
async function costOf(rig: Rig, work: () => Promise<unknown>): Promise<Cost> {
  const { disk } = rig
  let [writes, written] = [0, 0]
  const count = (path: string, text: string): void => {
    if (!path.endsWith('outbox.json')) return
    writes += 1
    written += text.length
  }
  const write = disk.write.bind(disk)
  const append = disk.append.bind(disk)
  disk.write = (path, text) => {
    count(path, text)
    write(path, text)
  }
  disk.append = (path, text) => {
    count(path, text)
    append(path, text)
  }
  rig.outboxChanges.length = 0
  rig.changes.length = 0
  await work()
  Object.assign(disk, { write, append })
  const items = rig.outboxChanges.reduce(
    (sum, { changed, removed }) => sum + changed.length + removed.length,
    0
  )
  return { events: rig.outboxChanges.length, items, rowEvents: rig.changes.length, writes, written }
}

/** A rig with `count` tickets, and their references. */
async function withTickets(count: number): Promise<{ rig: Rig; refs: readonly TicketRef[] }> {
  const ids = [...Array(count).keys()].map((i) => i + 1)
  const rig = await connectedRig(ids)
  rig.server.latencyMs = () => 20
  return { rig, refs: ids.map((id) => rig.ref(id)) }
}

describe.each([100, 1000])('of %s tickets', (count) => {
  it('closing is one write, one event and one batch; sending them costs a few lines each', async () => {
    const { rig, refs } = await withTickets(count)
    const asked = await costOf(rig, () => rig.engine.outgoing.close(refs, holdMs))
    expect(asked).toMatchObject({ events: 1, items: count, rowEvents: 1, writes: 1 })
    expect(asked.written / count).toBeLessThan(500)
    const batches = new Set(rig.engine.outgoing.items().map(({ batch }) => batch))
    expect([batches.size, batches.has(null)]).toEqual([1, false])

    const sent = await costOf(rig, () => rig.time.advance(minutes(2)))
    expect(rig.server.closes).toHaveLength(count)
    expect(rig.engine.outgoing.items()).toEqual([])
    // The states sending and sent, and the removal.
    expect(sent.items).toBe(3 * count)
    expect(sent.events).toBeLessThanOrEqual(2 * count + 2)
    expect(sent.written / count).toBeLessThan(3000)
  })

  it('taking all back is one write and one event', async () => {
    const { rig, refs } = await withTickets(count)
    const closing = await rig.engine.outgoing.close(refs, holdMs)
    const ids = closing.ok ? closing.value.map(({ id }) => id) : []
    const cost = await costOf(rig, async () => {
      expect(await rig.engine.outgoing.cancelAll(ids)).toMatchObject({ ok: true })
    })
    expect(cost).toMatchObject({ events: 1, items: count, rowEvents: 1, writes: 1 })
    await rig.time.advance(minutes(2))
    expect([rig.engine.outgoing.items(), rig.server.writes]).toEqual([[], []])
  })

  it('trying all again is one write and one event', async () => {
    const { rig, refs } = await withTickets(count)
    rig.server.fates = refs.map(() => 'refused')
    const closing = await rig.engine.outgoing.close(refs)
    await rig.time.advance(minutes(2))
    expect(rig.engine.outgoing.items().filter(({ state }) => state === 'refused')).toHaveLength(count)
    const ids = closing.ok ? closing.value.map(({ id }) => id) : []
    rig.engine.control.setOnline(false)
    const cost = await costOf(rig, () => rig.engine.outgoing.retryAll(ids))
    expect(cost).toMatchObject({ events: 1, items: count, rowEvents: 1, writes: 1 })
    rig.engine.control.setOnline(true)
    await rig.time.advance(minutes(2))
    expect(rig.server.closes).toHaveLength(count)
  })

  it('marking as read is one event of rows for each turn of 500', async () => {
    const { rig, refs } = await withTickets(count)
    for (const { ticketId } of refs) rig.server.addReply(ticketId, 'staff', 'Merhaba')
    await rig.time.advance(minutes(2))
    const cost = await costOf(rig, async () => {
      const marking = rig.engine.tickets.markRead(refs)
      await rig.time.advance(0)
      await marking
    })
    const turns = Math.ceil(count / 500)
    expect([cost.rowEvents, cost.events, rig.engine.accounts.list()[0]?.unread]).toEqual([turns, 0, 0])
  })
})

describe('of 2,500 tickets, in turns of 1,000', () => {
  const count = 2500
  /** Lets the turns of a command pass; nothing that is held back is due by then. */
  async function inTurns<T>(rig: Rig, command: Promise<T>): Promise<T> {
    await rig.time.advance(0)
    return command
  }

  it('closing is one batch, which waits for all of it, and all is taken back', async () => {
    const { rig, refs } = await withTickets(count)
    const cost = await costOf(rig, () => inTurns(rig, rig.engine.outgoing.close(refs, holdMs)))
    expect(cost).toMatchObject({ events: 3, items: count })
    // One for each turn, and perhaps one that rewrites the file.
    expect(cost.writes).toBeLessThanOrEqual(4)
    const items = rig.engine.outgoing.items()
    expect(new Set(items.map(({ batch }) => batch)).size).toBe(1)
    const taken = await inTurns(rig, rig.engine.outgoing.cancelAll(items.map(({ id }) => id)))
    expect(taken.ok && taken.value).toHaveLength(count)
    await rig.time.advance(minutes(2))
    expect([rig.engine.outgoing.items(), rig.server.writes]).toEqual([[], []])
  })

  it('none is closed when the disk is full after the first thousand', async () => {
    const { rig, refs } = await withTickets(count)
    const closing = rig.engine.outgoing.close(refs, holdMs)
    expect(rig.engine.outgoing.items()).toHaveLength(1000)
    const append = rig.disk.append.bind(rig.disk)
    const write = rig.disk.write.bind(rig.disk)
    const full = (): never => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' })
    }
    rig.disk.append = full
    rig.disk.write = full
    await rig.time.advance(0)
    Object.assign(rig.disk, { append, write })
    expect(await closing).toMatchObject({ ok: false })
    await rig.time.advance(minutes(2))
    expect(rig.server.closes).toEqual([])
    expect(rig.engine.outgoing.items()).toEqual([])
  })

  it('all are queued when the app is closed meanwhile', async () => {
    const { rig, refs } = await withTickets(count)
    const closing = rig.engine.outgoing.close(refs, holdMs)
    const stopping = rig.engine.control.stop()
    expect(rig.engine.outgoing.items()).toHaveLength(count)
    await rig.time.advance(minutes(1))
    await stopping
    expect((await closing).ok).toBe(true)
  })

  it('closing an unknown one with them closes none', async () => {
    const { rig, refs } = await withTickets(count)
    const closing = rig.engine.outgoing.close([...refs, rig.ref(9999)], holdMs)
    expect(rig.engine.outgoing.items()).toEqual([])
    expect(await closing).toEqual({ ok: false, error: { kind: 'unknown-ticket' } })
  })
})

it('closing all is closing none where one of them is unknown', async () => {
  const { rig, refs } = await withTickets(3)
  const closing = await rig.engine.outgoing.close([...refs, rig.ref(99)], holdMs)
  expect(closing).toEqual({ ok: false, error: { kind: 'unknown-ticket' } })
  expect(rig.engine.outgoing.items()).toEqual([])
})

it('what is being sent or may have arrived stays when all are taken back', async () => {
  const { rig, refs } = await withTickets(3)
  rig.server.fates = ['cut-before']
  const closing = await rig.engine.outgoing.close(refs)
  await rig.time.advance(30)
  rig.engine.control.setOnline(false)
  const ids = closing.ok ? closing.value.map(({ id }) => id) : []
  const taken = await rig.engine.outgoing.cancelAll(ids)
  const left = rig.engine.outgoing.items().map(({ state }) => state)
  expect(left).toContain('uncertain')
  expect(left).not.toContain('queued')
  expect(taken.ok && taken.value.length + left.length + rig.server.closes.length).toBeGreaterThanOrEqual(3)
})
