/** A lost list of accounts is rebuilt, and data of a later version survives the use of an earlier one. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { connectedRig, Rig } from '../../support/sync/rig.ts'
import { diskError } from '../../support/sync/memory.ts'
import { newTicketOf } from '../../support/builders.ts'

const minutes = (count: number): number => count * 60_000
const bearer = (token: string) => ({ kind: 'bearer', token }) as const
const file = (...names: readonly string[]): string => join('/profile', ...names)
const draft = newTicketOf({
  title: 'Disk',
  departmentId: 2,
  service: '1',
  message: 'Disk doldu',
  serverIp: '203.0.113.7',
  serverUser: 'root'
})
const rebuilt = { kind: 'accounts-rebuilt' }
const setAside = { kind: 'file-set-aside', detail: 'accounts.json' }

interface Envelope {
  readonly version: number
  readonly data: unknown
}
/** Content of a file's first line, without appended changes. */
const contentOf = (rig: Rig, path: string): unknown =>
  (JSON.parse(rig.disk.read(path)?.split('\n')[0] ?? 'null') as Envelope | null)?.data
function change(rig: Rig, path: string, to: (data: never) => unknown): void {
  const { version, data } = JSON.parse(rig.disk.read(path)?.split('\n')[0] ?? 'null') as Envelope
  rig.disk.files.set(path, JSON.stringify({ version, data: to(data as never) }))
}

/** An account with its own name, a read reply, a draft, and waiting entries with a password. */
async function lived(): Promise<Rig> {
  const rig = await connectedRig([1, 2], ({ server }) => {
    server.addReply(1, 'staff', 'Merhaba')
  })
  rig.engine.accounts.rename(rig.accountId, 'Şirket')
  rig.engine.accounts.recolor(rig.accountId, 5)
  rig.engine.outgoing.setReplyDraft(rig.ref(2), 'Yarım kalan')
  rig.engine.control.setOnline(false)
  await rig.engine.outgoing.create(rig.accountId, draft, 'gizli')
  await rig.time.advance(minutes(1))
  rig.server.failingList = { kind: 'unreachable' }
  return rig
}

