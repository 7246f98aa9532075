import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { settingsSchema, type Settings } from '../../../electron/ipc/settings-schema.ts'
import { defaultSettings } from '../../../electron/ipc/defaults.ts'
import { defaultAccountRules } from '../../../electron/tickets/account-rules.ts'
import { emptyNewTicket } from '../../../electron/tickets/ticket.ts'
import { createHandlers } from '../../../electron/ipc/handlers.ts'
import type { Host } from '../../../electron/ipc/host.ts'
import { createSettings, type SettingsStore } from '../../../electron/storage/settings.ts'
import type { Handlers } from '../../../electron/ipc/dispatch.ts'
import { rowWorkOf } from '../../support/builders.ts'
import { pngHeader } from '../../support/png-header.ts'
import { caller } from '../../support/caller.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bilet-handlers-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** Handlers on a machine where another program has registered `Ctrl+Alt+B`. `taken`: the shortcuts registered so far. */
function make(options: { readonly chosen?: string | null; readonly diskFails?: boolean } = {}): {
  readonly handlers: Handlers
  readonly settings: SettingsStore<Settings>
  readonly taken: string[]
} {
  const kept = new Map<string, unknown>()
  const store = {
    get: (key: string) => kept.get(key),
    set: (key: string, value: unknown) => {
      if (options.diskFails) throw new Error('full')
      kept.set(key, value)
    }
  }
  const settings = createSettings<Settings>(store, settingsSchema, defaultSettings)
  const taken: string[] = []
  const host = {
    takeShortcut: (keys: string) => {
      if (keys === 'Ctrl+Alt+B') return 'taken'
      if (keys === 'nonsense') return 'invalid'
      taken.push(keys)
      return keys === 'Alt+Shift+A' ? 'asked' : 'registered'
    },
    chooseExportFile: (_name: string, windowId: number | null) =>
      Promise.resolve(windowId === caller.windowId ? (options.chosen ?? null) : null)
  } as unknown as Host
  const handlers = createHandlers({ settings, host } as unknown as Parameters<typeof createHandlers>[0])
  return { handlers, settings, taken }
}

describe('a shortcut', () => {
  it('that another program has is refused, and the one before stays set', async () => {
    const { handlers, settings } = make()
    expect(await handlers['settings.change']({ shortcut: 'Ctrl+Alt+B' }, caller)).toEqual({
      ok: false,
      error: { kind: 'shortcut-taken', field: 'shortcut' }
    })
    expect(settings.current().shortcut).toBe(defaultSettings.shortcut)
  })

  it('that the system does not know is refused in other words', async () => {
    const { handlers } = make()
    expect(await handlers['settings.change']({ shortcut: 'nonsense' }, caller)).toEqual({
      ok: false,
      error: { kind: 'shortcut-invalid', field: 'shortcut' }
    })
  })

  it('that the desktop was asked for is kept, though nobody knows whether it gives it', async () => {
    const { handlers, settings } = make()
    expect(await handlers['settings.change']({ shortcut: 'Alt+Shift+A' }, caller)).toMatchObject({ ok: true })
    expect(settings.current().shortcut).toBe('Alt+Shift+A')
  })

  it('that is free is taken and kept', async () => {
    const { handlers, settings, taken } = make()
    expect(await handlers['settings.change']({ shortcut: 'Ctrl+Alt+N' }, caller)).toMatchObject({ ok: true })
    expect(settings.current().shortcut).toBe('Ctrl+Alt+N')
    expect(taken).toEqual(['Ctrl+Alt+N'])
  })

  it('that cannot be kept is given back for the one that is', async () => {
    const { handlers, taken } = make({ diskFails: true })
    expect(await handlers['settings.change']({ shortcut: 'Ctrl+Alt+N' }, caller)).toMatchObject({ ok: false })
    expect(taken.at(-1)).toBe(defaultSettings.shortcut)
  })

  it('is left alone when something else changes', async () => {
    const { handlers, taken } = make()
    await handlers['settings.change']({ theme: 'dark' }, caller)
    expect(taken).toEqual([])
  })
})

