import { fireEvent, screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import type { TicketMenuChoice } from '../../../electron/ipc/contract.ts'
import type { TicketRow } from '../../../electron/tickets/views.ts'
import { accountOf, rowOf, settingsOf, stateOf } from '../../support/builders.ts'
import {
  button,
  ids,
  list,
  openInbox,
  openTicket,
  replyBox,
  row,
  type OpenInbox
} from '../../support/inbox.ts'

const alfa = accountOf({ unread: 2 })
const beta = accountOf({ id: 'b', name: 'Ajans Beta', color: 1 })
const rows: readonly TicketRow[] = [
  rowOf({ id: 4, lastActivityAt: 4 }),
  rowOf({ id: 3, accountId: 'b', lastActivityAt: 3 }),
  rowOf({ id: 2, lastActivityAt: 2, unread: 1 }),
  rowOf({ id: 1, accountId: 'b', lastActivityAt: 1 })
]
const two = (settings = settingsOf()): ReturnType<typeof stateOf> =>
  stateOf({ accounts: [alfa, beta], settings })
const open = (settings = settingsOf()): Promise<OpenInbox> => openInbox({ rows, state: two(settings) })
const chips = (): HTMLElement => screen.getByRole('navigation', { name: 'Accounts' })
const chip = (name: RegExp): HTMLElement => within(chips()).getByRole('button', { name })

describe('several accounts', () => {
  test('have a chip each, with what is unread in words for who cannot see', async () => {
    await open()
    expect(
      within(chips())
        .getAllByRole('button')
        .map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim())
    ).toEqual(['All 2 2 unread', 'Örnek Bilişim 2 2 unread', 'Ajans Beta nothing unread'])
    expect(chip(/^All/)).toHaveAttribute('aria-pressed', 'true')
  })

  test('are listed one by one by a click, kept for the next run, in the order that was chosen', async () => {
    const { user, bridge } = await open()
    await user.click(button(/^Sort/))
    await user.click(screen.getByRole('menuitemradio', { name: 'Oldest first' }))
    await user.click(chip(/Beta/))
    await waitFor(() => expect(ids()).toEqual([1, 3]))
    expect(bridge.argsOf('settings.change')).toEqual([{ inbox: { order: 'oldest' } }, { inboxAccount: 'b' }])
    expect(chip(/Beta/)).toHaveAttribute('aria-pressed', 'true')
    expect(button('All 2')).toBeVisible()
    await user.click(chip(/^All/))
    await waitFor(() => expect(ids()).toEqual([1, 2, 3, 4]))
  })

  test('are chosen by g and a digit; without g a digit means nothing, nor does one of no account', async () => {
    const { user } = await open()
    list().focus()
    await user.keyboard('2')
    expect(ids()).toEqual([4, 3, 2, 1])
    await user.keyboard('g2')
    await waitFor(() => expect(ids()).toEqual([3, 1]))
    await user.keyboard('g7')
    expect(ids()).toEqual([3, 1])
    await user.keyboard('g1')
    await waitFor(() => expect(ids()).toEqual([4, 2]))
    await user.keyboard('gj2')
    expect(ids(), 'another key ends it').toEqual([4, 2])
    await user.keyboard('g0')
    await waitFor(() => expect(ids()).toEqual([4, 3, 2, 1]))
  })

  test('stay narrowed as the settings say, also while a search is on', async () => {
    const { user } = await open(settingsOf({ inboxAccount: 'b' }))
    expect(ids()).toEqual([3, 1])
    await user.type(screen.getByRole('searchbox'), 'SSH')
    await screen.findByText('By relevance')
    expect(ids()).toEqual([3, 1])
  })

  test('that are not there any more narrow nothing', async () => {
    await open(settingsOf({ inboxAccount: 'gone' }))
    expect(ids()).toEqual([4, 3, 2, 1])
  })

  test('show a ticket that was asked for, whichever is chosen', async () => {
    const { bridge } = await open(settingsOf({ inboxAccount: 'b' }))
    bridge.emit('navigate', { to: 'ticket', accountId: 'a', ticketId: 2 })
    await waitFor(() => expect(ids()).toEqual([4, 3, 2, 1]))
  })

  test('without tickets say so, and lead back to all', async () => {
    const { user } = await openInbox({ rows: rows.slice(0, 1), state: two() })
    await user.click(chip(/Beta/))
    expect(await screen.findByText('No tickets in Ajans Beta')).toBeVisible()
    await user.click(button('Show all'))
    await waitFor(() => expect(ids()).toEqual([4]))
  })

  test('have their name in each row', async () => {
    await open()
    expect(row(3)).toHaveTextContent('Ajans Beta')
    expect(row(4)).toHaveTextContent('Örnek Bilişim')
  })
})

test('one account has no chips, no name in its rows and no g', async () => {
  const { user, bridge } = await openInbox({ rows: rows.filter(({ accountId }) => accountId === 'a') })
  expect(screen.queryByRole('navigation', { name: 'Accounts' })).toBeNull()
  expect(row(4)).not.toHaveTextContent('Örnek Bilişim')
  list().focus()
  await user.keyboard('g1')
  expect(bridge.argsOf('settings.change')).toEqual([])
})

