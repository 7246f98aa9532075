import { describe, expect, it } from 'vitest'
import { Rig } from '../../support/sync/rig.ts'

describe('an entry whose end is in the history', () => {
  it('is over after a crash, though the outbox on disk still has it', async () => {
    const rig = new Rig()
    rig.server.add(1)
    await rig.connect()
    await rig.engine.close([rig.ref(1)])
    const [before] = [...rig.disk.files.entries()].filter(([path]) => path.includes('outbox'))
    if (!before) throw new Error('nothing was written')
    await rig.time.advance(10 * 60_000)
    expect(rig.engine.history()).toMatchObject([{ end: 'shown' }])
    rig.disk.files.set(...before)
    rig.server.setStatus(1, 'Open')
    await rig.crash()
    expect(rig.engine.outbox()).toEqual([])
    await rig.time.advance(60 * 60_000)
    expect(rig.server.closes).toEqual([1])
  })
})