describe('taking a reply out of the outbox', () => {
  const item = { id: 'o1', accountId: 'a', action: { kind: 'reply', ticketId: 5, text: 'Teşekkürler' } }
  const cancel = async (outcome: unknown): Promise<readonly unknown[]> => {
    const broadcasts: unknown[] = []
    const parts = {
      engine: { outgoing: { cancel: () => Promise.resolve(outcome) } },
      broadcast: (...event: readonly unknown[]) => broadcasts.push(event)
    }
    const handlers = createHandlers(parts as unknown as Parameters<typeof createHandlers>[0])
    expect(await handlers['outbox.cancel']({ id: 'o1' }, caller)).toEqual(outcome)
    return broadcasts
  }

  it('tells the reply box that shows the draft', async () => {
    const draft = { accountId: 'a', ticketId: 5, added: 'Teşekkürler' }
    expect(await cancel({ ok: true, value: item })).toEqual([['draft', draft]])
  })

  it('that is on its way tells nothing', async () => {
    expect(await cancel({ ok: false, error: { kind: 'in-flight' } })).toEqual([])
  })
})

describe('diagnostics', () => {
  it('are saved as they were shown', async () => {
    const chosen = join(folder, 'report.txt')
    const { handlers } = make({ chosen })
    const saved = await handlers['diagnostics.save']({ text: 'Bilet 0.1.0\nşu an iyi' }, caller)
    expect(saved).toEqual({ ok: true, value: true })
    expect(readFileSync(chosen, 'utf8')).toBe('Bilet 0.1.0\nşu an iyi\n')
  })

  it('are not saved without a chosen file, and words say why a file cannot be written', async () => {
    expect(await make().handlers['diagnostics.save']({ text: 'x' }, caller)).toEqual({
      ok: true,
      value: false
    })
    const { handlers } = make({ chosen: join(folder, 'gone', 'report.txt') })
    expect(await handlers['diagnostics.save']({ text: 'x' }, caller)).toEqual({
      ok: false,
      error: { kind: 'file-not-written' }
    })
  })
})

describe('the panel', () => {
  const open = async (panelUrl: string, ticketId: number | null, isOpened = true) => {
    const done: string[] = []
    const rules = { ...defaultAccountRules, panelUrl }
    const parts = {
      engine: { accounts: { list: () => [{ id: 'a', rules }] } },
      host: {
        openExternal: (url: string) => {
          done.push(url)
          return Promise.resolve(isOpened)
        },
        showPanelAddress: (accountId: string) => void done.push(`settings of ${accountId}`)
      }
    }
    const handlers = createHandlers(parts as unknown as Parameters<typeof createHandlers>[0])
    const answer = await handlers['tickets.openInPanel']({ accountId: 'a', ticketId }, caller)
    const unknown = await handlers['tickets.openInPanel']({ accountId: 'gone', ticketId }, caller)
    expect(unknown).toMatchObject({ error: { kind: 'unknown-account' } })
    return [answer.ok, ...done]
  }
  const template = 'https://panel.example/viewticket.php?id={id}'

  it('opens at the ticket, by the address of its account, or where it begins', async () => {
    expect(await open(template, 272298)).toEqual([true, 'https://panel.example/viewticket.php?id=272298'])
    expect(await open(template, null)).toEqual([true, 'https://panel.example'])
  })

  it('of an account without its address opens the settings where it is written', async () => {
    expect(await open('', 272298)).toEqual([true, 'settings of a'])
  })

  it('that the system does not open is said', async () => {
    expect(await open(template, 272298, false)).toEqual([
      false,
      'https://panel.example/viewticket.php?id=272298'
    ])
  })
})

