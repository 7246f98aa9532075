import { afterEach, describe, expect, test } from 'vitest'
import {
  holdsBack,
  isQuiet,
  notificationsFor,
  type NotifiedAccount,
  type NotificationRules
} from '../../../electron/desktop/notifications/notification-rules.ts'
import { RecentNotifications } from '../../../electron/desktop/notifications/recent-notifications.ts'
import { isPaused, pauseUntil } from '../../../electron/tickets/pause.ts'
import { defaultAccountRules, type AccountRules } from '../../../electron/tickets/account-rules.ts'
import type { TicketEvent } from '../../../electron/sync/types.ts'
import { defaultSettings } from '../../../electron/ipc/defaults.ts'
import { rowOf } from '../../support/builders.ts'
import { ref, replyFound } from './make.ts'

const rules: NotificationRules = defaultSettings.notifications
const noon = new Date(2026, 10, 24, 12, 0)
const context = { rules, accounts: [], now: noon, locale: 'en' as const }
const show = (
  found: readonly TicketEvent[],
  change: Partial<NotificationRules> = {},
  now = noon,
  accounts: readonly NotifiedAccount[] = []
) => notificationsFor(found, { ...context, rules: { ...rules, ...change }, now, accounts })
const account = (own: Partial<AccountRules> = {}, id = 'one', name = 'Ajans Alfa'): NotifiedAccount => ({
  id,
  name,
  rules: { ...defaultAccountRules, ...own }
})
const status = (kind: 'status' | 'closed', ticketId = 272298): TicketEvent => ({
  kind,
  ref: ref(ticketId),
  subject: 'DNS kayıtları',
  status: { kind: 'in-progress', text: 'İşlemde' }
})
const zone = process.env.TZ

