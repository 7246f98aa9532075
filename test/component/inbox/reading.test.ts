import { blocks } from '../../../electron/tickets/text/blocks.ts'
import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
// Imported in advance; otherwise the inbox would load it on demand.
import '../../../renderer/settings/Settings.svelte'
import { messageOf, rowOf, settingsOf, stateOf, threadOf } from '../../support/builders.ts'
import {
  button,
  list,
  messages,
  openInbox,
  openTicket,
  options,
  replyBox,
  row,
  thread
} from '../../support/inbox.ts'

const rows = [3, 2, 1].map((id) => rowOf({ id, subject: `Konu ${id}`, lastActivityAt: id, unread: 0 }))
const inboxOf = (inbox: Partial<ReturnType<typeof settingsOf>['inbox']>): ReturnType<typeof stateOf> =>
  stateOf({ settings: settingsOf({ inbox: { ...settingsOf().inbox, ...inbox } }) })
const opened = async (id: number): Promise<unknown> =>
  await screen.findByRole('region', { name: new RegExp(`^#${id} `) })

describe('the divider', () => {
  test('is moved by the keyboard, kept for the next run, and goes back to what suits the window', async () => {
    const { user, bridge } = await openInbox({ rows, state: inboxOf({ listWidth: 30 }) })
    const divider = screen.getByRole('separator', { name: 'Width of the list' })
    divider.focus()
    await user.keyboard('{ArrowRight}')
    expect(divider).toHaveAttribute('aria-valuenow', '31')
    await user.keyboard('{Home}{Enter}')
    const widths = bridge.argsOf('settings.change').map(({ inbox }) => inbox?.listWidth)
    expect(widths).toEqual([31, 17, 0])
  })
})

describe('the ticket that the keyboard rests on', () => {
  test('opens beside the list, where the focus stays', async () => {
    const { user } = await openInbox({ rows })
    list().focus()
    await user.keyboard('jj')
    await opened(2)
    expect(list()).toHaveFocus()
  })

  test('is read only after it stayed there for a second, and at once when it is opened by hand', async () => {
    const news = [
      rowOf({ id: 2, unread: 1, lastActivityAt: 2 }),
      rowOf({ id: 1, unread: 1, lastActivityAt: 1 })
    ]
    const { user, bridge } = await openInbox({ rows: news })
    const read = (): readonly number[] =>
      bridge.argsOf('tickets.read').flatMap(({ refs }) => refs.map(({ ticketId }) => ticketId))
    list().focus()
    await user.keyboard('j')
    await opened(2)
    await waitFor(() => expect(messages().length).toBeGreaterThan(0))
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(read()).toEqual([])
    await waitFor(() => expect(read()).toEqual([2]), { timeout: 5000 })
    await user.keyboard('j{Enter}')
    await waitFor(() => expect(read()).toEqual([2, 1]))
  })

  test('stays closed where the person wants to open tickets by hand', async () => {
    const { user, bridge } = await openInbox({ rows, state: inboxOf({ openSelected: false }) })
    list().focus()
    await user.keyboard('j')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(bridge.argsOf('tickets.thread')).toEqual([])
  })
})

test('after a ticket was closed the next one opens for who wants that', async () => {
  const inbox = await openInbox({ rows, state: inboxOf({ openNextAfterClose: true }) })
  await openTicket(inbox, 3)
  await inbox.user.keyboard('e')
  await opened(2)
})

describe('reply and close', () => {
  test('queues both with Shift+E, and one undo takes back both', async () => {
    const inbox = await openInbox({ rows })
    await openTicket(inbox, 3)
    await inbox.user.type(replyBox(), 'Tamam')
    await inbox.user.keyboard('{Escape}{Shift>}E{/Shift}')
    await waitFor(() => expect(inbox.outbox().map(({ action }) => action.kind)).toEqual(['reply', 'close']))
    await screen.findByText(/your reply will be sent, then the ticket closed/)
    await inbox.user.keyboard('z')
    await waitFor(() => expect(inbox.outbox()).toEqual([]))
  })

  test('sends nothing while nothing is written', async () => {
    const inbox = await openInbox({ rows })
    await openTicket(inbox, 3)
    await inbox.user.keyboard('{Shift>}E{/Shift}')
    expect(await screen.findAllByText('Write your reply first')).not.toEqual([])
    expect(inbox.outbox()).toEqual([])
  })
})

test('the heading says the whole line that the subject was cut from, and the message does not say it again', async () => {
  const line = 'Sunucuma SSH ile bağlanamıyorum, dünden beri böyle'
  const text = `Merhaba,\n${line}\nTeşekkürler`
  const inbox = await openInbox({
    rows: [rowOf({ id: 1, titleKnown: false, subject: 'Sunucuma SSH ile bağ…' })],
    thread: () =>
      threadOf(rowOf({ id: 1 }), {
        messages: [messageOf({ text, body: [{ kind: 'prose', segments: [{ kind: 'text', text }] }] })]
      })
  })
  await openTicket(inbox, 1)
  expect(within(thread().parentElement ?? thread()).getByRole('heading', { level: 1 })).toHaveTextContent(
    line
  )
  expect(messages()[0]).toHaveTextContent('Merhaba, Teşekkürler')
})

