import { screen, waitFor, within } from '@testing-library/svelte'
import { tick } from 'svelte'
import { describe, expect, test } from 'vitest'
import type { OutboxItem, OutboxRecord } from '../../../electron/tickets/views.ts'
import {
  accountOf,
  day,
  hour,
  newTicketOutbox,
  outboxOf,
  outboxRecordOf,
  rowOf,
  stateOf
} from '../../support/builders.ts'
import { refuse } from '../../support/fake-bridge.ts'
import { button, list, openInbox, openTicket, thread, type OpenInbox } from '../../support/inbox.ts'

const reply = (id: string, change: Partial<OutboxItem> = {}): OutboxItem => outboxOf({ id, ...change })
const refused = reply('r', {
  state: 'refused',
  problem: { kind: 'refused', serverMessage: 'Mesaj çok kısa.' }
})
const waits = reply('w', { problem: { kind: 'unreachable' }, nextAttemptAt: Date.now() + hour })
const record = (id: string, change: Partial<OutboxRecord> = {}): OutboxRecord =>
  outboxRecordOf({ id, ...change })

async function opened(
  outbox: readonly OutboxItem[],
  history: readonly OutboxRecord[] = [],
  accounts = [accountOf()]
): Promise<OpenInbox> {
  const inbox = await openInbox({ rows: [rowOf()], state: stateOf({ outbox, accounts }), history })
  list().focus()
  await inbox.user.keyboard('{Control>}k{/Control}outbox{Enter}')
  await screen.findByRole('heading', { name: 'Outbox', level: 1 })
  return inbox
}
const part = (name: string): HTMLElement => screen.getByRole('region', { name })

describe('the marks beside the filters', () => {
  test('tell what waits apart from what was not sent or waits for a decision', async () => {
    const undecided = reply('u', { state: 'undecided', question: { kind: 'cannot-tell' } })
    const { setOutbox } = await openInbox({
      rows: [rowOf()],
      state: stateOf({ outbox: [waits, reply('s', { state: 'sending' }), refused, undecided] })
    })
    expect(button('2 messages waiting to be sent')).toHaveClass('waiting')
    expect(button('1 message not sent, 1 message waiting for your decision')).toHaveClass('trouble')
    setOutbox([reply('x', { state: 'sent' })])
    await waitFor(() => expect(screen.queryByRole('button', { name: /waiting to be sent/ })).toBeNull())
    expect(screen.queryByRole('button', { name: /not sent/ })).toBeNull()
  })

  test('lead to the outbox, and Esc leads back', async () => {
    const { user } = await openInbox({ rows: [rowOf()], state: stateOf({ outbox: [refused] }) })
    await user.click(button('1 message not sent'))
    expect(await screen.findByRole('heading', { name: 'Outbox', level: 1 })).toHaveFocus()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(list()).toBeInTheDocument())
  })
})

test('main can ask for the outbox', async () => {
  const { bridge } = await openInbox({ rows: [rowOf()] })
  bridge.emit('navigate', { to: 'outbox' })
  expect(await screen.findByRole('heading', { name: 'Outbox', level: 1 })).toBeVisible()
  expect(screen.getByText('The outbox is empty')).toBeVisible()
  expect(await screen.findByText('Nothing has been sent yet.')).toBeVisible()
})