describe('the menu of tickets', () => {
  const row = { unread: 0, replyCount: 1, status: { kind: 'open' }, gone: false, work: null }
  const offered = async (...changes: readonly object[]): Promise<readonly string[]> => {
    let choices: readonly string[] = []
    const parts = {
      engine: {
        tickets: {
          ticket: ({ ticketId }: { readonly ticketId: number }) => ({
            row: { ...row, ...changes[ticketId - 1] }
          })
        }
      },
      host: {
        chooseFromTicketMenu: (all: readonly string[], at: object, windowId: number) => {
          choices = all
          expect([at, windowId]).toEqual([{ x: 5, y: 6 }, caller.windowId])
          return Promise.resolve('open')
        }
      }
    }
    const handlers = createHandlers(parts as unknown as Parameters<typeof createHandlers>[0])
    const refs = changes.map((_, i) => ({ accountId: 'a', ticketId: i + 1 }))
    expect(await handlers['tickets.menu']({ refs, x: 5, y: 6 }, caller)).toEqual({ ok: true, value: 'open' })
    return choices
  }
  const copies = ['copy-number', 'copy-title', 'copy-link', 'panel']
  const kept = ['done', 'snooze', 'follow-up', 'pin', 'tags', 'title', 'note', 'mute']
  const keptOfSeveral = ['done', 'snooze', 'follow-up', 'pin', 'tags', 'mute']

  it('offers what can be done with the ticket as it is', async () => {
    expect(await offered({})).toEqual(['open', 'reply', 'unread', 'close', ...kept, ...copies])
    expect(await offered({ unread: 2 })).toEqual(['open', 'reply', 'read', 'close', ...kept, ...copies])
    expect(await offered({ status: { kind: 'closed' }, replyCount: 0 })).toEqual([
      'open',
      'reply',
      ...kept,
      ...copies
    ])
  })

  it('takes away the marks that all of them have', async () => {
    const work = rowWorkOf({ done: true, pinned: true, muted: true })
    expect(await offered({ work })).toEqual(expect.arrayContaining(['undone', 'unpin', 'unmute']))
    expect(await offered({ work }, {})).toEqual(expect.arrayContaining(['done', 'pin', 'mute']))
    // A reminder that is due makes it something to be done again.
    expect(await offered({ work: { ...work, isFollowUpDue: true } })).toContain('done')
  })

  it('of one that is gone meanwhile is not shown', async () => {
    const asked = vi.fn()
    const parts = {
      engine: { tickets: { ticket: () => null } },
      host: { chooseFromTicketMenu: asked }
    }
    const handlers = createHandlers(parts as unknown as Parameters<typeof createHandlers>[0])
    const refs = [{ accountId: 'a', ticketId: 1 }]
    expect(await handlers['tickets.menu']({ refs, x: 5, y: 6 }, caller)).toMatchObject({
      error: { kind: 'unknown-ticket' }
    })
    expect(asked).not.toHaveBeenCalled()
  })

  it('of several offers what is done with all of them', async () => {
    expect(await offered({}, { unread: 1 })).toEqual(['read', 'unread', 'close', ...keptOfSeveral])
    expect(await offered({ status: { kind: 'closed' } }, { gone: true })).toEqual([
      'unread',
      ...keptOfSeveral
    ])
  })
})

describe('a new ticket', () => {
  const account = (id: string, demo = false): object => ({ id, demo })
  const start = async (options: {
    readonly accounts: readonly object[]
    readonly shown?: string
    readonly used?: readonly (readonly [account: string, at: number])[]
    readonly draft?: { readonly accountId: string; readonly draft: object }
  }) => {
    const parts = {
      shown: { ref: options.shown === undefined ? null : { accountId: options.shown, ticketId: 1 } },
      engine: {
        accounts: { list: () => options.accounts },
        tickets: { recentDepartments: () => ({}), recentServices: () => ({}) },
        outgoing: {
          composeDraft: () => options.draft ?? null,
          nextComposeDraft: () => false,
          composeLater: () => 0,
          items: () => [],
          history: () => (options.used ?? []).map(([accountId, queuedAt]) => ({ accountId, queuedAt }))
        }
      }
    }
    const handlers = createHandlers(parts as unknown as Parameters<typeof createHandlers>[0])
    const begun = await handlers['compose.start'](undefined, caller)
    if (!begun.ok) throw new Error(begun.error.kind)
    return begun.value
  }
  const all = [account('demo', true), account('one'), account('two')]
  const whose = async (options: Parameters<typeof start>[0]): Promise<string | null> =>
    (await start(options)).accountId

  it('is of the open ticket’s account, else of the last that was written from, else of the first', async () => {
    expect(await whose({ accounts: all, shown: 'two', used: [['one', 9]] })).toBe('two')
    expect(
      await whose({
        accounts: all,
        used: [
          ['one', 1],
          ['two', 2],
          ['gone', 3]
        ]
      })
    ).toBe('two')
    expect(await whose({ accounts: all })).toBe('one')
    expect(await whose({ accounts: [] })).toBeNull()
  })

  it('is never the sample’s beside a real account, and is where there is no other', async () => {
    expect(await whose({ accounts: all, shown: 'demo', used: [['demo', 9]] })).toBe('one')
    expect(await whose({ accounts: [account('demo', true)] })).toBe('demo')
  })

  it('that is half written stays where it was; with nothing written it begins anew', async () => {
    const written = { accountId: 'demo', draft: { ...emptyNewTicket, title: 'Yarım' } }
    expect(await start({ accounts: all, shown: 'two', draft: written })).toMatchObject(written)
    const chosen = { accountId: 'one', draft: { ...emptyNewTicket, departmentId: 19 } }
    expect(await start({ accounts: all, shown: 'two', draft: chosen })).toMatchObject({
      accountId: 'two',
      draft: emptyNewTicket
    })
    expect(await start({ accounts: all, shown: 'one', draft: chosen })).toMatchObject(chosen)
    const gone = { accountId: 'gone', draft: { ...emptyNewTicket, title: 'Yarım' } }
    expect(await start({ accounts: all, draft: gone })).toMatchObject({ accountId: 'one', draft: gone.draft })
  })
})

