import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Engine, TicketEvent } from '../../../electron/sync/types.ts'
import type { Unsent } from '../../../electron/desktop/lifecycle/quit-when-sent.ts'
import type { Choice } from '../../../electron/desktop/notifications/notification.ts'
import type { Delivery } from '../../../electron/desktop/notifications/notifier.ts'
import type { DeliveryOutcome, Platform } from '../../../electron/desktop/types.ts'
import type { Windows } from '../../../electron/desktop/windows/windows.ts'
import { defaultSettings } from '../../../electron/ipc/defaults.ts'
import type { Settings } from '../../../electron/ipc/contract.ts'
import type { SettingsStore } from '../../../electron/storage/settings.ts'
import { defaultAccountRules, type AccountRules } from '../../../electron/tickets/account-rules.ts'
import type { TicketRef } from '../../../electron/tickets/ticket.ts'

vi.mock('electron', () => ({
  app: { setBadgeCount: () => true, quit: () => undefined },
  Tray: class {
    on = () => undefined
    setToolTip = () => undefined
    setContextMenu = () => undefined
    setTitle = () => undefined
  },
  Menu: { buildFromTemplate: () => ({}) },
  nativeImage: { createFromPath: () => ({ setTemplateImage: () => undefined, isEmpty: () => false }) }
}))
const { createActions } = await import('../../../electron/desktop/actions.ts')
const { createLaunchHandler } = await import('../../../electron/desktop/lifecycle/handle-launch.ts')
const { AppMessages } = await import('../../../electron/desktop/notifications/app-messages.ts')
const { NotificationCenter } = await import('../../../electron/desktop/notifications/notification-center.ts')
const { createTray } = await import('../../../electron/desktop/tray/tray.ts')
const { TrayPresenter } = await import('../../../electron/desktop/tray/tray-presenter.ts')
const { parseCommandLine } = await import('../../../electron/desktop/lifecycle/command-line.ts')
const { ref, replyFound } = await import('./make.ts')

