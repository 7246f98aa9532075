/** The inbox after its window was let go: everything is where it was. */
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { setBridge } from '../../../renderer/lib/bridge/bridge.ts'
import { messageOf, staffMessageOf, stateOf, threadOf } from '../../support/builders.ts'
import {
  button,
  ids,
  list,
  openInbox,
  openTicket,
  options,
  renderInbox,
  replyBox,
  row,
  selectedId,
  thread,
  type OpenInbox
} from '../../support/inbox.ts'
import { manyRows } from '../../support/many-rows.ts'

/** Number of the ticket at this position, as `manyRows` counts. */
const idAt = (position: number): number => manyRows(position + 1).at(-1)?.id ?? 0
const search = (): HTMLInputElement => screen.getByRole('searchbox')
const left = (inbox: OpenInbox): string | null | undefined => inbox.bridge.argsOf('window.leave').at(-1)?.view

const anyRow = (): unknown => screen.getAllByRole('option')

/** Asks the page what it shows, ends it and opens the next one with the answer, which is complete once `until` returns. */
async function letGo(inbox: OpenInbox, until: () => unknown = anyRow): Promise<void> {
  inbox.bridge.emit('leave', null)
  await waitFor(() => expect(left(inbox)).toEqual(expect.any(String)))
  const view = left(inbox) ?? null
  cleanup()
  inbox.bridge.answer('window.view', () => view)
  setBridge(inbox.bridge)
  await renderInbox()
  await waitFor(until)
}

async function openSection(inbox: OpenInbox, name: string): Promise<void> {
  await inbox.user.click(button('Settings'))
  await inbox.user.click(await screen.findByRole('button', { name }))
  await screen.findByRole('heading', { level: 2, name })
}

describe('a window that was let go comes back', () => {
  test('with the open ticket, its scroll position and the cursor on its row', async () => {
    const inbox = await openInbox()
    await openTicket(inbox, idAt(4))
    thread().scrollTop = 333
    await fireEvent.scroll(thread())
    const shown = ids()
    await letGo(inbox)
    await waitFor(() => expect(thread().scrollTop).toBe(333))
    expect(ids()).toEqual(shown)
    expect(selectedId()).toBe(idAt(4))
  })

  test('with the draft, the cursor in it and the keyboard', async () => {
    const inbox = await openInbox()
    await openTicket(inbox, idAt(4))
    await inbox.user.type(replyBox(), 'Half a reply')
    ;(replyBox() as HTMLTextAreaElement).setSelectionRange(5, 8)
    await letGo(inbox)
    await waitFor(() => expect(replyBox()).toHaveFocus())
    const box = replyBox() as HTMLTextAreaElement
    expect(box.value).toBe('Half a reply')
    expect([box.selectionStart, box.selectionEnd]).toEqual([5, 8])
  })

  test('with search, result and the selection in the search field', async () => {
    const inbox = await openInbox()
    await inbox.user.type(search(), 'disk')
    const found = ids()
    search().setSelectionRange(1, 3)
    await letGo(inbox)
    expect(search().value).toBe('disk')
    expect(ids()).toEqual(found)
    await waitFor(() => expect(search()).toHaveFocus())
    expect([search().selectionStart, search().selectionEnd]).toEqual([1, 3])
  })

  test('with the selected tickets, to which a range is extended from where it began', async () => {
    const inbox = await openInbox()
    await inbox.user.keyboard('{Control>}')
    await inbox.user.click(row(idAt(3)))
    await inbox.user.click(row(idAt(5)))
    await inbox.user.keyboard('{/Control}')
    await letGo(inbox)
    expect(screen.getAllByText('2 selected')[0]).toBeVisible()
    await inbox.user.keyboard('{Shift>}')
    await inbox.user.click(row(idAt(8)))
    await inbox.user.keyboard('{/Shift}')
    expect(screen.getAllByText('4 selected')[0]).toBeVisible()
  })

  test('scrolled down a list of several pages, which it shows only when all are here', async () => {
    const inbox = await openInbox({ rows: manyRows(900) })
    await waitFor(() => expect(options()[0]).toHaveAttribute('aria-setsize', '900'))
    list().scrollTop = 50 * 600
    await fireEvent.scroll(list())
    await waitFor(() => expect(ids()).not.toContain(idAt(0)))
    const [uppermost, position] = [Math.max(...ids()), list().scrollTop]
    await letGo(inbox)
    await waitFor(() => expect(list().scrollTop).toBe(position))
    expect(Math.max(...ids())).toBe(uppermost)
  })

  test('with what is marked as new, and a ticket kept unread stays so', async () => {
    const rows = manyRows(10).map((one) => (one.id === idAt(4) ? { ...one, unread: 1 } : one))
    const inbox = await openInbox({
      rows,
      thread: (one) =>
        threadOf(one, {
          messages: [messageOf({ key: 'a' }), staffMessageOf({ key: 'b', unread: one.unread > 0 })]
        })
    })
    await openTicket(inbox, idAt(4))
    await waitFor(() => expect(inbox.bridge.argsOf('tickets.read')).toHaveLength(1))
    await inbox.user.keyboard('u')
    await waitFor(() => expect(inbox.bridge.argsOf('tickets.unread')).toHaveLength(1))
    await letGo(inbox)
    await waitFor(() => expect(thread()).toHaveTextContent('Güvenlik'))
    window.dispatchEvent(new Event('focus'))
    expect(inbox.bridge.argsOf('tickets.read')).toHaveLength(1)
  })
})

