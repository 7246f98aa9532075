import { describe, expect, it } from 'vitest'
import { Rig } from '../../support/sync/rig.ts'
import { newTicketOf } from '../../support/builders.ts'

const minutes = (count: number): number => count * 60_000

/** The next run after connecting an account, with a keychain that is still locked. */
async function lockedRig(): Promise<Rig> {
  const rig = new Rig()
  rig.server.add(1)
  await rig.connect()
  rig.keychainOwner.isLocked = true
  await rig.crash()
  return rig
}
const connection = (rig: Rig): unknown => rig.engine.accounts.list()[0]?.connection

describe('a keychain that is locked', () => {
  it('is said as locked; nothing is asked of the server, and what was known stays', async () => {
    const rig = await lockedRig()
    const before = rig.server.lists
    await rig.time.advance(minutes(30))
    expect(rig.server.lists).toBe(before)
    expect(connection(rig)).toMatchObject({ state: 'failing', problem: { kind: 'keychain-locked' } })
    expect(rig.notices).toEqual([{ kind: 'keychain-locked', detail: 'Test' }])
    expect(rig.row(1)).toBeDefined()
  })

  it.each(['asked', 'wake', 'opened', 'online'] as const)(
    'is looked at again when there is reason to: %s; unlocked, the account goes on by itself',
    async (reason) => {
      const rig = await lockedRig()
      rig.keychainOwner.isLocked = false
      await rig.engine.control.check(reason)
      await rig.time.advance(minutes(1))
      expect(connection(rig)).toMatchObject({ state: 'ok', problem: null })
      expect(rig.notices).toEqual([])
      expect(rig.secrets()).toEqual([`account:${rig.accountId}`])
    }
  )

  it('opens when its owner types the password, whom the start and "Check now" ask, and nothing else', async () => {
    const rig = await lockedRig()
    rig.keychainOwner.unlocksWhenAsked = true
    await rig.engine.control.check('wake')
    await rig.time.advance(minutes(1))
    expect(connection(rig)).toMatchObject({ problem: { kind: 'keychain-locked' } })
    await rig.engine.control.check('asked')
    await rig.time.advance(minutes(1))
    expect(connection(rig)).toMatchObject({ state: 'ok' })

    const again = new Rig()
    await again.connect()
    Object.assign(again.keychainOwner, { isLocked: true, unlocksWhenAsked: true })
    await again.crash()
    await again.time.advance(minutes(1))
    expect(connection(again)).toMatchObject({ state: 'ok' })
  })

  it.each([true, false])(
    'loses nothing when one signs in again meanwhile (this run only: %s)',
    async (only) => {
      const rig = await lockedRig()
      const answer = rig.engine.accounts.reconnect(rig.accountId, { kind: 'bearer', token: 'new' }, only)
      await rig.time.advance(minutes(1))
      expect((await answer).ok).toBe(true)
      expect(connection(rig)).toMatchObject({ state: 'ok' })
      expect(rig.notices).toEqual([])
      expect(rig.secrets()).toEqual([`account:${rig.accountId}`])
    }
  )

  it.each(['asked', 'wake', 'opened', 'online'] as const)(
    'stores a token that was given while it was locked, when there is reason to look again: %s',
    async (reason) => {
      const rig = new Rig()
      rig.keychainOwner.isLocked = true
      await rig.connect()
      await rig.time.advance(minutes(1))
      expect(rig.engine.accounts.list()[0]?.secretStored).toBe(false)
      rig.keychainOwner.isLocked = false
      await rig.engine.control.check(reason)
      await rig.time.advance(minutes(1))
      expect(rig.engine.accounts.list()[0]?.secretStored).toBe(true)
      await rig.crash()
      await rig.time.advance(minutes(1))
      expect(connection(rig)).toMatchObject({ state: 'ok' })
    }
  )

  it('that is started after the first account was connected takes its token, and is not missed any more', async () => {
    const rig = new Rig()
    rig.isKeychainThere = false
    await rig.connect()
    expect(rig.notices).toEqual([{ kind: 'no-keychain' }])
    rig.isKeychainThere = true
    await rig.engine.control.check('wake')
    await rig.time.advance(minutes(1))
    expect(rig.notices).toEqual([])
    expect(rig.secrets()).toEqual([`account:${rig.accountId}`])
  })

  it('lets no new ticket go without its password, nor forgets that', async () => {
    const rig = new Rig()
    await rig.connect()
    rig.engine.control.setOnline(false)
    const draft = newTicketOf({
      title: 'T',
      departmentId: 3,
      service: '1',
      message: 'M',
      serverUser: 'root'
    })
    await rig.engine.outgoing.create(rig.accountId, draft, 'gizli')
    rig.keychainOwner.isLocked = true
    await rig.crash()
    const answer = rig.engine.accounts.reconnect(rig.accountId, { kind: 'bearer', token: 'token' }, true)
    await rig.time.advance(minutes(3))
    await answer
    expect(rig.server.writes).toEqual([])
    const [item] = rig.engine.outgoing.items()
    expect(item).toMatchObject({ state: 'refused', problem: { kind: 'keychain-locked', field: 'password' } })
    rig.keychainOwner.isLocked = false
    await rig.engine.outgoing.retry(item?.id ?? '')
    await rig.time.advance(minutes(3))
    expect(rig.server.writes).toEqual(['create M'])
  })
})

it('a keychain that changed is said until one signed in again, after which nothing is said', async () => {
  const rig = new Rig()
  await rig.connect()
  rig.keychainOwner.lost.add(`account:${rig.accountId}`)
  await rig.crash()
  expect(rig.engine.control.notices()).toEqual([{ kind: 'keychain-changed', detail: 'Test' }])
  const answer = rig.engine.accounts.reconnect(rig.accountId, { kind: 'bearer', token: 'new' }, false)
  await rig.time.advance(minutes(1))
  expect((await answer).ok).toBe(true)
  expect(rig.engine.control.notices()).toEqual([])
})
