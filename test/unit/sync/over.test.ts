import { describe, expect, it, vi } from 'vitest'
import { connectedRig, Rig } from '../../support/sync/rig.ts'

describe('a message that two replies of the same words may claim', () => {
  // The server accepted the first and refused the second. The engine crashes at each step of processing the next list.
  it.each(Array.from({ length: 30 }, (_, i) => i + 1))(
    'is given to the first only, dying at step %i',
    async (step) => {
      const rig = new Rig()
      rig.server.add(1)
      await rig.connect()
      rig.server.addReply(1, 'customer', 'Önceki')
      await rig.time.advance(120_000)
      rig.server.latencyMs = () => 100
      rig.server.fates = ['good', 'refused']
      await rig.engine.outgoing.reply(rig.ref(1), 'Tamam')
      await rig.engine.outgoing.reply(rig.ref(1), 'Tamam')
      await rig.time.advance(0)
      while (rig.server.writes.length < 2) await rig.time.advance(1)
      rig.crashAfter(step)
      await rig.time.advance(60_000)
      if (rig.isCrashed) await rig.crash()
      rig.crashAfter(Infinity)
      await rig.time.advance(10 * 60_000)
      // If the engine crashed before it stored the refusal, it finds no copy of the second and sends it again.
      const waiting = rig.engine.outgoing
        .items()
        .map(({ action }) => (action.kind === 'reply' ? action.text : ''))
      expect([...rig.server.repliesOf(1), ...waiting]).toEqual(['Önceki', 'Tamam', 'Tamam'])
    }
  )
})

describe('a reply that the list shows', () => {
  it('is no entry of the outbox any more when a window hears of the list', async () => {
    const rig = await connectedRig([1])
    await rig.engine.outgoing.reply(rig.ref(1), 'Bir kez')
    const rows = vi.spyOn(rig.changes, 'push')
    const outbox = vi.spyOn(rig.outboxChanges, 'push')
    await rig.time.advance(60_000)
    expect(rig.server.repliesOf(1)).toEqual(['Bir kez'])
    const over = outbox.mock.calls.findIndex(([change]) => change?.removed.length === 1)
    const shown = rows.mock.calls.findIndex(([change]) => change?.changed[0]?.replyCount === 1)
    const orderOf = (order: readonly number[], at: number): number => order[at] ?? Infinity
    expect(orderOf(outbox.mock.invocationCallOrder, over)).toBeLessThan(
      orderOf(rows.mock.invocationCallOrder, shown)
    )
    expect(shown).toBeGreaterThanOrEqual(0)
  })
})

describe('an entry whose end is in the history', () => {
  it('is over after a crash, though the outbox on disk still has it', async () => {
    const rig = new Rig()
    rig.server.add(1)
    await rig.connect()
    await rig.engine.outgoing.close([rig.ref(1)])
    const [before] = [...rig.disk.files.entries()].filter(([path]) => path.includes('outbox'))
    if (!before) throw new Error('nothing was written')
    await rig.time.advance(10 * 60_000)
    expect(rig.engine.outgoing.history()).toMatchObject([{ end: 'shown' }])
    rig.disk.files.set(...before)
    rig.server.setStatus(1, 'Open')
    await rig.crash()
    expect(rig.engine.outgoing.items()).toEqual([])
    await rig.time.advance(60 * 60_000)
    expect(rig.server.closes).toEqual([1])
  })
})
