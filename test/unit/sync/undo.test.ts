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

describe('a reply with which the ticket is closed', () => {
  it('goes when both are held no longer, and the ticket is closed after it', async () => {
    const rig = await connected()
    expect(await rig.engine.outgoing.replyAndClose(rig.ref(1), 'Tamam', holdMs)).toMatchObject({ ok: true })
    await rig.time.advance(holdMs - 1)
    expect(rig.server.tickets.get(1)?.replies).toEqual([])
    await rig.time.advance(180_000)
    expect(rig.server.tickets.get(1)?.replies.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Tamam\n/)
    ])
    expect(isClosed(rig)).toBe(true)
  })

  it('is taken back with the request to close, and is a draft again', async () => {
    const rig = await connected()
    const queued = await rig.engine.outgoing.replyAndClose(rig.ref(1), 'Tamam', holdMs)
    const ids = queued.ok ? queued.value.map(({ id }) => id) : []
    expect(await rig.engine.outgoing.cancelAll(ids)).toMatchObject({ ok: true })
    await rig.time.advance(180_000)
    expect(rig.server.tickets.get(1)?.replies).toEqual([])
    expect(isClosed(rig)).toBe(false)
    expect(rig.row(1)?.draft).toBe(true)
  })
})

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