/** A shell with one account and one ticket. `done` records its actions. */
function setUp(
  replies: 'taken' | 'refused' = 'taken',
  tray = true,
  draft = '',
  platform: Platform = 'darwin'
) {
  const done: string[] = []
  const snoozed: object[] = []
  const deliveries: Delivery[] = []
  let unread = 1
  const others: number[] = []
  /** Ids of tickets that the next list adds. */
  const brought: number[] = []
  const accounts: {
    readonly id: string
    readonly connection: object
    readonly rules: AccountRules
    readonly sentForm: string
  }[] = []
  let focusedTicket: TicketRef | null = null
  let asked = false
  let serverComes: () => void = () => undefined
  let outcome: DeliveryOutcome = 'shown'
  let earlier: (group: string, choice: Choice) => void = () => undefined
  const row = () => ({
    accountId: 'one',
    id: 272298,
    subject: 'SSH',
    lastSpeakerName: 'Ayşe Öztürk',
    excerpt: 'İlgileniyoruz.',
    unread,
    lastActivityAt: 1,
    work: null
  })
  /** Pending while the caches are read. */
  let opening = Promise.resolve()
  const engine = {
    accounts: { list: () => accounts },
    tickets: {
      rows: () => [row(), ...others.map((id) => ({ ...row(), id }))],
      ticket: ({ ticketId }: { ticketId: number }) => (ticketId === 272298 ? { row: row() } : null),
      markRead: () => {
        unread = 0
        done.push('read')
      },
      setWork: (refs: readonly TicketRef[], change: object) => {
        snoozed.push({ refs, ...change })
      }
    },
    outgoing: {
      items: () => [],
      reply: (_ref: unknown, text: string, from = 'draft') => {
        done.push(`reply ${text} from ${from}`)
        if (replies === 'taken' && from === 'draft') draft = ''
        return Promise.resolve(
          replies === 'taken' ? { ok: true } : { ok: false, error: { kind: 'storage-full' } }
        )
      },
      replyDraft: () => draft,
      setReplyDraft: (_ref: unknown, text: string) => {
        draft = text
        done.push(`draft ${text}`)
      }
    },
    control: {
      opened: () => opening,
      check: () => {
        done.push('check')
        others.push(...brought.splice(0))
        return Promise.resolve()
      }
    }
  }
  let settings: Settings = defaultSettings
  const store: SettingsStore<Settings> = {
    current: () => settings,
    change: (patch) => {
      settings = {
        ...settings,
        ...patch,
        notifications: { ...settings.notifications, ...(patch as Partial<Settings>).notifications }
      }
      return { ok: true, value: settings }
    },
    onChange: () => undefined
  }
  const windows = {
    navigate: (to: unknown) => void done.push(`navigate ${JSON.stringify(to)}`),
    navigateInBackground: (to: unknown) => void done.push(`quietly ${JSON.stringify(to)}`),
    showInbox: () => void done.push('inbox'),
    showCompose: (prefill: unknown) => void done.push(`compose ${JSON.stringify(prefill ?? null)}`),
    broadcast: (name: string, payload: unknown) => void done.push(`${name} ${JSON.stringify(payload)}`),
    inbox: () => null
  }
  const parts = {
    platform,
    iconFolder: '/tray',
    engine: engine as unknown as Engine,
    locale: () => 'en' as const,
    settings: store,
    store: { get: () => asked, set: () => void (asked = true) },
    windows: windows as unknown as Windows,
    notifier: {
      deliver: (delivery: Delivery) => {
        deliveries.push(delivery)
        return Promise.resolve(outcome)
      },
      ask: (delivery: Delivery) => {
        done.push(`ask ${delivery.text.title}`)
        return Promise.resolve('shown' as const)
      },
      onEarlierChoice: (act: typeof earlier) => void (earlier = act),
      onServer: (onAnswer: () => void) => void (serverComes = onAnswer),
      firstBackend: () => 'electron' as const,
      withdraw: (group: string) => void done.push(`withdraw ${group}`),
      history: () => []
    },
    activation: {
      take: (token: string) => {
        done.push(`token ${token}`)
        return Promise.resolve()
      },
      arrived: () => undefined
    },
    tray: createTray({ platform, iconFolder: '/tray', onMade: () => undefined }),
    trayHost: {
      backend: 'test',
      isThere: () => tray,
      waitForPanel: () => Promise.resolve(),
      offered: () => undefined,
      onArrival: () => undefined,
      onChange: () => undefined
    }
  }
  const act = createActions({
    ...parts,
    quit: () => undefined,
    notifyHeldBack: (...held) => void messages.notifyHeldBack(...held)
  })
  const common = { ...parts, act, focusedTicket: () => focusedTicket }
  const center = new NotificationCenter(common)
  const messages = new AppMessages(common)
  const presenter = new TrayPresenter(common)
  presenter.start()
  const shell = {
    act,
    changed: () => {
      presenter.update()
      center.withdrawRead()
      messages.askForPermission()
    },
    tell: (ticketEvents: readonly TicketEvent[]) => center.notify(ticketEvents),
    obey: createLaunchHandler(common),
    testNotification: () => messages.sendTest(),
    tellUnsent: (unsent: Unsent) => messages.notifyUnsent(unsent),
    tellStillInTray: () => messages.notifyClosed('stay'),
    hearEarlierNotifications: () => center.listenToEarlierNotifications()
  }
  const read = (): void => void (unread = 0)
  const add = (id: number): void => void others.push(id)
  const bring = (id: number): void => void brought.push(id)
  const holdCaches = (): (() => void) => {
    let release = (): void => undefined
    opening = new Promise((resolve) => (release = resolve))
    return () => release()
  }
  const connectAccount = (rules: AccountRules = defaultAccountRules, sentForm = 'ascii'): void =>
    void accounts.push({ id: 'one', connection: { state: 'ok' }, rules, sentForm })
  const pressEarlier = (group: string, choice: Choice): void => {
    earlier(group, choice)
  }
  return {
    ...{
      shell,
      done,
      snoozed,
      deliveries,
      read,
      add,
      bring,
      holdCaches,
      connectAccount,
      pressEarlier,
      store
    },
    lookAt: (ref: TicketRef | null) => void (focusedTicket = ref),
    setRules: (rules: Partial<AccountRules>) =>
      void accounts.splice(0, 1, {
        id: 'one',
        connection: { state: 'ok' },
        rules: { ...defaultAccountRules, ...rules },
        sentForm: 'ascii'
      }),
    deliversAs: (how: DeliveryOutcome) => void (outcome = how),
    serverComes: () => {
      serverComes()
    },
    settings: () => settings,
    draft: () => draft
  }
}
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
const ticket = `navigate ${JSON.stringify({ to: 'ticket', ...ref() })}`

