import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { refuse } from '../../support/fake-bridge.ts'
import { accountOf, connectionOf, outboxOf, rowOf, stateOf } from '../../support/builders.ts'
import type { OutboxState } from '../../../electron/tickets/views.ts'
import { button, list, openInbox, openTicket, row, thread, type OpenInbox } from '../../support/inbox.ts'

const two = [rowOf({ id: 2, lastActivityAt: 2 }), rowOf({ id: 1, lastActivityAt: 1 })]
const closing2 = 'Closing #2 SSH ile bağlanamıyorum'
const dialog = (): HTMLElement => screen.getByRole('dialog')

describe('closing a ticket', () => {
  test('asks nothing about one ticket: what is closed is named, and can be taken back', async () => {
    const accounts = [accountOf(), accountOf({ id: 'b', name: 'Ajans Beta' })]
    const rows = [rowOf({ id: 2, accountId: 'b', lastActivityAt: 2 }), rowOf({ id: 1, lastActivityAt: 1 })]
    const { user, bridge } = await openInbox({ rows, state: stateOf({ accounts }) })
    list().focus()
    await user.keyboard('je')
    expect(await screen.findByText('Closing #2 SSH ile bağlanamıyorum · Ajans Beta')).toBeVisible()
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(bridge.argsOf('tickets.close')).toEqual([{ refs: [{ accountId: 'b', ticketId: 2 }] }])
  })

  test('that waits for its reply longer than it can be undone does not say that it comes in seconds', async () => {
    const inbox = await openInbox({ rows: two })
    await openTicket(inbox, 2)
    const queuedAt = Date.now() - 60_000
    inbox.setOutbox([
      outboxOf({ action: { kind: 'close', ticketId: 2 }, queuedAt, nextAttemptAt: queuedAt + 5000 })
    ])
    expect(await within(thread()).findByText('Waiting to be sent')).toBeVisible()
    expect(screen.queryByText('Closes in a few seconds')).toBeNull()
  })

  test('can be taken back by its button, and then nothing waits any more', async () => {
    const inbox = await openInbox({ rows: two })
    await openTicket(inbox, 2)
    await inbox.user.click(button('Close ticket'))
    expect(await screen.findByText(closing2)).toBeVisible()
    expect(row(2)).toHaveTextContent('Closing…')
    expect(button('Close ticket')).toBeDisabled()
    expect(within(thread()).getByText('Closes in a few seconds')).toBeVisible()
    await inbox.user.click(button('Undo'))
    await waitFor(() => expect(inbox.outbox()).toEqual([]))
    expect(screen.queryByText(closing2)).toBeNull()
    expect(row(2)).not.toHaveTextContent('Closing')
    expect(screen.getByRole('log')).toHaveTextContent('The ticket stays open')
    // The focused button is gone, so the list gets the focus.
    await waitFor(() => expect(list()).toHaveFocus())
  })

  test('can be taken back by z, for all that were closed together', async () => {
    const { user, outbox, bridge } = await openInbox({ rows: two })
    list().focus()
    await user.keyboard('{Control>}a{/Control}e{Enter}')
    expect(await screen.findByText('Closing 2 tickets')).toBeVisible()
    await user.keyboard('z')
    await waitFor(() => expect(outbox()).toEqual([]))
    expect(bridge.argsOf('outbox.cancelAll').map(({ ids }) => ids.length)).toEqual([2])
  })

  test('can be taken back by Ctrl+Z, but a field keeps its own', async () => {
    const { user, outbox } = await openInbox({ rows: two })
    list().focus()
    await user.keyboard('je')
    await screen.findByText(closing2)
    await user.keyboard('/{Control>}z{/Control}')
    expect(outbox()).toHaveLength(1)
    list().focus()
    await user.keyboard('{Control>}z{/Control}')
    await waitFor(() => expect(outbox()).toEqual([]))
  })

  test('can be taken back offline', async () => {
    const accounts = [accountOf({ connection: connectionOf({ state: 'offline' }) })]
    const { user, outbox } = await openInbox({ rows: two, state: stateOf({ accounts }) })
    list().focus()
    await user.keyboard('je')
    await screen.findByText(closing2)
    await user.keyboard('z')
    await waitFor(() => expect(outbox()).toEqual([]))
  })

  test('is offered to be taken back only until it is sent', async () => {
    const { user, deliver, bridge } = await openInbox({ rows: two })
    list().focus()
    await user.keyboard('je')
    await screen.findByText(closing2)
    deliver()
    await waitFor(() => expect(screen.queryByText(closing2)).toBeNull())
    expect(within(row(2)).getByRole('img', { name: 'Closed' })).toBeVisible()
    await user.keyboard('z')
    expect(bridge.argsOf('outbox.cancelAll')).toEqual([])
  })

  test('that is sent at this very moment says that it is too late', async () => {
    const { user, bridge } = await openInbox({ rows: two })
    list().focus()
    await user.keyboard('je')
    await screen.findByText(closing2)
    bridge.answer('outbox.cancelAll', () => ({ cancelled: 0 }))
    await user.keyboard('z')
    expect(await screen.findByRole('alert')).toHaveTextContent(/sent/)
  })

  test('leaves out what is closed or about to be', async () => {
    const closed = rowOf({ id: 3, status: { kind: 'closed', text: 'Kapalı' }, waitingFor: 'nobody' })
    const { user, bridge } = await openInbox({ rows: [closed, ...two] })
    list().focus()
    await user.keyboard('je')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(screen.getByRole('log')).toHaveTextContent('Already closed')
    await user.keyboard('{Control>}a{/Control}e')
    expect(dialog()).toHaveAccessibleName('Close 2 tickets?')
    await user.keyboard('{Enter}')
    await screen.findByText('Closing 2 tickets')
    await user.keyboard('{Control>}a{/Control}e')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(bridge.argsOf('tickets.close')).toHaveLength(1)
  })

  test('that could not be put into the outbox says why', async () => {
    const { user, bridge } = await openInbox({ rows: two })
    bridge.answer('tickets.close', () => refuse('storage-full'))
    list().focus()
    await user.keyboard('je')
    expect(await screen.findByRole('alert')).toHaveTextContent(/disk is full/)
    expect(screen.queryByText(closing2)).toBeNull()
  })

  test('is taken back from the thread as well', async () => {
    const inbox = await openInbox({ rows: two })
    await openTicket(inbox, 2)
    await inbox.user.keyboard('e')
    await inbox.user.click(await screen.findByRole('button', { name: 'Undo closing' }))
    await waitFor(() => expect(inbox.outbox()).toEqual([]))
    await waitFor(() => expect(thread()).toHaveFocus())
  })
})

