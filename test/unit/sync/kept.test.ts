/** Texts are always stored somewhere, secrets only where needed, and an outdated list shows its age. */
import { sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { diskError, type MemoryDisk } from '../../support/sync/memory.ts'
import { connectedRig, Rig } from '../../support/sync/rig.ts'
import { newTicketOf } from '../../support/builders.ts'

const minutes = (count: number): number => count * 60_000
const empty = newTicketOf()
const draft = newTicketOf({
  title: 'Disk',
  departmentId: 2,
  service: '1',
  message: 'Disk doldu',
  serverIp: '203.0.113.7',
  serverUser: 'root'
})

async function queuedTicket(rig: Rig, password = ''): Promise<string> {
  rig.engine.control.setOnline(false)
  const queued = await rig.engine.outgoing.create(rig.accountId, draft, password)
  if (!queued.ok) throw new Error(queued.error.kind)
  return queued.value.id
}
const accountsFile = (rig: Rig): string =>
  [...rig.disk.files.keys()].find((path) => path.endsWith('accounts.json')) ?? ''

describe('a queued new ticket that is taken back', () => {
  it('is in the draft at once, so that no crash loses it', async () => {
    for (let step = 1; step < 8; step++) {
      const rig = await connectedRig()
      const id = await queuedTicket(rig)
      rig.server.failingList = { kind: 'unreachable' }
      rig.crashAfter(step)
      await rig.engine.outgoing.cancel(id)
      await rig.crash()
      const places = [
        ...rig.engine.outgoing
          .items()
          .map(({ action }) => (action.kind === 'create' ? action.draft.message : '')),
        rig.engine.outgoing.composeDraft()?.draft.message ?? ''
      ]
      expect(places, `died at step ${step}`).toContain(draft.message)
    }
  })

  it('brings along how to get into the server in memory only', async () => {
    const rig = await connectedRig()
    await rig.engine.outgoing.cancel(await queuedTicket(rig, 'gizli'))
    expect(rig.engine.outgoing.composeDraft()).toEqual({ accountId: rig.accountId, draft })
    expect([...rig.disk.files.values()].join()).not.toMatch(/203\.0\.113\.7|root|gizli/)
    expect(rig.secrets()).toEqual([`account:${rig.accountId}`])
  })

  it('comes before another one that is being written, and neither is lost, also over a restart', async () => {
    const rig = await connectedRig()
    const { outgoing } = rig.engine
    const first = await queuedTicket(rig)
    const second = await queuedTicket(rig)
    const other = { accountId: null, draft: { ...empty, message: 'Başka' } }
    outgoing.setComposeDraft(other.accountId, other.draft)
    expect((await outgoing.cancelAll([first, second])).ok).toBe(true)
    expect(outgoing.items()).toEqual([])
    expect([outgoing.composeDraft()?.draft.message, outgoing.composeLater()]).toEqual([draft.message, 2])
    expect(outgoing.nextComposeDraft(rig.accountId)).toBe(true)
    expect([...rig.disk.files.values()].join()).not.toMatch(/203\.0\.113\.7|root/)
    await rig.engine.control.stop()
    await rig.crash()
    const again = rig.engine.outgoing
    const messages = Array.from({ length: 3 }, () => {
      again.nextComposeDraft(null)
      return again.composeDraft()?.draft.message
    })
    expect(messages.toSorted()).toEqual([draft.message, draft.message, 'Başka'].toSorted())
  })

  it('takes the place of one without a word', async () => {
    const rig = await connectedRig()
    const id = await queuedTicket(rig)
    rig.engine.outgoing.setComposeDraft(rig.accountId, { ...empty, departmentId: 6 })
    await rig.engine.outgoing.cancel(id)
    expect(rig.engine.outgoing.composeLater()).toBe(0)
    expect(rig.engine.outgoing.composeDraft()?.draft.message).toBe(draft.message)
  })

  it('stays where it is when its draft cannot be written', async () => {
    const rig = await connectedRig()
    const id = await queuedTicket(rig)
    rig.disk.failure = diskError('ENOSPC')
    expect(await rig.engine.outgoing.cancel(id)).toEqual({ ok: false, error: { kind: 'storage-full' } })
    expect(rig.engine.outgoing.items()).toHaveLength(1)
    expect(rig.engine.outgoing.composeDraft()).toBeNull()
  })
})

describe('what was written for an account that is in no list any more', () => {
  async function lost(): Promise<Rig> {
    const rig = await connectedRig()
    await queuedTicket(rig)
    await rig.engine.outgoing.reply(rig.ref(1), 'Bekleyen yanıt')
    // As if somebody had removed it from the file.
    rig.disk.files.set(accountsFile(rig), '{"version":1,"data":[]}')
    await rig.crash()
    return rig
  }

  it('is shown as not sent, is never sent, and stays across restarts until it is taken back', async () => {
    const rig = await lost()
    const refused = { state: 'refused', problem: { kind: 'unknown-account' } }
    expect(rig.engine.outgoing.items()).toMatchObject([refused, refused])
    await rig.connect()
    await rig.crash()
    await rig.time.advance(minutes(10))
    expect(rig.server.writes).toEqual([])
    expect(rig.engine.outgoing.items()).toMatchObject([refused, refused])
    for (const { id } of rig.engine.outgoing.items()) {
      expect(await rig.engine.outgoing.retry(id)).toEqual({ ok: false, error: { kind: 'unknown-account' } })
      expect(await rig.engine.outgoing.cancel(id)).toMatchObject({ ok: true })
    }
    expect(rig.engine.outgoing.composeDraft()).toEqual({ accountId: null, draft })
    await rig.crash()
    expect(rig.engine.outgoing.items()).toEqual([])
  })

  it('stays when it cannot be taken out', async () => {
    const rig = await lost()
    const reply = rig.engine.outgoing.items().find(({ action }) => action.kind === 'reply')
    rig.disk.failure = diskError('EROFS')
    expect(await rig.engine.outgoing.cancel(reply?.id ?? '')).toEqual({
      ok: false,
      error: { kind: 'storage-read-only' }
    })
    expect(rig.engine.outgoing.items()).toHaveLength(2)
  })
})

describe('secrets of what is no more', () => {
  it('are erased at the next start: a password without its entry, a token without its account', async () => {
    const rig = await connectedRig()
    await queuedTicket(rig, 'gizli')
    const kept = rig.secrets()
    rig.vault.put('outbox:gone', 'eski', false)
    rig.vault.put('account:gone', 'eski', false)
    rig.server.failingList = { kind: 'unreachable' }
    await rig.crash()
    expect(rig.secrets()).toEqual(kept)
  })

  it.each(['outbox.json', 'accounts.json'])(
    'stay while %s is damaged: it may be brought back',
    async (name) => {
      const rig = await connectedRig()
      await queuedTicket(rig, 'gizli')
      const kept = rig.secrets()
      const path = [...rig.disk.files.keys()].find((file) => file.endsWith(name)) ?? ''
      rig.disk.files.set(path, '{"version":1,"data":')
      rig.server.failingList = { kind: 'unreachable' }
      await rig.crash()
      await rig.crash()
      expect(rig.secrets(), 'also a restart later').toEqual(kept)
    }
  )

  it('go with the account', async () => {
    const rig = await connectedRig()
    await queuedTicket(rig, 'gizli')
    await rig.engine.accounts.remove(rig.accountId)
    expect(rig.secrets()).toEqual([])
    const left = [...rig.disk.files].filter(([, text]) => text.includes(rig.accountId))
    expect(left.map(([path]) => path).filter((path) => !path.split(sep).includes('accounts'))).toEqual([])
  })
})

describe('a server password', () => {
  it('is kept for no ticket that is not kept, whenever the engine dies around it', async () => {
    for (let step = 1; step < 8; step++) {
      const rig = await connectedRig()
      rig.engine.control.setOnline(false)
      rig.crashAfter(step)
      await rig.engine.outgoing.create(rig.accountId, draft, 'gizli')
      await rig.crash()
      const kept = rig.engine.outgoing.items().map(({ id }) => `outbox:${id}`)
      expect(kept).toEqual(expect.arrayContaining(rig.secrets().filter((name) => name.startsWith('outbox:'))))
      expect([...rig.disk.files.values()].join()).not.toContain('gizli')
    }
  })

  it.each([
    ['was in the memory of the last run', (rig: Rig) => (rig.isKeychainThere = false), () => undefined],
    ['is gone from the keychain', () => true, (rig: Rig, id: string) => rig.vault.erase(`outbox:${id}`)]
  ])('that %s is asked for again instead of sending without', async (_, before, after) => {
    const rig = await connectedRig()
    before(rig)
    const id = await queuedTicket(rig, 'gizli')
    after(rig, id)
    await rig.crash()
    await rig.time.advance(minutes(3))
    expect(rig.server.writes).toEqual([])
    expect(rig.engine.outgoing.items()).toMatchObject([
      { state: 'refused', problem: { kind: 'no-keychain', field: 'password' } }
    ])
  })

  it('goes when the ticket is taken back', async () => {
    const rig = await connectedRig()
    await rig.engine.outgoing.cancel(await queuedTicket(rig, 'gizli'))
    expect(rig.secrets()).toEqual([`account:${rig.accountId}`])
  })
})

describe('without a keychain', () => {
  it('it is said that a server password is in memory only, until the ticket is sent', async () => {
    const rig = await connectedRig()
    rig.isKeychainThere = false
    await queuedTicket(rig, 'gizli')
    expect(rig.notices).toEqual([{ kind: 'password-in-memory' }])
    rig.engine.control.setOnline(true)
    await rig.time.advance(minutes(3))
    expect(rig.server.writes).toEqual(['create Disk doldu'])
    expect(rig.notices).toEqual([])
    expect(rig.secrets()).toEqual([`account:${rig.accountId}`])
  })

  it('an account whose token went with the last run asks for it, and keeps its tickets', async () => {
    const rig = new Rig()
    rig.server.add(1)
    rig.isKeychainThere = false
    await rig.connect()
    expect(rig.notices).toEqual([{ kind: 'no-keychain' }])
    expect(rig.engine.accounts.list()).toMatchObject([{ secretStored: false }])
    await rig.time.advance(10_000)
    await rig.crash()
    expect(rig.engine.accounts.list()).toMatchObject([
      { connection: { state: 'signed-out', problem: { kind: 'no-credentials' } } }
    ])
    expect(rig.row(1)).toBeDefined()
  })
})

describe('the age of the list', () => {
  it.each([
    ['the app was quit', (rig: Rig): void => void rig.engine.control.stop()],
    [
      'the network went',
      (rig: Rig): void => {
        rig.engine.control.setOnline(false)
      }
    ],
    [
      'the machine went to sleep',
      (rig: Rig): void => {
        rig.engine.control.suspend()
      }
    ]
  ])('is known to the next run when %s before', async (_, before) => {
    const rig = await connectedRig()
    await rig.time.advance(minutes(7))
    const at = rig.engine.accounts.list()[0]?.connection.freshAt
    before(rig)
    await rig.time.advance(0)
    rig.server.failingList = { kind: 'unreachable' }
    await rig.time.advance(minutes(60))
    await rig.crash()
    await rig.time.advance(minutes(1))
    expect(rig.engine.accounts.list()[0]?.connection).toMatchObject({ state: 'failing', freshAt: at })
  })

  it('is at most a quarter of an hour wrong after a crash, and never in the future', async () => {
    const rig = await connectedRig()
    await rig.time.advance(minutes(100))
    const at = rig.engine.accounts.list()[0]?.connection.freshAt ?? 0
    rig.server.failingList = { kind: 'unreachable' }
    await rig.crash()
    const known = rig.engine.accounts.list()[0]?.connection.freshAt ?? 0
    expect(at - known).toBeLessThanOrEqual(minutes(16))
    rig.time.jump(-86_400_000)
    await rig.crash()
    expect(rig.engine.accounts.list()[0]?.connection.freshAt).toBe(rig.time.now())
  })

  it('is unknown where the tickets themselves are gone', async () => {
    const rig = await connectedRig()
    await rig.engine.control.stop()
    rig.server.failingList = { kind: 'unreachable' }
    rig.forgetCaches()
    await rig.crash()
    expect(rig.engine.accounts.list()[0]?.connection.freshAt).toBeNull()
  })
})

describe('a lock that could not be written', () => {
  const locking = (rig: Rig, lock: MemoryDisk['lock']): void => void (rig.disk.lock = lock)

  it('is told, tried again, and over when it is over', async () => {
    const rig = new Rig()
    locking(rig, () => {
      throw diskError('EROFS')
    })
    await rig.connect()
    expect(rig.notices).toEqual([{ kind: 'storage-read-only', detail: 'lock' }])
    locking(rig, () => ({ kind: 'held', isMine: () => true, renew: () => true, release: () => undefined }))
    await rig.time.advance(minutes(1))
    expect(rig.notices).toEqual([])
  })

  it('ends the work here when another copy has it by then', async () => {
    const rig = new Rig()
    locking(rig, () => {
      throw diskError('EROFS')
    })
    await rig.connect()
    locking(rig, () => ({ kind: 'holder', computer: null, sign: 'x' }))
    rig.engine.outgoing.setReplyDraft(rig.ref(1), 'yarım')
    await rig.time.advance(minutes(1))
    const [lists, files] = [rig.server.lists, new Map(rig.disk.files)]
    rig.engine.outgoing.setReplyDraft(rig.ref(1), 'yarım kalan')
    expect(await rig.engine.outgoing.reply(rig.ref(1), 'Merhaba')).toEqual({
      ok: false,
      error: { kind: 'folder-in-use' }
    })
    await rig.time.advance(minutes(30))
    await rig.engine.control.stop()
    expect(rig.notices).toContainEqual({ kind: 'folder-in-use' })
    expect(rig.server.lists).toBe(lists)
    expect(rig.disk.files).toEqual(files)
    expect(rig.engine.outgoing.replyDraft(rig.ref(1))).toBe('yarım kalan')
  })
})

describe('what was not sent', () => {
  it('is written again: behind the reply’s draft, and before another new ticket, which waits', async () => {
    const rig = await connectedRig([1, 2])
    rig.engine.control.setOnline(false)
    const first = await rig.engine.outgoing.reply(rig.ref(1), 'Yanıt')
    const made = await rig.engine.outgoing.create(rig.accountId, draft, 'gizli')
    if (!first.ok || !made.ok) throw new Error('not queued')
    await rig.engine.outgoing.cancel(first.value.id)
    rig.engine.outgoing.setReplyDraft(rig.ref(1), 'Yeni')
    expect(rig.engine.outgoing.writeAgain(first.value.id)).toMatchObject({
      ok: true,
      value: { end: 'taken-back' }
    })
    expect(rig.engine.outgoing.replyDraft(rig.ref(1))).toBe('Yeni\n\nYanıt')
    expect(rig.row(1)?.draft).toBe(true)

    await rig.engine.outgoing.cancel(made.value.id)
    rig.engine.outgoing.setComposeDraft(rig.accountId, { ...draft, title: 'Başka' })
    expect(rig.engine.outgoing.writeAgain(made.value.id).ok).toBe(true)
    expect(rig.engine.outgoing.composeLater()).toBe(1)
    await rig.crash()
    expect(rig.engine.outgoing.composeDraft()?.draft).toMatchObject({
      title: draft.title,
      message: draft.message
    })
    expect(rig.engine.outgoing.history()).toHaveLength(2)
    expect(rig.engine.outgoing.writeAgain('nowhere')).toMatchObject({ error: { kind: 'invalid-arguments' } })
  })
})