beforeEach(() => void vi.useRealTimers())

describe('a notification of a reply', () => {
  test.each([
    [{ kind: 'open' } as const, [ticket]],
    [{ kind: 'open', activationToken: 'abc' } as const, ['token abc', ticket]],
    [{ kind: 'mark-read' } as const, ['read']],
    [{ kind: 'reply', text: 'Teşekkürler' } as const, ['reply Teşekkürler from notification']]
  ])('answered with %j does that', async (choice, expected) => {
    const { shell, done, deliveries } = setUp()
    shell.tell([replyFound()])
    deliveries[0]?.onChoice(choice)
    await settled()
    expect(done).toEqual(expected)
  })

  test('keeps an answer that the outbox refuses as the draft, and shows it', async () => {
    const { shell, done, deliveries } = setUp('refused')
    shell.tell([replyFound()])
    deliveries[0]?.onChoice({ kind: 'reply', text: 'Teşekkürler' })
    await settled()
    const draftEvent = `draft ${JSON.stringify({ ...ref(), added: 'Teşekkürler' })}`
    expect(done).toEqual(['reply Teşekkürler from notification', 'draft Teşekkürler', draftEvent, ticket])
  })

  test.each([
    ['Tamam 🚀', 'It contains characters that cannot be sent. Check it, then send it.'],
    [
      'Yeni şifre: ğül1881',
      'A word that may be a password, path, address or command would have been changed. Check it, then send it.'
    ]
  ])(
    'answered with %j, which would be changed when sent, keeps it as the draft and says why',
    async (text, why) => {
      const { shell, done, deliveries, connectAccount } = setUp()
      connectAccount(defaultAccountRules, 'ascii')
      shell.tell([replyFound()])
      deliveries[0]?.onChoice({ kind: 'reply', text })
      await settled()
      const draftEvent = `draft ${JSON.stringify({ ...ref(), added: text })}`
      expect(done).toEqual([`draft ${text}`, draftEvent, ticket])
      expect(deliveries[1]?.text).toMatchObject({
        title: '#272298: your reply was not sent, it is kept as a draft',
        body: why
      })
      deliveries[1]?.onChoice({ kind: 'open' })
      expect(done.at(-1)).toBe(ticket)
    }
  )

  test.each([
    ['as-written', 'Yeni şifre: ğül1881 🚀'],
    ['ascii', 'Teşekkürler, şimdi açıldı']
  ] as const)('of an account that sends %s, answered with %j, sends it', async (sentForm, text) => {
    const { shell, done, deliveries, connectAccount } = setUp()
    connectAccount(defaultAccountRules, sentForm)
    shell.tell([replyFound()])
    deliveries[0]?.onChoice({ kind: 'reply', text })
    await settled()
    expect(done).toEqual([`reply ${text} from notification`])
  })

  test.each([
    ['taken', 'Yarım kalan'],
    ['refused', 'Yarım kalan\n\nTeşekkürler']
  ] as const)('whose answer is %s leaves an unfinished draft in the window alone', async (replies, left) => {
    const { shell, deliveries, draft } = setUp(replies, true, 'Yarım kalan')
    shell.tell([replyFound()])
    deliveries[0]?.onChoice({ kind: 'reply', text: 'Teşekkürler' })
    await settled()
    expect(draft()).toBe(left)
  })

  test('goes when its ticket was read elsewhere, and is taken away once', async () => {
    const { shell, done, read } = setUp()
    shell.tell([replyFound()])
    shell.changed()
    await settled()
    expect(done).toEqual([])
    read()
    shell.changed()
    await settled()
    shell.changed()
    await settled()
    expect(done).toEqual(['withdraw ticket-one-272298'])
  })

  test('put off snoozes its ticket for an hour', () => {
    vi.useFakeTimers()
    const { shell, deliveries, snoozed } = setUp()
    shell.tell([replyFound()])
    deliveries[0]?.onChoice({ kind: 'snooze' })
    expect(snoozed).toEqual([{ refs: [ref()], snoozedUntil: Date.now() + 3_600_000 }])
  })
})