describe('a window that was let go on another screen comes back', () => {
  test('in the same section of the settings, which leads back to the list as it was', async () => {
    const inbox = await openInbox()
    await inbox.user.type(search(), 'disk')
    const found = ids()
    await openSection(inbox, 'General')
    await letGo(inbox, () => screen.getByRole('heading', { level: 2, name: 'General' }))
    await inbox.user.keyboard('{Escape}')
    await waitFor(() => expect(search().value).toBe('disk'))
    expect(ids()).toEqual(found)
  })

  test('at the same thread, where it was scrolled to before the settings were opened', async () => {
    const inbox = await openInbox()
    await openTicket(inbox, idAt(4))
    thread().scrollTop = 333
    await fireEvent.scroll(thread())
    await openSection(inbox, 'General')
    await letGo(inbox, () => screen.getByRole('heading', { level: 2, name: 'General' }))
    await inbox.user.keyboard('{Escape}')
    await waitFor(() => expect(thread().scrollTop).toBe(333))
    expect(selectedId()).toBe(idAt(4))
  })
})

describe('a window stays that holds what would be lost', () => {
  const refuses = async (inbox: OpenInbox): Promise<void> => {
    inbox.bridge.emit('leave', null)
    await waitFor(() => expect(left(inbox)).toBeNull())
  }

  test('an open dialog', async () => {
    const inbox = await openInbox()
    await inbox.user.keyboard('?')
    await screen.findByRole('dialog')
    await refuses(inbox)
  })

  test('a form of the settings', async () => {
    const inbox = await openInbox()
    await openSection(inbox, 'Saved replies')
    await inbox.user.click(await screen.findByRole('button', { name: 'Add saved reply' }))
    await waitFor(() => expect(document.activeElement).toBeInstanceOf(HTMLInputElement))
    ;(document.activeElement as HTMLElement).blur()
    await refuses(inbox)
  })

  test('a field that somebody writes in', async () => {
    const inbox = await openInbox()
    await openSection(inbox, 'Notifications')
    await inbox.user.click(screen.getByLabelText('Quiet hours'))
    const from = await screen.findByLabelText('From')
    from.focus()
    await refuses(inbox)
  })

  test('a screen that was scrolled', async () => {
    const inbox = await openInbox()
    await openSection(inbox, 'General')
    const scroller = screen.getByRole('heading', { level: 2, name: 'General' }).closest('div')
    if (scroller) scroller.scrollTop = 40
    await refuses(inbox)
  })

  test('the form for the first account', async () => {
    const inbox = await openInbox({ state: stateOf({ accounts: [] }) }, () =>
      screen.findByLabelText('API token')
    )
    await refuses(inbox)
  })
})
