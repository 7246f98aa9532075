import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test, vi } from 'vitest'
import { refuse } from '../../support/fake-bridge.ts'
import {
  accountOf,
  day,
  hour,
  messageOf,
  minute,
  outboxOf,
  rowOf,
  settingsOf,
  staffMessageOf,
  stateOf,
  threadOf
} from '../../support/builders.ts'
import {
  button,
  messages,
  openInbox,
  openTicket,
  replyBox,
  row,
  thread,
  type OpenInbox
} from '../../support/inbox.ts'
import type { Thread, ThreadMessage } from '../../../electron/tickets/views.ts'

async function opened(
  change: Partial<Thread> = {},
  options: Parameters<typeof openInbox>[0] = {}
): Promise<OpenInbox> {
  const inbox = await openInbox({
    rows: [rowOf(), rowOf({ id: 5, subject: 'Another', lastActivityAt: 1 })],
    thread: (row) => threadOf(row, change),
    ...options
  })
  await openTicket(inbox, 272298)
  return inbox
}
const header = (): HTMLElement =>
  within(screen.getByRole('region', { name: /^#272298/ })).getAllByRole('banner')[0] ?? document.body
const text = (element: Element): string => element.textContent.replace(/\s+/g, ' ').trim()

describe('a message', () => {
  test('says who wrote it: you, or the staff by name', async () => {
    await opened()
    const [own, theirs] = messages()
    expect(own).toHaveAccessibleName('You')
    expect(own).toHaveClass('customer')
    expect(theirs).toHaveAccessibleName('Ayşe Öztürk')
    expect(theirs).toHaveClass('staff')
    expect(theirs).toHaveTextContent('Ayşe Öztürk staff')
  })

  test('of staff without a name, and without words, says so', async () => {
    await opened({ messages: [staffMessageOf({ name: '', body: [], text: '' })] })
    expect(messages()[0]).toHaveAccessibleName('staff')
    expect(messages()[0]).toHaveTextContent(
      'The API does not provide the text; you can read it in the panel.'
    )
  })

  test('folds the signature and the address away', async () => {
    await opened()
    const folded = [...thread().querySelectorAll('details')]
    expect(
      folded.map((details) => [text(details.querySelector('summary') ?? details), details.open])
    ).toEqual([
      ['IP address', false],
      ['signature', false]
    ])
    expect(folded[1]).toHaveTextContent('Netinternet - Teknik Birim')
    expect(messages()[1]?.querySelector('.message-text')).not.toHaveTextContent('Teknik Birim')
  })

  test('has signatures and addresses that are no stops of Tab, and unfolds all of them from the menu', async () => {
    const { user } = await opened()
    const folded = [...thread().querySelectorAll('details')]
    const reached = new Set<Element | null>()
    thread().querySelector<HTMLElement>('.messages')?.focus()
    while (document.activeElement !== replyBox() && reached.size < 50) {
      await user.tab()
      reached.add(document.activeElement)
    }
    expect(reached).toContain(replyBox())
    expect([...reached].filter((element) => element?.tagName === 'SUMMARY')).toEqual([])
    const pick = async (name: string): Promise<void> => {
      await user.click(within(header()).getByRole('button', { name: 'More actions' }))
      await user.click(within(header()).getByRole('menuitem', { name }))
    }
    await pick('Show signatures and IP addresses')
    expect(folded.map(({ open }) => open)).toEqual([true, true])
    await pick('Hide signatures and IP addresses')
    expect(folded.map(({ open }) => open)).toEqual([false, false])
  })

  test('opens links, mail addresses and attachments outside, and copies addresses of machines', async () => {
    const { user, bridge } = await opened()
    for (const name of ['https://wiki.example.com/ssh', 'destek@example.com', 'fw.png'])
      await user.click(screen.getByRole('link', { name }))
    expect(bridge.argsOf('link.open').map(({ url }) => url)).toEqual([
      'https://wiki.example.com/ssh',
      'mailto:destek@example.com',
      'https://files.example.com/fw.png'
    ])
    await user.click(button('Copy 198.51.100.7'))
    expect(bridge.argsOf('clipboard.write')).toEqual([{ text: '198.51.100.7' }])
    expect(screen.getByRole('log')).toHaveTextContent('Copied')
    expect(document.querySelector('.told')).toHaveTextContent('Copied')
  })

  test('that cannot be copied says so, and not that it was', async () => {
    const { user, bridge } = await opened()
    bridge.answer('clipboard.write', () => refuse('internal'))
    await user.click(button('Copy 198.51.100.7'))
    expect(await screen.findByRole('alert')).toHaveTextContent('unexpected')
    expect(screen.getByRole('log')).not.toHaveTextContent('Copied')
    expect(document.querySelector('.told')).toBeNull()
  })

  test('never runs what it holds', async () => {
    const evil = '<img src=x onerror=alert(1)>'
    await opened({
      messages: [
        messageOf({ body: [{ kind: 'prose', segments: [{ kind: 'text', text: evil }] }], text: evil })
      ]
    })
    expect(messages()[0]).toHaveTextContent(evil)
    expect(thread().querySelector('img')).toBeNull()
  })
})

test('days are told apart, with the year when it is another one', async () => {
  const at = new Date(2025, 10, 21, 12).getTime()
  await opened({
    messages: [
      messageOf({ key: 'a', sentAt: at }),
      staffMessageOf({ key: 'b', sentAt: at + hour }),
      staffMessageOf({ key: 'c', sentAt: at + 2 * day }),
      staffMessageOf({ key: 'd', sentAt: null })
    ]
  })
  expect(within(thread()).getAllByRole('heading').map(text)).toEqual(['21 November 2025', '23 November 2025'])
})

describe('opening a ticket', () => {
  test('shows its first unread message, marks it as new, and it is read', async () => {
    const seen: unknown[] = []
    vi.spyOn(Element.prototype, 'scrollIntoView').mockImplementation(function (this: Element) {
      seen.push(this.getAttribute('data-key'))
    })
    const { bridge, change } = await openInbox({
      rows: [rowOf({ unread: 2 })],
      thread: (row) =>
        threadOf(row, {
          messages: [
            messageOf(),
            staffMessageOf({ key: 'old' }),
            staffMessageOf({ key: 'new1', unread: row.unread > 0 }),
            staffMessageOf({ key: 'new2', unread: row.unread > 0 })
          ]
        })
    }).then(async (inbox) => {
      await openTicket(inbox, 272298)
      return inbox
    })
    await waitFor(() => expect(bridge.argsOf('tickets.read')).toHaveLength(1))
    expect(seen).toContain('new1')
    expect(seen).not.toContain('new2')
    // New messages stay marked while the ticket is open, although they are read by then.
    change(272298, { unread: 0 })
    expect(messages().map((article) => article.textContent.includes('new'))).toEqual([
      false,
      false,
      true,
      true
    ])
  })

  test('that was searched for shows where the words are; what is unread comes first', async () => {
    const seen: (string | null)[] = []
    vi.spyOn(Element.prototype, 'scrollIntoView').mockImplementation(function (this: Element) {
      seen.push(this.textContent)
    })
    const search = async ({ user }: OpenInbox): Promise<void> => {
      await user.type(screen.getByRole('searchbox'), 'konu')
      await user.keyboard('{Enter}')
      await waitFor(() => expect(messages()).toHaveLength(2))
    }
    const found = messageOf({
      body: [{ kind: 'prose', segments: [{ kind: 'text', text: 'Bu Konu eski.' }] }]
    })
    const thread = (isUnread: boolean): Partial<Parameters<typeof openInbox>[0]> => ({
      rows: [rowOf({ subject: 'Konu' })],
      thread: (row) =>
        threadOf(row, { messages: [found, staffMessageOf({ key: 'last', text: 'Son', unread: isUnread })] })
    })
    await search(await openInbox(thread(false)))
    await waitFor(() => expect(seen).toEqual(['Konu']))
    cleanup()
    seen.length = 0
    await search(await openInbox(thread(true)))
    await waitFor(() => expect(seen[0]).toContain('Ayşe Öztürk'))
    expect(seen).not.toContain('Konu')
  })

  test('behind another window does not make it read until one looks', async () => {
    const inbox = await openInbox({ rows: [rowOf({ unread: 1 })] })
    const focus = vi.spyOn(document, 'hasFocus').mockReturnValue(false)
    await openTicket(inbox, 272298)
    expect(inbox.bridge.argsOf('tickets.read')).toEqual([])
    focus.mockReturnValue(true)
    await fireEvent(window, new Event('focus'))
    expect(inbox.bridge.argsOf('tickets.read')).toHaveLength(1)
  })

  test('that cannot be had says why, and tries again', async () => {
    const { user, bridge } = await openInbox({ rows: [rowOf()] })
    bridge.answer('tickets.thread', () => refuse('storage-failed'))
    await user.click(row(272298))
    const alert = await within(thread()).findByRole('alert')
    expect(alert).toBeVisible()
    bridge.answer('tickets.thread', () => threadOf(rowOf()))
    await user.click(button('Try again'))
    await waitFor(() => expect(messages()).toHaveLength(2))
  })

  test('shows skeletons until it is here', async () => {
    const { user, bridge } = await openInbox({ rows: [rowOf()] })
    bridge.answer('tickets.thread', () => new Promise(() => undefined))
    await user.click(row(272298))
    expect(within(thread()).getByRole('status', { name: 'Loading' })).toBeInTheDocument()
  })

  test('shows a reply that comes meanwhile', async () => {
    const all = [messageOf()]
    const { change } = await opened({ messages: all })
    all.push(
      staffMessageOf({
        key: 'later',
        body: [{ kind: 'prose', segments: [{ kind: 'text', text: 'Düzelttik.' }] }]
      })
    )
    change(272298, { replyCount: 2 })
    expect(await screen.findByText('Düzelttik.')).toBeVisible()
  })
})

describe('a reply that comes while one reads further up', () => {
  const all = [messageOf()]
  const later = staffMessageOf({
    key: 'later',
    body: [{ kind: 'prose', segments: [{ kind: 'text', text: 'Düzelttik.' }] }],
    unread: true
  })
  const rect = (top: number, height: number): DOMRect => new DOMRect(0, top, 400, height)
  /** Opens a thread with a height of 700 px, in which the new reply is at `top`. */
  async function arrived(top: () => number): Promise<OpenInbox> {
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
      return this.getAttribute('data-key') === 'later' ? rect(top(), 200) : rect(0, 700)
    })
    let shown = all
    const inbox = await opened({}, { thread: (row) => threadOf(row, { messages: shown }) })
    vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(2000)
    shown = [...all, later]
    inbox.change(272298, { replyCount: 2, unread: 1 })
    await screen.findByText('Düzelttik.')
    return inbox
  }

  test('is not read until it is in view', async () => {
    let top = 900
    const { bridge } = await arrived(() => top)
    expect(await screen.findByRole('button', { name: 'New reply' })).toBeVisible()
    await fireEvent(window, new Event('focus'))
    expect(bridge.argsOf('tickets.read')).toEqual([])
    top = 300
    await fireEvent.scroll(thread())
    expect(bridge.argsOf('tickets.read')).toHaveLength(1)
    await waitFor(() => expect(screen.queryByRole('button', { name: 'New reply' })).toBeNull())
  })

  test('is one press away', async () => {
    let top = 900
    const { user, bridge } = await arrived(() => top)
    vi.spyOn(Element.prototype, 'scrollIntoView').mockImplementation(function (this: Element) {
      if (this.getAttribute('data-key') === 'later') top = 8
    })
    await user.click(await screen.findByRole('button', { name: 'New reply' }))
    expect(top).toBe(8)
    expect(thread()).toHaveFocus()
    expect(bridge.argsOf('tickets.read')).toHaveLength(1)
  })
})

describe('the heading', () => {
  test('says for whom it waits and since when, and how fast the staff answered', async () => {
    await opened({
      waitingSince: Date.now() - 3.5 * minute,
      firstResponseMs: 11 * minute,
      lastResponseMs: 125 * minute
    })
    expect(text(header())).toMatch(
      /Answered.*waiting for you for 3 min.*Hosting Hizmetleri.*S952157.*first response in 11 min.*last response in 2 h 5 min/
    )
  })

  test('says so for the staff, and nothing of it once the ticket is closed', async () => {
    const { change } = await opened({
      waitingSince: Date.now() - 2.5 * hour - 0.5 * minute,
      firstResponseMs: null,
      lastResponseMs: null
    })
    change(272298, { waitingFor: 'staff' })
    await waitFor(() => expect(text(header())).toContain('waiting for the support staff for 2 h 30 min'))
    expect(text(header())).not.toContain('response')
    change(272298, { waitingFor: 'nobody', status: { kind: 'closed', text: 'Kapalı' } })
    await waitFor(() => expect(text(header())).not.toContain('waiting'))
    expect(screen.queryByRole('button', { name: 'Close ticket' })).toBeNull()
    expect(screen.getByText('This ticket is closed; your reply will reopen it.')).toBeVisible()
  })

  test('names the account when there are several', async () => {
    await opened({}, { state: stateOf({ accounts: [accountOf(), accountOf({ id: 'b', name: 'Beta' })] }) })
    expect(text(header())).toContain('Örnek Bilişim')
  })

  test('copies the number, exports, and makes unread what stays so', async () => {
    const { user, bridge } = await opened()
    const pick = async (name: string): Promise<void> => {
      await user.click(within(header()).getByRole('button', { name: 'More actions' }))
      await user.click(screen.getByRole('menuitem', { name }))
    }
    await pick('Copy ticket number')
    expect(bridge.argsOf('clipboard.write')).toEqual([{ text: '272298' }])
    await pick('Export as Markdown')
    expect(bridge.argsOf('tickets.export')).toEqual([
      { refs: [{ accountId: 'a', ticketId: 272298 }], format: 'markdown' }
    ])
    await pick('Mark as unread')
    await waitFor(() => expect(row(272298)).toHaveTextContent('1 unread reply'))
    expect(bridge.argsOf('tickets.read')).toEqual([])
    await pick('Mark as read')
    await waitFor(() => expect(row(272298)).not.toHaveTextContent('unread'))
  })
})

describe('a reply', () => {
  test('is kept as a draft of its own ticket', async () => {
    const inbox = await opened()
    await inbox.user.type(replyBox(), 'Yarım')
    expect(inbox.bridge.argsOf('drafts.reply').at(-1)).toEqual({
      ref: { accountId: 'a', ticketId: 272298 },
      text: 'Yarım'
    })
    await openTicket(inbox, 5)
    await waitFor(() => expect(replyBox()).toHaveValue(''))
    await openTicket(inbox, 272298)
    await waitFor(() => expect(replyBox()).toHaveValue('Yarım'))
  })

  test('shows what main puts below the draft meanwhile, and neither is lost', async () => {
    const { user, bridge } = await opened()
    await user.type(replyBox(), 'Yarım')
    ;(replyBox() as HTMLTextAreaElement).setSelectionRange(2, 2)
    const ref = { accountId: 'a', ticketId: 272298 }
    bridge.emit('draft', { ...ref, ticketId: 5, added: 'Başka biletin' })
    bridge.emit('draft', { ...ref, added: 'Bildirimden yazılan' })
    await waitFor(() => expect(replyBox()).toHaveValue('Yarım\n\nBildirimden yazılan'))
    expect(bridge.argsOf('drafts.reply').at(-1)).toEqual({
      ref,
      text: 'Yarım\n\nBildirimden yazılan'
    })
    expect(replyBox()).toHaveFocus()
    await user.keyboard('!')
    expect(replyBox()).toHaveValue('Ya!rım\n\nBildirimden yazılan')
  })

  test('shows it as well when it comes before the thread does', async () => {
    const inbox = await openInbox({ rows: [rowOf()] })
    let answer: () => void = () => undefined
    inbox.bridge.answer(
      'tickets.thread',
      () => new Promise((resolve) => (answer = () => resolve(threadOf(rowOf()))))
    )
    await inbox.user.click(row(272298))
    const early = answer
    inbox.bridge.answer('tickets.thread', () => threadOf(rowOf(), { draft: 'Bildirimden yazılan' }))
    inbox.bridge.emit('draft', { accountId: 'a', ticketId: 272298, added: 'Bildirimden yazılan' })
    early()
    await waitFor(() => expect(replyBox()).toHaveValue('Bildirimden yazılan'))
  })

  test('goes into the outbox with Ctrl+Enter, and the box is empty for the next', async () => {
    const { user, bridge, deliver } = await opened()
    await user.type(replyBox(), 'Teşekkürler{Control>}{Enter}{/Control}')
    await waitFor(() =>
      expect(bridge.argsOf('tickets.reply')).toEqual([
        { ref: { accountId: 'a', ticketId: 272298 }, text: 'Teşekkürler' }
      ])
    )
    await waitFor(() => expect(replyBox()).toHaveValue(''))
    expect(replyBox()).toHaveFocus()
    const waiting = await within(thread()).findByRole('article', { name: 'Waiting to be sent' })
    expect(waiting).toHaveTextContent('Teşekkürler')
    deliver()
    await waitFor(() => expect(screen.queryByRole('article', { name: 'Waiting to be sent' })).toBeNull())
  })

  test('that was sent is brought into view, where it waits', async () => {
    const { user } = await opened()
    const shown: (string | null)[] = []
    vi.spyOn(Element.prototype, 'scrollIntoView').mockImplementation(function (this: Element) {
      shown.push(this.getAttribute('aria-label'))
    })
    // The user has scrolled up.
    vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(2000)
    await user.type(replyBox(), 'Teşekkürler{Control>}{Enter}{/Control}')
    await within(thread()).findByRole('article', { name: 'Waiting to be sent' })
    await waitFor(() => expect(shown.at(-1)).toBe('Waiting to be sent'))
  })

  test('is sent by ⌘+Enter on a Mac, and not by Enter alone', async () => {
    const info = {
      version: '0.1.0',
      platform: 'darwin',
      host: 'electron',
      keychain: true,
      newTicketCommand: null,
      reportTo: null
    } as const
    const { user, bridge } = await opened({}, { state: stateOf({ info }) })
    await user.type(replyBox(), 'Bir{Enter}iki')
    expect(bridge.argsOf('tickets.reply')).toEqual([])
    expect(screen.getByText('⌘Enter')).toBeVisible()
    await user.keyboard('{Meta>}{Enter}{/Meta}')
    expect(bridge.argsOf('tickets.reply')).toMatchObject([{ text: 'Bir\niki' }])
  })

  test('of nothing cannot be sent', async () => {
    const { user, bridge } = await opened()
    await user.type(replyBox(), '   {Control>}{Enter}{/Control}')
    expect(button('Reply')).toBeDisabled()
    expect(bridge.argsOf('tickets.reply')).toEqual([])
  })

  test('that could not be put into the outbox stays where it was typed, with the reason', async () => {
    const { user, bridge } = await opened()
    bridge.answer('tickets.reply', () => refuse('storage-full'))
    await user.type(replyBox(), 'Önemli')
    await user.click(button('Reply'))
    expect(await screen.findByText(/The disk is full/)).toBeVisible()
    expect(replyBox()).toHaveValue('Önemli')
  })

  test('says that letters will be replaced only where they are, and shows them on demand', async () => {
    const { user } = await opened()
    await user.type(replyBox(), 'Tamam')
    expect(screen.queryByText(/letters will be replaced/)).toBeNull()
    await user.type(replyBox(), ', teşekkürler')
    expect(await screen.findByText(/Turkish letters will be replaced: 2 letters/)).toBeVisible()
    await user.click(button('Preview'))
    const preview = screen.getByRole('region', { name: 'Text as it will be sent' })
    expect(preview).toHaveTextContent('Tamam, tesekkurler')
    expect([...preview.querySelectorAll('u')].map(text)).toEqual(['s', 'u'])
  })

  test('of an account that sends texts as they are written says nothing, and is sent at once', async () => {
    const accounts = [accountOf({ sentForm: 'as-written' })]
    const { user, bridge } = await opened({}, { state: stateOf({ accounts }) })
    await user.type(replyBox(), 'Şifre: ğül1881 🚀')
    expect(screen.queryByText(/replaced/)).toBeNull()
    await user.click(button('Reply'))
    await waitFor(() => expect(bridge.argsOf('tickets.reply')).toMatchObject([{ text: 'Şifre: ğül1881 🚀' }]))
  })

  test.each(['Tamam 🚀', 'ŞİFRE=ğü$'])(
    'that would not arrive as it is (%s) is held back with a warning, and goes when it is sent again',
    async (typed) => {
      const { user, bridge } = await opened()
      await user.type(replyBox(), typed)
      await user.keyboard('{Control>}{Enter}{/Control}')
      expect(await screen.findByRole('alert')).toHaveTextContent(
        typed.includes('🚀') ? '🚀' : 'ŞİFRE=ğü$ → SIFRE=gu$'
      )
      expect(bridge.argsOf('tickets.reply')).toEqual([])
      expect(replyBox()).toHaveValue(typed)
      await user.click(button('Send anyway'))
      await waitFor(() => expect(bridge.argsOf('tickets.reply')).toMatchObject([{ text: typed }]))
    }
  )

  test('that was changed after a warning is looked at again', async () => {
    const { user, bridge } = await opened()
    await user.type(replyBox(), 'Tamam 🚀')
    await user.click(button('Reply'))
    await screen.findByRole('alert')
    await user.type(replyBox(), ' 中')
    await user.click(button('Reply'))
    expect(await screen.findByRole('alert')).toHaveTextContent('🚀 中')
    expect(bridge.argsOf('tickets.reply')).toEqual([])
  })

  test('takes a saved reply at the cursor, with its places filled in', async () => {
    const snippets = [{ name: 'Thanks', text: 'Merhaba {name}, {ticket} için teşekkürler.' }]
    const { user } = await opened({}, { state: stateOf({ settings: settingsOf({ snippets }) }) })
    await user.type(replyBox(), 'Son söz.')
    ;(replyBox() as HTMLTextAreaElement).setSelectionRange(0, 0)
    await user.click(button('Saved replies'))
    await user.keyboard('{Enter}')
    expect(replyBox()).toHaveValue('Merhaba Ayşe Öztürk, #272298 için teşekkürler.Son söz.')
    expect(replyBox()).toHaveFocus()
  })

  test('quotes what is selected in the thread', async () => {
    const { user } = await opened()
    const words = messages()[0]?.querySelector('.message-text') ?? document.body
    getSelection()?.selectAllChildren(words)
    await fireEvent(document, new Event('selectionchange'))
    await user.click(await screen.findByRole('button', { name: 'Quote selection' }))
    expect(replyBox()).toHaveValue('> Sunucuma SSH ile bağlanamıyorum, bağlantı zaman aşımına uğruyor.\n\n')
    expect(replyBox()).toHaveFocus()
  })

  test('quotes what the staff said last without a mouse, from the palette', async () => {
    const { user } = await opened({
      messages: [
        messageOf(),
        staffMessageOf({ text: 'Düzelttik.\nDener misiniz?' }),
        messageOf({ key: 'm3' })
      ]
    })
    await user.keyboard('{Control>}k{/Control}quote{Enter}')
    await waitFor(() => expect(replyBox()).toHaveValue('> Düzelttik.\n> Dener misiniz?\n\n'))
    expect(replyBox()).toHaveFocus()
  })
})

describe('what waits to be sent', () => {
  const refused = outboxOf({
    state: 'refused',
    problem: { kind: 'refused', serverMessage: 'Mesaj boş olamaz.' }
  })

  test('says where it stands, in words', async () => {
    const { bridge } = await opened({}, { state: stateOf({ outbox: [outboxOf()] }) })
    for (const [item, words] of [
      [outboxOf(), 'Waiting to be sent'],
      [outboxOf({ state: 'sending' }), 'Sending'],
      [outboxOf({ state: 'uncertain' }), 'Not certain yet that it arrived'],
      [outboxOf({ state: 'sent' }), 'Sent; the server’s list does not show it yet'],
      [refused, 'The server says: “Mesaj boş olamaz.”']
    ] as const) {
      bridge.emit('outbox', { changed: [item], removed: [] })
      expect(await within(thread()).findByText(new RegExp(words))).toBeVisible()
    }
    bridge.emit('outbox', {
      changed: [outboxOf({ state: 'uncertain', problem: { kind: 'timeout' } })],
      removed: []
    })
    // A network problem does not tell whether the message arrived, so it is not shown, and sending again is not offered.
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Send again' })).toBeNull())
    expect(within(thread()).getByText(/will not be sent twice/)).toBeVisible()
    expect(within(thread()).queryByText(/did not answer|tried again/)).toBeNull()
  })

  test('that was refused goes again, or back into the box', async () => {
    const { user, bridge } = await opened({}, { state: stateOf({ outbox: [refused] }) })
    await user.type(replyBox(), 'Ayrıca')
    await user.click(button('Send again'))
    expect(bridge.argsOf('outbox.retry')).toEqual([{ id: 'o1' }])
    await user.click(button('Edit'))
    await waitFor(() => expect(replyBox()).toHaveValue('Ayrıca\n\nTeşekkürler, şimdi çalışıyor.'))
    expect(replyBox()).toHaveFocus()
    expect(screen.queryByRole('article', { name: 'Not sent' })).toBeNull()
  })

  test('cannot be changed while it is on its way', async () => {
    await opened({}, { state: stateOf({ outbox: [outboxOf({ state: 'sending' })] }) })
    expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull()
  })
})

describe('words that the server’s list does not show', () => {
  test('stay in the thread, marked as sent from here', async () => {
    await opened({ messages: [messageOf(), messageOf({ key: 'm3', origin: 'local', text: 'Yerel' })] })
    expect(messages()[0]).not.toHaveTextContent('sent from this computer')
    expect(messages()[1]).toHaveTextContent('sent from this computer; the server does not list replies')
  })

  test('stay in view until the thread is here that shows them', async () => {
    const item = outboxOf({ state: 'sent' })
    const inbox = await opened({}, { state: stateOf({ outbox: [item] }) })
    const answers: ((value: Thread) => void)[] = []
    inbox.bridge.answer('tickets.thread', () => new Promise((resolve) => answers.push(resolve)))
    const stays = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect(within(thread()).getByText('Teşekkürler, şimdi çalışıyor.')).toBeVisible()
    }
    inbox.setOutbox([])
    await stays()
    // After a newer request, the answer to the first one is ignored.
    inbox.change(272298, { replyCount: 3 })
    await waitFor(() => expect(answers).toHaveLength(2))
    answers[0]?.(threadOf(rowOf()))
    await stays()
    const shown = messageOf({
      key: 'm3',
      body: [{ kind: 'prose', segments: [{ kind: 'text', text: 'Teşekkürler, şimdi çalışıyor.' }] }],
      text: 'Teşekkürler, şimdi çalışıyor.'
    })
    answers[1]?.(threadOf(rowOf(), { messages: [messageOf(), shown] }))
    await waitFor(() => expect(screen.queryByRole('article', { name: /^Sent/ })).toBeNull())
    expect(within(thread()).getAllByText('Teşekkürler, şimdi çalışıyor.')).toHaveLength(1)
  })
})

