import { describe, expect, it } from 'vitest'
import type { Credentials } from '../../../electron/api/api.ts'
import { diskError } from '../../support/sync/memory.ts'
import { Rig } from '../../support/sync/rig.ts'
import { ServerModel } from '../../support/sync/server-model.ts'
import { newTicketOf } from '../../support/builders.ts'

const minutes = (count: number): number => count * 60_000
const draft = newTicketOf({ title: 'T', departmentId: 20, service: '7', message: 'M' })

/** Two accounts on two servers: the first uses v1, the second v2. Both have a ticket 1. */
async function two(): Promise<{
  rig: Rig
  second: ServerModel
  first: ServerModel
  ids: readonly [string, string]
}> {
  const servers = new Map<string, ServerModel>()
  const rig: Rig = new Rig(
    () => 0.5,
    (_, { baseUrl, version }) => (servers.get(baseUrl) ?? rig.server).api(version)
  )
  const [first, second] = [new ServerModel(rig.time), new ServerModel(rig.time)]
  servers.set('https://one.example.com/v1', first)
  servers.set('https://two.example.com/v2', second)
  for (const server of [first, second]) server.add(1)
  const firstAccount = await rig.connect({ name: 'Bir', baseUrl: 'https://one.example.com', version: 'v1' })
  const secondAccount = await rig.connect({ name: 'İki', baseUrl: 'https://two.example.com', version: 'v2' })
  return { rig, first, second, ids: [firstAccount.id, secondAccount.id] }
}

