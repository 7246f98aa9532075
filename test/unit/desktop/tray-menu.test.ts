import { describe, expect, test } from 'vitest'
import type { DesktopAction, TrayTicket } from '../../../electron/desktop/types.ts'
import { trayIconFile, trayIconName } from '../../../electron/desktop/tray/tray-icon.ts'
import type { MenuEntry } from '../../../electron/desktop/tray/tray-content.ts'
import { ticketLabel, trayMenu, trayTooltip } from '../../../electron/desktop/tray/tray-menu.ts'
import { platforms, ref, state, unreadTicketOf } from './make.ts'

const unread = (ticketId: number, account = ''): TrayTicket => unreadTicketOf({ ref: ref(ticketId), account })
const labels = (entries: readonly MenuEntry[]): readonly string[] => entries.map(({ label }) => label ?? '—')

describe('the tray menu', () => {
  test.each(platforms)('has all items in order on %s', (platform) => {
    const shown = state({ counted: 3, newest: [unread(272298), unread(272100, 'Ajans Beta')] })
    expect(labels(trayMenu(shown, platform, () => undefined))).toEqual([
      '3 unread',
      '#272298 SSH ile bağlanamıyorum — Ayşe',
      '#272100 SSH ile bağlanamıyorum — Ayşe · Ajans Beta',
      '—',
      'New ticket',
      'Check now',
      'Pause notifications',
      '—',
      'Inbox',
      'Settings',
      'Quit'
    ])
  })

  test('lists sending, uncertain, refused and undecided entries, which open the outbox', () => {
    const acts: DesktopAction[] = []
    const some = state({ sending: 2, uncertain: 1, refused: 3, undecided: 4 })
    const entries = trayMenu(some, 'linux', (act) => acts.push(act))
    expect(labels(entries).slice(1, 5)).toEqual([
      '4 messages waiting for your decision',
      '3 messages not sent',
      '2 messages waiting to be sent',
      'Checking whether 1 message arrived'
    ])
    for (const { click } of entries.slice(1, 5)) click?.()
    expect(acts).toEqual(Array(4).fill({ kind: 'outbox' }))
  })

  test.each([
    ['nothing is known yet', { isOpening: true }, 'opening the tickets…'],
    ['some are known', { isOpening: true, counted: 2 }, '2 unread, opening the tickets…'],
    ['all are read', {}, 'No unread replies'],
    ['it counts whose turn it is', { counts: 'your-turn', counted: 2 }, '2 waiting for you'],
    ['nothing waits', { counts: 'your-turn' }, 'Nothing waits for you']
  ] as const)('shows the count as far as it is known: %s', (_, change, line) => {
    expect(labels(trayMenu(state(change), 'linux', () => undefined))[0]).toBe(line)
    expect(trayTooltip(state(change))).toBe(`Bilet — ${line}`)
  })

  test('shows pinned tickets below the counted ones, with a heading', () => {
    const acts: DesktopAction[] = []
    const shown = state({ counted: 1, newest: [unread(272298)], pinned: [unread(272100)] })
    const entries = trayMenu(shown, 'linux', (act) => acts.push(act))
    const lines = entries.slice(1, 5)
    expect(lines.map(({ type, label }) => type ?? label?.split(' ')[0])).toEqual([
      ...['#272298', 'separator', 'Pinned', '#272100']
    ])
    lines.at(-1)?.click?.()
    expect(acts).toEqual([{ kind: 'open-ticket', ref: ref(272100) }])
  })

  test('speaks Turkish', () => {
    const entries = trayMenu(state({ locale: 'tr', counted: 1 }), 'linux', () => undefined)
    expect(labels(entries)).toContain('1 okunmamış')
    expect(labels(entries)).toContain('Yeni bilet')
    expect(labels(entries)).toContain('Bildirimleri duraklat')
  })

  test('names at most five tickets', () => {
    const newest = [1, 2, 3, 4, 5, 6].map((id) => unread(id))
    const entries = trayMenu(state({ counted: 6, newest }), 'linux', () => undefined)
    expect(labels(entries).filter((label) => label.startsWith('#'))).toHaveLength(5)
  })

  test('has a disabled heading, and every other item performs its action', () => {
    const done: DesktopAction[] = []
    const entries = trayMenu(
      state({ counted: 1, newest: [unread(272298)], notificationsPausedUntil: 'until-on' }),
      'linux',
      (action) => done.push(action)
    )
    expect(entries[0]?.enabled).toBe(false)
    for (const entry of entries) for (const item of [entry, ...(entry.submenu ?? [])]) item.click?.()
    expect(done).toEqual([
      { kind: 'open-ticket', ref: ref() },
      { kind: 'new-ticket' },
      { kind: 'check-now' },
      { kind: 'pause-notifications', for: 'off' },
      { kind: 'pause-notifications', for: 'hour' },
      { kind: 'pause-notifications', for: 'tomorrow' },
      { kind: 'pause-notifications', for: 'until-on' },
      { kind: 'inbox' },
      { kind: 'settings' },
      { kind: 'quit' }
    ])
  })

  test('offers to resume only while paused', () => {
    const pause = (paused: 'until-on' | null): readonly string[] =>
      labels(
        trayMenu(state({ notificationsPausedUntil: paused }), 'linux', () => undefined).find(
          ({ submenu }) => submenu
        )?.submenu ?? []
      )
    expect(pause(null)).toEqual(['1 hour', 'Until tomorrow', 'Until I turn it on'])
    expect(pause('until-on')[0]).toBe('Turn notifications on')
  })

  test('two accounts with the same ticket number have entries that differ', () => {
    const entries = trayMenu(
      state({ newest: [unread(7), { ...unread(7), ref: ref(7, 'two') }] }),
      'linux',
      () => undefined
    )
    expect(new Set(entries.flatMap(({ id }) => id ?? [])).size).toBe(2)
  })
})