describe('accounts.json that is', () => {
  it.each([
    ['damaged', (rig: Rig) => void rig.disk.files.set(file('accounts.json'), '{"version":1,"da')],
    ['of a form that nobody knows', (rig: Rig) => void rig.disk.files.set(file('accounts.json'), '[]')],
    ['gone', (rig: Rig) => void rig.disk.files.delete(file('accounts.json'))]
  ])('%s is made again from the folders, exactly, and that is said', async (what, damage) => {
    const rig = await lived()
    const [before] = rig.engine.accounts.list()
    const kept = rig.secrets()
    damage(rig)
    await rig.crash()
    const [after] = rig.engine.accounts.list()
    expect(after).toMatchObject({
      id: before?.id,
      name: 'Şirket',
      color: 5,
      version: before?.version,
      baseUrl: before?.baseUrl,
      auth: 'bearer'
    })
    expect(rig.engine.control.notices()).toEqual(what === 'gone' ? [rebuilt] : [setAside, rebuilt])
    expect(rig.row(1)?.unread).toBe(0)
    expect(rig.engine.outgoing.replyDraft(rig.ref(2))).toBe('Yarım kalan')
    expect(rig.secrets()).toEqual(kept)

    rig.server.failingList = null
    await rig.time.advance(minutes(5))
    expect(rig.server.writes).toEqual(['create Disk doldu'])
    expect(rig.ticketEvents).toEqual([])
    await rig.crash()
    expect(rig.engine.accounts.list()).toMatchObject([{ name: 'Şirket' }])
    expect(rig.engine.control.notices()).toEqual(what === 'gone' ? [] : [setAside])
  })

  it('gone is made again also where a file manager left a file among the folders', async () => {
    const rig = await connectedRig([1])
    rig.engine.accounts.rename(rig.accountId, 'Şirket')
    const list = rig.disk.list.bind(rig.disk)
    rig.disk.files.set(file('accounts', '.DS_Store'), 'x')
    // As a real disk answers for a file.
    rig.disk.list = (path) => {
      if (rig.disk.files.has(path)) throw diskError('ENOTDIR')
      return list(path)
    }
    rig.disk.files.delete(file('accounts.json'))
    const kept = rig.secrets()
    await rig.crash()
    expect(rig.engine.accounts.list()).toMatchObject([{ id: rig.accountId, name: 'Şirket' }])
    expect(rig.secrets()).toEqual(kept)
  })

  it('damaged leaves accounts of an older version, whose address nobody noted, to be signed in to again', async () => {
    const rig = await lived()
    rig.disk.files.delete(file('accounts', rig.accountId, 'account.json'))
    rig.disk.files.set(file('accounts.json'), 'x')
    const kept = rig.secrets()
    rig.server.failingList = null
    await rig.crash()
    await rig.time.advance(minutes(5))
    expect(rig.engine.accounts.list()).toMatchObject([
      {
        id: rig.accountId,
        name: 'Netinternet',
        baseUrl: '',
        connection: { state: 'signed-out', problem: { kind: 'no-address' } }
      }
    ])
    expect([rig.server.writes, rig.secrets()]).toEqual([[], kept])
    expect(await rig.engine.accounts.reconnect(rig.accountId, bearer('token'), false)).toMatchObject({
      error: { kind: 'no-address' }
    })
    const address = { baseUrl: 'https://api.example.com', version: 'v1' } as const
    const signedIn = rig.engine.accounts.reconnect(rig.accountId, bearer('token'), false, 'ask', address)
    await rig.time.advance(minutes(5))
    expect(await signedIn).toMatchObject({ ok: true, value: { id: rig.accountId, version: 'v1' } })
    expect(rig.engine.accounts.list()).toMatchObject([{ connection: { state: 'ok' } }])
    expect(rig.engine.outgoing.replyDraft(rig.ref(2))).toBe('Yarım kalan')
    expect(rig.row(1)?.unread).toBe(0)
    expect(rig.server.writes).toEqual(['create Disk doldu'])
    await rig.crash()
    expect(rig.engine.accounts.list()).toMatchObject([{ baseUrl: 'https://api.example.com/v1' }])
  })

  it('damaged is rebuilt from drafts, the outbox and the vault where the folder is gone, too', async () => {
    const rig = await lived()
    for (const path of rig.disk.files.keys())
      if (path.startsWith(file('accounts', rig.accountId))) rig.disk.files.delete(path)
    rig.disk.files.set(file('accounts.json'), 'x')
    await rig.crash()
    expect(rig.engine.accounts.list()).toMatchObject([{ id: rig.accountId, baseUrl: '' }])
    expect(rig.engine.outgoing.items()).toMatchObject([{ state: 'queued' }])
  })

  it('was never there is no loss: a token that a first connection left is no account', async () => {
    const rig = new Rig()
    rig.vault.put('account:x', '["bearer","t"]', false)
    await rig.engine.control.start()
    expect([rig.engine.accounts.list(), rig.engine.control.notices(), rig.secrets()]).toEqual([[], [], []])
  })
})

describe('a row of accounts.json that a later version wrote', () => {
  const v3 = {
    id: 'later',
    name: 'Sonraki',
    version: 'v3',
    baseUrl: 'https://api.example.com/v3',
    auth: 'passkey',
    paused: false,
    demo: false,
    region: 'tr-1'
  }
  const waiting = {
    id: 'waits',
    accountId: 'later',
    action: { kind: 'reply', ticketId: 1, text: 'Bekleyen' },
    state: 'sent',
    queuedAt: 1_700_000_000_000,
    attempts: 1,
    unknowns: 0,
    problem: null,
    baseline: null,
    claimed: [],
    question: null,
    acknowledgedAt: 1_700_000_000_000,
    batch: null
  }

  async function downgraded(): Promise<Rig> {
    const rig = await lived()
    change(rig, file('accounts.json'), (rows: unknown[]) => [v3, ...rows])
    change(rig, file('outbox.json'), ({ entries }: { entries: unknown[] }) => ({
      entries: [...entries, waiting],
      removed: []
    }))
    rig.vault.put('account:later', 'token-later', false)
    rig.vault.put('outbox:waits', 'password-later', false)
    await rig.crash()
    return rig
  }

  it('costs no other account; it, its token and what waits for it stay through changes and restarts', async () => {
    const rig = await downgraded()
    expect(rig.engine.accounts.list().map(({ name }) => name)).toEqual(['Şirket'])
    expect(rig.engine.control.notices()).toEqual([{ kind: 'partly-not-understood', detail: 'accounts.json' }])
    expect(rig.engine.outgoing.items()).toMatchObject([{ action: { kind: 'create' } }])

    rig.server.failingList = null
    await rig.time.advance(minutes(5))
    rig.engine.accounts.rename(rig.accountId, 'Başka ad')
    await rig.crash()
    await rig.crash()
    expect(contentOf(rig, file('accounts.json'))).toEqual([
      expect.objectContaining({ name: 'Başka ad' }) as unknown,
      v3
    ])
    expect(rig.secrets()).toEqual(expect.arrayContaining(['account:later', 'outbox:waits']))
    const entries = (contentOf(rig, file('outbox.json')) as { entries: unknown[] }).entries
    expect(entries).toEqual([waiting])
  })

  it('stays when the list is lost and made again from the folders', async () => {
    const rig = await downgraded()
    rig.disk.files.set(file('accounts', 'later', 'account.json'), JSON.stringify({ version: 1, data: v3 }))
    rig.disk.files.set(file('accounts.json'), 'x')
    await rig.crash()
    await rig.crash()
    expect(contentOf(rig, file('accounts.json'))).toContainEqual(v3)
    expect(rig.secrets()).toContain('account:later')
  })
})

