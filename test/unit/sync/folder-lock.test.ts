/** A folder on a disk shared by several computers: only one of them sends. */
import { describe, expect, it } from 'vitest'
import { connectedRig, type Rig } from '../../support/sync/rig.ts'
import { newTicketOf } from '../../support/builders.ts'

const seconds = (count: number): number => count * 1000
const minutes = (count: number): number => count * 60_000
const taken = (rig: Rig, computer: string | null): void => {
  rig.disk.isHeld = true
  rig.disk.holder = { sign: 'first', computer }
}

describe('a folder that another computer has', () => {
  it('is left to it, by its name, for as long as it renews its lock', async () => {
    const rig = await connectedRig()
    taken(rig, 'laptop')
    await rig.crash()
    const { lists } = rig.server
    for (let i = 0; i < 120; i++) {
      rig.disk.holder.sign = `renewed ${i}`
      await rig.time.advance(seconds(30))
    }
    expect(rig.server.lists).toBe(lists)
    expect(rig.engine.control.notices()).toEqual([{ kind: 'folder-in-use', detail: 'laptop' }])
    expect(rig.engine.accounts.list()).toEqual([])
  })

  it('is taken over some minutes after it was renewed last, with everything that is in it', async () => {
    const rig = await connectedRig()
    rig.engine.control.setOnline(false)
    await rig.engine.outgoing.reply(rig.ref(1), 'Bekleyen')
    taken(rig, 'laptop')
    await rig.crash()
    await rig.time.advance(minutes(2))
    expect(rig.server.writes).toEqual([])
    await rig.time.advance(minutes(4))
    expect(rig.engine.control.notices()).toEqual([])
    expect(rig.server.writes).toEqual(['reply 1 Bekleyen'])
    expect(rig.engine.accounts.list()).toMatchObject([{ connection: { state: 'ok' } }])
    const rows = new Set(rig.changes.flatMap(({ changed }) => changed.map(({ id }) => id)))
    expect([...rows].sort()).toEqual([1, 2])
  })

  it('is not taken over because this one’s clock jumped', async () => {
    const rig = await connectedRig()
    taken(rig, 'laptop')
    await rig.crash()
    const { lists } = rig.server
    rig.time.jump(minutes(600))
    await rig.time.advance(minutes(1))
    expect(rig.server.lists).toBe(lists)
  })
})

describe('a folder that another copy on this computer had', () => {
  it('is this one’s soon after that copy ended; what was written here meanwhile stays', async () => {
    const rig = await connectedRig()
    taken(rig, null)
    await rig.crash()
    const draft = newTicketOf({ title: 'T', message: 'M' })
    rig.engine.outgoing.setComposeDraft(null, draft)
    await rig.time.advance(minutes(60))
    expect(rig.engine.control.notices()).toEqual([{ kind: 'folder-in-use' }])
    rig.disk.isHeld = false
    await rig.time.advance(seconds(30))
    expect([rig.engine.control.notices(), rig.engine.accounts.list().length]).toEqual([[], 1])
    expect(rig.engine.outgoing.composeDraft()?.draft).toEqual(draft)
    await rig.engine.control.stop()
    await rig.crash()
    expect(rig.engine.outgoing.composeDraft()?.draft).toEqual(draft)
  })
})

describe('the lock of the folder', () => {
  /** Seconds between renewals in half an hour. */
  const gaps = async (rig: Rig): Promise<readonly number[]> => {
    const found: number[] = []
    let since = 0
    let known = rig.disk.renewals
    for (let second = 0; second < 1800; second++) {
      await rig.time.advance(seconds(1))
      since += 1
      if (rig.disk.renewals === known) continue
      known = rig.disk.renewals
      found.push(since)
      since = 0
    }
    return found.slice(1)
  }

  it('is renewed with every second poll, at half of the age at which another computer takes it', async () => {
    const rig = await connectedRig()
    const { lists } = rig.server
    const found = await gaps(rig)
    expect(rig.server.lists - lists).toBeGreaterThan(25)
    expect(found.length).toBeLessThan(18)
    expect(Math.max(...found)).toBeLessThanOrEqual(150)
  })

  it('is renewed without polls, too', async () => {
    const rig = await connectedRig()
    rig.engine.control.setOnline(false)
    const found = await gaps(rig)
    expect(found.length).toBeGreaterThan(9)
    expect(Math.max(...found)).toBeLessThanOrEqual(150)
  })

  it('is tried again after half a minute where it cannot be written', async () => {
    const rig = await connectedRig()
    rig.engine.control.setOnline(false)
    await rig.time.advance(minutes(10))
    rig.disk.failure = new Error('EIO')
    const { renewals } = rig.disk
    await rig.time.advance(minutes(5))
    expect(rig.disk.renewals - renewals).toBeGreaterThan(5)
  })

  it('is read with each poll, since this machine may have slept while its clock stood still', async () => {
    const rig = await connectedRig()
    await rig.time.advance(minutes(10))
    while (rig.disk.renewals === 0) await rig.time.advance(seconds(1))
    const { renewals } = rig.disk
    while (rig.disk.renewals === renewals) await rig.time.advance(seconds(1))
    // Renewed just now, so the next poll does not renew it.
    taken(rig, 'laptop')
    const files = new Map(rig.disk.files)
    const replied = rig.server.lists
    while (rig.server.lists === replied) await rig.time.advance(seconds(1))
    expect(rig.engine.control.notices()).toEqual([{ kind: 'folder-in-use', detail: 'laptop' }])
    expect(rig.disk.files).toEqual(files)
  })
})

describe('a folder that another computer took while this one slept', () => {
  it.each(['before the next renewal', 'after it'])(
    'is sent from no more (%s), and it is said',
    async (when) => {
      const rig = await connectedRig()
      await rig.engine.outgoing.reply(rig.ref(2), 'Gönderilen')
      await rig.time.advance(minutes(10))
      rig.engine.control.setOnline(false)
      await rig.engine.outgoing.reply(rig.ref(1), 'Bekleyen')
      taken(rig, 'laptop')
      if (when === 'after it') await rig.time.advance(minutes(1))
      const files = new Map(rig.disk.files)
      rig.engine.control.setOnline(true)
      rig.disk.holder.sign = 'renewed'
      await rig.time.advance(minutes(1))
      expect(rig.server.writes).toEqual(['reply 2 Gonderilen'])
      expect(rig.engine.control.notices()).toEqual([{ kind: 'folder-in-use', detail: 'laptop' }])
      if (when === 'after it') expect(rig.disk.files).toEqual(files)
      expect(await rig.engine.outgoing.reply(rig.ref(1), 'Bir de bu')).toMatchObject({
        error: { kind: 'folder-in-use' }
      })

      // The other instance ends without sending it.
      rig.disk.isHeld = false
      await rig.time.advance(minutes(10))
      expect(rig.server.writes).toEqual(['reply 2 Gonderilen', 'reply 1 Bekleyen'])
      expect(rig.engine.control.notices()).toEqual([])
    }
  )
})