describe('a label', () => {
  const label = (subject: string, speaker = '', account = ''): string =>
    ticketLabel({ ref: ref(7), subject, speaker, account }, 'linux')

  test('is one short line without control characters', () => {
    expect(label('a\u202Eb\nc\u0000d\u2028e')).toBe('#7 a b c d e')
    expect(label('👍'.repeat(100)).at(-1)).toBe('…')
  })

  test('has room for subject, name and account, however long each is', () => {
    const [subject, speaker, account] = ['ş'.repeat(100), 'Ayşe'.repeat(20), 'Ajans'.repeat(20)]
    expect(label(subject, speaker, account)).toBe(
      `#7 ${'ş'.repeat(39)}… — ${'Ayşe'.repeat(20).slice(0, 19)}… · ${'Ajans'.repeat(20).slice(0, 19)}…`
    )
  })

  test.each([
    ['darwin', '#7 AT&T'],
    ['win32', '#7 AT&&T'],
    ['linux', '#7 AT&&T']
  ] as const)('shows an ampersand as one on %s', (platform, expected) => {
    expect(ticketLabel({ ref: ref(7), subject: 'AT&T', speaker: '', account: '' }, platform)).toBe(expected)
  })
})

describe('the tooltip', () => {
  test('contains the count and every state that the icon shows', () => {
    expect(trayTooltip(state({ counted: 1 }))).toBe('Bilet — 1 unread')
    expect(trayTooltip(state())).toBe('Bilet — No unread replies')
    expect(
      trayTooltip(state({ counted: 12, connection: 'offline', sending: 2, notificationsPausedUntil: 5 }))
    ).toBe('Bilet — 12 unread, offline, notifications paused, 2 messages waiting to be sent')
    expect(trayTooltip(state({ refused: 1, sending: 2, uncertain: 3 }))).toBe(
      'Bilet — No unread replies, 1 message not sent, 2 messages waiting to be sent, Checking whether 3 messages arrived'
    )
    expect(trayTooltip(state({ locale: 'tr', connection: 'attention' }))).toContain('yeniden oturum açın')
  })
})

describe('the icon', () => {
  test.each([
    [{}, 'read'],
    [{ counted: 1 }, '1'],
    [{ counted: 9 }, '9'],
    [{ counted: 10 }, '9+'],
    [{ counted: 99 }, '9+'],
    [{ counted: 100 }, '99+'],
    [{ connection: 'offline' }, 'offline'],
    [{ connection: 'offline', counted: 2 }, '2'],
    [{ connection: 'attention', counted: 2 }, 'attention'],
    [{ connection: 'paused' }, 'paused'],
    [{ notificationsPausedUntil: 'until-on' }, 'paused'],
    [{ sending: 1 }, 'sending'],
    [{ uncertain: 1 }, 'sending'],
    [{ refused: 1, sending: 1 }, 'attention'],
    [{ undecided: 1, sending: 1 }, 'attention'],
    [{ refused: 1, connection: 'offline' }, 'attention'],
    [{ refused: 1, counted: 2 }, '2']
  ] as const)('for %j is %s', (change, picture) => {
    expect(trayIconName(state(change))).toBe(picture)
  })

  test('on macOS is a template without a number, which is text beside it', () => {
    expect(trayIconFile('3', 'darwin')).toBe('read-template.png')
    expect(trayIconFile('offline', 'darwin')).toBe('offline-template.png')
    expect(trayIconFile('3', 'win32')).toBe('3.ico')
    expect(trayIconFile('3', 'linux')).toBe('3.png')
  })
})