describe('a reply that the list already has', () => {
  test('is shown once, also before the window is told that it left the outbox', async () => {
    const item = outboxOf({ state: 'uncertain' })
    const inbox = await opened({}, { state: stateOf({ outbox: [item] }) })
    const text = 'Teşekkürler, şimdi çalışıyor.'
    const shown = messageOf({
      key: 'm3',
      body: [{ kind: 'prose', segments: [{ kind: 'text', text }] }],
      text
    })
    const isShownOnce = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect(screen.queryByRole('article', { name: /^Checking/ })).toBeNull()
      expect(within(thread()).getAllByText(text)).toHaveLength(1)
      expect(messages().at(-1)).toHaveAccessibleName('You')
    }
    inbox.bridge.answer('tickets.thread', () =>
      threadOf(rowOf(), { messages: [messageOf(), shown], finishedEntryIds: [item.id] })
    )
    inbox.change(272298, { replyCount: 3 })
    await waitFor(() => expect(screen.queryByRole('article', { name: /^Checking/ })).toBeNull())
    await isShownOnce()
    // The thread is loaded once more after this; until then the one that has the reply is shown.
    inbox.bridge.answer('tickets.thread', () => new Promise(() => undefined))
    inbox.setOutbox([])
    await isShownOnce()
  })
})