afterEach(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

describe('a notification', () => {
  test('says who replied about what, which ticket it is, and the first words', () => {
    expect(show([replyFound()])).toMatchObject([
      {
        title: 'Ayşe Öztürk replied — SSH ile bağlanamıyorum',
        body: '#272298\nİlgileniyoruz.',
        ref: ref(),
        silent: false
      }
    ])
    expect(notificationsFor([replyFound()], { ...context, locale: 'tr' })[0]?.title).toBe(
      'Ayşe Öztürk yanıtladı — SSH ile bağlanamıyorum'
    )
  })

  test('names the account if there are several', () => {
    const beta = account({}, 'two', 'Ajans Beta')
    const found = { ...replyFound(), ref: ref(272298, 'two') } as TicketEvent
    expect(show([found], {}, noon, [account(), beta])[0]?.body).toBe('#272298 · Ajans Beta\nİlgileniyoruz.')
    expect(show([found], {}, noon, [beta])[0]?.body).toBe('#272298\nİlgileniyoruz.')
    expect(show([status('closed')], {}, noon, [account(), beta])).toMatchObject([
      { title: 'Closed — DNS kayıtları', body: '#272298 · Ajans Alfa' }
    ])
  })

  test('names the account in each line of a summary if there are several', () => {
    const found = [1, 2, 3, 4].map((id) => replyFound(id))
    const [shown] = show(found, {}, noon, [account(), account({}, 'two', 'Ajans Beta')])
    expect(shown?.body.split('\n')[0]).toBe('Ayşe Öztürk replied — SSH ile bağlanamıyorum · Ajans Alfa')
  })

  test('of a status change names the status and the ticket', () => {
    expect(show([status('status')])).toMatchObject([
      { title: 'Status: In progress — DNS kayıtları', body: '#272298' }
    ])
  })

  test('quotes at most 140 characters of a message, without control characters', () => {
    const [shown] = show([replyFound(1, `gizli\u202E\u0007${'ş'.repeat(300)}`, 'Ayşe\u2067\nÖztürk')])
    const [number, quote = ''] = shown?.body.split('\n') ?? []
    expect(number).toBe('#1')
    expect(Array.from(quote)).toHaveLength(140)
    expect(quote).toMatch(/^gizli ş/)
    expect(shown?.title).toBe('Ayşe Öztürk replied — SSH ile bağlanamıyorum')
  })

  test('says staff if the server gave no name, and only the ticket if there is no text', () => {
    expect(show([replyFound(1, '', '')])).toMatchObject([
      { title: 'Support staff replied — SSH ile bağlanamıyorum', body: '#1' }
    ])
  })

  test('of a reply offers to answer, mark as read and be reminded; others only open', () => {
    const [reply] = show([replyFound()])
    expect(reply?.buttons.map(({ kind }) => kind)).toEqual(['mark-read', 'snooze'])
    expect(reply?.reply).not.toBeNull()
    expect(show([status('closed')])).toMatchObject([{ buttons: [], reply: null }])
  })

  test('is silent where the person wants no sound', () => {
    expect(show([replyFound()], { sound: false })[0]?.silent).toBe(true)
  })
})

describe('a ticket event', () => {
  test.each(['reply', 'status', 'closed'] as const)(
    'of kind %s is shown only if that kind is enabled',
    (kind) => {
      const found = [replyFound(1), status('status', 2), status('closed', 3)]
      expect(show(found)).toHaveLength(3)
      const refs = show(found, { [kind]: false }).map((shown) => shown.ref?.ticketId)
      expect(refs).toEqual([1, 2, 3].filter((id) => id !== { reply: 1, status: 2, closed: 3 }[kind]))
    }
  )

  test('and others of the same ticket become one notification with the newest reply', () => {
    const shown = show([
      replyFound(7, 'Birinci'),
      status('status', 7),
      replyFound(7, 'İkinci'),
      status('closed', 7)
    ])
    expect(shown).toMatchObject([{ body: '#7\nİkinci', ref: ref(7) }])
  })

  test('together with events of more than three tickets becomes one summary, which opens the inbox', () => {
    expect(show([1, 2, 3].map((id) => replyFound(id)))).toHaveLength(3)
    const shown = show([1, 2, 3, 4].map((id) => replyFound(id)))
    expect(shown).toMatchObject([{ title: '4 updates', ref: null, buttons: [] }])
    expect(shown[0]?.body).toBe(`${'Ayşe Öztürk replied — SSH ile bağlanamıyorum\n'.repeat(3)}…`)
  })

  test('is not shown while notifications are off', () => {
    expect(show([replyFound()], { enabled: false })).toEqual([])
  })

  test('about credentials is shown even if all kinds are off', () => {
    const found: TicketEvent = { kind: 'signed-out', accountId: 'one', accountName: 'Ajans' }
    expect(show([found], { reply: false, status: false, closed: false })).toMatchObject([
      { title: 'Ajans: sign in again', ref: null }
    ])
  })
})

describe('several answers in the same moment', () => {
  const reply = (account: number, ticket: number): TicketEvent => {
    const found = replyFound(ticket)
    return { ...found, ref: ref(ticket, `account${account}`) } as TicketEvent
  }
  const later = (ms: number): Date => new Date(noon.getTime() + ms)

  test.each([
    ['replies', (account: number, i: number): TicketEvent => reply(account, i)],
    [
      'statuses',
      (account: number, i: number): TicketEvent =>
        ({ ...status('closed', i), ref: ref(i, `account${account}`) }) as TicketEvent
    ],
    [
      'refused tokens',
      (account: number): TicketEvent => ({
        kind: 'signed-out',
        accountId: `a${account}`,
        accountName: 'Ajans'
      })
    ]
  ])('of many accounts, %s, are a handful: the rest is one summary that says how many', (_, make) => {
    const recent = new RecentNotifications()
    const shown = Array.from({ length: 12 }, (_, account) =>
      notificationsFor([make(account, 1)], { ...context, now: later(account * 500), recent })
    ).flat()
    const groups = new Set(shown.map(({ group }) => group))
    expect(groups.size).toBeLessThanOrEqual(6)
    expect(shown.at(-1)).toMatchObject({ title: '7 updates', group: 'summary', ref: null })
  })

  test('from many tickets become one summary, which grows with the next answer', () => {
    const recent = new RecentNotifications()
    const many = Array.from({ length: 300 }, (_, i) => reply(1, i))
    const turkish = { ...context, locale: 'tr' as const, recent }
    const first = notificationsFor(many, turkish)
    const second = notificationsFor(
      many.map((_, i) => reply(2, i)),
      { ...turkish, now: later(2000) }
    )
    expect([...first, ...second].map(({ title }) => title)).toEqual(['300 yeni gelişme', '600 yeni gelişme'])
  })

  test('are shown one by one again after a pause, also if the clock was set back', () => {
    const recent = new RecentNotifications()
    for (let i = 0; i < 9; i++) notificationsFor([reply(1, i)], { ...context, recent })
    const at = (ticket: number, now: Date) =>
      notificationsFor([reply(1, ticket)], { ...context, now, recent }).map(({ body }) => body.split('\n')[0])
    expect(at(20, later(60_000))).toEqual(['#20'])
    expect(at(21, later(-3_600_000))).toEqual(['#21'])
  })

  test('of one ticket replace each other', () => {
    const recent = new RecentNotifications()
    const shown = Array.from({ length: 9 }, () =>
      notificationsFor([reply(1, 1)], { ...context, recent })
    ).flat()
    expect(new Set(shown.map(({ group }) => group))).toEqual(new Set(['ticket-account1-1']))
  })
})

describe('quiet hours', () => {
  const across = { enabled: true, from: '22:00', to: '08:00' }
  const at = (hours: number, minutes = 0): number => hours * 60 + minutes

  test('cross midnight', () => {
    expect(
      [at(21, 59), at(22), at(23, 59), at(0), at(7, 59), at(8)].map((now) => isQuiet(across, now))
    ).toEqual([false, true, true, true, true, false])
  })

  test('may lie within a day', () => {
    const lunch = { enabled: true, from: '12:00', to: '13:30' }
    expect([at(11, 59), at(12), at(13, 29), at(13, 30)].map((now) => isQuiet(lunch, now))).toEqual([
      false,
      true,
      true,
      false
    ])
  })

  test('with equal start and end never apply, nor do disabled ones', () => {
    expect(isQuiet({ enabled: true, from: '09:00', to: '09:00' }, at(9))).toBe(false)
    expect(isQuiet({ ...across, enabled: false }, at(23))).toBe(false)
  })

  test.each([
    ['Europe/Istanbul', true],
    ['America/New_York', false]
  ])('follow the wall clock of %s', (name, quiet) => {
    process.env.TZ = name
    // 23:30 in Istanbul, 15:30 in New York.
    const now = new Date(Date.UTC(2026, 10, 24, 20, 30))
    expect(show([replyFound()], { quiet: across }, now)).toHaveLength(quiet ? 0 : 1)
  })
})

describe('a pause', () => {
  test('for an hour ends after an hour', () => {
    const until = pauseUntil('hour', noon)
    expect(isPaused(until, noon.getTime() + 3_599_999)).toBe(true)
    expect(isPaused(until, noon.getTime() + 3_600_000)).toBe(false)
  })

  test('until tomorrow ends at midnight here, also in a night with a clock change', () => {
    process.env.TZ = 'Europe/Berlin'
    const evening = new Date(2026, 9, 24, 20, 0)
    expect(pauseUntil('tomorrow', evening)).toBe(new Date(2026, 9, 25, 0, 0).getTime())
    const next = new Date(2026, 9, 25, 20, 0)
    expect(pauseUntil('tomorrow', next)).toBe(new Date(2026, 9, 26, 0, 0).getTime())
  })

  test('until turned on has no end, and off ends it', () => {
    expect(isPaused(pauseUntil('until-on', noon), Number.MAX_SAFE_INTEGER)).toBe(true)
    expect(isPaused(pauseUntil('off', noon), 0)).toBe(false)
  })

  test('holds everything back', () => {
    expect(show([replyFound()], { pausedUntil: 'until-on' })).toEqual([])
    expect(show([replyFound()], { pausedUntil: noon.getTime() })).toHaveLength(1)
  })
})

describe('the rules of an account', () => {
  const inOther = (found: TicketEvent): TicketEvent => ({ ...found, ref: ref(5, 'two') }) as TicketEvent
  const tickets = (
    own: Partial<AccountRules>,
    change: Partial<NotificationRules> = {},
    now = noon
  ): readonly (number | undefined)[] =>
    show([replyFound(1), inOther(replyFound())], change, now, [account(own), account({}, 'two')]).map(
      (shown) => shown.ref?.ticketId
    )
  const night = new Date(2026, 10, 24, 23, 30)
  const early = new Date(2026, 10, 25, 7, 59)
  const morning = new Date(2026, 10, 25, 8, 0)
  const across = { enabled: true, from: '22:00', to: '08:00' }

  test('can mute that account only', () => {
    expect(tickets({ notify: false })).toEqual([5])
    expect(tickets({ notify: true }, { enabled: false }), 'the settings turn all off').toEqual([])
  })

  test('can mute notifications about its credentials, too', () => {
    const found: TicketEvent = { kind: 'signed-out', accountId: 'one', accountName: 'Ajans' }
    expect(show([found], {}, noon, [account({ notify: false })])).toEqual([])
  })

  test('can turn its sound off, but not on against the settings', () => {
    const silent = (own: Partial<AccountRules>, sound = true): readonly boolean[] =>
      show([replyFound()], { sound }, noon, [account(own)]).map((shown) => shown.silent)
    expect([silent({ sound: false }), silent({ sound: true }), silent({ sound: true }, false)]).toEqual([
      [true],
      [false],
      [true]
    ])
  })

  test('can set quiet hours across midnight that replace those of the settings', () => {
    expect([night, early, morning].map((now) => tickets({ quiet: across }, {}, now))).toEqual([
      [5],
      [5],
      [1, 5]
    ])
    const none = { enabled: false, from: '22:00', to: '08:00' }
    expect(tickets({ quiet: none }, { quiet: across }, night), 'none of its own').toEqual([1])
    expect(tickets({ quiet: null }, { quiet: across }, night), 'those of the settings').toEqual([])
  })

  test('leave a summary its sound if one of its notifications has sound', () => {
    const found = [1, 2, 3, 4].map((id) => replyFound(id))
    const two = [account({ sound: false }), account({}, 'two')]
    expect(show(found, {}, noon, two)).toMatchObject([{ silent: true }])
    expect(show([...found, inOther(replyFound())], {}, noon, two)).toMatchObject([{ silent: false }])
  })
})

describe('rules by status, department and sender', () => {
  const anything = { status: null, department: '', sender: '', notify: false } as const
  const withRow = (found: readonly TicketEvent[], own: NotificationRules['rules']) =>
    notificationsFor(found, {
      ...context,
      rules: { ...rules, rules: own },
      rowOf: () => rowOf({ status: { kind: 'answered', text: 'Yanıtlandı' }, department: 'Muhasebe' })
    })

  test.each([
    [{ ...anything, status: 'closed' }, 1],
    [{ ...anything, status: 'answered' }, 0],
    [{ ...anything, department: 'Sunucu' }, 1],
    [{ ...anything, department: ' MUHASEBE ' }, 0],
    [{ ...anything, sender: 'Uğur' }, 1],
    [{ ...anything, sender: 'öztürk' }, 0],
    [{ ...anything, department: 'Muhasebe', sender: 'Uğur' }, 1],
    [anything, 0]
  ] as const)('%j leaves %i of a reply', (rule, left) => {
    expect(withRow([replyFound()], [rule])).toHaveLength(left)
  })

  test('the first rule that fits decides', () => {
    const fromAyşe = { ...anything, sender: 'Ayşe', notify: true }
    expect(withRow([replyFound()], [fromAyşe, anything])).toHaveLength(1)
    expect(withRow([replyFound()], [anything, fromAyşe])).toHaveLength(0)
    expect(withRow([status('closed')], [fromAyşe, anything])).toHaveLength(0)
  })

  test('a status change is compared by its new status', () => {
    expect(withRow([status('status')], [{ ...anything, status: 'in-progress' }])).toHaveLength(0)
    expect(withRow([status('status')], [{ ...anything, status: 'answered' }])).toHaveLength(1)
  })
})

describe('reminders', () => {
  const reminder = (kind: 'snooze-over' | 'follow-up', byRule = false): TicketEvent => ({
    ...{ kind, byRule, ref: ref(), subject: 'Taşıma' },
    ...{ name: 'Ayşe', excerpt: 'Bekliyoruz.' }
  })
  const nothing = [{ status: null, department: '', sender: '', notify: false }]

  test('say which ticket returns and which was not answered', () => {
    expect(show([reminder('snooze-over')])).toMatchObject([
      { title: 'Reminder — Taşıma', body: '#272298\nBekliyoruz.' }
    ])
    expect(show([reminder('follow-up')])).toMatchObject([
      { title: 'Still no answer — Taşıma', body: '#272298', buttons: [], reply: null }
    ])
  })

  test('that the person set come in quiet hours and past every rule, those of a rule do not', () => {
    const quiet = { quiet: { enabled: true, from: '11:00', to: '13:00' } }
    for (const change of [quiet, { rules: nothing }]) {
      expect(show([reminder('snooze-over')], change)).toHaveLength(1)
      expect(show([reminder('follow-up')], change)).toHaveLength(1)
      expect(show([reminder('follow-up', true)], change)).toHaveLength(0)
    }
  })

  test('do not come while notifications are paused or off, nor where their kind is off', () => {
    for (const change of [{ enabled: false }, { pausedUntil: 'until-on' as const }, { snooze: false }])
      expect(show([reminder('snooze-over')], change)).toEqual([])
    expect(show([reminder('follow-up')], { followUp: false })).toEqual([])
    expect(show([reminder('follow-up')], { snooze: false })).toHaveLength(1)
  })
})

describe('a reminder waits', () => {
  const day = { enabled: true, from: '11:00', to: '13:00' }
  const { days } = defaultSettings.notifications.workingHours
  const asked = { kind: 'snooze-over', byRule: false } as const
  const byRule = { kind: 'follow-up', byRule: true } as const
  const waits = (
    { kind, byRule }: { readonly kind: 'snooze-over' | 'follow-up'; readonly byRule: boolean },
    change: Partial<NotificationRules>,
    own: Partial<AccountRules> = {}
  ): boolean =>
    holdsBack(
      { ...rules, ...change },
      { ...defaultAccountRules, ...own },
      { kind, byRule, ref: ref(), subject: 'Taşıma', name: '', excerpt: '' },
      noon
    )

  test('during a pause', () => {
    for (const reminder of [asked, byRule]) {
      expect(waits(reminder, { pausedUntil: 'until-on' })).toBe(true)
      expect(waits(reminder, { pausedUntil: noon.getTime() + 1 })).toBe(true)
      expect(waits(reminder, { pausedUntil: noon.getTime() })).toBe(false)
      expect(waits(reminder, {})).toBe(false)
    }
  })

  test('in quiet hours and outside of the working hours if a rule has set it', () => {
    expect(waits(byRule, { quiet: day })).toBe(true)
    expect(waits(byRule, {}, { quiet: day })).toBe(true)
    expect(waits(byRule, { quiet: day }, { quiet: { ...day, enabled: false } })).toBe(false)
    const free = { on: false, from: '09:00', to: '18:00' }
    expect(waits(byRule, { workingHours: { enabled: true, days: { ...days, tue: free } } })).toBe(true)
    expect(waits(asked, { quiet: day }), 'the person asked for it at this time').toBe(false)
  })

  test('not where it will not be shown at all', () => {
    const paused = { pausedUntil: 'until-on' as const }
    expect(waits(asked, { ...paused, enabled: false })).toBe(false)
    expect(waits(asked, { ...paused, snooze: false })).toBe(false)
    expect(waits(byRule, { ...paused, followUp: false })).toBe(false)
    expect(waits(byRule, paused, { notify: false })).toBe(false)
  })
})

describe('working hours', () => {
  const { days } = defaultSettings.notifications.workingHours
  const at = (day: number, hour: number, minute = 0): Date => new Date(2026, 10, day, hour, minute)
  const shownAt = (now: Date, change: Partial<typeof days> = {}, enabled = true) =>
    show([replyFound()], { workingHours: { enabled, days: { ...days, ...change } } }, now).length

  test('let notifications through on their days and hours only', () => {
    // 2026-11-24 is a Tuesday.
    expect([
      shownAt(at(24, 8, 59)),
      shownAt(at(24, 9)),
      shownAt(at(24, 17, 59)),
      shownAt(at(24, 18))
    ]).toEqual([0, 1, 1, 0])
    expect([shownAt(at(28, 12)), shownAt(at(29, 12)), shownAt(at(30, 12))]).toEqual([0, 0, 1])
    expect(shownAt(at(28, 12), {}, false)).toBe(1)
  })

  test('that cross midnight belong to the day they begin on', () => {
    const night = { fri: { on: true, from: '22:00', to: '02:00' } }
    expect([shownAt(at(27, 21), night), shownAt(at(27, 23), night), shownAt(at(28, 1), night)]).toEqual([
      0, 1, 1
    ])
    expect([shownAt(at(27, 1), night), shownAt(at(28, 2), night)]).toEqual([0, 0])
  })
})