describe('an event of the ticket in the focused window', () => {
  test('is not notified; events of other tickets are', async () => {
    const { shell, deliveries, lookAt } = setUp()
    lookAt(ref())
    shell.tell([replyFound(), replyFound(5)])
    await settled()
    expect(deliveries.map(({ text }) => text.ref)).toEqual([ref(5)])
    lookAt(null)
    shell.tell([replyFound()])
    await settled()
    expect(deliveries).toHaveLength(2)
  })

  test('is told apart from a ticket with the same number in another account', async () => {
    const { shell, deliveries, lookAt } = setUp()
    lookAt(ref(272298, 'two'))
    shell.tell([replyFound()])
    await settled()
    expect(deliveries).toHaveLength(1)
  })
})

describe('a summary', () => {
  test('opens the unread tickets', async () => {
    const { shell, deliveries, done } = setUp()
    shell.tell([1, 2, 3, 4].map((id) => replyFound(id)))
    deliveries[0]?.onChoice({ kind: 'open' })
    await settled()
    expect(done).toEqual(['navigate {"to":"unread"}'])
  })
})

describe('a notification that could not be shown', () => {
  const closed = (ticketId: number): TicketEvent => ({
    kind: 'closed',
    ref: ref(ticketId),
    subject: 'DNS',
    status: { kind: 'closed', text: 'Closed' }
  })
  const titles = (deliveries: readonly Delivery[]): readonly string[] =>
    deliveries.map(({ text }) => text.title)

  test('is part of a summary with the count once a server is running again', async () => {
    const { shell, deliveries, deliversAs, serverComes } = setUp('taken', true, '', 'linux')
    deliversAs('no-helper')
    shell.tell([closed(1), closed(2)])
    await settled()
    shell.tell([closed(3), closed(4), closed(5), closed(6)])
    shell.tell([replyFound()])
    await settled()
    const before = deliveries.length
    deliversAs('shown')
    serverComes()
    await settled()
    serverComes()
    await settled()
    expect(titles(deliveries.slice(before))).toEqual(['7 updates while notifications could not be shown'])
  })

  test('is part of a summary after the next one that is shown, if no server announces itself', async () => {
    const { shell, deliveries, deliversAs } = setUp()
    deliversAs('failed')
    shell.tell([closed(1), closed(2)])
    await settled()
    deliversAs('shown')
    shell.tell([closed(3)])
    await settled()
    expect(titles(deliveries.slice(2))).toEqual([
      'Closed — DNS',
      '2 updates while notifications could not be shown'
    ])
  })

  test('is shown also of a ticket that was read if the person asked to be reminded', async () => {
    const { shell, deliveries, deliversAs, serverComes, read } = setUp('taken', true, '', 'linux')
    deliversAs('no-helper')
    read()
    const reminder = { kind: 'snooze-over', subject: 'Taşıma', name: '', excerpt: '', byRule: false } as const
    shell.tell([{ ...reminder, ref: ref() }])
    await settled()
    deliversAs('shown')
    serverComes()
    await settled()
    expect(titles(deliveries.slice(1))).toEqual(['Reminder — Taşıma'])
  })

  test('waits during its account’s quiet hours, while those of other accounts are shown', async () => {
    const { shell, deliveries, deliversAs, serverComes, setRules } = setUp('taken', true, '', 'linux')
    setRules({})
    deliversAs('no-helper')
    shell.tell([closed(1), { ...closed(2), ref: ref(2, 'two') } as TicketEvent])
    await settled()
    setRules({ notify: false })
    deliversAs('shown')
    serverComes()
    await settled()
    expect(deliveries.slice(2).map(({ text }) => text.ref)).toEqual([ref(2, 'two')])
    setRules({})
    serverComes()
    await settled()
    expect(deliveries.slice(3).map(({ text }) => text.ref)).toEqual([ref(1)])
  })

  test('is shown by itself if it is the only one, and not at all if its ticket was read', async () => {
    const { shell, deliveries, deliversAs, serverComes, read } = setUp('taken', true, '', 'linux')
    deliversAs('no-permission')
    shell.tell([replyFound()])
    await settled()
    serverComes()
    await settled()
    expect(titles(deliveries)).toEqual(Array(2).fill('Ayşe Öztürk replied — SSH ile bağlanamıyorum'))
    read()
    deliversAs('shown')
    serverComes()
    await settled()
    expect(deliveries).toHaveLength(2)
  })

  test('waits while notifications are paused', async () => {
    const { shell, deliveries, deliversAs, serverComes, store } = setUp('taken', true, '', 'linux')
    deliversAs('no-helper')
    shell.tell([closed(1), closed(2)])
    await settled()
    deliversAs('shown')
    store.change({ notifications: { pausedUntil: 'until-on' } })
    serverComes()
    await settled()
    expect(deliveries).toHaveLength(2)
    store.change({ notifications: { pausedUntil: null } })
    serverComes()
    await settled()
    expect(deliveries).toHaveLength(3)
  })

  test.each([
    ['refused by the system', 'no-permission'],
    ['kept back by do not disturb', 'do-not-disturb'],
    ['without an answer', 'timed-out']
  ] as const)('is not one that was %s', async (_, outcome) => {
    const { shell, deliveries, deliversAs, serverComes } = setUp()
    deliversAs(outcome)
    shell.tell([closed(1)])
    await settled()
    deliversAs('shown')
    serverComes()
    await settled()
    expect(deliveries).toHaveLength(1)
  })
})

