import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { blocks } from '../../../electron/tickets/text/blocks.ts'
import { messageOf, rowOf, staffMessageOf, threadOf } from '../../support/builders.ts'
import { messages, openInbox, openTicket, type OpenInbox } from '../../support/inbox.ts'

async function opened(text: string, change: Parameters<typeof messageOf>[0] = {}): Promise<OpenInbox> {
  const messagesOf = [
    messageOf({ text, body: blocks(text), ...change }),
    staffMessageOf({ text, body: blocks(text) })
  ]
  const inbox = await openInbox({ rows: [rowOf()], thread: (row) => threadOf(row, { messages: messagesOf }) })
  await openTicket(inbox, 272298)
  return inbox
}
const own = (): HTMLElement => messages()[0] ?? document.body
const copied = ({ bridge }: OpenInbox): readonly unknown[] => bridge.argsOf('clipboard.write')

const log = 'Nov 20 03:00:10 web07 kernel: failed\nNov 20 03:00:11 web07 kernel: failed'

describe('machine text in a message', () => {
  test('stands by itself, unwrapped, and is copied without what is around it', async () => {
    const inbox = await opened(`Günlük:\n\n${log}\n\nBakar mısınız?`)
    const block = own().querySelector('pre')
    expect(block?.textContent).toBe(log)
    await inbox.user.click(within(own()).getByRole('button', { name: 'Copy' }))
    await waitFor(() => expect(copied(inbox)).toEqual([{ text: log }]))
  })

  test('and the whole message are copied by keyboard, too', async () => {
    const text = `Günlük:\n\n${log}`
    const inbox = await opened(text)
    within(own()).getByRole('button', { name: 'Copy message' }).focus()
    await inbox.user.keyboard('{Enter}')
    await waitFor(() => expect(copied(inbox)).toEqual([{ text }]))
  })
})

describe('what looks like a password', () => {
  const text = 'Şifre: K7$m&x!9'

  test('is hidden until one asks for it, in own and in staff messages', async () => {
    const inbox = await opened(text)
    for (const message of messages()) {
      const value = within(message).getByText('K7$m&x!9')
      expect(value.closest('.secret')).toHaveClass('hidden')
      await inbox.user.click(within(message).getByRole('button', { name: 'Show' }))
      expect(value.closest('.secret')).not.toHaveClass('hidden')
      await inbox.user.click(within(message).getByRole('button', { name: 'Hide' }))
      expect(value.closest('.secret')).toHaveClass('hidden')
    }
  })

  test('is copied as it is, alone and with its message', async () => {
    const inbox = await opened(text)
    await inbox.user.click(within(own()).getByRole('button', { name: 'Copy password' }))
    await inbox.user.click(within(own()).getByRole('button', { name: 'Copy message' }))
    await waitFor(() => expect(copied(inbox)).toEqual([{ text: 'K7$m&x!9' }, { text }]))
  })
})

describe('an own message that the server has in another form', () => {
  test('is read as it was typed, and shows that form on demand', async () => {
    const inbox = await opened('Şu an', { atServer: { text: 'Su an', damage: null } })
    expect(own()).toHaveTextContent('Şu an')
    const detail = within(own()).getByText('As it was sent')
    expect(within(own()).getByText('Su an')).not.toBeVisible()
    await inbox.user.click(detail)
    expect(within(own()).getByText('Su an')).toBeVisible()
  })

  test('says so in the open where its letters are damaged', async () => {
    await opened('Şu an', { atServer: { text: '?u an', damage: 'letters' } })
    expect(within(own()).getByText(/Damaged on the server/)).toBeVisible()
  })
})

describe('files', () => {
  const file = new File(['x'], 'ekran.png', { type: 'image/png' })
  const box = (): HTMLElement => screen.getByRole('textbox', { name: 'Message' })

  test('that are pasted into the reply are not taken, and the panel is offered', async () => {
    const inbox = await opened('Merhaba')
    await inbox.user.click(box())
    const data = new DataTransfer()
    data.items.add(file)
    await inbox.user.paste(data)
    expect(await screen.findByText(/API does not accept files/)).toBeVisible()
    expect(box()).toHaveValue('')
  })
})
