import { fireEvent, screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import type { TicketRow } from '../../../electron/tickets/views.ts'
import { setBridge } from '../../../renderer/lib/bridge/bridge.ts'
import { fakeInbox } from '../../support/fake-inbox.ts'
import { accountOf, minute, rowOf, stateOf } from '../../support/builders.ts'
import { manyRows } from '../../support/many-rows.ts'
import {
  button,
  selectedId,
  ids,
  list,
  openInbox,
  openTicket,
  options,
  renderInbox,
  row
} from '../../support/inbox.ts'

const filter = (name: string): HTMLElement => button(new RegExp(`^${name}( [\\d,]+)?$`))

describe('a row', () => {
  test('says number, subject, state, who spoke last and how long ago', async () => {
    await openInbox({ rows: [rowOf({ lastActivityAt: Date.now() - 3.5 * minute })] })
    const text = row(272298).textContent.replace(/\s+/g, ' ')
    for (const part of ['#272298', 'SSH ile bağlanamıyorum', 'Ayşe Öztürk: Güvenlik duvarındaki', '3m'])
      expect(text).toContain(part)
    expect(within(row(272298)).getByRole('img', { name: 'Answered' })).toBeVisible()
  })

  test('says you for own words, and nothing where the department is not known', async () => {
    await openInbox({
      rows: [rowOf({ lastSpeaker: 'customer', lastSpeakerName: '', department: null, excerpt: 'Olmadı' })]
    })
    expect(row(272298)).toHaveTextContent('You: Olmadı')
    expect(row(272298).querySelector('.department')).toBeNull()
  })

  test('without a title goes on where its subject ends, and says nothing twice', async () => {
    const own = { lastSpeaker: 'customer', lastSpeakerName: '', titleKnown: false } as const
    await openInbox({
      rows: [
        rowOf({ ...own, id: 1, subject: 'Sunucuma SSH ile…', excerpt: 'Sunucuma SSH ile bağlanamıyorum.' }),
        rowOf({ ...own, id: 2, subject: 'Disk dolu', excerpt: 'Disk dolu' }),
        rowOf({ ...own, id: 3, subject: 'Sunucuma SSH i…', excerpt: 'Sunucuma SSH ile bağlanamıyorum.' })
      ]
    })
    expect(row(1).querySelector('.excerpt')).toHaveTextContent(/^#1 You: …bağlanamıyorum\.$/)
    expect(row(2).querySelector('.excerpt')).toHaveTextContent(/^#2 You: \(subject only\)$/)
    expect(row(3).querySelector('.excerpt')).toHaveTextContent(/^#3 You: …ile bağlanamıyorum\.$/)
  })

  test('is marked while it is unread, in words too', async () => {
    const { change } = await openInbox({ rows: [rowOf({ unread: 2 })] })
    expect(row(272298)).toHaveTextContent('2 unread replies')
    // The unread count comes first, because screen reader users stop listening once they know enough.
    expect(row(272298)).toHaveAccessibleName(/^2 unread replies, SSH ile bağlanamıyorum .*#272298 /)
    expect(row(272298).querySelector('.subject')).toHaveClass('strong')
    change(272298, { unread: 0 })
    await waitFor(() => expect(row(272298)).not.toHaveTextContent('unread'))
    expect(row(272298).querySelector('.subject')).not.toHaveClass('strong')
  })

  test('says what waits in the outbox for it', async () => {
    const { change } = await openInbox({ rows: [rowOf({ outbox: 'queued' })] })
    expect(row(272298)).toHaveTextContent('Waiting to be sent')
    change(272298, { outbox: 'refused' })
    await waitFor(() => expect(row(272298)).toHaveTextContent('Not sent'))
    change(272298, { outbox: 'undecided' })
    await waitFor(() => expect(row(272298)).toHaveTextContent('Waiting for your decision'))
    change(272298, { outbox: 'sent' })
    await waitFor(() => expect(row(272298)).toHaveTextContent('Sent, not in the list yet'))
    change(272298, { outbox: null })
    await waitFor(() => expect(row(272298).querySelector('.outbox')).toBeNull())
  })

  test('says that the server lists it no longer', async () => {
    const { change } = await openInbox({ rows: [rowOf()] })
    change(272298, { gone: true, draft: true })
    await waitFor(() => expect(row(272298)).toHaveTextContent('No longer in the list'))
  })

  test('says that a reply to it is being written, unless the outbox has more to say', async () => {
    const { change } = await openInbox({ rows: [rowOf()] })
    expect(row(272298).querySelector('.draft')).toBeNull()
    change(272298, { draft: true })
    await waitFor(() => expect(row(272298).querySelector('.draft')).toHaveTextContent('Draft'))
    change(272298, { outbox: 'queued' })
    await waitFor(() => expect(row(272298)).toHaveTextContent('Waiting to be sent'))
    expect(row(272298)).not.toHaveTextContent('Draft')
    change(272298, { outbox: 'sent' })
    await waitFor(() => expect(row(272298)).toHaveTextContent('Draft'))
    change(272298, { draft: false })
    await waitFor(() => expect(row(272298)).not.toHaveTextContent('Draft'))
  })

  test('shows whose it is, by colour and by name, only when there are several accounts', async () => {
    const accounts = [accountOf(), accountOf({ id: 'b', name: 'Ajans Beta', color: 3 })]
    await openInbox({ state: stateOf({ accounts }), rows: [rowOf({ accountId: 'b' })] })
    expect(row(272298).querySelector('.whose')).toHaveAttribute('data-color', '3')
    expect(row(272298)).toHaveTextContent('Ajans Beta')
  })

  test('has no account mark with one account', async () => {
    await openInbox()
    expect(list().querySelector('.account')).toBeNull()
  })
})

describe('ten thousand tickets', () => {
  test('have as many rows in the document as fit, and all of them to scroll through', async () => {
    await openInbox({ rows: manyRows(10_000) })
    await waitFor(() => expect(filter('All')).toHaveTextContent('10,000'))
    expect(options().length).toBeLessThan(25)
    expect(options()[0]).toHaveAttribute('aria-setsize', '10000')
    const before = ids()
    list().scrollTop = 50 * 5000
    await fireEvent.scroll(list())
    await waitFor(() => expect(ids()).not.toContain(before[0]))
    expect(options().length).toBeLessThan(25)
    expect(document.querySelectorAll('*').length).toBeLessThan(1200)
  })

  test('move no row in the document while they scroll, and stand in order at rest', async () => {
    await openInbox({ rows: manyRows(10_000) })
    await waitFor(() => expect(filter('All')).toHaveTextContent('10,000'))
    await waitFor(() => expect(options().length).toBeGreaterThan(15))
    const positions = (): readonly number[] =>
      options().map((option) => Number(option.getAttribute('aria-posinset')) - 1)
    const inOrder = (): number[] => [...positions()].sort((a, b) => a - b)
    const shown = options().length
    const moved = new MutationObserver(() => undefined)
    moved.observe(options()[0]?.parentElement ?? list(), { childList: true })

    for (const top of [50 * 5000, 50 * 5003 + 20, 50 * 4999, 50 * 9990, 0, 50 * 4000 + 49]) {
      list().scrollTop = top
      await fireEvent.scroll(list())
      expect(options()).toHaveLength(shown)
      const inView = Array.from({ length: 10 }, (_, i) => Math.floor(top / 50) + i)
      expect(positions()).toEqual(expect.arrayContaining(inView))
    }
    expect(moved.takeRecords()).toEqual([])
    expect(positions()).not.toEqual(inOrder())
    await fireEvent(list(), new Event('scrollend'))
    expect(positions()).toEqual(inOrder())
  })

  test('keep what is told of a row while older ones are on their way', async () => {
    const rows = manyRows(100)
    const { bridge } = fakeInbox({ rows })
    /** Answers to the requested pages, in order of the requests. */
    const pages: (() => void)[] = []
    bridge.answer(
      'tickets.rows',
      ({ from, count }) => new Promise((resolve) => pages.push(() => resolve(rows.slice(from, from + count))))
    )
    setBridge(bridge)
    await renderInbox()
    const tell = ({ accountId, id }: TicketRow): void =>
      bridge.emit('rows', { accountId, changed: [rowOf({ accountId, id, subject: 'Told' })], removed: [] })
    const [first, other] = [rows[3], rows[80]]
    if (!first || !other) throw new Error('There are a hundred rows')

    tell(first)
    pages.shift()?.()
    await waitFor(() => expect(pages).toHaveLength(1))
    expect(row(first.id)).toHaveTextContent('Told')
    tell(other)
    pages.shift()?.()
    await waitFor(() => expect(filter('All')).toHaveTextContent('100'))
    // Both have the newest changes.
    expect(row(first.id)).toHaveTextContent('Told')
    expect(row(other.id)).toHaveTextContent('Told')
  })

  test('keep in view what is looked at when a new one arrives above', async () => {
    const { bridge } = await openInbox({ rows: manyRows(200) })
    list().scrollTop = 50 * 50
    await fireEvent.scroll(list())
    bridge.emit('rows', {
      accountId: 'a',
      changed: [rowOf({ id: 300_000, lastActivityAt: Date.now() })],
      removed: []
    })
    await waitFor(() => expect(list().scrollTop).toBe(50 * 51))
  })
})

describe('filters', () => {
  test('count, and show what they name', async () => {
    await openInbox({
      rows: [
        rowOf({ id: 1, unread: 1, lastActivityAt: 4 }),
        rowOf({ id: 2, waitingFor: 'staff', status: { kind: 'open', text: 'Açık' }, lastActivityAt: 3 }),
        rowOf({ id: 3, waitingFor: 'nobody', status: { kind: 'closed', text: 'Kapalı' }, lastActivityAt: 2 })
      ]
    }).then(async ({ user }) => {
      for (const [name, found] of [
        ['Unread', [1]],
        ['Waiting for you', [1]],
        ['Open', [1, 2]],
        ['Closed', [3]],
        ['All', [1, 2, 3]]
      ] as const) {
        expect(filter(name)).toHaveTextContent(String(found.length))
        await user.click(filter(name))
        expect(filter(name)).toHaveAttribute('aria-pressed', 'true')
        expect(ids()).toEqual(found)
      }
    })
  })

  test('with nothing in them say so, and lead back', async () => {
    const { user } = await openInbox({ rows: [rowOf()] })
    await user.click(filter('Closed'))
    expect(screen.getByText('No tickets here')).toBeVisible()
    await user.click(button('Show all'))
    expect(ids()).toEqual([272298])
    await waitFor(() => expect(list()).toHaveFocus())
  })

  test('keep the ticket that was opened from them, until another one is opened', async () => {
    const inbox = await openInbox({
      rows: [rowOf({ id: 2, unread: 1, lastActivityAt: 2 }), rowOf({ id: 1, unread: 1, lastActivityAt: 1 })]
    })
    await inbox.user.click(filter('Unread'))
    await openTicket(inbox, 2)
    await waitFor(() => expect(filter('Unread')).toHaveTextContent('1'))
    expect(ids()).toEqual([2, 1])
    await openTicket(inbox, 1)
    await waitFor(() => expect(ids()).toEqual([1]))
  })

  test('leave the keyboard where a ticket went away', async () => {
    const { user, change } = await openInbox({
      rows: [3, 2, 1].map((id) => rowOf({ id, unread: 1, lastActivityAt: id }))
    })
    await user.click(filter('Unread'))
    await user.keyboard('jj')
    expect(selectedId()).toBe(2)
    change(2, { unread: 0 })
    await waitFor(() => expect(ids()).toEqual([3, 1]))
    expect(selectedId()).toBe(1)
    expect(list()).toHaveFocus()
    await user.keyboard('k')
    expect(selectedId()).toBe(3)
  })
})

test('are sorted as the person wants, with the newest first at the beginning', async () => {
  const { user } = await openInbox({
    rows: [
      rowOf({ id: 1, lastActivityAt: 30, waitingFor: 'staff' }),
      rowOf({ id: 2, lastActivityAt: 10, waitingFor: 'you' }),
      rowOf({ id: 3, lastActivityAt: 20, unread: 1, waitingFor: 'you' })
    ]
  })
  expect(ids()).toEqual([1, 3, 2])
  for (const [name, order] of [
    ['Oldest first', [2, 3, 1]],
    ['Unread first', [3, 1, 2]],
    ['Waiting for you first', [2, 3, 1]],
    ['Ticket number', [3, 2, 1]]
  ] as const) {
    await user.click(button(/^Sort:/))
    await user.click(screen.getByRole('menuitemradio', { name }))
    expect(ids()).toEqual(order)
    expect(button(/^Sort:/)).toHaveFocus()
  }
})

test('sorted anew, begin at the top, and the cursor keeps its ticket wherever that stands now', async () => {
  const { user } = await openInbox({ rows: manyRows(200) })
  list().focus()
  await user.keyboard(`{End}${'k'.repeat(30)}`)
  const at = selectedId()
  expect(list().scrollTop).toBeGreaterThan(50 * 100)
  await user.click(button(/^Sort:/))
  await user.click(screen.getByRole('menuitemradio', { name: 'Oldest first' }))
  await waitFor(() => expect(list().scrollTop).toBe(0))
  expect(selectedId()).toBe(at)
  list().focus()
  await user.keyboard('j')
  expect(list().scrollTop).toBeGreaterThan(50 * 20)
})

describe('several tickets at once', () => {
  const five = [5, 4, 3, 2, 1].map((id) => rowOf({ id, lastActivityAt: id * minute, unread: 1 }))

  test('are selected with x, Shift and the arrows, Ctrl+click, Ctrl+A and the mark before a row', async () => {
    const { user } = await openInbox({ rows: five })
    list().focus()
    await user.keyboard('jx')
    expect(screen.getByText('1 selected')).toBeVisible()
    await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}')
    expect(screen.getByText('3 selected')).toBeVisible()
    await user.keyboard('{Control>}')
    await user.click(row(1))
    await user.keyboard('{/Control}')
    expect(screen.getByText('4 selected')).toBeVisible()
    await user.click(row(2).querySelector('.tick') ?? list())
    expect(screen.getByText('5 selected')).toBeVisible()
    await user.keyboard('{Escape}')
    expect(screen.queryByText(/selected/)).toBeNull()
    expect(list()).toHaveFocus()
    await user.keyboard('{Control>}a{/Control}')
    expect(screen.getByText('5 selected')).toBeVisible()
  })

  test('are marked as read, exported and closed together', async () => {
    const { user, bridge } = await openInbox({ rows: five })
    list().focus()
    await user.keyboard('jx{Shift>}{ArrowDown}{/Shift}')
    const refs = [5, 4].map((ticketId) => ({ accountId: 'a', ticketId }))
    const bar = within(screen.getByRole('toolbar', { name: '2 selected' }))
    await user.click(bar.getByRole('button', { name: 'Mark as read' }))
    expect(bridge.argsOf('tickets.read')).toEqual([{ refs }])
    await user.click(bar.getByRole('button', { name: 'More actions' }))
    await user.click(screen.getByRole('menuitem', { name: 'Export as JSON' }))
    expect(bridge.argsOf('tickets.export')).toEqual([{ refs, format: 'json' }])
    await user.click(bar.getByRole('button', { name: 'Close' }))
    expect(screen.getByRole('dialog', { name: 'Close 2 tickets?' })).toBeVisible()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(bridge.argsOf('tickets.close')).toEqual([{ refs }]))
    expect(screen.queryByText(/selected/)).toBeNull()
  })

  test('are never acted on out of sight: another filter ends the selection', async () => {
    const { user } = await openInbox({ rows: five })
    list().focus()
    await user.keyboard('{Control>}a{/Control}')
    await user.click(filter('Closed'))
    expect(screen.queryByText(/selected/)).toBeNull()
  })
})
