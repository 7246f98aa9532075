import { fireEvent, screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { accountOf, rowOf, stateOf, statisticsOf } from '../../support/builders.ts'
import { button, selectedId, ids, list, openInbox, replyBox, row, thread } from '../../support/inbox.ts'

const rows = [3, 2, 1].map((id) => rowOf({ id, subject: `Konu ${id}`, lastActivityAt: id }))
const refOf = (ticketId: number) => ({ accountId: 'a', ticketId })
const opened = (id: number): Promise<HTMLElement> =>
  screen.findByRole('region', { name: new RegExp(`^#${id}`) })

describe('keys', () => {
  test('j and k walk, the arrows too, and stop at the ends', async () => {
    const { user } = await openInbox({ rows })
    await waitFor(() => expect(list()).toHaveFocus())
    for (const [key, at] of [
      ['j', 3],
      ['j', 2],
      ['k', 3],
      ['k', 3],
      ['{ArrowDown}', 2],
      ['{End}', 1],
      ['j', 1],
      ['{Home}', 3]
    ] as const) {
      await user.keyboard(key)
      expect(selectedId()).toBe(at)
    }
    expect(screen.queryByRole('region', { name: 'Conversation' })).toBeNull()
  })

  test('Enter opens, r goes to the reply, Esc goes back step by step', async () => {
    const { user } = await openInbox({ rows })
    await user.keyboard('jj{Enter}')
    await opened(2)
    await user.keyboard('r')
    await waitFor(() => expect(replyBox()).toHaveFocus())
    await user.keyboard('ej')
    expect(replyBox()).toHaveValue('ej')
    await user.keyboard('{Escape}')
    expect(thread()).toHaveFocus()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(list()).toHaveFocus())
    expect(selectedId()).toBe(2)
  })

  test('r opens the ticket that the cursor is on, and goes to its reply', async () => {
    const { user } = await openInbox({ rows })
    await user.keyboard('jjr')
    await opened(2)
    await waitFor(() => expect(replyBox()).toHaveFocus())
  })

  test('j leaves the thread for the list, so that one sees where one is', async () => {
    const { user } = await openInbox({ rows })
    await user.keyboard('j{Enter}')
    await opened(3)
    thread().focus()
    await user.keyboard('j')
    expect(list()).toHaveFocus()
    expect(selectedId()).toBe(2)
  })

  test('in a thread they are about its ticket, wherever the cursor is', async () => {
    const { user, bridge } = await openInbox({ rows })
    await user.keyboard('j{Enter}')
    await opened(3)
    await user.keyboard('j')
    thread().focus()
    await user.keyboard('e')
    expect(bridge.argsOf('tickets.close')).toEqual([{ refs: [refOf(3)] }])
  })

  test('u and m mark as unread and read, n opens a new ticket', async () => {
    const { user, bridge } = await openInbox({ rows })
    await user.keyboard('jum')
    await user.keyboard('n')
    expect(bridge.argsOf('tickets.unread')).toEqual([{ refs: [refOf(3)] }])
    expect(bridge.argsOf('tickets.read')).toEqual([{ refs: [refOf(3)] }])
    expect(bridge.argsOf('window.open')).toEqual([{ window: 'compose' }])
  })

  test('mean nothing with Alt or Ctrl, and nothing behind a dialog', async () => {
    const { user, bridge } = await openInbox({ rows })
    await user.keyboard('{Alt>}n{/Alt}{Control>}n{/Control}')
    await user.keyboard('?n')
    expect(bridge.argsOf('window.open')).toEqual([])
  })

  test('on a narrow window lead from ticket to ticket, for the thread covers the list', async () => {
    vi.stubGlobal('innerWidth', 560)
    onTestFinished(() => void vi.unstubAllGlobals())
    const { user } = await openInbox({ rows })
    await user.keyboard('j{Enter}')
    await opened(3)
    await waitFor(() => expect(thread()).toHaveFocus())
    await user.keyboard('j')
    await opened(2)
    await waitFor(() => expect(thread()).toHaveFocus())
    await user.click(button('Back to the list'))
    await waitFor(() => expect(list()).toHaveFocus())
  })

  test('on a narrow window Esc leads back to the results before it ends the search', async () => {
    const { user } = await openInbox({ rows })
    vi.stubGlobal('innerWidth', 560)
    await user.type(screen.getByRole('searchbox'), 'konu')
    await waitFor(() => expect(ids()).toEqual([3, 2, 1]))
    await user.keyboard('{Enter}')
    await waitFor(() => expect(thread()).toHaveFocus())
    await user.keyboard('{Escape}')
    await waitFor(() => expect(list()).toHaveFocus())
    expect(screen.getByRole('searchbox')).toHaveValue('konu')
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.getByRole('searchbox')).toHaveValue(''))
  })

  test('on a narrow window lead out of the thread to what it covers', async () => {
    const { user } = await openInbox({ rows })
    vi.stubGlobal('innerWidth', 560)
    const read = async (): Promise<void> => {
      await waitFor(() => expect(list()).toHaveFocus())
      await user.keyboard('{Home}{Enter}')
      await waitFor(() => expect(thread()).toHaveFocus())
    }
    const isCovered = (): boolean => screen.queryByRole('region', { name: 'Conversation' }) !== null
    await read()
    await user.keyboard('/')
    await waitFor(() => expect(screen.getByRole('searchbox')).toHaveFocus())
    expect(isCovered()).toBe(false)
    await user.keyboard('{Escape}')
    await read()
    await user.keyboard('{Control>}k{/Control}show open{Enter}')
    await waitFor(() => expect(isCovered()).toBe(false))
    expect(button(/^Open/)).toHaveAttribute('aria-pressed', 'true')
    await read()
    await user.keyboard('x')
    await waitFor(() => expect(isCovered()).toBe(false))
    expect(screen.getAllByText('1 selected')[0]).toBeVisible()
  })
})

