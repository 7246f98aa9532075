/** Files of earlier versions can be read, and no entry is lost if a later version wrote them. */
import { describe, expect, it } from 'vitest'
import { connectedRig, type Rig } from '../../support/sync/rig.ts'
import { newTicketOf } from '../../support/builders.ts'

const minutes = (count: number): number => count * 60_000

/** An entry in version 1 of the outbox file. */
const entry = (accountId: string, id: string, state: string, text: string): Record<string, unknown> => ({
  id,
  accountId,
  action: { kind: 'reply', ticketId: 1, text },
  state,
  queuedAt: 1_700_000_000_000,
  attempts: state === 'queued' ? 0 : 1,
  problem: state === 'refused' ? { kind: 'refused', serverMessage: 'Olmaz' } : null,
  known: [],
  since: null
})

async function reopened(
  file: (accountId: string) => unknown,
  prepare: (rig: Rig) => void = () => undefined
): Promise<Rig> {
  const rig = await connectedRig([1, 2], ({ server }) => {
    server.addReply(1, 'staff', 'Merhaba')
  })
  await rig.time.advance(minutes(1))
  const outbox = [...rig.disk.files.keys()].find((path) => path.endsWith('accounts.json')) ?? ''
  rig.disk.files.set(outbox.replace('accounts.json', 'outbox.json'), JSON.stringify(file(rig.accountId)))
  prepare(rig)
  rig.server.failingList = { kind: 'unreachable' }
  await rig.crash()
  return rig
}

describe('an outbox of version 1', () => {
  it.each(['queued', 'sending', 'uncertain', 'sent', 'refused'])(
    'keeps an entry that is %s',
    async (state) => {
      const rig = await reopened((id) => ({ version: 1, data: [entry(id, 'x', state, 'Eski metin')] }))
      expect(rig.notices).toEqual([])
      expect(rig.engine.outgoing.items()).toMatchObject([
        {
          id: 'x',
          state: state === 'sending' ? 'uncertain' : state,
          action: { text: 'Eski metin' },
          question: null
        }
      ])
      await rig.crash()
      expect(rig.engine.outgoing.items()).toHaveLength(1)
    }
  )

  it('finds what stands there, and leaves to the person what does not: nobody noted what stood there before', async () => {
    const rig = await reopened(
      (id) => ({
        version: 1,
        data: [
          entry(id, 'x', 'uncertain', 'Bulunacak bir metin'),
          entry(id, 'y', 'uncertain', 'Bulunmayacak')
        ]
      }),
      ({ server }) => {
        server.addReply(1, 'customer', 'Bulunacak bir metin')
      }
    )
    rig.server.failingList = null
    await rig.time.advance(minutes(60))
    expect(rig.engine.outgoing.items()).toMatchObject([{ id: 'y', state: 'undecided' }])
    expect(rig.server.writes).toEqual([])
  })
})

describe('an entry of a later version', () => {
  it('with a state, a problem and a question that nobody knows here is the person’s to decide', async () => {
    const rig = await reopened((id) => {
      const { known, since, ...rest } = entry(id, 'x', 'teleported', 'Kaybolmasın')
      const later = {
        unknowns: 0,
        baseline: { isKnown: 'perhaps' },
        claimed: known,
        question: { kind: 'riddle' },
        acknowledgedAt: since,
        batch: null
      }
      const entries = [{ ...rest, ...later, problem: { kind: 'flood' }, mood: 'good' }]
      return { version: 2, data: { entries, removed: [] } }
    })
    expect(rig.notices).toEqual([])
    expect(rig.engine.outgoing.items()).toMatchObject([
      { state: 'undecided', question: { kind: 'cannot-tell' }, action: { text: 'Kaybolmasın' } }
    ])
  })
})

it('marks that know no ids take them from the tickets, so that a new one is told from an old one', async () => {
  const rig = await reopened(
    () => ({ version: 2, data: { entries: [], removed: [] } }),
    ({ disk }) => {
      for (const [path, text] of disk.files)
        if (path.endsWith('marks.json'))
          disk.files.set(path, text.replaceAll(/"ids":\[[\d,]*\]/g, '"newest":2'))
    }
  )
  rig.server.failingList = null
  await rig.time.advance(minutes(10))
  rig.server.tickets.delete(2)
  const draft = newTicketOf({
    title: 'T',
    departmentId: 2,
    message: 'Ticket 2'
  })
  rig.server.fates = ['cut-before']
  await rig.engine.outgoing.create(rig.accountId, draft, '')
  await rig.time.advance(minutes(2))
  rig.server.add(2)
  await rig.time.advance(minutes(2))
  expect(rig.engine.outgoing.items(), 'the old ticket 2 is not it').toMatchObject([{ state: 'uncertain' }])
})
