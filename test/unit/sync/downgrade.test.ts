/** An earlier version of the app is used for some time, then the later one again: no data of either is lost. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultSettings } from '../../../electron/ipc/defaults.ts'
import { settingsSchema, type Settings } from '../../../electron/ipc/settings-schema.ts'
import { createSettings } from '../../../electron/storage/settings.ts'
import { createVault } from '../../../electron/storage/vault.ts'
import type { Notice } from '../../../electron/tickets/views.ts'
import { newTicketOf } from '../../support/builders.ts'
import { MemoryDisk } from '../../support/sync/memory.ts'
import { connectedRig, Rig } from '../../support/sync/rig.ts'

const minutes = (count: number): number => count * 60_000
const hours = (count: number): number => minutes(60 * count)
const draft = newTicketOf({ title: 'Disk', departmentId: 2, service: '1', message: 'Disk doldu' })
const file = (...names: readonly string[]): string => join('/profile', ...names)

const isOwnFile = (path: string): boolean => path.endsWith('.json')
/** Raises the version number in all files, as a newer version would write them. */
function becomeNewer(rig: Rig): void {
  for (const [path, text] of rig.disk.files)
    if (isOwnFile(path))
      rig.disk.files.set(
        path,
        text.replaceAll(
          /(^|\n)\{"version":(\d+)/g,
          (_, start: string, v: string) => `${start}{"version":${Number(v) + 1}`
        )
      )
}
/** Lowers the version number in the files that were set aside for the newer version. */
function upgrade(rig: Rig): void {
  for (const [path, text] of rig.disk.files)
    if (/\.newer(-known)?-\d+$/.test(path))
      rig.disk.files.set(
        path,
        text.replaceAll(
          /(^|\n)\{"version":(\d+)/g,
          (_, start: string, v: string) => `${start}{"version":${Number(v) - 1}`
        )
      )
}
const kinds = (rig: Rig): readonly string[] => [
  ...new Set(rig.engine.control.notices().map(({ kind, detail }) => `${kind} ${detail ?? ''}`.trim()))
]

/** An account with a name, a read reply, drafts, a history, and waiting entries with a password. */
async function lived(): Promise<Rig> {
  const rig = await connectedRig([1, 2, 3], ({ server }) => {
    server.addReply(1, 'staff', 'Merhaba')
  })
  rig.engine.accounts.rename(rig.accountId, 'Şirket')
  await rig.engine.outgoing.reply(rig.ref(3), 'Gönderilmiş olan')
  await rig.time.advance(minutes(5))
  rig.server.addReply(2, 'staff', 'Buyurun')
  await rig.time.advance(minutes(2))
  await rig.engine.tickets.markRead([rig.ref(2)])
  rig.engine.outgoing.setReplyDraft(rig.ref(2), 'Sonraki sürümde yazılan')
  rig.engine.outgoing.setComposeDraft(rig.accountId, { ...draft, title: 'Önceki', message: 'Önceki metin' })
  rig.server.failingList = { kind: 'unreachable' }
  rig.engine.control.setOnline(false)
  await rig.engine.outgoing.create(rig.accountId, draft, 'gizli')
  await rig.time.advance(minutes(1))
  return rig
}

async function downgraded(): Promise<Rig> {
  const rig = await lived()
  becomeNewer(rig)
  await rig.crash()
  await rig.engine.control.opened()
  return rig
}

describe('after the downgrade', () => {
  it('every file waits whole, that is said until it is known, and no secret is erased', async () => {
    const rig = await lived()
    const kept = rig.secrets()
    becomeNewer(rig)
    await rig.crash()
    const waiting = [...rig.disk.files.keys()].flatMap(
      (path) => /[a-z]+\.json(?=\.newer-\d+$)/.exec(path)?.[0] ?? []
    )
    expect(waiting.sort()).toEqual([
      'account.json',
      'accounts.json',
      'drafts.json',
      'marks.json',
      'outbox.json',
      'sent.json'
    ])
    const notices = kinds(rig)
    for (const name of waiting) expect(notices).toContain(`file-of-newer-version ${name}`)
    expect(notices.filter((notice) => notice.startsWith('file-set-aside'))).toEqual([])
    for (const detail of waiting) rig.engine.control.dismiss('file-of-newer-version', detail)
    await rig.crash()
    expect(kinds(rig).filter((notice) => notice.startsWith('file-of-newer-version'))).toEqual([])
    expect(rig.secrets()).toEqual(kept)
  })
})

describe('after the upgrade', () => {
  it('account, read marks, drafts, history and what waits are there again, with what was written meanwhile', async () => {
    const rig = await downgraded()
    expect(rig.row(2)?.unread, 'not known').toBe(1)
    rig.engine.outgoing.setReplyDraft(rig.ref(2), 'Eski sürümde yazılan')
    rig.engine.outgoing.setReplyDraft(rig.ref(1), 'Yalnız eski sürümde')
    rig.engine.outgoing.setComposeDraft(rig.accountId, {
      ...draft,
      title: 'Sonraki',
      message: 'Sonraki metin'
    })
    await rig.engine.outgoing.reply(rig.ref(3), 'Eski sürümde bekleyen')
    await rig.engine.tickets.markRead([rig.ref(1)])
    await rig.time.advance(minutes(1))
    upgrade(rig)
    rig.server.failingList = { kind: 'unreachable' }
    await rig.crash()
    await rig.engine.control.opened()
    for (const name of ['accounts.json', 'drafts.json', 'marks.json', 'outbox.json', 'sent.json'])
      expect(kinds(rig)).toContain(`file-rejoined ${name}`)
    expect(rig.engine.accounts.list()).toMatchObject([
      { id: rig.accountId, name: 'Şirket', baseUrl: 'https://api.example.com/v1' }
    ])
    expect([1, 2].map((id) => rig.row(id)?.unread)).toEqual([0, 0])
    expect(rig.engine.outgoing.replyDraft(rig.ref(1))).toBe('Yalnız eski sürümde')
    expect(rig.engine.outgoing.replyDraft(rig.ref(2))).toBe('Eski sürümde yazılan\n\nSonraki sürümde yazılan')
    expect(rig.engine.outgoing.composeDraft()?.draft).toMatchObject({
      title: 'Sonraki',
      message: 'Sonraki metin\n\nÖnceki metin'
    })
    expect(rig.engine.outgoing.history()).toMatchObject([{ action: { text: 'Gönderilmiş olan' } }])
    expect(rig.engine.outgoing.items().map(({ action }) => action)).toMatchObject([
      { text: 'Eski sürümde bekleyen' },
      { kind: 'create' }
    ])
    await rig.crash()
    expect(kinds(rig)).toEqual([])
    expect(rig.engine.outgoing.items()).toHaveLength(2)
    expect(rig.secrets().filter((name) => name.startsWith('outbox:'))).toHaveLength(1)
  })

  it.each([
    ['nothing', (): void => undefined],
    [
      'the same words',
      ({ server }: Rig): void => {
        server.addReply(1, 'customer', 'Bekleyen yanıt')
      }
    ]
  ])(
    'what waits is sent only when the person says so, where the ticket showed %s before',
    async (_, before) => {
      const rig = await lived()
      before(rig)
      await rig.engine.outgoing.reply(rig.ref(1), 'Bekleyen yanıt')
      becomeNewer(rig)
      await rig.crash()
      upgrade(rig)
      rig.server.failingList = null
      await rig.crash()
      const written = rig.server.writes.length
      await rig.time.advance(hours(2))
      expect(rig.server.writes).toHaveLength(written)
      expect(rig.engine.outgoing.items().map(({ state, action }) => [state, action.kind])).toEqual([
        ['undecided', 'create'],
        ['undecided', 'reply']
      ])
    }
  )

  it('a new ticket that was written again meanwhile is it, and is not sent', async () => {
    const rig = await downgraded()
    rig.server.failingList = null
    // Sets the server's clock to the app's.
    rig.server.setBehaviour({ name: 'now', clockMs: rig.time.now() - rig.server.serverNow() })
    const address = { baseUrl: 'https://api.example.com', version: 'v1' } as const
    const signedIn = rig.engine.accounts.reconnect(
      rig.accountId,
      { kind: 'bearer', token: 'token' },
      false,
      'ask',
      address
    )
    await rig.time.advance(minutes(1))
    expect(await signedIn).toMatchObject({ ok: true, value: { name: 'Netinternet' } })
    await rig.engine.outgoing.create(rig.accountId, draft, 'gizli')
    await rig.time.advance(hours(1))
    upgrade(rig)
    await rig.crash()
    await rig.time.advance(hours(2))
    expect(rig.server.writes.filter((write) => write.startsWith('create'))).toHaveLength(1)
    expect(rig.engine.outgoing.items()).toEqual([])
    expect(rig.engine.accounts.list()).toMatchObject([
      { name: 'Şirket', baseUrl: 'https://api.example.com/v1' }
    ])
  })

  it('the stored tokens are those of both', async () => {
    const disk = new MemoryDisk()
    const reported: (Notice | null)[] = []
    disk.write(
      file('secrets.json.newer-5'),
      '{"version":1,"data":{"account:a":"plain:x","account:b":"plain:old"}}'
    )
    disk.write(file('secrets.json'), '{"version":1,"data":{"account:b":"plain:new","account:c":"plain:y"}}')
    const { time } = new Rig()
    const vault = createVault({
      cipher: null,
      folder: '/profile',
      report: (notice) => void reported.push(notice),
      clock: time,
      disk
    })
    await vault.open(false)
    expect([...vault.keys()].sort()).toEqual(['account:a', 'account:b', 'account:c'])
    expect(disk.read(file('secrets.json'))).toContain('plain:new')
    expect(reported).toContainEqual({ kind: 'file-rejoined', detail: 'secrets.json' })
  })
})

describe('settings', () => {
  it('that a later version wrote stay in the file through changes of an earlier one', () => {
    const stored = new Map<string, unknown>([
      ['language', 'az'],
      [
        'notifications',
        {
          ...defaultSettings.notifications,
          sound: 'bell',
          quiet: { enabled: true, from: 'sunset', to: '08:00' }
        }
      ],
      ['accent', 'green']
    ])
    const open = (): ReturnType<typeof createSettings<Settings>> =>
      createSettings<Settings>(
        { get: (key) => stored.get(key), set: (key, value) => stored.set(key, value) },
        settingsSchema,
        defaultSettings
      )
    expect(
      open().change({ notifications: { enabled: false }, textSize: defaultSettings.textSize })
    ).toMatchObject({
      ok: true
    })
    expect(Object.fromEntries(stored)).toMatchObject({
      language: 'az',
      notifications: { enabled: false, sound: 'bell', quiet: { enabled: true, from: 'sunset', to: '08:00' } },
      accent: 'green'
    })
  })
})