describe('two accounts', () => {
  it('have colours of their own, also after one was removed', async () => {
    const { rig, ids } = await two()
    expect(rig.engine.accounts.list().map(({ color }) => color)).toEqual([0, 1])
    await rig.engine.accounts.remove(ids[0])
    const third = await rig.connect({ baseUrl: 'https://one.example.com', version: 'v1' })
    expect(third.color).toBe(0)
  })

  it('are asked apart: trouble with one is no trouble with the other', async () => {
    const { rig, first, second } = await two()
    first.failingList = { kind: 'unauthorized' }
    second.addReply(1, 'staff', 'Merhaba')
    await rig.time.advance(minutes(60))
    const before = [first.lists, second.lists]
    await rig.time.advance(minutes(30))
    expect(first.lists - (before[0] ?? 0)).toBeLessThanOrEqual(3)
    expect(second.lists - (before[1] ?? 0)).toBeGreaterThan(25)
    expect(rig.engine.accounts.list().map(({ connection, unread }) => [connection.state, unread])).toEqual([
      ['signed-out', 0],
      ['ok', 1]
    ])
  })

  it('are each asked as often as is said for them', async () => {
    const { rig, first, second, ids } = await two()
    await rig.engine.accounts.remove(ids[1])

    rig.demoPollSeconds = 5
    await rig.connect({ baseUrl: 'https://two.example.com', version: 'v2', demo: true })
    const before = [first.lists, second.lists]
    await rig.time.advance(minutes(10))
    expect(first.lists - (before[0] ?? 0)).toBeLessThanOrEqual(10)
    expect(second.lists - (before[1] ?? 0)).toBeGreaterThan(100)
  })

  it('keep tickets of the same number, unread marks and drafts apart', async () => {
    const { rig, first, second, ids } = await two()
    const [a, b] = ids.map((accountId) => ({ accountId, ticketId: 1 })) as [never, never]
    for (const server of [first, second]) server.addReply(1, 'staff', 'Yanıt')
    await rig.time.advance(minutes(2))
    rig.engine.outgoing.setReplyDraft(a, 'yalnız bir')
    await rig.engine.tickets.markRead([b])
    await rig.time.advance(1000)
    await rig.crash()
    await rig.time.advance(minutes(2))
    expect(rig.engine.accounts.list().map(({ unread }) => unread)).toEqual([1, 0])
    expect([rig.engine.outgoing.replyDraft(a), rig.engine.outgoing.replyDraft(b)]).toEqual(['yalnız bir', ''])
  })

  it('send each to its own server', async () => {
    const { rig, first, second, ids } = await two()
    rig.engine.control.setOnline(false)
    await rig.engine.outgoing.reply({ accountId: ids[0], ticketId: 1 }, 'birinciye')
    await rig.engine.outgoing.reply({ accountId: ids[1], ticketId: 1 }, 'ikinciye')
    await rig.crash()
    rig.engine.control.setOnline(true)
    await rig.time.advance(minutes(3))
    expect([first.repliesOf(1), second.repliesOf(1)]).toEqual([['birinciye'], ['ikinciye']])
  })

  it('have the departments of their version, and the same number means each its own', async () => {
    const { rig, first, second, ids } = await two()
    const names = rig.engine.accounts
      .list()
      .map(({ departments }) => departments.find(({ id }) => id === 20)?.name)
    expect(names).toEqual(['Veri Merkezi Hizmetleri', 'Cari İşlemler'])
    for (const id of ids) await rig.engine.outgoing.create(id, draft, '')
    await rig.time.advance(minutes(3))
    expect([first, second].map(({ tickets }) => tickets.size)).toEqual([2, 2])
    const made = rig.engine.tickets.rows().filter(({ titleKnown }) => titleKnown)
    expect(made.map(({ accountId, department }) => [accountId, department])).toEqual([
      [ids[0], 'Veri Merkezi Hizmetleri'],
      [ids[1], 'Cari İşlemler']
    ])
  })

  it('offer services: v2’s by name, and the numbers remembered from earlier tickets in both', async () => {
    const { rig, ids } = await two()
    await rig.engine.outgoing.create(ids[0], { ...draft, service: 'S952157' }, '')
    await rig.engine.outgoing.create(ids[1], { ...draft, service: '3' }, '')
    await rig.time.advance(minutes(1))
    const offered = [rig.engine.accounts.services(ids[0]), rig.engine.accounts.services(ids[1])]
    await rig.time.advance(minutes(1))
    const found = { isMissing: false, problem: null }
    expect(
      (await Promise.all(offered)).map((outcome) => (outcome.ok ? outcome.value : outcome.error))
    ).toEqual([
      { services: [{ id: '952157', product: '', status: '' }], ...found },
      { services: [{ id: '3', product: 'SSD VDS I', status: 'Active' }], ...found }
    ])
  })

  it('offer v2’s services by name also offline after a restart', async () => {
    const { rig, ids } = await two()
    const offered = rig.engine.accounts.services(ids[1])
    await rig.time.advance(minutes(1))
    await offered
    await rig.crash()
    rig.engine.control.setOnline(false)
    const again = rig.engine.accounts.services(ids[1])
    await rig.time.advance(minutes(1))
    expect(await again).toMatchObject({
      ok: true,
      value: { services: [{ id: '3', product: 'SSD VDS I' }], isMissing: false }
    })
  })

  it('are removed one by one: what belongs to one goes, the other keeps everything', async () => {
    const { rig, first, second, ids } = await two()
    rig.engine.control.setOnline(false)
    await rig.engine.outgoing.create(ids[0], draft, 'parola-bir')
    await rig.engine.outgoing.create(ids[1], draft, 'parola-iki')
    rig.engine.outgoing.setReplyDraft({ accountId: ids[0], ticketId: 1 }, 'taslak-bir')
    rig.engine.outgoing.setReplyDraft({ accountId: ids[1], ticketId: 1 }, 'taslak-iki')
    await rig.time.advance(minutes(1))
    expect(await rig.engine.accounts.remove(ids[0])).toEqual({ ok: true, value: null })
    expect(rig.secrets()).toHaveLength(2)
    await rig.crash()
    rig.engine.control.setOnline(true)
    const before = first.lists
    await rig.time.advance(minutes(5))
    expect(first.lists).toBe(before)
    expect([first.tickets.size, second.tickets.size]).toEqual([1, 2])
    expect([...rig.disk.files.values()].join()).not.toMatch(/taslak-bir|one\.example/)
    expect(rig.engine.outgoing.replyDraft({ accountId: ids[1], ticketId: 1 })).toBe('taslak-iki')
  })

  it('removed while the app dies, at whichever step, is there to be removed again or is gone', async () => {
    for (let step = 1; step < 14; step++) {
      const { rig, ids } = await two()
      rig.engine.control.setOnline(false)
      await rig.engine.outgoing.create(ids[0], draft, 'parola')
      rig.crashAfter(step)
      void rig.engine.accounts.remove(ids[0])
      await rig.time.advance(1000)
      await rig.crash()
      await rig.time.advance(minutes(1))
      if (rig.engine.accounts.list().some(({ id }) => id === ids[0])) {
        const again = rig.engine.accounts.remove(ids[0])
        await rig.time.advance(1000)
        expect((await again).ok, `step ${step}`).toBe(true)
      }
      expect(rig.engine.accounts.list().map(({ id }) => id)).toEqual([ids[1]])
      expect(rig.secrets(), `secrets after step ${step}`).toEqual([`account:${ids[1]}`])
      expect(rig.engine.outgoing.items()).toEqual([])
    }
  })
})