describe('an entry of outbox.json that a later version wrote', () => {
  const entry = {
    id: 'x',
    action: { kind: 'reply', ticketId: 1, text: 'Kaybolmasın' },
    state: 'queued',
    queuedAt: 1_700_000_000_000,
    attempts: 0,
    unknowns: 0,
    problem: null,
    baseline: null,
    claimed: [],
    question: null,
    acknowledgedAt: null,
    batch: null
  }
  const forms: readonly (readonly [string, object])[] = [
    ['another kind of action', { action: { kind: 'merge', ticketId: 1, into: 2 } }],
    ['a reply with what this version would not send', { action: { ...entry.action, attachment: 'a.png' } }],
    [
      'a new ticket with another field',
      { action: { kind: 'create', draft: { ...draft, priority: 1 }, hasPassword: true } }
    ],
    ['a time as text', { queuedAt: '2026-11-24' }]
  ]

  it.each(forms)('%s is kept as it is, through writes, changes and restarts', async (_, form) => {
    const rig = await lived()
    const later = { ...entry, accountId: rig.accountId, ...form }
    change(rig, file('outbox.json'), ({ entries }: { entries: unknown[] }) => ({
      entries: [later, ...entries],
      removed: []
    }))
    rig.vault.put('outbox:x', 'password', false)
    await rig.crash()
    expect(rig.engine.control.notices()).toEqual([{ kind: 'partly-not-understood', detail: 'outbox.json' }])
    expect(rig.engine.outgoing.items()).toMatchObject([{ action: { kind: 'create' } }])

    await rig.engine.outgoing.reply(rig.ref(2), 'Sonra yazılan')
    rig.server.failingList = null
    await rig.time.advance(minutes(10))
    expect([...rig.server.writes].sort()).toEqual(['create Disk doldu', 'reply 2 Sonra yazilan'])
    await rig.crash()
    await rig.crash()
    expect(rig.server.writes).toHaveLength(2)
    expect((contentOf(rig, file('outbox.json')) as { entries: unknown[] }).entries).toContainEqual(later)
    expect(rig.secrets()).toContain('outbox:x')
    await rig.engine.accounts.remove(rig.accountId)
    expect(rig.secrets()).toEqual([])
    expect(rig.disk.read(file('outbox.json'))).not.toContain('"x"')
  })

  it('whose state alone is unknown is the person’s to decide, and unchanged until they do', async () => {
    const rig = await lived()
    const later = { ...entry, accountId: rig.accountId, state: 'teleported', mood: 'good' }
    change(rig, file('outbox.json'), ({ entries }: { entries: unknown[] }) => ({
      entries: [later, ...entries],
      removed: []
    }))
    await rig.crash()
    expect(rig.engine.outgoing.items()[0]).toMatchObject({ id: 'x', state: 'undecided' })
    rig.server.failingList = null
    await rig.time.advance(minutes(10))
    await rig.crash()
    expect((contentOf(rig, file('outbox.json')) as { entries: unknown[] }).entries).toEqual([later])
    await rig.engine.outgoing.decide('x', 'discard', null)
    expect((contentOf(rig, file('outbox.json')) as { entries: unknown[] }).entries).toEqual([])
  })

  it('is over after the upgrade where the later version said so in a change of its own', async () => {
    const rig = await lived()
    const later = { ...entry, accountId: rig.accountId, action: { kind: 'merge' } }
    change(rig, file('outbox.json'), () => ({ entries: [later], removed: [] }))
    rig.disk.append(
      file('outbox.json'),
      `\n${JSON.stringify({ version: 2, data: { entries: [], removed: ['x'] } })}`
    )
    await rig.crash()
    expect([rig.engine.outgoing.items(), rig.engine.control.notices()]).toEqual([[], []])
  })
})