describe('the command palette', () => {
  const palette = (): HTMLElement => screen.getByRole('dialog', { name: 'Commands' })
  const entries = (): readonly string[] =>
    within(palette())
      .queryAllByRole('option')
      .map((option) => option.textContent.replace(/\s+/g, ' ').trim())

  test('opens with Ctrl+K from anywhere, runs what Enter chooses, and gives the focus back', async () => {
    const { user, bridge } = await openInbox({ rows })
    await user.keyboard('j{Control>}k{/Control}')
    expect(within(palette()).getByRole('combobox')).toHaveFocus()
    await user.keyboard('check{Enter}')
    await waitFor(() => expect(bridge.argsOf('sync.check')).toHaveLength(1))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(list()).toHaveFocus()
  })

  test('gets what is typed while it is loading; the tickets behind it get none of it', async () => {
    const { bridge } = await openInbox({ rows: rows.map((one) => ({ ...one, unread: 1 })) })
    await waitFor(() => expect(list()).toHaveFocus())
    const press = (init: KeyboardEventInit): void =>
      void window.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }))
    press({ key: 'j' })
    press({ key: 'k', ctrlKey: true })
    for (const key of 'med') press({ key })
    const field = await screen.findByRole('combobox')
    expect(field).toHaveValue('med')
    expect(field).toHaveFocus()
    for (const name of ['tickets.read', 'tickets.close', 'tickets.setWork'] as const)
      expect(bridge.argsOf(name)).toEqual([])
  })

  test('offers what can be done with the ticket, with the key for it', async () => {
    const { user } = await openInbox({ rows })
    await user.keyboard('{Control>}k{/Control}')
    expect(entries()).not.toContain('Close ticket e')
    // The event that browsers send on Esc.
    await fireEvent(palette(), new Event('close'))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await user.keyboard('j{Control>}k{/Control}')
    expect(entries()).toEqual(
      expect.arrayContaining(['New ticket n', 'Reply r', 'Close ticket e', 'Shortcuts ?'])
    )
  })

  test('finds filters and tickets by the beginnings of words, Turkish letters folded', async () => {
    const more = [...rows, rowOf({ id: 9, subject: 'Şifre değişikliği', lastActivityAt: 9 })]
    const { user } = await openInbox({ rows: more })
    await user.keyboard('{Control>}k{/Control}sifre')
    expect(entries()).toEqual([expect.stringContaining('#9 Şifre değişikliği')])
    await user.keyboard('{Enter}')
    await opened(9)
    await user.keyboard('{Control>}k{/Control}show closed{Enter}')
    await waitFor(() => expect(button(/^Closed/)).toHaveAttribute('aria-pressed', 'true'))
  })

  test('leads to each part of the settings by its name; they open there again', async () => {
    const { user } = await openInbox({ rows })
    await user.keyboard('{Control>}k{/Control}settings saved{Enter}')
    expect(await screen.findByRole('heading', { name: 'Saved replies' })).toHaveFocus()
    const parts = screen.getByRole('navigation', { name: 'Sections' })
    expect(within(parts).getByRole('button', { current: 'page' })).toHaveTextContent('Saved replies')
    // Only one section is visible.
    expect(screen.queryByRole('heading', { name: 'General' })).toBeNull()
    await user.click(within(parts).getByRole('button', { name: 'General' }))
    expect(screen.getByRole('heading', { name: 'General' })).toHaveFocus()
    expect(screen.queryByRole('heading', { name: 'Saved replies' })).toBeNull()
    await user.keyboard('{Escape}')
    await user.click(button('Settings'))
    expect(screen.getByRole('heading', { name: 'Settings' })).toHaveFocus()
    expect(screen.getByRole('heading', { name: 'General' })).toBeVisible()
  })

  test('and the keys g s lead to the statistics, and Esc back', async () => {
    const { user, bridge } = await openInbox({ rows })
    bridge.answer('tickets.statistics', () => statisticsOf())
    await user.keyboard('{Control>}k{/Control}statistics{Enter}')
    expect(await screen.findByRole('heading', { name: 'Statistics' })).toHaveFocus()
    await user.keyboard('{Escape}')
    await screen.findByRole('listbox', { name: 'Tickets' })
    await user.keyboard('gs')
    expect(await screen.findByRole('heading', { name: 'Statistics' })).toHaveFocus()
    await user.keyboard('{Escape}')
    await screen.findByRole('listbox', { name: 'Tickets' })
    // Any other key ends the sequence.
    await user.keyboard('gjs')
    expect(screen.queryByRole('heading', { name: 'Statistics' })).toBeNull()
  })

  test('sorts, unless what was found stands by relevance', async () => {
    const { user } = await openInbox({ rows })
    await user.keyboard('{Control>}k{/Control}sort oldest{Enter}')
    await waitFor(() => expect(ids()).toEqual([1, 2, 3]))
    await user.type(screen.getByRole('searchbox'), 'konu')
    await screen.findByText('By relevance')
    await user.keyboard('{Control>}k{/Control}sort')
    expect(entries()).toEqual([])
  })

  test('narrows the list to one of several accounts, without a search', async () => {
    const accounts = ['Netinternet', 'Ajans "Beta"'].map((name, i) => accountOf({ id: `a${i}`, name }))
    const { user, bridge } = await openInbox({ rows, state: stateOf({ accounts }) })
    await user.keyboard('{Control>}k{/Control}account:')
    expect(entries()).toEqual(['Account: All g 0', 'Account: Netinternet g 1', 'Account: Ajans "Beta" g 2'])
    await user.keyboard(' ajans{Enter}')
    await waitFor(() => expect(bridge.argsOf('settings.change')).toEqual([{ inboxAccount: 'a1' }]))
    expect(bridge.argsOf('tickets.search')).toEqual([])
    expect(screen.getByRole('searchbox')).toHaveValue('')
  })

  test('has nothing to narrow with one account', async () => {
    const { user } = await openInbox({ rows })
    await user.keyboard('{Control>}k{/Control}account:')
    expect(entries()).toEqual([])
  })

  test('finds a word in brackets, too', async () => {
    const { user } = await openInbox({ rows })
    await user.keyboard('{Control>}k{/Control}export json')
    expect(entries()).toEqual(['Export all tickets (JSON)'])
  })

  test('walks with the arrows around its ends, and says when there is nothing', async () => {
    const { user } = await openInbox({ rows })
    await user.keyboard('{Control>}k{/Control}{ArrowUp}')
    const chosen = within(palette()).getByRole('option', { selected: true })
    expect(chosen).toHaveTextContent('Shortcuts')
    expect(within(palette()).getByRole('combobox')).toHaveAttribute('aria-activedescendant', chosen.id)
    await user.keyboard('{ArrowDown}')
    expect(within(palette()).getByRole('option', { selected: true })).toHaveTextContent('New ticket')
    await user.keyboard('qqq')
    expect(within(palette()).getByRole('status')).toHaveTextContent('No results for “qqq”')
  })

  test('brings a ticket in view that a filter hides', async () => {
    const { user } = await openInbox({ rows })
    await user.click(button(/^Closed/))
    await user.keyboard('{Control>}k{/Control}#2{Enter}')
    await opened(2)
    expect(ids()).toEqual([3, 2, 1])
  })
})

