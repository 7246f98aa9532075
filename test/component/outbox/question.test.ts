import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import type { OutboxItem, OutboxQuestion } from '../../../electron/tickets/views.ts'
import { refuse } from '../../support/fake-bridge.ts'
import { candidateOf, newTicketOutbox, outboxOf, rowOf, stateOf } from '../../support/builders.ts'
import { openInbox, openTicket, replyBox, thread, type OpenInbox } from '../../support/inbox.ts'

const candidate = candidateOf()
const similar: OutboxQuestion = { kind: 'similar', candidates: [candidate] }
const asked = (question: OutboxQuestion, change: Partial<OutboxItem> = {}): OutboxItem =>
  outboxOf({ state: 'undecided', attempts: 1, question, ...change })

async function inThread(item: OutboxItem): Promise<OpenInbox> {
  const inbox = await openInbox({
    rows: [rowOf({ outbox: 'undecided' })],
    state: stateOf({ outbox: [item] })
  })
  await openTicket(inbox, 272298)
  await within(thread()).findByRole('heading', { level: 3 })
  return inbox
}
const answer = (name: string): HTMLElement => screen.getByRole('button', { name })

describe('a message that may be the reply', () => {
  test('is shown beside it, with who wrote which, when, and the words that differ', async () => {
    await inThread(asked(similar))
    expect(screen.getByRole('heading', { name: 'Is this your reply?' })).toBeVisible()
    const own = screen.getByRole('group', { name: 'What you wrote' })
    const theirs = screen.getByRole('group', { name: 'On the server' })
    expect(own).toHaveTextContent('Teşekkürler, şimdi çalışıyor.')
    expect(theirs).toHaveTextContent('Teşekkürler, *** çalışıyor.')
    expect([...own.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['şimdi'])
    expect([...theirs.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['***'])
    expect(thread().querySelectorAll('figcaption time')).toHaveLength(2)
  })

  test('promises no other try, and warns of a second copy', async () => {
    await inThread(asked(similar, { problem: { kind: 'connection-lost' } }))
    expect(thread()).not.toHaveTextContent(/tried again|Not sent/)
    expect(answer('No, send again')).toHaveAccessibleDescription(/see the same message twice/)
    expect(within(thread()).queryByRole('button', { name: 'Send again' })).toBeNull()
  })

  test.each([
    ['Yes, it arrived', 'arrived', 'k1'],
    ['No, send again', 'send-again', null],
    ['Keep as draft', 'keep-as-draft', null]
  ])('is answered with “%s” by the mouse', async (name, decision, candidateKey) => {
    const { user, bridge } = await inThread(asked(similar))
    await user.click(answer(name))
    expect(bridge.argsOf('outbox.decide')).toEqual([{ id: 'o1', decision, candidateKey }])
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Is this your reply?' })).toBeNull())
  })

  test('is answered by the keyboard alone, and the focus stays in the thread', async () => {
    const { user, bridge } = await inThread(asked(similar))
    thread().focus()
    for (let i = 0; document.activeElement !== answer('Yes, it arrived') && i < 30; i++) await user.tab()
    await user.keyboard('{Enter}')
    expect(bridge.argsOf('outbox.decide')).toMatchObject([{ decision: 'arrived' }])
    await waitFor(() => expect(thread()).toHaveFocus())
  })

  test('goes back to where it is written', async () => {
    const { user, bridge } = await inThread(asked(similar))
    bridge.answer('outbox.decide', () => {
      bridge.emit('draft', { accountId: 'a', ticketId: 272298, added: 'Teşekkürler, şimdi çalışıyor.' })
      return null
    })
    await user.click(answer('Keep as draft'))
    await waitFor(() => expect(replyBox()).toHaveValue('Teşekkürler, şimdi çalışıyor.'))
    expect(replyBox()).toHaveFocus()
  })

  test('can be one of several', async () => {
    const other = { ...candidate, key: 'k2', text: 'Başka bir yanıt.', sentAt: null }
    const { user, bridge } = await inThread(asked({ kind: 'similar', candidates: [candidate, other] }))
    expect(thread()).toHaveTextContent('1 of 2')
    await user.click(answer('Next message'))
    expect(screen.getByRole('group', { name: 'On the server' })).toHaveTextContent('Başka bir yanıt.')
    expect(thread()).toHaveTextContent('time unknown')
    await user.click(answer('Yes, it arrived'))
    expect(bridge.argsOf('outbox.decide')).toMatchObject([{ candidateKey: 'k2' }])
  })

  test('says why a decision was not taken', async () => {
    const { user, bridge } = await inThread(asked(similar))
    bridge.answer('outbox.decide', () => refuse('storage-full'))
    await user.click(answer('Yes, it arrived'))
    expect(await screen.findByRole('alert')).toHaveTextContent('disk is full')
    expect(answer('Yes, it arrived')).toBeEnabled()
  })
})

test('what the server confirmed and does not show is asked about, with its words', async () => {
  const { user, bridge } = await inThread(asked({ kind: 'not-shown' }))
  expect(thread()).toHaveTextContent('The server confirmed it, but it is still not in the server’s list.')
  expect(thread()).toHaveTextContent('Teşekkürler, şimdi çalışıyor.')
  expect(answer('Send again')).toHaveAccessibleDescription(/twice/)
  await user.click(answer('It’s fine, it arrived'))
  expect(bridge.argsOf('outbox.decide')).toEqual([{ id: 'o1', decision: 'arrived', candidateKey: null }])
})

test('what nobody can tell is asked about in plain words', async () => {
  await inThread(asked({ kind: 'cannot-tell' }, { problem: { kind: 'timeout' } }))
  expect(thread()).toHaveTextContent('it is not known whether it arrived')
  expect(thread()).not.toHaveTextContent(/Not sent|tried again/)
})

test('a request to close is sent again or deleted, for there is nothing to keep', async () => {
  const { user, bridge } = await inThread(
    asked({ kind: 'cannot-tell' }, { action: { kind: 'close', ticketId: 272298 } })
  )
  expect(screen.queryByRole('button', { name: 'Keep as draft' })).toBeNull()
  await user.click(answer('Delete request'))
  expect(bridge.argsOf('outbox.decide')).toMatchObject([{ decision: 'discard' }])
})

test('a new ticket is asked about above the list, with the number of what it may be', async () => {
  const item = newTicketOutbox({
    state: 'undecided',
    question: { kind: 'similar', candidates: [{ ...candidate, ticketId: 915_331 }] }
  })
  const { user, bridge } = await openInbox({ rows: [rowOf()], state: stateOf({ outbox: [item] }) })
  await screen.findByRole('heading', { name: 'Is this your ticket?' })
  expect(screen.getByRole('group', { name: 'On the server, #915331' })).toBeVisible()
  await user.click(answer('Keep as draft'))
  expect(bridge.argsOf('outbox.decide')).toMatchObject([{ id: 'o2', decision: 'keep-as-draft' }])
  await waitFor(() => expect(bridge.argsOf('window.open')).toEqual([{ window: 'compose' }]))
})