describe('an account', () => {
  const credentials: readonly Credentials[] = [
    { kind: 'bearer', token: 't' },
    { kind: 'header', header: 'X-Api-Key', token: 't' },
    { kind: 'pair', access: 'a', secret: 's' }
  ]
  it.each(credentials)('proves who asks by $kind, also in the next run', async (proof) => {
    const used: Credentials[] = []
    const rig: Rig = new Rig(
      () => 0.5,
      (_, options) => {
        used.push(options.credentials)
        return rig.server.api(options.version)
      }
    )
    rig.server.add(1)
    const account = await rig.connect({ credentials: proof })
    expect(account.auth).toBe(proof.kind)
    await rig.crash()
    expect(used).toEqual([proof, proof])
    expect([...rig.disk.files.values()].join()).not.toMatch(/"t"|"s"/)
  })

  it('is found out to be v2 where both could be, else v1', async () => {
    const asked: string[] = []
    const rig: Rig = new Rig(
      () => 0.5,
      (_, { baseUrl, version }) => {
        asked.push(baseUrl)
        const api = rig.server.api(version)
        if (version === 'v1') return api
        return {
          ...api,
          list: () => Promise.resolve({ outcome: 'failed', problem: { kind: 'wrong-address' } })
        }
      }
    )
    rig.server.add(1)
    expect((await rig.connect({ version: 'auto' })).version).toBe('v1')
    expect(asked).toEqual(['https://api.example.com/v2', 'https://api.example.com/v1'])
    const newer = new Rig()
    newer.server.add(1)
    expect((await newer.connect({ version: 'auto' })).version).toBe('v2')
  })

  it('whose credentials are refused is asked for no second version, and is not kept', async () => {
    const rig = new Rig()
    rig.server.failingList = { kind: 'unauthorized' }
    await expect(rig.connect({ version: 'auto' })).rejects.toThrow('unauthorized')
    expect(rig.server.lists).toBe(1)
    expect(rig.engine.accounts.list()).toEqual([])
    expect(rig.secrets()).toEqual([])
  })

  it('is not added twice', async () => {
    const rig = new Rig()
    rig.server.add(1)
    await rig.connect()
    await expect(rig.connect()).rejects.toThrow('account-exists')
    for (const baseUrl of ['HTTPS://API.example.com', 'https://api.example.com:443', 'api.example.com./'])
      await expect(rig.connect({ baseUrl })).rejects.toThrow('account-exists')
    expect(rig.engine.accounts.list()).toHaveLength(1)
  })

  it('keeps its new name, colour and pause in the next run', async () => {
    const rig = new Rig()
    rig.server.add(1)
    await rig.connect()
    rig.engine.accounts.rename(rig.accountId, '  Ajans  ')
    rig.engine.accounts.recolor(rig.accountId, 5)
    rig.engine.accounts.pause(rig.accountId, true)
    rig.engine.accounts.setRules(rig.accountId, { notify: false, pollSeconds: 600 })
    await rig.crash()
    const before = rig.server.lists
    await rig.time.advance(minutes(30))
    expect(rig.server.lists).toBe(before)
    expect(rig.engine.accounts.list()).toMatchObject([
      { name: 'Ajans', color: 5, paused: true, rules: { notify: false, sound: true, pollSeconds: 600 } }
    ])
  })

  it('is asked as often as its own rule says, also when it changes while it runs and in the next run', async () => {
    const rig = new Rig()
    rig.server.add(1)
    await rig.connect()
    const listsIn = async (ms: number): Promise<number> => {
      const before = rig.server.lists
      await rig.time.advance(ms)
      return rig.server.lists - before
    }
    rig.engine.accounts.setRules(rig.accountId, { pollSeconds: 3600 })
    await listsIn(minutes(2))
    expect(await listsIn(minutes(50)), 'seldom').toBe(0)
    rig.engine.accounts.setRules(rig.accountId, { pollSeconds: 30 })
    expect(await listsIn(minutes(10)), 'often, at once').toBeGreaterThanOrEqual(18)
    rig.engine.accounts.setRules(rig.accountId, { pollSeconds: 3600 })
    await rig.crash()
    await listsIn(minutes(2))
    expect(await listsIn(minutes(50)), 'in the next run').toBe(0)
    rig.engine.accounts.setRules(rig.accountId, { pollSeconds: null })
    expect(await listsIn(minutes(10)), 'as the settings say').toBeGreaterThanOrEqual(8)
    rig.pollSeconds = 3600
    await listsIn(minutes(2))
    rig.pollSeconds = 30
    rig.engine.control.settingsChanged()
    expect(await listsIn(minutes(10)), 'when the settings change').toBeGreaterThanOrEqual(18)
  })

  it('whose server asked for patience gets it, however short its interval becomes', async () => {
    const rig = new Rig()
    rig.server.add(1)
    await rig.connect()
    rig.server.failingList = { kind: 'rate-limited', retryAt: rig.time.now() + minutes(40) }
    await rig.time.advance(minutes(2))
    const before = rig.server.lists
    rig.engine.accounts.setRules(rig.accountId, { pollSeconds: 30 })
    await rig.time.advance(minutes(30))
    expect(rig.server.lists).toBe(before)
  })

  it('without its secret says so, asks nothing, and goes on once it is given', async () => {
    const rig = new Rig()
    rig.server.add(1)
    await rig.connect()
    rig.vault.erase(`account:${rig.accountId}`)
    await rig.crash()
    const before = rig.server.lists
    await rig.time.advance(minutes(30))
    expect(rig.server.lists).toBe(before)
    expect(rig.row(1), 'what was known stays readable').toBeDefined()
    expect(rig.engine.accounts.list()[0]?.connection).toMatchObject({
      state: 'signed-out',
      problem: { kind: 'no-credentials' }
    })
    const again = rig.engine.accounts.reconnect(rig.accountId, { kind: 'bearer', token: 'new' }, false)
    await rig.time.advance(minutes(1))
    expect((await again).ok).toBe(true)
    expect(rig.engine.accounts.list()[0]?.connection.state).toBe('ok')
  })

  it('whose first list could not be stored is told so and has its baseline in the next run', async () => {
    const rig = new Rig()
    rig.server.add(1)
    rig.server.addReply(1, 'staff', 'Eski')
    rig.disk.failure = diskError('EROFS')
    await rig.connect()
    expect(rig.notices.map(({ kind }) => kind)).toEqual(['storage-read-only'])
    rig.disk.failure = null
    await rig.time.advance(minutes(1))
    expect(rig.notices).toEqual([])
    await rig.crash()
    await rig.time.advance(minutes(3))
    expect(rig.engine.accounts.list()).toHaveLength(1)
    expect(rig.ticketEvents).toEqual([])
  })
})
