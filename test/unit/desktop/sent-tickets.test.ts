import { describe, expect, test } from 'vitest'
import { SentTickets } from '../../../electron/desktop/notifications/sent-tickets.ts'
import type { OutboxItem, OutboxRecord, OutboxState } from '../../../electron/tickets/views.ts'
import { newTicketOutbox, outboxOf } from '../../support/builders.ts'

const queuedAt = 1_000_000

function setUp() {
  const notified: string[] = []
  let items: readonly OutboxItem[] = []
  let records: readonly OutboxRecord[] = []
  let shown: readonly string[] = []
  let now = queuedAt
  const sent = new SentTickets({
    engine: { outgoing: { items: () => items, history: () => records } },
    windows: { isOnScreen: (name) => shown.includes(name) },
    messages: {
      notifyTicket: (end, title) => {
        notified.push(`${end}: ${title}`)
        return Promise.resolve()
      }
    },
    clock: { now: () => now }
  })
  return {
    notified,
    become: (...states: readonly OutboxState[]): void => {
      for (const state of states) {
        items = [newTicketOutbox({ state, queuedAt })]
        sent.changed()
      }
    },
    leave: (end: OutboxRecord['end'] | null): void => {
      const base = { ...newTicketOutbox({ queuedAt }), acknowledgedAt: null, endedAt: now, ticketId: null }
      items = []
      records = end === null ? [] : [{ ...base, end }]
      sent.changed()
    },
    reply: (): void => {
      for (const state of ['queued', 'sent'] as const) {
        items = [outboxOf({ state })]
        sent.changed()
      }
    },
    look: (...windows: readonly string[]) => void (shown = windows),
    pass: (ms: number) => void (now += ms)
  }
}
const title = 'Yedekleme görevi başarısız'

describe('a new ticket whose window is gone', () => {
  test('is reported as sent once, when the server accepted it', () => {
    const { become, leave, notified } = setUp()
    become('queued', 'sending')
    expect(notified).toEqual([])
    become('sent', 'sent')
    leave('shown')
    expect(notified).toEqual([`sent: ${title}`])
  })

  test.each(['shown', 'hidden', 'confirmed'] as const)(
    'that the list shows at once (%s) is reported, too',
    (end) => {
      const { become, leave, notified } = setUp()
      become('queued', 'sending', 'uncertain')
      leave(end)
      expect(notified).toEqual([`sent: ${title}`])
    }
  )

  test('is reported as refused', () => {
    const { become, notified } = setUp()
    become('queued', 'refused')
    expect(notified).toEqual([`refused: ${title}`])
  })

  test.each(['taken-back', 'kept-as-draft', 'discarded', null] as const)(
    'that ends otherwise (%s) is not reported as sent',
    (end) => {
      const { become, leave, notified } = setUp()
      become('queued')
      leave(end)
      expect(notified).toEqual([])
    }
  )
})

describe('nothing is reported', () => {
  test('while the inbox is visible', () => {
    const { become, look, notified } = setUp()
    look('inbox')
    become('queued', 'sent')
    expect(notified).toEqual([])
  })

  test('soon after queueing while the new-ticket window reports it itself', () => {
    const { become, look, pass, notified } = setUp()
    look('compose')
    become('queued', 'sent')
    expect(notified).toEqual([])
    become('queued')
    pass(3_600_000)
    become('sent')
    expect(notified).toEqual([`sent: ${title}`])
  })

  test('for replies, and for tickets sent before this run', () => {
    const { become, reply, notified } = setUp()
    reply()
    become('sent')
    expect(notified).toEqual([])
  })
})