describe('the outbox', () => {
  test('groups what is in it by what is to be done, with its ticket and the reason', async () => {
    await opened([waits, refused, reply('s', { state: 'sent' }), newTicketOutbox({ state: 'uncertain' })])
    expect(within(part('Waiting for you')).getByRole('article')).toHaveTextContent('Mesaj çok kısa.')
    expect(within(part('Waiting for you')).getByText(/SSH ile bağlanamıyorum/)).toBeVisible()
    expect(within(part('Waiting to be sent')).getAllByRole('article')).toHaveLength(2)
    expect(part('Waiting to be sent')).toHaveTextContent('New ticket: Yedekleme görevi başarısız')
    expect(part('Sent, not in the list yet')).toHaveTextContent('Teşekkürler, şimdi çalışıyor.')
  })

  test('offers to send again only what the server has not taken', async () => {
    await opened([
      refused,
      reply('s', { state: 'sent' }),
      reply('c', { state: 'uncertain', problem: { kind: 'timeout' } }),
      reply('x', { state: 'refused', problem: { kind: 'other-customer' } })
    ])
    expect(screen.getAllByRole('button', { name: 'Send again' })).toHaveLength(1)
    expect(screen.queryByRole('button', { name: 'Send all again' })).toBeNull()
  })

  test('sends all again that may go again, at once', async () => {
    const { user, bridge } = await opened([refused, waits, reply('s', { state: 'sent' })])
    await user.click(button('Send all again'))
    expect(bridge.argsOf('outbox.retryAll')).toEqual([{ ids: ['r', 'w'] }])
  })

  test('cancels all once asked, and says how many', async () => {
    const { user, bridge } = await opened([refused, waits, reply('s', { state: 'sending' })])
    bridge.answer('outbox.cancelAll', () => ({ cancelled: 2 }))
    await user.click(button('Cancel all'))
    const dialog = screen.getByRole('dialog', { name: 'Cancel 2 messages?' })
    await user.click(within(dialog).getByRole('button', { name: 'Back' }))
    expect(bridge.argsOf('outbox.cancelAll')).toEqual([])
    await user.click(button('Cancel all'))
    await user.keyboard('{Enter}')
    expect(bridge.argsOf('outbox.cancelAll')).toEqual([{ ids: ['r', 'w'] }])
    await waitFor(() => expect(screen.getByRole('log')).toHaveTextContent('2 messages cancelled'))
  })

  test('throws away what was refused, and the focus stays', async () => {
    const { user, bridge } = await opened([refused])
    await user.click(within(part('Waiting for you')).getByRole('button', { name: 'Delete' }))
    expect(bridge.argsOf('outbox.decide')).toEqual([{ id: 'r', decision: 'discard', candidateKey: null }])
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Outbox', level: 1 })).toHaveFocus())
  })

  test('leads to the ticket in which a reply is edited', async () => {
    const { user } = await opened([refused])
    await user.click(button('Edit'))
    expect(await screen.findByRole('region', { name: /^#272298/ })).toBeVisible()
    await waitFor(() =>
      expect(screen.getByRole('textbox', { name: 'Message' })).toHaveValue('Teşekkürler, şimdi çalışıyor.')
    )
  })

  test('never sends to another customer what was written for this one', async () => {
    const { user, bridge } = await opened([
      reply('x', { state: 'refused', problem: { kind: 'other-customer' } })
    ])
    bridge.answer('clipboard.write', () => null)
    const card = within(part('Waiting for you')).getByRole('article')
    expect(card).toHaveTextContent('the account belonged to another customer')
    expect(within(card).queryByRole('button', { name: 'Send again' })).toBeNull()
    await user.click(within(card).getByRole('button', { name: 'Copy text' }))
    expect(bridge.argsOf('clipboard.write')).toEqual([{ text: 'Teşekkürler, şimdi çalışıyor.' }])
  })

  test('does not ask whether to send again what was written for another customer', async () => {
    const problem = { kind: 'other-customer' } as const
    const { user, bridge } = await opened([
      reply('x', { state: 'undecided', question: { kind: 'cannot-tell' }, problem })
    ])
    const card = within(part('Waiting for you')).getByRole('article')
    expect(card).toHaveTextContent('it will not be sent to this one')
    expect(within(card).queryByRole('button', { name: 'Send again' })).toBeNull()
    await user.click(within(card).getByRole('button', { name: 'Delete' }))
    expect(bridge.argsOf('outbox.decide')).toMatchObject([{ id: 'x', decision: 'discard' }])
  })
})

describe('the history', () => {
  const text = (element: Element): string => element.textContent.replace(/\s+/g, ' ').trim()

  test('says day by day what was sent and how it ended', async () => {
    await opened(
      [],
      [
        record('1', { end: 'confirmed', attempts: 3 }),
        record('2', {
          action: newTicketOutbox().action,
          end: 'kept-as-draft',
          ticketId: null
        }),
        record('3', { action: { kind: 'close', ticketId: 272298 }, endedAt: Date.now() - 3 * day })
      ]
    )
    const history = part('History')
    await waitFor(() => expect(within(history).getAllByRole('listitem')).toHaveLength(3))
    const [first, second, third] = within(history).getAllByRole('listitem').map(text)
    expect(first).toMatch(/Reply #272298 SSH ile.*Arrived; you confirmed it · 3 attempts.*Geçmişteki yanıt/)
    expect(second).toMatch(/New ticket Yedekleme görevi başarısız Kept as draft/)
    expect(third).toMatch(/Close request #272298/)
    expect(within(history).getAllByRole('heading', { level: 3 })).toHaveLength(2)
  })

  test('opens a ticket with Enter, and moves with the arrows', async () => {
    const { user } = await opened([], [record('1'), record('2', { endedAt: Date.now() - hour })])
    await waitFor(() => expect(within(part('History')).getAllByRole('listitem')).toHaveLength(2))
    const [first, second] = within(part('History')).getAllByRole('button', { name: /#272298/ })
    first?.focus()
    await user.keyboard('{ArrowDown}')
    expect(second).toHaveFocus()
    await user.keyboard('{ArrowUp}{Enter}')
    await waitFor(() => expect(thread()).toHaveFocus())
  })

  test('tells what ends while one looks at it', async () => {
    const { bridge } = await opened([waits])
    await screen.findByText('Nothing has been sent yet.')
    bridge.answer('outbox.history', () => [record('w')])
    bridge.emit('outbox', { changed: [], removed: ['w'] })
    expect(await screen.findByText('Arrived; in the server’s list', {}, { timeout: 3000 })).toBeVisible()
  })

  test('shows a long text whole, by keyboard too, and copies all of it', async () => {
    const long = `${'Uzun bir yanıt. '.repeat(30)}\n\nSon satır.`
    const { user, bridge } = await opened(
      [],
      [record('1', { action: { kind: 'reply', ticketId: 272298, text: long } }), record('2')]
    )
    bridge.answer('clipboard.write', () => null)
    const [showAll, ...others] = await screen.findAllByRole('button', { name: 'Show all' })
    expect([others, showAll?.getAttribute('aria-expanded')]).toEqual([[], 'false'])
    const shown = (): HTMLElement => screen.getByText(/Uzun bir yanıt/)
    expect(shown()).not.toHaveClass('whole')
    showAll?.focus()
    await user.keyboard('{Enter}')
    expect(shown()).toHaveClass('whole')
    expect(button('Show less')).toHaveFocus()
    expect(button('Show less')).toHaveAttribute('aria-expanded', 'true')
    await user.click(screen.getAllByRole('button', { name: 'Copy text' })[0] as HTMLElement)
    expect(bridge.argsOf('clipboard.write')).toEqual([{ text: long }])
    button('Show less').focus()
    await user.keyboard(' ')
    expect(shown()).not.toHaveClass('whole')
  })

  test.each(['taken-back', 'discarded', 'refused', 'kept-as-draft'] as const)(
    'offers to write again what did not arrive (%s): the reply box has it',
    async (end) => {
      const { user, bridge } = await opened(
        [],
        [record('1', { end }), record('2', { ticketId: 5, end: 'shown' })]
      )
      bridge.answer('outbox.writeAgain', () => record('1', { end }))
      const again = await screen.findAllByRole('button', { name: 'Write again' })
      expect(again).toHaveLength(1)
      again[0]?.focus()
      await user.keyboard('{Enter}')
      expect(bridge.argsOf('outbox.writeAgain')).toEqual([{ id: '1' }])
      await waitFor(() => expect(thread()).toHaveFocus())
    }
  )

  test('offers it not of what arrived, of a request to close, or of a reply whose ticket is gone', async () => {
    await opened(
      [],
      [
        record('1', { end: 'shown' }),
        record('2', { end: 'discarded', action: { kind: 'close', ticketId: 272298 } }),
        record('3', { end: 'discarded', action: { kind: 'reply', ticketId: 5, text: 'Eski' }, ticketId: 5 })
      ]
    )
    await screen.findByText('Eski')
    expect(screen.queryByRole('button', { name: 'Write again' })).toBeNull()
  })

  test('shows the new-ticket window; what cannot be a draft is said, and shows none', async () => {
    const made = record('1', { action: newTicketOutbox().action, end: 'discarded', ticketId: null })
    const { user, bridge } = await opened([], [made])
    bridge.answer('window.open', () => null)
    bridge.answer('outbox.writeAgain', () => made)
    await user.click(await screen.findByRole('button', { name: 'Write again' }))
    await waitFor(() => expect(bridge.argsOf('window.open')).toEqual([{ window: 'compose' }]))
    bridge.answer('outbox.writeAgain', () => refuse('storage-full'))
    await user.click(button('Write again'))
    expect(await screen.findByRole('alert')).toHaveTextContent('The disk is full')
    expect(bridge.argsOf('window.open')).toHaveLength(1)
  })

  test('of a ticket that is gone has its number, and leads nowhere', async () => {
    await opened([], [record('1', { ticketId: 5 })])
    await waitFor(() => expect(part('History')).toHaveTextContent('#5'))
    expect(within(part('History')).queryByRole('button', { name: /#5/ })).toBeNull()
  })
})

test('what a window does for an entry does not grow with how many there are', async () => {
  const inbox = await openInbox({ rows: [rowOf()] })
  const { bridge } = inbox
  await openTicket(inbox, 272298)
  let reads = 0
  const watched = (id: number): OutboxItem =>
    new Proxy(reply(`n${id}`, { action: { kind: 'close', ticketId: id } }), {
      get(target, key) {
        reads++
        return Reflect.get(target, key) as unknown
      }
    })
  /** Number of reads of entries while `count` more arrive one by one, rendering after each. */
  async function arriving(from: number, count: number): Promise<number> {
    reads = 0
    for (let i = from; i < from + count; i++) {
      bridge.emit('outbox', { changed: [watched(i)], removed: [] })
      await tick()
    }
    return reads
  }
  const few = await arriving(1, 100)
  await arriving(101, 800)
  expect(await arriving(901, 100)).toBeLessThanOrEqual(few)
  expect(button('1,000 messages waiting to be sent')).toBeVisible()
})

test.each([
  [{ kind: 'reply', ticketId: 272298, text: 'Olur' } as const, /Correct the text and send it again/],
  [{ kind: 'close', ticketId: 272298 } as const, /You can close the ticket in the panel/]
])('what the server refused says what can be done about that: %j', async (action, words) => {
  await opened([reply('r', { action, state: 'refused', problem: { kind: 'refused' } })])
  const entry = screen.getAllByRole('article')[0] as HTMLElement
  expect(entry).toHaveTextContent(words)
  if (action.kind === 'close') expect(entry).not.toHaveTextContent(/text/)
})