describe('one value that is not understood', () => {
  it.each([
    [
      'marks.json',
      (data: { tickets: object }) => ({ ...data, tickets: { ...data.tickets, '2': { seen: 7 } } })
    ],
    [
      'sent.json',
      (data: { records: unknown[] }) => ({ ...data, records: [{ id: 'r', end: 'merged' }, ...data.records] })
    ]
  ])('costs nothing else in an account’s %s', async (name, spoil) => {
    const rig = await lived()
    rig.server.failingList = null
    rig.engine.control.setOnline(true)
    await rig.time.advance(minutes(10))
    const history = rig.engine.outgoing.history().map(({ id }) => id)
    expect(history).toHaveLength(1)
    const path = file('accounts', rig.accountId, name)
    // Restarting merges everything into one line.
    await rig.crash()
    change(rig, path, spoil)
    await rig.crash()
    await rig.time.advance(minutes(10))
    expect(rig.row(1)?.unread).toBe(0)
    expect(rig.ticketEvents).toEqual([])
    expect(rig.engine.control.notices()).toEqual([{ kind: 'partly-not-understood', detail: name }])
  })

  it('costs no draft but itself', async () => {
    const rig = await lived()
    rig.engine.outgoing.setComposeDraft(rig.accountId, draft)
    await rig.time.advance(minutes(1))
    change(rig, file('drafts.json'), (data: { replies: object; compose: { draft: object } }) => ({
      replies: { ...data.replies, [`${rig.accountId}/1`]: { html: '<b>Sonraki</b>' } },
      compose: { ...data.compose, draft: { ...data.compose.draft, departmentId: 'destek', mood: 'good' } }
    }))
    await rig.crash()
    expect(rig.engine.outgoing.replyDraft(rig.ref(2))).toBe('Yarım kalan')
    expect(rig.engine.outgoing.composeDraft()?.draft).toMatchObject({
      message: 'Disk doldu',
      departmentId: 0
    })
    rig.engine.outgoing.setReplyDraft(rig.ref(2), 'Daha')
    await rig.time.advance(minutes(1))
    expect(rig.disk.read(file('drafts.json'))).toContain('<b>Sonraki</b>')
  })
})

describe('a damaged file that was set aside', () => {
  const notice = { kind: 'file-set-aside', detail: 'outbox.json' } as const

  it('is said after every start until the person has dealt with it, and never again', async () => {
    const rig = await lived()
    const text = rig.disk.read(file('outbox.json'))?.slice(0, -9) ?? ''
    rig.disk.files.set(file('outbox.json'), text)
    const kept = rig.secrets()
    await rig.crash()
    await rig.engine.outgoing.reply(rig.ref(2), 'Yeni')
    await rig.crash()
    await rig.crash()
    expect(rig.engine.control.notices()).toEqual([notice])
    expect(rig.disk.read(rig.engine.control.setAsidePath('outbox.json') ?? '')).toBe(text)
    expect(rig.secrets(), 'it may be brought back').toEqual(kept)

    rig.engine.control.dismiss('file-set-aside', 'drafts.json')
    expect(rig.engine.control.notices()).toEqual([notice])
    rig.engine.control.dismiss('file-set-aside', 'outbox.json')
    expect([rig.engine.control.notices(), rig.engine.control.setAsidePath('outbox.json')]).toEqual([[], null])
    await rig.crash()
    expect(rig.engine.control.notices()).toEqual([])
    expect([...rig.disk.files.values()], 'the file itself stays').toContain(text)
    expect(rig.secrets()).toEqual([`account:${rig.accountId}`])
  })
})
