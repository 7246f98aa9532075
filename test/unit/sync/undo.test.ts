import { describe, expect, it } from 'vitest'
import { connectedRig, type Rig } from '../../support/sync/rig.ts'

const holdMs = 6000

const connected = (): Promise<Rig> => connectedRig([1])
const isClosed = (rig: Rig): boolean => rig.server.tickets.get(1)?.status.kind === 'closed'

async function closeHeld(rig: Rig): Promise<string> {
  const closing = await rig.engine.outgoing.close([rig.ref(1)], holdMs)
  if (!closing.ok) throw new Error(closing.error.kind)
  return closing.value[0]?.id ?? ''
}

describe('a request to close that is held back', () => {
  it('is sent when its time is over, and not before', async () => {
    const rig = await connected()
    await closeHeld(rig)
    await rig.time.advance(holdMs - 1)
    expect(isClosed(rig)).toBe(false)
    await rig.time.advance(1000)
    expect(isClosed(rig)).toBe(true)
  })

  it('can be taken back until then, and is never sent', async () => {
    const rig = await connected()
    const id = await closeHeld(rig)
    await rig.time.advance(holdMs - 1)
    expect(await rig.engine.outgoing.cancel(id)).toMatchObject({ ok: true })
    await rig.time.advance(120_000)
    expect(isClosed(rig)).toBe(false)
    expect(rig.engine.outgoing.items()).toEqual([])
  })

  it('can be taken back offline as long as the network is away', async () => {
    const rig = await connected()
    rig.engine.control.setOnline(false)
    const id = await closeHeld(rig)
    await rig.time.advance(3_600_000)
    expect(await rig.engine.outgoing.cancel(id)).toMatchObject({ ok: true })
    rig.engine.control.setOnline(true)
    await rig.time.advance(120_000)
    expect(isClosed(rig)).toBe(false)
  })

  it('keeps its time when the network comes back meanwhile', async () => {
    const rig = await connected()
    rig.engine.control.setOnline(false)
    await closeHeld(rig)
    rig.engine.control.setOnline(true)
    await rig.time.advance(holdMs - 1)
    expect(isClosed(rig)).toBe(false)
    await rig.time.advance(60_000)
    expect(isClosed(rig)).toBe(true)
  })

  it('outlives a crash', async () => {
    const rig = await connected()
    await closeHeld(rig)
    await rig.crash()
    await rig.time.advance(120_000)
    expect(isClosed(rig)).toBe(true)
  })
})