describe('the cheat sheet', () => {
  test('lists every key as this system writes it', async () => {
    const info = {
      version: '0.1.0',
      platform: 'darwin',
      host: 'electron',
      keychain: true,
      newTicketCommand: null,
      reportTo: null
    } as const
    const { user } = await openInbox({ rows, state: stateOf({ info }) })
    await user.keyboard('?')
    const sheet = screen.getByRole('dialog', { name: 'Shortcuts' })
    const keys = [...sheet.querySelectorAll('kbd')].map((element) => element.textContent)
    for (const key of [
      'j',
      'k',
      'Enter',
      'r',
      'e',
      'u',
      'm',
      'x',
      'z',
      '/',
      'n',
      '?',
      '⌘K',
      '⌘Enter',
      '⌘,',
      '⌘W'
    ])
      expect(keys).toContain(key)
    // The global shortcut is the one from the settings.
    expect(keys).toContain('⌃⌥⇧B')
    await user.click(within(sheet).getByRole('button', { name: 'Close' }))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(list()).toHaveFocus()
  })
})

describe('the focus', () => {
  test('stays when the button that was pressed goes away with what it did', async () => {
    const { user, change } = await openInbox({ rows: [rowOf({ id: 1 })] })
    await user.click(row(1))
    await opened(1)
    screen.getByRole('button', { name: 'Close ticket' }).focus()
    change(1, { status: { kind: 'closed', text: 'Kapalı' } })
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Close ticket' })).toBeNull())
    await waitFor(() => expect(thread()).toHaveFocus())
  })

  test('of a menu goes back to its button, and through its entries with the arrows', async () => {
    const { user } = await openInbox({ rows })
    const sort = button(/^Sort:/)
    await user.click(sort)
    const items = screen.getAllByRole('menuitemradio')
    expect(items[0]).toHaveFocus()
    await user.keyboard('{ArrowUp}')
    expect(items.at(-1)).toHaveFocus()
    await user.keyboard('{Home}{ArrowDown}')
    expect(items[1]).toHaveFocus()
    // The open menu handles letters itself.
    await user.keyboard('n')
    await user.keyboard('{Escape}')
    expect(sort).toHaveFocus()
    expect(screen.queryByRole('menu')).toBeNull()
  })
})