describe('a ticket that the server lists no longer', () => {
  test('stays open with what is written in it, and says so', async () => {
    const inbox = await opened()
    await inbox.user.type(replyBox(), 'Yarım')
    inbox.change(272298, { gone: true, draft: true })
    await waitFor(() => expect(text(header())).toContain('No longer in the list'))
    expect(replyBox()).toHaveValue('Yarım')
    expect(screen.getByText(/This ticket is no longer on the server/)).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Close ticket' })).toBeNull()
  })
})

describe('a text that is too long', () => {
  const paste = async ({ user }: OpenInbox, length: number): Promise<void> => {
    await user.click(replyBox())
    await user.paste('a'.repeat(length))
  }

  test('is counted before it is', async () => {
    const inbox = await opened()
    await paste(inbox, 90_000)
    expect(screen.queryByText(/^Letters:/)).toBeNull()
    await paste(inbox, 5)
    expect(await screen.findByText('Characters: 90,005 of 100,000')).toBeVisible()
    expect(button('Reply')).toBeEnabled()
  })

  test('is kept, said, and not sent', async () => {
    const inbox = await opened()
    await paste(inbox, 100_001)
    expect(await screen.findByText(/^1 character too long; the limit is 100,000\./)).toBeVisible()
    expect(button('Reply')).toBeDisabled()
    await inbox.user.keyboard('{Control>}{Enter}{/Control}')
    expect(inbox.bridge.argsOf('tickets.reply')).toEqual([])
    expect(inbox.bridge.argsOf('drafts.reply').at(-1)?.text).toHaveLength(100_001)
    await inbox.user.keyboard('{Backspace}')
    await waitFor(() => expect(button('Reply')).toBeEnabled())
  })
})

