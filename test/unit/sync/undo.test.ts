import { describe, expect, it } from 'vitest'
import { newTicketOf } from '../../support/builders.ts'
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

describe('a reply that is held back', () => {
  const replies = (rig: Rig): readonly string[] =>
    rig.server.tickets.get(1)?.replies.map(({ message }) => message) ?? []
  async function replyHeld(rig: Rig): Promise<string> {
    const queued = await rig.engine.outgoing.reply(rig.ref(1), 'Tamam', 'draft', holdMs)
    if (!queued.ok) throw new Error(queued.error.kind)
    return queued.value.id
  }

  it('goes when its time is over, and not before', async () => {
    const rig = await connected()
    await replyHeld(rig)
    await rig.time.advance(holdMs - 1)
    expect(replies(rig)).toEqual([])
    await rig.time.advance(1000)
    expect(replies(rig)).toEqual([expect.stringMatching(/^Tamam\n/)])
  })

  it('is a draft again when it is taken back, and is never sent', async () => {
    const rig = await connected()
    const id = await replyHeld(rig)
    expect(rig.engine.outgoing.replyDraft(rig.ref(1))).toBe('')
    await rig.time.advance(holdMs - 1)
    expect(await rig.engine.outgoing.cancel(id)).toMatchObject({ ok: true })
    expect(rig.engine.outgoing.replyDraft(rig.ref(1))).toBe('Tamam')
    await rig.time.advance(180_000)
    expect(replies(rig)).toEqual([])
  })

  it('is sent once after a crash, and after a sleep', async () => {
    const rig = await connected()
    await replyHeld(rig)
    await rig.crash()
    await rig.time.advance(120_000)
    expect(replies(rig)).toHaveLength(1)
    await replyHeld(rig)
    rig.engine.control.suspend()
    await rig.time.advance(3_600_000)
    expect(replies(rig)).toHaveLength(1)
    await rig.engine.control.check('wake')
    await rig.time.advance(600_000)
    expect(replies(rig)).toHaveLength(2)
  })

  it('is followed by a later one of the same ticket, never overtaken by it', async () => {
    const rig = await connected()
    await replyHeld(rig)
    await rig.engine.outgoing.reply(rig.ref(1), 'Bir de', 'notification')
    await rig.time.advance(holdMs - 1)
    expect(replies(rig)).toEqual([])
    await rig.time.advance(600_000)
    expect(replies(rig)).toEqual([expect.stringMatching(/^Tamam\n/), expect.stringMatching(/^Bir de\n/)])
  })
})

describe('a new ticket that is held back', () => {
  it('is the draft again when it is taken back, with all that was written', async () => {
    const rig = await connected()
    const [{ accountId }] = [rig.ref(1)]
    const draft = newTicketOf({ title: 'Disk', departmentId: 19, service: '952157', message: 'Disk dolu' })
    const queued = await rig.engine.outgoing.create(accountId, draft, '', holdMs)
    await rig.time.advance(holdMs - 1)
    expect(rig.server.tickets.size).toBe(1)
    expect(await rig.engine.outgoing.cancel(queued.ok ? queued.value.id : '')).toMatchObject({ ok: true })
    expect(rig.engine.outgoing.composeDraft()).toEqual({ accountId, draft })
    await rig.time.advance(180_000)
    expect(rig.server.tickets.size).toBe(1)
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
