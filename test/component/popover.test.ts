import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import type { TicketRow } from '../../electron/tickets/views.ts'
import Popover from '../../renderer/popover/Popover.svelte'
import { app } from '../../renderer/lib/app.svelte.ts'
import { setBridge } from '../../renderer/lib/bridge/bridge.ts'
import { outboxOf, rowOf, settingsOf, stateOf, threadOf } from '../support/builders.ts'
import { refuse, type FakeBridge } from '../support/fake-bridge.ts'
import { fakeInbox } from '../support/fake-inbox.ts'

const user = userEvent.setup()
const ref = (ticketId: number) => ({ accountId: 'a', ticketId })
const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name })

async function open(
  rows: readonly TicketRow[] = [
    rowOf({ id: 2, unread: 1, subject: 'Disk dolu' }),
    rowOf({ id: 1, unread: 1 })
  ]
): Promise<FakeBridge> {
  const inbox = fakeInbox({
    rows,
    state: stateOf({ settings: settingsOf({ undoSendSeconds: 5 }) }),
    thread: (row) => threadOf(row, { draft: row.id === 1 ? 'Yarım' : '' })
  })
  const { bridge } = inbox
  const listed = (): readonly TicketRow[] =>
    inbox.rows().filter(({ unread, work }) => unread > 0 && (work?.snoozedUntil ?? null) === null)
  bridge.answer('tickets.newestUnread', () => ({ rows: listed(), count: listed().length }))
  bridge.answer('tickets.setWork', ({ refs: [first] }) => {
    inbox.change(first?.ticketId ?? 0, { unread: 0 })
    return null
  })
  setBridge(bridge)
  await app.start()
  render(Popover)
  await waitFor(() => expect(screen.queryAllByRole('listitem')).toHaveLength(rows.length))
  return bridge
}
const rows = (): readonly HTMLElement[] => screen.queryAllByRole('listitem')