describe('attachments', () => {
  const image = 'data:image/png;base64,iVBORw0KGgo='
  const showing = async (attachments: ThreadMessage['attachments']): Promise<OpenInbox> => {
    const inbox = await openInbox({
      rows: [rowOf()],
      thread: (row) => ({ ...threadOf(row), messages: [staffMessageOf({ attachments })] })
    })
    await openTicket(inbox, rowOf().id)
    return inbox
  }
  const url = 'https://files.example.com/fw.png'
  const ref = { accountId: 'a', ticketId: rowOf().id }

  test('that are images are shown in place once one asks for it, and not before', async () => {
    const { user, bridge } = await showing([{ kind: 'link', url, name: 'fw.png' }])
    bridge.answer('attachments.image', () => image)
    expect(screen.queryByRole('img', { name: 'fw.png' })).toBeNull()
    expect(bridge.argsOf('attachments.image')).toEqual([])
    await user.click(button('Show fw.png'))
    expect(await screen.findByRole('img', { name: 'fw.png' })).toHaveAttribute('src', image)
    expect(bridge.argsOf('attachments.image')).toEqual([{ ref, url }])
    expect(screen.queryByRole('button', { name: 'Show fw.png' })).toBeNull()
  })

  test('that are none after all, or cannot be had, are said to be so', async () => {
    const { user, bridge } = await showing([{ kind: 'link', url, name: 'fw.png' }])
    bridge.answer('attachments.image', () => refuse('too-large'))
    await user.click(button('Show fw.png'))
    expect(await screen.findByRole('alert')).toBeVisible()
    bridge.answer('attachments.image', () => null)
    await user.click(button('Show fw.png'))
    expect(
      await screen.findByText(
        'It cannot be shown here: it is not an image, or too large. You can save and open it.'
      )
    ).toBeVisible()
  })

  test('are saved, and say that they were', async () => {
    const { user, bridge } = await showing([
      { kind: 'link', url: 'https://files.example.com/a.log', name: 'a.log' }
    ])
    bridge.answer('attachments.save', () => true)
    expect(screen.queryByRole('button', { name: /^Show a.log/ })).toBeNull()
    await user.click(button('Save as: a.log'))
    expect(await screen.findByText('File saved', { selector: '.told' })).toBeVisible()
  })

  test('without a link say where they can be opened', async () => {
    const { user, bridge } = await showing([{ kind: 'text', text: 'syslog.txt' }])
    expect(screen.getByText(/The API gives no link to this file/)).toBeVisible()
    await user.click(button('Open in panel'))
    expect(bridge.argsOf('tickets.openInPanel')).toEqual([ref])
  })
})

test('messages are gone through by keyboard, and the one in focus is copied', async () => {
  const inbox = await openInbox()
  inbox.bridge.answer('clipboard.write', () => null)
  await openTicket(inbox, 272298)
  thread().focus()
  await inbox.user.keyboard('{Shift>}K{/Shift}')
  expect(messages().at(-1)).toHaveFocus()
  await inbox.user.keyboard('{Shift>}K{/Shift}c')
  expect(messages().at(-2)).toHaveFocus()
  const [copied] = inbox.bridge.argsOf('clipboard.write') as readonly { readonly text: string }[]
  expect(copied?.text).toBeTruthy()
  expect(messages().at(-2)).toHaveTextContent(copied?.text.slice(0, 20) ?? '')
})