describe('a notification of an earlier run', () => {
  test.each([
    ['ticket-one-272298', { kind: 'open' } as const, [ticket]],
    ['ticket-one-272298', { kind: 'mark-read' } as const, ['read']],
    ['ticket-one-272298', { kind: 'reply', text: 'Geç' } as const, ['reply Geç from notification']],
    // The ticket is no longer in the list: it cannot be opened, but a reply is still sent.
    ['ticket-one-5', { kind: 'open' } as const, ['inbox']],
    ['ticket-one-5', { kind: 'reply', text: 'Geç' } as const, ['reply Geç from notification']],
    ['summary', { kind: 'open' } as const, ['navigate {"to":"unread"}']]
  ])('%s answered with %j does that', async (group, choice, expected) => {
    const { shell, done, pressEarlier } = setUp()
    shell.hearEarlierNotifications()
    pressEarlier(group, choice)
    await settled()
    expect(done).toEqual(expected)
  })
})

describe('the system’s question for permission', () => {
  const asked = async (prepare: (rig: ReturnType<typeof setUp>) => void): Promise<readonly string[]> => {
    const rig = setUp()
    prepare(rig)
    for (const _ of [1, 2]) {
      rig.shell.changed()
      await settled()
    }
    return rig.done.filter((what) => what.startsWith('ask '))
  }

  test('comes when the first account is connected, once', async () => {
    expect(await asked((rig) => rig.connectAccount())).toEqual(['ask New replies will appear here'])
  })

  test('does not come earlier, nor while notifications are off', async () => {
    expect(await asked(() => undefined)).toEqual([])
    const off = (rig: ReturnType<typeof setUp>): void => {
      rig.connectAccount()
      rig.store.change({ notifications: { enabled: false } })
    }
    expect(await asked(off)).toEqual([])
  })
})