describe('the sample account', () => {
  const demo = accountOf({ id: 'd', name: 'Demo', demo: true })

  test('alone says what it is, and leads to a real one or away', async () => {
    const { user, bridge } = await openInbox({
      rows: [rowOf({ accountId: 'd' })],
      state: stateOf({ accounts: [demo] })
    })
    expect(screen.getByText('Sample account: these tickets are not real.')).toBeVisible()
    await user.click(button('Remove the sample'))
    expect(bridge.argsOf('accounts.remove')).toEqual([{ accountId: 'd' }])
    await user.click(button('Connect your account'))
    const token = await screen.findByLabelText('API token', undefined, { timeout: 5000 })
    await waitFor(() => expect(token).toHaveFocus())
  })

  test('beside a real account is offered to be removed; a real one alone says nothing', async () => {
    await openInbox({ rows, state: stateOf({ accounts: [accountOf(), demo] }) })
    expect(screen.getByText(/^The sample account is still connected/)).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Connect your account' })).toBeNull()
  })
})

describe('the menu of a ticket', () => {
  async function choose(choice: TicketMenuChoice | null, open = 4): Promise<OpenInbox> {
    const inbox = await openInbox({ rows, state: two() })
    inbox.bridge.answer('tickets.menu', () => choice as TicketMenuChoice)
    await fireEvent.contextMenu(row(open), { clientX: 5, clientY: 7 })
    await waitFor(() => expect(inbox.bridge.argsOf('tickets.menu')).toHaveLength(1))
    return inbox
  }
  const ref = { accountId: 'a', ticketId: 4 }

  test('opens where one presses, of the row under it', async () => {
    const { bridge } = await choose(null)
    expect(bridge.argsOf('tickets.menu')).toEqual([{ refs: [ref], x: 5, y: 7 }])
  })

  test('opens by the keyboard of the row that it is on', async () => {
    const { user, bridge } = await open()
    list().focus()
    await user.keyboard('jj')
    await fireEvent.contextMenu(list())
    expect(bridge.argsOf('tickets.menu')).toMatchObject([{ refs: [{ accountId: 'b', ticketId: 3 }] }])
  })

  test('is of the whole selection that the row is in', async () => {
    const { user, bridge } = await open()
    list().focus()
    await user.keyboard('jxjx')
    await fireEvent.contextMenu(row(3))
    expect(bridge.argsOf('tickets.menu')[0]?.refs.map(({ ticketId }) => ticketId)).toEqual([4, 3])
  })

  test.each([
    ['read', 'tickets.read', { refs: [ref] }],
    ['unread', 'tickets.unread', { refs: [ref] }],
    ['close', 'tickets.close', { refs: [ref] }],
    ['copy-number', 'clipboard.write', { text: '4' }],
    ['copy-title', 'clipboard.write', { text: '#4 – SSH ile bağlanamıyorum' }],
    ['copy-link', 'clipboard.write', { text: 'bilet://ticket/4?account=a' }],
    ['panel', 'tickets.openInPanel', ref]
  ] as const)('does %s', async (choice, command, args) => {
    const { bridge } = await choose(choice)
    await waitFor(() => expect(bridge.argsOf(command)).toEqual([args]))
  })

  test('opens a ticket', async () => {
    await choose('open')
    expect(await screen.findByRole('heading', { level: 1, name: /#4/ })).toBeVisible()
  })

  test('begins a reply', async () => {
    await choose('reply')
    await waitFor(() => expect(replyBox()).toHaveFocus())
  })
})

test('main is told which ticket is open, and that none is', async () => {
  const inbox = await open()
  await openTicket(inbox, 3)
  expect(inbox.bridge.argsOf('tickets.shown').at(-1)).toEqual({ ref: { accountId: 'b', ticketId: 3 } })
  await inbox.user.click(button('Settings'))
  await waitFor(() => expect(inbox.bridge.argsOf('tickets.shown').at(-1)).toEqual({ ref: null }))
})

test('a summary leads to what is unread, whatever was searched for and chosen', async () => {
  const { user, bridge } = await open(settingsOf({ inboxAccount: 'b' }))
  await user.type(screen.getByRole('searchbox'), 'xyz')
  bridge.emit('navigate', { to: 'unread' })
  await waitFor(() => expect(ids()).toEqual([2]))
  expect(screen.getByRole('searchbox')).toHaveValue('')
})

test('words of a message are searched for', async () => {
  const { bridge } = await open()
  bridge.emit('navigate', { to: 'search', query: 'güvenlik duvarı' })
  await waitFor(() => expect(bridge.argsOf('tickets.search')).toEqual([{ query: 'güvenlik duvarı' }]))
  expect(screen.getByRole('searchbox')).toHaveValue('güvenlik duvarı')
})

test('what is asked and told about one of them names ticket and account', async () => {
  const { user } = await open()
  const named = '#3 SSH ile bağlanamıyorum · Ajans Beta'
  await user.click(row(3))
  for (const key of ['h', 'f', 't', '{F2}', '{Shift>}N{/Shift}']) {
    list().focus()
    await user.keyboard(key)
    const dialog = await screen.findByRole('dialog')
    expect(within(dialog).getByText(named)).toBeVisible()
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  }
  await user.keyboard('p')
  expect(await screen.findByText(`${named}: pinned`)).toBeVisible()
})