describe('closing many', () => {
  const many = Array.from({ length: 12 }, (_, i) => rowOf({ id: i + 1, lastActivityAt: i + 1 }))
  const bar = (): HTMLElement | null => screen.queryByRole('progressbar', { name: 'Close' })
  async function closing(): Promise<OpenInbox> {
    const inbox = await openInbox({ rows: many })
    list().focus()
    await inbox.user.keyboard('{Control>}a{/Control}e{Tab}{Enter}')
    await screen.findByText('Closing 12 tickets')
    return inbox
  }
  const now = ({ outbox, setOutbox }: OpenInbox, states: readonly OutboxState[]): void =>
    setOutbox(outbox().map((item, i) => ({ ...item, state: states[i] ?? 'queued' })))

  test('says how many of which account', async () => {
    const accounts = [accountOf(), accountOf({ id: 'b', name: 'Beta' })]
    const { user } = await openInbox({
      rows: [...two, rowOf({ id: 9, accountId: 'b' })],
      state: stateOf({ accounts })
    })
    list().focus()
    await user.keyboard('{Control>}a{/Control}e')
    expect(dialog()).toHaveAccessibleName('Close 3 tickets?')
    expect(dialog()).toHaveTextContent('Örnek Bilişim: 2 tickets')
    expect(dialog()).toHaveTextContent('Beta: 1 ticket')
    expect(dialog()).toHaveTextContent('#9 SSH ile bağlanamıyorum · Beta')
  })

  test('names the first five, how many more there are, and how many the button closes', async () => {
    const { user } = await openInbox({ rows: many })
    list().focus()
    await user.keyboard('{Control>}a{/Control}e')
    expect(
      within(dialog())
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent.trim())
    ).toEqual([...[12, 11, 10, 9, 8].map((id) => `#${id} SSH ile bağlanamıyorum`), 'and 7 more tickets'])
    expect(within(dialog()).getByRole('button', { name: 'Close 12 tickets' })).toHaveClass('danger')
  })

  test('of ten and more begins at Cancel: Enter closes nothing; of fewer at the button', async () => {
    const inbox = await openInbox({ rows: many })
    list().focus()
    await inbox.user.keyboard('{Control>}a{/Control}e')
    expect(within(dialog()).getByRole('button', { name: 'Cancel' })).toHaveFocus()
    await inbox.user.keyboard('{Enter}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(inbox.bridge.argsOf('tickets.close')).toEqual([])
    list().focus()
    await inbox.user.keyboard('{Escape}jxjxe')
    expect(within(dialog()).getByRole('button', { name: 'Close 2 tickets' })).toHaveFocus()
  })

  test('offers to take it back first, and shows how far it is once it goes', async () => {
    const inbox = await closing()
    expect(bar()).toBeNull()
    now(inbox, ['sent', 'sent', 'sending'])
    await waitFor(() => expect(bar()).toHaveAttribute('max', '12'))
    expect(bar()).toHaveProperty('value', 2)
    expect(screen.getByText('Closing: 2 of 12')).toBeVisible()
  })

  test('can be stopped: what is queued stays open, what is on its way does not', async () => {
    const inbox = await closing()
    now(inbox, ['sent', 'sent', 'sending'])
    await inbox.user.click(await screen.findByRole('button', { name: 'Stop' }))
    expect(inbox.bridge.argsOf('outbox.cancelAll').map(({ ids }) => ids.length)).toEqual([9])
    await waitFor(() => expect(screen.getByText('Closing: 2 of 3')).toBeVisible())
    expect(screen.getByRole('log')).toHaveTextContent('9 tickets stay open')
    now(inbox, ['sent', 'sent', 'sent'])
    await waitFor(() => expect(bar()).toBeNull())
  })

  test('goes on being told after another view was looked at', async () => {
    const inbox = await closing()
    now(inbox, ['sent', 'sending'])
    await screen.findByText('Closing: 1 of 12')
    await inbox.user.click(button('Settings'))
    expect(bar()).toBeNull()
    now(inbox, ['sent', 'sent', 'sent', 'sending'])
    await inbox.user.click(await screen.findByRole('button', { name: /^Back/ }))
    expect(await screen.findByText('Closing: 3 of 12')).toBeVisible()
  })

  test('of a few shows no bar', async () => {
    const inbox = await openInbox({ rows: two })
    list().focus()
    await inbox.user.keyboard('{Control>}a{/Control}e{Enter}')
    await screen.findByText('Closing 2 tickets')
    now(inbox, ['sent', 'sending'])
    await waitFor(() => expect(screen.queryByText('Closing 2 tickets')).toBeNull())
    expect(bar()).toBeNull()
  })
})
