import { describe, expect, it } from 'vitest'
import { Rig } from '../../support/sync/rig.ts'

const minutes = (count: number): number => count * 60_000

describe('a list that comes without the replies of a ticket', () => {
  it('leaves its thread as it was, takes what else is new, and tells nothing again', async () => {
    const rig = new Rig()
    rig.server.add(1)
    rig.server.addReply(1, 'staff', 'İlk yanıt')
    await rig.connect()
    const whole = rig.server.tickets.get(1)
    if (!whole) throw new Error('no ticket')
    rig.server.put({ ...whole, replies: [], repliesMissing: true, message: 'Düzeltilmiş metin' })
    await rig.time.advance(minutes(3))
    const thread = rig.engine.tickets.thread(rig.ref(1))
    expect(thread.ok && thread.value.messages.map(({ text }) => text)).toEqual([
      'Düzeltilmiş metin',
      'İlk yanıt'
    ])
    rig.server.put(whole)
    await rig.time.advance(minutes(3))
    expect(rig.ticketEvents).toEqual([])
    expect(rig.row(1)?.unread).toBe(0)
  })

  it('proves nothing about a reply of an unknown outcome', async () => {
    const rig = new Rig()
    rig.server.add(1)
    await rig.connect()
    rig.server.fates = ['cut-after']
    await rig.engine.outgoing.reply(rig.ref(1), 'Merhaba')
    await rig.time.advance(1_000)
    const whole = rig.server.tickets.get(1)
    if (!whole) throw new Error('no ticket')
    rig.server.listOverride = [{ ...whole, replies: [], repliesMissing: true }]
    await rig.time.advance(minutes(14))
    expect(rig.server.writes).toHaveLength(1)
    rig.server.listOverride = null
    await rig.time.advance(minutes(10))
    expect([rig.server.writes.length, rig.engine.outgoing.items()]).toEqual([1, []])
  })
})
