/** What the person keeps about tickets: stored at once, ended by what the staff does, never sent. */
import { describe, expect, it } from 'vitest'
import { connectedRig, type Rig } from '../../support/sync/rig.ts'

const inAnHour = (rig: Rig): number => rig.time.now() + 3_600_000

async function poll(rig: Rig): Promise<void> {
  void rig.engine.control.check('asked')
  await rig.time.advance(1000)
}

describe('a ticket that is done', () => {
  it('stays done while nothing happens, also after a restart', async () => {
    const rig = await connectedRig()
    await rig.engine.tickets.setWork([rig.ref(1)], { done: true })
    expect(rig.row(1)?.work).toMatchObject({ done: true })
    await poll(rig)
    await rig.crash()
    await poll(rig)
    expect(rig.row(1)?.work).toMatchObject({ done: true })
    expect(rig.row(2)?.work).toBeNull()
  })

  it('is no longer done once the staff replies', async () => {
    const rig = await connectedRig()
    await rig.engine.tickets.setWork([rig.ref(1)], { done: true })
    rig.server.addReply(1, 'staff', 'Yeni yanıt')
    await poll(rig)
    expect(rig.row(1)).toMatchObject({ work: null, unread: 1 })
    await rig.crash()
    expect(rig.row(1)?.work).toBeNull()
  })

  it('stays done when the customer writes', async () => {
    const rig = await connectedRig()
    await rig.engine.tickets.setWork([rig.ref(1)], { done: true })
    rig.server.addReply(1, 'customer', 'Bir şey daha')
    await poll(rig)
    expect(rig.row(1)?.work).toMatchObject({ done: true })
  })
})

it('a snoozed ticket returns earlier if the staff replies', async () => {
  const rig = await connectedRig()
  await rig.engine.tickets.setWork([rig.ref(1)], { snoozedUntil: inAnHour(rig) })
  expect(rig.row(1)?.work?.snoozedUntil).toBe(inAnHour(rig))
  rig.server.addReply(1, 'staff', 'Yeni yanıt')
  await poll(rig)
  expect(rig.row(1)?.work).toBeNull()
})

it('title, note and tags are stored, shown and removed', async () => {
  const rig = await connectedRig()
  await rig.engine.tickets.setWork([rig.ref(1), rig.ref(2)], { addTags: ['Ajans', 'Sunucu'], pinned: true })
  await rig.engine.tickets.setWork([rig.ref(1)], { title: ' Taşıma ', note: 'Salı\ngünü' })
  await rig.crash()
  expect(rig.row(1)?.work).toMatchObject({ title: 'Taşıma', hasNote: true, tags: ['Ajans', 'Sunucu'] })
  expect(rig.row(2)?.work).toMatchObject({ title: '', hasNote: false, pinned: true })
  const thread = rig.engine.tickets.thread(rig.ref(1))
  expect(thread.ok && thread.value.note).toBe('Salı\ngünü')
  await rig.engine.tickets.setWork([rig.ref(2)], { removeTags: ['Ajans', 'Sunucu'], pinned: false })
  await rig.crash()
  expect(rig.row(2)?.work).toBeNull()
})

it('finds the tickets with a tag, also those that left the list, and changes them', async () => {
  const rig = await connectedRig([1, 2, 3])
  const all = [1, 2, 3].map((id) => rig.ref(id))
  await rig.engine.tickets.setWork(all, { addTags: ['Ajans'] })
  await rig.engine.tickets.setWork([rig.ref(3)], { removeTags: ['Ajans'], addTags: ['Ajans 2'] })
  rig.server.tickets.delete(2)
  rig.server.addReply(1, 'customer', 'Bir sorum var')
  await poll(rig)
  expect(rig.row(2)).toBeUndefined()
  const tagged = rig.engine.tickets.withTag('Ajans')
  expect(tagged).toEqual([rig.ref(1), rig.ref(2)])
  await rig.engine.tickets.setWork(tagged, { removeTags: ['Ajans'], addTags: ['VDS'] })
  await rig.crash()
  expect([rig.engine.tickets.withTag('Ajans'), rig.engine.tickets.withTag('VDS')]).toEqual([[], tagged])
})

it('tells windows of all tickets of an account at once', async () => {
  const rig = await connectedRig()
  rig.changes.length = 0
  await rig.engine.tickets.setWork([rig.ref(1), rig.ref(2)], { muted: true })
  expect(rig.changes.map(({ changed }) => changed.map(({ id }) => id))).toEqual([[1, 2]])
})

it('changes nothing where one of the accounts is unknown', async () => {
  const rig = await connectedRig()
  const outcome = await rig.engine.tickets.setWork([rig.ref(1), { accountId: 'none', ticketId: 1 }], {
    done: true
  })
  expect(outcome).toEqual({ ok: false, error: { kind: 'unknown-account' } })
  expect(rig.row(1)?.work).toBeNull()
})
