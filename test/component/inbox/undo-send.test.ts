import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { newTicketOutbox, rowOf, settingsOf, stateOf } from '../../support/builders.ts'
import { button, openInbox, openTicket, replyBox, thread, type OpenInbox } from '../../support/inbox.ts'

const rows = [rowOf({ id: 2, lastActivityAt: 2 }), rowOf({ id: 1, lastActivityAt: 1 })]
const sending2 = 'Sending your reply to #2 SSH ile bağlanamıyorum'

async function openHeld(undoSendSeconds: 0 | 5 | 10 = 5): Promise<OpenInbox> {
  const inbox = await openInbox({ rows, state: stateOf({ settings: settingsOf({ undoSendSeconds }) }) })
  await openTicket(inbox, 2)
  return inbox
}
const send = ({ user }: OpenInbox): Promise<void> =>
  user.type(replyBox(), 'Teşekkürler{Control>}{Enter}{/Control}')

describe('a reply that was just sent', () => {
  test('is named, and its button brings the text back into the box with the focus', async () => {
    const inbox = await openHeld()
    await send(inbox)
    expect(await screen.findByText(sending2)).toBeVisible()
    expect(within(thread()).getByText('Will be sent in a few seconds')).toBeVisible()
    await inbox.user.click(button('Undo'))
    await waitFor(() => expect(replyBox()).toHaveValue('Teşekkürler'))
    await waitFor(() => expect(replyBox()).toHaveFocus())
    expect(inbox.outbox()).toEqual([])
    expect(screen.queryByText(sending2)).toBeNull()
    expect(screen.getByRole('log')).toHaveTextContent('Not sent; your reply is a draft again')
  })

  test('comes back by Ctrl+Z in the empty box, which keeps the focus', async () => {
    const inbox = await openHeld()
    await send(inbox)
    await screen.findByText(sending2)
    expect(replyBox()).toHaveFocus()
    await inbox.user.keyboard('{Control>}z{/Control}')
    await waitFor(() => expect(replyBox()).toHaveValue('Teşekkürler'))
  })

  test('stays sent when Ctrl+Z undoes what is typed since', async () => {
    const inbox = await openHeld()
    await send(inbox)
    await screen.findByText(sending2)
    await inbox.user.type(replyBox(), 'Bir de{Control>}z{/Control}')
    expect(inbox.outbox()).toHaveLength(1)
  })

  test('comes back below what was written since, and neither is lost', async () => {
    const inbox = await openHeld()
    await send(inbox)
    await screen.findByText(sending2)
    await inbox.user.type(replyBox(), 'Bir de')
    await inbox.user.click(button('Undo'))
    await waitFor(() => expect(replyBox()).toHaveValue('Bir de\n\nTeşekkürler'))
  })

  test('is shown in its ticket when another one was opened since', async () => {
    const inbox = await openHeld()
    await send(inbox)
    await screen.findByText(sending2)
    await openTicket(inbox, 1)
    await inbox.user.click(button('Undo'))
    await waitFor(() => expect(thread().closest('section[aria-label^="#2"]')).not.toBeNull())
    await waitFor(() => expect(replyBox()).toHaveValue('Teşekkürler'))
    await waitFor(() => expect(replyBox()).toHaveFocus())
  })

  test('cannot be taken back when the person wants none of it', async () => {
    const inbox = await openHeld(0)
    await send(inbox)
    await waitFor(() => expect(inbox.outbox()).toHaveLength(1))
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
  })
})

test('a new ticket sent in its window can be taken back here, and is shown there', async () => {
  const { bridge, user, setOutbox, outbox } = await openHeld()
  setOutbox([newTicketOutbox({ queuedAt: Date.now(), nextAttemptAt: Date.now() + 5000 })])
  expect(await screen.findByText('Sending the new ticket: Yedekleme görevi başarısız')).toBeVisible()
  await user.click(button('Undo'))
  await waitFor(() => expect(bridge.argsOf('window.open')).toEqual([{ window: 'compose' }]))
  expect(outbox()).toEqual([])
  expect(screen.getByRole('log')).toHaveTextContent('Not sent; what you wrote is in the new-ticket window')
})