describe('the command line', () => {
  test.each([
    [['--hidden'], []],
    // Windows starts the app this way after a click on an old notification, which reports separately what to show.
    [['-Embedding'], []],
    [[], ['inbox']],
    [['--check'], ['check']],
    [['--new'], ['compose null']],
    [['--hidden', 'bilet://ticket/272298'], [ticket]],
    // An unknown ticket may be new, so the list is refreshed once.
    [['bilet://ticket/5'], ['inbox', 'check']],
    [['bilet://new?title=Disk'], ['compose {"title":"Disk"}']]
  ])('%j does %j', async (argv, expected) => {
    const { shell, done } = setUp()
    shell.obey(parseCommandLine(argv))
    await settled()
    expect(done).toEqual(expected)
  })
})

test.each([['--hidden'], ['--check']])(
  'without a tray %s opens the window: there is no other way in',
  (flag) => {
    const { shell, done } = setUp('taken', false)
    shell.obey(parseCommandLine([flag]))
    expect(done).toContain('inbox')
  }
)

test.each([
  [['--hidden'], []],
  [['--check'], ['check']],
  [[], ['inbox']]
])(
  'without a tray, but with the setting to run unseen, %j opens only what was asked for',
  (flags, expected) => {
    const { shell, done, store } = setUp('taken', false)
    store.change({ stayWithoutTray: true })
    shell.obey(parseCommandLine(flags))
    expect(done).toEqual(expected)
  }
)

test('quitting tells what waits for the next start, if notifications are on', async () => {
  const { shell, deliveries, store } = setUp()
  const none = { waiting: 0, uncertain: 0, undecided: 0, notShown: 0 }
  await shell.tellUnsent(none)
  // The server has this message, so the user need not know.
  await shell.tellUnsent({ ...none, notShown: 1 })
  expect(deliveries).toEqual([])
  await shell.tellUnsent({ ...none, waiting: 2 })
  expect(deliveries[0]?.text).toMatchObject({
    title: '2 messages waiting to be sent',
    body: 'Saved; will be sent when Bilet is opened again.',
    ref: null
  })
  store.change({ notifications: { enabled: false } })
  await shell.tellUnsent({ ...none, waiting: 2 })
  expect(deliveries).toHaveLength(1)
})

test('quitting does not promise to send uncertain and undecided entries later', async () => {
  const { shell, deliveries } = setUp()
  await shell.tellUnsent({ waiting: 0, uncertain: 1, undecided: 3, notShown: 2 })
  expect(deliveries[0]?.text).toMatchObject({
    title:
      'Checking whether 1 message arrived, 3 messages waiting for your decision, 2 messages sent, but not in the server’s list yet',
    body: 'Will be checked when Bilet is opened again; nothing is sent twice. Kept until you decide; not sent automatically.'
  })
})

test('a linked ticket in a cache that is still being read is opened once read, without a request', async () => {
  const { shell, done, add, holdCaches } = setUp()
  const release = holdCaches()
  shell.obey(parseCommandLine(['bilet://ticket/272299']))
  await settled()
  expect(done).toEqual(['inbox'])
  add(272299)
  release()
  await settled()
  expect(done).toEqual(['inbox', `quietly ${JSON.stringify({ to: 'ticket', ...ref(272299) })}`])
})

test('a linked ticket that the next list contains is opened then, without taking the focus again', async () => {
  const { shell, done, bring } = setUp()
  bring(272299)
  shell.obey(parseCommandLine(['bilet://ticket/272299']))
  await settled()
  expect(done).toEqual(['inbox', 'check', `quietly ${JSON.stringify({ to: 'ticket', ...ref(272299) })}`])
})

test('closing the window for the first time is explained, and a click on that opens the settings', async () => {
  const { shell, done, deliveries } = setUp()
  expect(await shell.tellStillInTray()).toBe('shown')
  expect(deliveries[0]?.text.title).toBe('Bilet is still running in the tray')
  deliveries[0]?.onChoice({ kind: 'open' })
  expect(done).toEqual(['navigate {"to":"settings"}'])
})

test('a pause of notifications is kept in the settings', () => {
  const { shell, settings } = setUp()
  shell.act({ kind: 'pause-notifications', for: 'until-on' })
  expect(settings().notifications.pausedUntil).toBe('until-on')
})

test('a test notification reports its outcome', async () => {
  expect(await setUp().shell.testNotification()).toBe('shown')
})