describe('the popover of the tray icon', () => {
  test('lists what is unread with the first one under the cursor, and says when nothing is', async () => {
    const bridge = await open()
    expect(screen.getByRole('heading', { name: '2 unread tickets' })).toBeVisible()
    await waitFor(() => expect(button(/#2 /)).toHaveFocus())
    bridge.answer('tickets.newestUnread', () => ({ rows: [], count: 0 }))
    bridge.emit('popover', null)
    expect(await screen.findByRole('heading', { name: 'No unread tickets' })).toBeVisible()
    expect(rows()).toHaveLength(0)
  })

  test('opens one or all in the inbox, and goes away', async () => {
    const bridge = await open()
    await waitFor(() => expect(button(/#2 /)).toHaveFocus())
    await user.keyboard('{ArrowDown}{Enter}')
    await waitFor(() => expect(bridge.argsOf('window.close')).toHaveLength(1))
    await user.click(button('Open all'))
    expect(bridge.argsOf('tickets.show')).toEqual([{ ref: ref(1) }, { ref: null }])
    await waitFor(() => expect(bridge.argsOf('window.close')).toHaveLength(2))
  })

  test.each(['key', 'mouse'])(
    'marks as read and snoozes by %s, and goes on with the next one',
    async (way) => {
      vi.spyOn(Date, 'now').mockReturnValue(1_000_000)
      const bridge = await open()
      await waitFor(() => expect(button(/#2 /)).toHaveFocus())
      const second = within(rows()[1] as HTMLElement).getByRole('button', { name: /Snooze/ })
      if (way === 'key') await user.keyboard('m')
      else await user.click(within(rows()[0] as HTMLElement).getByRole('button', { name: 'Mark as read' }))
      expect(bridge.argsOf('tickets.read')).toEqual([{ refs: [ref(2)] }])
      await waitFor(() => expect(rows()).toHaveLength(1))
      await waitFor(() => expect(button(/#1 /)).toHaveFocus())
      if (way === 'key') await user.keyboard('h')
      else await user.click(second)
      const dialog = await screen.findByRole('dialog', { name: 'Snooze until when?' })
      const choices = within(dialog).getAllByRole('button', { name: /hour|Tomorrow|Monday/ })
      await waitFor(() => expect(choices[0]).toHaveFocus())
      if (way === 'key') await user.keyboard('1')
      else await user.click(choices[0] as HTMLElement)
      expect(bridge.argsOf('tickets.setWork')).toEqual([
        { refs: [ref(1)], change: { snoozedUntil: 1_000_000 + 3_600_000 } }
      ])
      expect(screen.queryByRole('dialog')).toBeNull()
      await waitFor(() => expect(rows()).toHaveLength(0))
    }
  )

  test('snoozes until a date, and a key that is meant for the dialog reaches no ticket', async () => {
    const bridge = await open()
    await waitFor(() => expect(button(/#2 /)).toHaveFocus())
    await user.keyboard('h')
    const dialog = await screen.findByRole('dialog', { name: 'Snooze until when?' })
    await waitFor(() => expect(dialog).toContainElement(document.activeElement as HTMLElement))
    await user.keyboard('mk')
    expect(bridge.argsOf('tickets.read')).toEqual([])
    await fireEvent.input(screen.getByLabelText('Date'), { target: { value: '2099-03-04' } })
    await user.click(button('Choose this time'))
    expect(bridge.argsOf('tickets.setWork')).toEqual([
      { refs: [ref(2)], change: { snoozedUntil: Date.UTC(2099, 2, 4, 6) } }
    ])
    await waitFor(() => expect(button(/#1 /)).toHaveFocus())
    await user.keyboard('h')
    await screen.findByRole('dialog')
    await user.click(button('Cancel'))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await waitFor(() => expect(button(/#1 /)).toHaveFocus())
    expect(bridge.argsOf('window.close')).toEqual([])
  })

  test('sends a reply, and its undo shows the ticket with the draft', async () => {
    const bridge = await open()
    await waitFor(() => expect(button(/#2 /)).toHaveFocus())
    await user.keyboard('r')
    const box = await screen.findByRole('textbox', { name: 'Reply text' })
    await waitFor(() => expect(box).toHaveFocus())
    // Letters are text here.
    await user.keyboard('zmrh')
    expect(bridge.argsOf('drafts.reply').at(-1)).toEqual({ ref: ref(2), text: 'zmrh' })
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(bridge.argsOf('tickets.reply')).toEqual([{ ref: ref(2), text: 'zmrh' }])
    expect(await screen.findByText('Your reply will be sent in a few seconds')).toBeVisible()
    await user.click(button('Undo'))
    await waitFor(() => expect(bridge.argsOf('tickets.show')).toEqual([{ ref: ref(2) }]))
    expect(bridge.argsOf('outbox.cancel')).toHaveLength(1)
  })

  test('goes on with the draft of its ticket, and Escape leaves it there', async () => {
    const bridge = await open()
    await user.click(within(rows()[1] as HTMLElement).getByRole('button', { name: 'Reply' }))
    const box = await screen.findByRole('textbox', { name: 'Reply text' })
    await waitFor(() => expect(box).toHaveValue('Yarım'))
    await user.type(box, ' kalan{Escape}')
    await waitFor(() => expect(button(/#1 /)).toHaveFocus())
    expect(bridge.argsOf('drafts.reply').at(-1)).toEqual({ ref: ref(1), text: 'Yarım kalan' })
    expect(bridge.argsOf('window.close')).toEqual([])
    await user.keyboard('{Escape}')
    await waitFor(() => expect(bridge.argsOf('window.close')).toHaveLength(1))
  })

  test('holds a reply back whose placeholder nobody filled in', async () => {
    const bridge = await open()
    await waitFor(() => expect(button(/#2 /)).toHaveFocus())
    await user.keyboard('r')
    await user.type(screen.getByRole('textbox'), 'Adres {{ip}')
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(await screen.findByRole('alert')).toHaveTextContent('Not filled in: {ip}')
    expect(bridge.argsOf('tickets.reply')).toEqual([])
    await user.click(button('Send anyway'))
    await waitFor(() => expect(bridge.argsOf('tickets.reply')).toMatchObject([{ text: 'Adres {ip}' }]))
  })

  test('says why a reply was not taken, and keeps its text', async () => {
    const bridge = await open()
    bridge.answer('tickets.reply', () => refuse('storage-full'))
    await waitFor(() => expect(button(/#2 /)).toHaveFocus())
    await user.keyboard('r')
    await user.type(await screen.findByRole('textbox', { name: 'Reply text' }), 'Önemli')
    await user.click(button('Send'))
    expect(await screen.findByText(/The disk is full/)).toBeVisible()
    expect(screen.getByRole('textbox', { name: 'Reply text' })).toHaveValue('Önemli')
  })

  test('offers no undo for what is on its way', async () => {
    const bridge = await open()
    bridge.answer('tickets.reply', () => {
      const item = outboxOf({ id: 'x', state: 'sending', attempts: 1 })
      bridge.emit('outbox', { changed: [item], removed: [] })
      return item
    })
    await waitFor(() => expect(button(/#2 /)).toHaveFocus())
    await user.keyboard('r')
    await user.type(await screen.findByRole('textbox', { name: 'Reply text' }), 'Tamam')
    await user.click(button('Send'))
    expect(await screen.findByText('Your reply is in the outbox')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
  })
})