describe('a connection that a window asks for', () => {
  const auth = { kind: 'bearer', token: 'gizli' } as const
  const address = { baseUrl: 'https://evil.example', version: 'auto' } as const
  function make(mayContact: () => Promise<boolean>) {
    const contacts: string[] = []
    const connected: unknown[] = []
    const accounts = {
      connect: (input: { readonly baseUrl: string }, watch: { readonly signal: AbortSignal }) => {
        connected.push(watch.signal.aborted ? 'stopped' : input.baseUrl)
        return Promise.resolve({ ok: true, value: null })
      },
      reconnect: (...args: readonly unknown[]) => {
        connected.push(args[4])
        return Promise.resolve({ ok: true, value: null })
      }
    }
    const host = {
      mayContact: (wanted: string, purpose: string) => {
        contacts.push(`${purpose} ${wanted}`)
        return mayContact()
      }
    }
    const parts = { engine: { accounts }, host, broadcast: () => undefined }
    const handlers = createHandlers(parts as unknown as Parameters<typeof createHandlers>[0])
    return { handlers, contacts, connected }
  }
  const connect = { name: '', ...address, auth, thisRunOnly: false } as const
  const reconnect = { accountId: 'a', auth, thisRunOnly: false, otherCustomer: 'ask' } as const
  const refused = { ok: false, error: { kind: 'host-refused', field: 'baseUrl' } }

  it('is not made to an address that the person does not want to be talked to', async () => {
    const { handlers, contacts, connected } = make(() => Promise.resolve(false))
    expect(await handlers['accounts.connect'](connect, caller)).toEqual(refused)
    expect(await handlers['accounts.reconnect']({ ...reconnect, address }, caller)).toEqual(refused)
    expect(contacts).toEqual(Array(2).fill('account https://evil.example'))
    expect(connected).toEqual([])
  })

  it('is made once they agreed; where an account’s own address is kept nobody is asked', async () => {
    const { handlers, contacts, connected } = make(() => Promise.resolve(true))
    await handlers['accounts.connect'](connect, caller)
    await handlers['accounts.reconnect'](reconnect, caller)
    expect(contacts).toEqual(['account https://evil.example'])
    expect(connected).toEqual(['https://evil.example', undefined])
  })

  it('can be given up while they are asked', async () => {
    let agree: (yes: boolean) => void = () => undefined
    const { handlers, connected } = make(() => new Promise((resolve) => (agree = resolve)))
    const connecting = handlers['accounts.connect'](connect, caller)
    await handlers['accounts.cancelConnect'](undefined, caller)
    agree(true)
    await connecting
    expect(connected).toEqual(['stopped'])
  })
})

