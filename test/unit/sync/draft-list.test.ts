import { describe, expect, it } from 'vitest'
import { connectedRig, type Rig } from '../../support/sync/rig.ts'
import { newTicketOf } from '../../support/builders.ts'

const written = (message: string) => newTicketOf({ title: `T ${message}`, message })
const titles = (rig: Rig): readonly string[] => rig.engine.drafts.list().newTickets.map(({ title }) => title)
const idOf = (rig: Rig, title: string): string =>
  rig.engine.drafts.list().newTickets.find((draft) => draft.title === title)?.id ?? ''

async function rigWithThree(): Promise<Rig> {
  const rig = await connectedRig([1])
  const { drafts, outgoing } = rig.engine
  for (const message of ['bir', 'iki', 'üç']) {
    drafts.startNew()
    outgoing.setComposeDraft(rig.accountId, written(message))
  }
  return rig
}

describe('the list of drafts', () => {
  it('has every new ticket and every reply with text, and nothing that is empty', async () => {
    const rig = await rigWithThree()
    const { drafts, outgoing } = rig.engine
    outgoing.setReplyDraft(rig.ref(1), '  Yarım\nkalan  ')
    drafts.startNew()
    outgoing.setComposeDraft(rig.accountId, newTicketOf({ departmentId: 19 }))
    expect(titles(rig)).toEqual(['T bir', 'T iki', 'T üç'])
    expect(drafts.list().replies).toEqual([{ ref: rig.ref(1), excerpt: 'Yarım kalan' }])
    outgoing.setReplyDraft(rig.ref(1), ' \n')
    expect(drafts.list().replies).toEqual([])
  })

  it('survives a restart, all of it', async () => {
    const rig = await rigWithThree()
    await rig.engine.control.stop()
    await rig.crash()
    expect(titles(rig)).toEqual(['T üç', 'T bir', 'T iki'])
  })

  it('opens any of them, and the one shown before waits', async () => {
    const rig = await rigWithThree()
    const { drafts, outgoing } = rig.engine
    expect(drafts.open(idOf(rig, 'T bir'))).toBe(true)
    expect(outgoing.composeDraft()?.draft.message).toBe('bir')
    expect(titles(rig)).toEqual(['T bir', 'T iki', 'T üç'])
    expect(drafts.open('gone')).toBe(false)
  })

  it('names a draft the same while it is written', async () => {
    const rig = await rigWithThree()
    const id = idOf(rig, 'T üç')
    rig.engine.outgoing.setComposeDraft(rig.accountId, written('üç buçuk'))
    expect(idOf(rig, 'T üç buçuk')).toBe(id)
  })

  it('discards one and brings it back, also the one in the window', async () => {
    const rig = await rigWithThree()
    const { drafts, outgoing } = rig.engine
    expect(drafts.discard({ kind: 'new-ticket', id: idOf(rig, 'T üç') })).toBe(true)
    expect(outgoing.composeDraft()).toBeNull()
    expect(titles(rig)).toEqual(['T bir', 'T iki'])
    expect(drafts.restore()).toBe(true)
    expect(titles(rig).toSorted()).toEqual(['T bir', 'T iki', 'T üç'])
    expect(drafts.restore()).toBe(false)
    expect(drafts.discard({ kind: 'new-ticket', id: 'gone' })).toBe(false)
  })

  it('discards a reply and brings it back before what was written since', async () => {
    const rig = await connectedRig([1])
    const { drafts, outgoing } = rig.engine
    outgoing.setReplyDraft(rig.ref(1), 'Önce')
    expect(drafts.discard({ kind: 'reply', ref: rig.ref(1) })).toBe(true)
    expect(rig.row(1)?.draft).toBe(false)
    outgoing.setReplyDraft(rig.ref(1), 'Sonra')
    expect(drafts.restore()).toBe(true)
    expect(outgoing.replyDraft(rig.ref(1))).toBe('Önce\n\nSonra')
    expect(rig.row(1)?.draft).toBe(true)
    expect(drafts.discard({ kind: 'reply', ref: rig.ref(2) })).toBe(false)
  })
})
