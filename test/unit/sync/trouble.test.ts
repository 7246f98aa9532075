/** Changed credentials, servers that ask to wait, and overlapping calls. */
import { describe, expect, it } from 'vitest'
import type { TicketApi, WriteAnswer } from '../../../electron/api/api.ts'
import { connectedRig, Rig } from '../../support/sync/rig.ts'
import { connectInputOf } from '../../support/builders.ts'

const minutes = (count: number): number => count * 60_000
const bearer = (token: string) => ({ kind: 'bearer', token }) as const

const stateOf = (rig: Rig): string | undefined => rig.engine.accounts.list()[0]?.connection.state

describe('new credentials', () => {
  it('are what a waiting reply goes with; the old ones sign nobody out', async () => {
    let valid = 'token'
    const refusal: WriteAnswer = { outcome: 'not-sent', problem: { kind: 'unauthorized' } }
    const rig: Rig = new Rig(
      () => 0.5,
      (_, { version, credentials }): TicketApi => {
        const api = rig.server.api(version)
        const isValid = (): boolean => credentials.kind === 'bearer' && credentials.token === valid
        return {
          ...api,
          list: (...args) =>
            isValid()
              ? api.list(...args)
              : Promise.resolve({ outcome: 'failed', problem: { kind: 'unauthorized' } }),
          reply: (...args) => (isValid() ? api.reply(...args) : Promise.resolve(refusal))
        }
      }
    )
    rig.server.add(1)
    await rig.connect()
    rig.server.latencyMs = () => 1000
    valid = 'new'
    const again = rig.engine.accounts.reconnect(rig.accountId, bearer('new'), false)
    await rig.time.advance(100)
    await rig.engine.outgoing.reply(rig.ref(1), 'Merhaba')
    await rig.time.advance(minutes(2))
    expect((await again).ok).toBe(true)
    expect(stateOf(rig)).toBe('ok')
    expect(rig.ticketEvents).toEqual([])
    expect(rig.server.repliesOf(1)).toEqual(['Merhaba'])
  })

  it('given twice at once are tried one after the other', async () => {
    const rig = await connectedRig()
    rig.server.latencyMs = () => 1000
    rig.server.maxInFlight = 0
    const both = ['a', 'b', 'c'].map((token) =>
      rig.engine.accounts.reconnect(rig.accountId, bearer(token), false)
    )
    await rig.time.advance(minutes(2))
    expect((await Promise.all(both)).map(({ ok }) => ok)).toEqual([true, true, true])
    expect(rig.server.maxInFlight).toBe(1)
  })
})

it('an account that is connected twice at once is kept once', async () => {
  const rig = new Rig()
  rig.server.add(1)
  await rig.engine.control.start()
  const both = [1, 2].map(() => rig.engine.accounts.connect(connectInputOf()))
  await rig.time.advance(minutes(1))
  const answers = await Promise.all(both)
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect(answers.find(({ ok }) => !ok)).toMatchObject({ error: { kind: 'account-exists' } })
  expect(rig.engine.accounts.list()).toHaveLength(1)
  expect(rig.secrets()).toHaveLength(1)
})

describe('a write that the server answers with', () => {
  it.each(['unauthorized', 'forbidden'] as const)(
    '%s is about the account where a list is refused, too: the words wait for new credentials',
    async (fate) => {
      const rig = await connectedRig()
      rig.server.fates = [fate]
      rig.server.failingList = { kind: fate }
      await rig.engine.outgoing.reply(rig.ref(1), 'Merhaba')
      await rig.time.advance(minutes(60))
      expect(rig.server.writes).toHaveLength(1)
      expect(stateOf(rig)).toBe('signed-out')
      expect(rig.engine.outgoing.items()).toMatchObject([{ state: 'queued' }])
      expect(rig.ticketEvents.map(({ kind }) => kind)).toEqual(['signed-out'])
      rig.server.failingList = null
      const again = rig.engine.accounts.reconnect(rig.accountId, bearer('new'), false)
      await rig.time.advance(minutes(2))
      expect((await again).ok).toBe(true)
      expect(rig.server.repliesOf(1)).toEqual(['Merhaba'])
    }
  )

  it.each(['unauthorized', 'forbidden'] as const)(
    '%s is about that one write where lists are read: it is the person’s, and the rest goes on',
    async (fate) => {
      const rig = await connectedRig()
      rig.server.fates = [fate]
      await rig.engine.outgoing.reply(rig.ref(1), 'cat ../../etc/passwd')
      await rig.engine.outgoing.reply(rig.ref(2), 'Merhaba')
      rig.server.addReply(2, 'staff', 'Yanıt')
      await rig.time.advance(minutes(5))
      expect(rig.engine.outgoing.items()).toMatchObject([
        { state: 'refused', problem: { kind: fate }, attempts: 1 }
      ])
      expect([stateOf(rig), rig.server.repliesOf(1), rig.server.repliesOf(2)]).toEqual([
        'ok',
        [],
        ['Merhaba']
      ])
      expect(rig.ticketEvents).toMatchObject([{ kind: 'reply', excerpt: 'Yanıt' }])
      await rig.time.advance(minutes(120))
      expect(rig.server.writes).toHaveLength(2)
    }
  )

  it.each(['error-before', 'busy', 'refused'] as const)(
    '%s and Retry-After is followed by nothing until then',
    async (fate) => {
      const rig = await connectedRig()
      rig.server.retryAfterMs = minutes(40)
      rig.server.fates = [fate]
      await rig.engine.outgoing.reply(rig.ref(1), 'Merhaba')
      await rig.time.advance(1000)
      const before = rig.server.lists
      await rig.engine.outgoing.reply(rig.ref(2), 'Bir de bu')
      void rig.engine.control.check('asked')
      void rig.engine.accounts.services(rig.accountId)
      await rig.time.advance(minutes(39))
      expect([rig.server.lists - before, rig.server.serviceLists]).toEqual([0, 0])
      expect(rig.server.writes).toEqual(['reply 1 Merhaba'])
      await rig.time.advance(minutes(20))
      expect(rig.server.repliesOf(2)).toEqual(['Bir de bu'])
    }
  )
})