describe('an attachment', () => {
  const url = 'https://files.example.com/fw.png'
  const png = pngHeader(800, 600)
  const asked: string[] = []
  const contacts: string[] = []
  let mayContact = true
  const make = (body: Buffer, name = 'fw.png', chosen: string | null = null) => {
    const suggested: string[] = []
    asked.length = 0
    contacts.length = 0
    mayContact = true
    const parts = {
      engine: {
        tickets: {
          thread: () => ({ ok: true, value: { messages: [{ attachments: [{ kind: 'link', url, name }] }] } })
        }
      },
      host: {
        mayContact: (address: string, purpose: string) => {
          contacts.push(`${purpose} ${address}`)
          return Promise.resolve(mayContact)
        },
        chooseExportFile: (wanted: string) => {
          suggested.push(wanted)
          return Promise.resolve(chosen)
        }
      },
      fetchFor: (accountId: string) => (address: string) => {
        asked.push(`${accountId} ${address}`)
        return Promise.resolve(new Response(new Uint8Array(body)))
      }
    }
    return { suggested, handlers: createHandlers(parts as unknown as Parameters<typeof createHandlers>[0]) }
  }
  const ref = { accountId: 'a', ticketId: 5 }

  it('is shown as what its bytes are, fetched by main for that account', async () => {
    const { handlers } = make(png)
    expect(await handlers['attachments.image']({ ref, url }, caller)).toEqual({
      ok: true,
      value: `data:image/png;base64,${png.toString('base64')}`
    })
    expect(asked).toEqual([`a ${url}`])
  })

  it('that only has the name of an image is not shown', async () => {
    const { handlers } = make(Buffer.from('<svg onload="x"/>'))
    expect(await handlers['attachments.image']({ ref, url }, caller)).toEqual({ ok: true, value: null })
  })

  it.each([
    [5000, 5000, true],
    [5001, 5000, false],
    [60_000, 60_000, false]
  ])('of %i × %i pixels is shown: %s, however few bytes it has', async (width, height, isShown) => {
    const { handlers } = make(pngHeader(width, height))
    const shown = await handlers['attachments.image']({ ref, url }, caller)
    expect(shown.ok && shown.value !== null).toBe(isShown)
  })

  it('that no message of the ticket links to is not fetched', async () => {
    const { handlers } = make(png)
    const other = { ref, url: 'https://evil.example/fw.png' }
    expect(await handlers['attachments.image'](other, caller)).toMatchObject({
      error: { kind: 'invalid-address' }
    })
    expect(await handlers['attachments.save'](other, caller)).toMatchObject({
      error: { kind: 'invalid-address' }
    })
    expect(asked).toEqual([])
    expect(contacts).toEqual([])
  })

  it('is not fetched from a server that the person does not want to be talked to', async () => {
    const { handlers } = make(png)
    mayContact = false
    for (const name of ['attachments.image', 'attachments.save'] as const)
      expect(await handlers[name]({ ref, url }, caller)).toMatchObject({ error: { kind: 'host-refused' } })
    expect(contacts).toEqual([`file ${url}`, `file ${url}`])
    expect(asked).toEqual([])
  })

  it('is saved byte by byte where the person says, under a name that is no path', async () => {
    const chosen = join(folder, 'saved.png')
    const { handlers, suggested } = make(png, '../..\\con: <fw>.png', chosen)
    expect(await handlers['attachments.save']({ ref, url }, caller)).toEqual({ ok: true, value: true })
    expect(readFileSync(chosen).equals(png)).toBe(true)
    expect(suggested).toEqual(['_.._con_ _fw_.png'])
    const cancelled = make(png)
    expect(await cancelled.handlers['attachments.save']({ ref, url }, caller)).toEqual({
      ok: true,
      value: false
    })
  })
})

