/** However many tickets have states, others have their turn, and a command is one write and one event. Counted, not timed. */
import { beforeAll, describe, expect, it } from 'vitest'
import { hour } from '../support/builders.ts'
import { connectedRig, type Rig } from '../support/sync/rig.ts'

const ids = [...Array(10_000).keys()].map((i) => i + 1)
const stepsInTurn = 500

/** How often others have their turn while `work` runs, and what is written and told. */
async function costOf(rig: Rig, work: () => Promise<unknown>) {
  const cost = { turns: 0, writes: 0, rows: 0, rowEvents: 0 }
  const { disk, time } = rig
  const [set, write, append] = [time.setTimeout, disk.write.bind(disk), disk.append.bind(disk)]
  const count = (path: string): void => void (cost.writes += path.endsWith('work.json') ? 1 : 0)
  time.setTimeout = (due, ms) =>
    set(() => {
      if (ms === 0) cost.turns += 1
      due()
    }, ms)
  disk.write = (path, text) => {
    count(path)
    write(path, text)
  }
  disk.append = (path, text) => {
    // The rig appends a line in two halves.
    if (text.startsWith('\n')) count(path)
    append(path, text)
  }
  rig.changes.length = 0
  await work()
  time.setTimeout = set
  Object.assign(disk, { write, append })
  cost.rowEvents = rig.changes.length
  cost.rows = rig.changes.reduce((sum, { changed }) => sum + changed.length, 0)
  return cost
}

describe('10,000 tickets of which 2,000 have states', () => {
  let rig: Rig
  beforeAll(async () => {
    rig = await connectedRig(ids)
    await rig.time.advance(10_000)
  }, 60_000)
  const set = async (of: readonly number[], change: Parameters<Rig['engine']['tickets']['setWork']>[1]) => {
    const setting = rig.engine.tickets.setWork(
      of.map((id) => rig.ref(id)),
      change
    )
    await rig.time.advance(0)
    return setting
  }
  const poll = async (): Promise<void> => {
    void rig.engine.control.check('asked')
    await rig.time.advance(2000)
  }

  it('are marked in turns, with one write and one event', async () => {
    const of = ids.slice(0, 2000)
    const cost = await costOf(rig, () => set(of, { done: true, addTags: ['Ada'], note: 'Kısa bir not' }))
    expect(cost).toMatchObject({ writes: 1, rowEvents: 1, rows: 2000 })
    expect(cost.turns).toBeGreaterThanOrEqual(2000 / stepsInTurn - 1)
  })

  it('cost nothing while a list brings a single reply', async () => {
    rig.server.addReply(9000, 'staff', 'Yanıt')
    const cost = await costOf(rig, poll)
    expect(cost).toMatchObject({ writes: 0, rows: 1 })
  })

  it('are compared in turns when a list changes all of them, and are written once', async () => {
    for (const id of ids) rig.server.addReply(id, 'staff', `Yanıt ${id}`)
    const cost = await costOf(rig, poll)
    // Each ticket is noted and its row is made; each with a state is compared as well.
    expect(cost.turns).toBeGreaterThanOrEqual((2 * ids.length + 2000) / stepsInTurn - 3)
    expect(cost).toMatchObject({ writes: 1, rows: ids.length })
    expect(rig.row(1)?.work).toMatchObject({ done: false, tags: ['Ada'] })
  })

  it('a rule looks at all tickets in turns and tells each once, with one write', async () => {
    for (const id of ids) rig.server.addReply(id, 'customer', `Soru ${id}`)
    await poll()
    rig.ticketEvents.length = 0
    rig.engine.accounts.pause(rig.accountId, true)
    rig.engine.accounts.setRules(rig.accountId, { followUp: [{ hours: 1, department: null }] })
    await rig.time.advance(hour - 5 * 60_000)
    expect(rig.ticketEvents).toEqual([])
    const cost = await costOf(rig, () => rig.time.advance(10 * 60_000))
    expect(cost).toMatchObject({ writes: 1, rows: ids.length })
    expect(rig.ticketEvents).toHaveLength(ids.length)
  })
}, 120_000)