test.each([
  ['Sunucu yanıt vermiyor. Panelden yeniden başlattım, değişmedi.', 'Sunucu yanıt vermiyor.'],
  ['Sunucu vs. aygıtlar yanıt vermiyor! Ne yapalım?', 'Sunucu vs. aygıtlar yanıt vermiyor!'],
  [`Sunucu yanıt vermiyor. ${'Çok uzun. '.repeat(50)}`, 'Sunucu yanıt vermiyor.'],
  [`Sunucu ${'çok '.repeat(60)}yavaş`, 'Sunucu…']
])('the heading of a message that begins with %j says a sentence, not a paragraph', async (text, heading) => {
  const inbox = await openInbox({
    rows: [rowOf({ id: 1, titleKnown: false, subject: 'Sunucu…' })],
    thread: () => threadOf(rowOf({ id: 1 }), { messages: [messageOf({ text, body: blocks(text) })] })
  })
  await openTicket(inbox, 1)
  const shown = within(thread().parentElement ?? thread()).getByRole('heading', { level: 1 })
  expect(shown.textContent.trim().replace(/^#1\s+/, '')).toBe(heading)
  expect(messages()[0]).toHaveTextContent(text.trim())
})

test.each([
  [
    'E-posta ulaşmıyor:\n\n550 Service unavailable; blocked\nNe yapalım?',
    'E-posta ulaşmıyor: 550 Serv…',
    'E-posta ulaşmıyor: 550 Service unavailable; blocked'
  ],
  [
    'Merhaba,\nDisk dolu.\n-----\nŞu dizin: /var/log büyüdü. Silelim mi?',
    'Disk dolu. Şu dizin: /var/l…',
    'Disk dolu. Şu dizin: /var/log büyüdü.'
  ],
  ['Disk dolu.\n> alıntı\nYardım', 'Disk dolu. Yardım', 'Disk dolu. Yardım'],
  ['Merhaba Ahmet Bey, disk\ndolu görünüyor. Bakar mısınız?', 'disk dolu görü…', 'disk dolu görünüyor.']
])(
  'the heading of %j ends at the end of a sentence, and the message keeps its lines',
  async (text, subject, heading) => {
    const inbox = await openInbox({
      rows: [rowOf({ id: 1, titleKnown: false, subject })],
      thread: () => threadOf(rowOf({ id: 1 }), { messages: [messageOf({ text, body: blocks(text) })] })
    })
    await openTicket(inbox, 1)
    const shown = within(thread().parentElement ?? thread()).getByRole('heading', { level: 1 })
    expect(shown.textContent.trim().replace(/^#1\s+/, '')).toBe(heading)
    expect(messages()[0]).toHaveTextContent(text.replace(/\s+/g, ' '))
  }
)

test('the heading hides what looks like a password in that line, and leaves the message whole', async () => {
  const text = 'Panel şifresi: Kx9!mQ72zz girince hata veriyor'
  const inbox = await openInbox({
    rows: [rowOf({ id: 1, titleKnown: false, subject: 'Panel ş…' })],
    thread: () => threadOf(rowOf({ id: 1 }), { messages: [messageOf({ text, body: blocks(text) })] })
  })
  await openTicket(inbox, 1)
  const heading = within(thread().parentElement ?? thread()).getByRole('heading', { level: 1 })
  expect(heading).toHaveTextContent(/Panel şifresi: •+/)
  expect(heading).not.toHaveTextContent('Kx9')
})

test('back from the settings the list is scrolled to where it was, with the same ticket open', async () => {
  const many = Array.from({ length: 200 }, (_, i) => rowOf({ id: 1000 - i, lastActivityAt: 1000 - i }))
  const inbox = await openInbox({ rows: many })
  await waitFor(() => expect(row(1000)).toHaveAttribute('aria-setsize', '200'))
  list().scrollTop = 5000
  list().dispatchEvent(new Event('scroll'))
  // Waits for the rows outside the view, which are rendered when idle.
  await waitFor(() => expect(options().length).toBeGreaterThan(16))
  await waitFor(() => expect(row(900)).toBeVisible())
  await openTicket(inbox, 900)
  await inbox.user.click(button('Settings'))
  await screen.findByRole('heading', { level: 1, name: 'Settings' })
  await inbox.user.click(button(/Back/))
  await waitFor(() => expect(list().scrollTop).toBe(5000))
  await opened(900)
})