describe('the clipboard', () => {
  const key = '4f8a1c9e2b7d40e5a6c3f1e8d9b07a52'
  function holding(text: string, clipboardAsks = false) {
    let reads = 0
    const host = {
      clipboardAsks,
      readClipboard: (windowId: number | null) => {
        reads += 1
        return Promise.resolve(windowId === caller.windowId ? text : '')
      }
    } as unknown as Host
    const handlers = createHandlers({ host } as unknown as Parameters<typeof createHandlers>[0])
    return { handlers, reads: () => reads }
  }
  const look = (handlers: Handlers) => handlers['clipboard.look'](undefined, caller)
  const readToken = (handlers: Handlers) => handlers['clipboard.readToken'](undefined, caller)

  it('is told about in one word, whatever it holds', async () => {
    expect(await look(holding(key).handlers)).toEqual({ ok: true, value: 'token' })
    expect(await look(holding('gizli notum').handlers)).toEqual({ ok: true, value: 'other' })
  })

  it('is not looked into unasked where the system would ask the person', async () => {
    const { handlers, reads } = holding(key, true)
    expect(await look(handlers)).toEqual({ ok: true, value: 'unread' })
    expect(reads()).toBe(0)
    expect(await readToken(handlers)).toEqual({ ok: true, value: key })
  })

  it('gives a key without what was copied along, and nothing else to anybody', async () => {
    expect(await readToken(holding(`Authorization: Bearer ${key}\n`).handlers)).toEqual({
      ok: true,
      value: key
    })
    expect(await readToken(holding('gizli notum').handlers)).toEqual({ ok: true, value: null })
  })
})

describe('the time to undo', () => {
  it.each([
    [0, 0, 6000],
    [5, 5000, 6000],
    [10, 10_000, 10_000]
  ] as const)(
    'of %i seconds holds back a text %i ms, and a request to close %i ms',
    async (seconds, text, close) => {
      const held: (number | undefined)[] = []
      const hold = (...args: readonly unknown[]): Promise<unknown> => {
        held.push(args.at(-1) as number)
        return Promise.resolve({ ok: true, value: [] })
      }
      const outgoing = { reply: hold, create: hold, replyAndClose: hold, close: hold }
      const handlers = createHandlers({
        engine: { outgoing },
        settings: { current: () => ({ ...defaultSettings, undoSendSeconds: seconds }) }
      } as unknown as Parameters<typeof createHandlers>[0])
      const ref = { accountId: 'a', ticketId: 1 }
      await handlers['tickets.reply']({ ref, text: 'x' }, caller)
      await handlers['tickets.create']({ accountId: 'a', draft: emptyNewTicket, password: '' }, caller)
      await handlers['tickets.replyAndClose']({ ref, text: 'x' }, caller)
      await handlers['tickets.close']({ refs: [ref] }, caller)
      expect(held).toEqual([text, text, close, close])
    }
  )
})

describe('the popover', () => {
  const row = (id: number, change: Record<string, unknown> = {}) => ({
    ...{ accountId: 'a', id, unread: 1, work: null, lastActivityAt: id },
    ...change
  })
  const popover = (rows: readonly unknown[]) => {
    const shown: unknown[] = []
    const parts = {
      engine: { tickets: { rows: () => rows } },
      host: { showTicket: (ref: unknown) => void shown.push(ref) }
    }
    return { shown, handlers: createHandlers(parts as unknown as Parameters<typeof createHandlers>[0]) }
  }

  it('has the newest unread tickets, none that is snoozed or muted, and the number of all', async () => {
    const { handlers } = popover([
      ...Array.from({ length: 12 }, (_, i) => row(i + 1)),
      row(20, { unread: 0 }),
      row(21, { work: { done: false, muted: true, snoozedUntil: null } }),
      row(24, { work: { done: true, muted: false, snoozedUntil: null } }),
      row(22, { work: { done: false, muted: false, snoozedUntil: 5 } }),
      row(23, { work: { done: false, muted: false, snoozedUntil: null } })
    ])
    const answer = await handlers['tickets.newestUnread'](undefined, caller)
    if (!answer.ok) throw new Error(answer.error.kind)
    expect(answer.value.rows.map(({ id }) => id)).toEqual([23, 12, 11, 10, 9, 8, 7, 6, 5, 4])
    expect(answer.value.count).toBe(13)
  })

  it('shows a ticket in the inbox, or all that are unread', async () => {
    const { handlers, shown } = popover([])
    const ref = { accountId: 'a', ticketId: 5 }
    await handlers['tickets.show']({ ref }, caller)
    await handlers['tickets.show']({ ref: null }, caller)
    expect(shown).toEqual([ref, null])
  })
})
