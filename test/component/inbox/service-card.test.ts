import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import type { Service } from '../../../electron/tickets/ticket.ts'
import { day, rowOf, threadOf } from '../../support/builders.ts'
import { openInbox, openTicket } from '../../support/inbox.ts'

async function opened(service: Partial<Service>, ticketService: string | null = 'S952157'): Promise<void> {
  const inbox = await openInbox({
    rows: [rowOf()],
    thread: (row) => threadOf(row, { service: ticketService })
  })
  inbox.bridge.answer('services.list', () => ({
    services: [{ id: '952157', product: 'SSD VDS II', status: 'Active', ...service }],
    isMissing: false,
    problem: null
  }))
  await openTicket(inbox, 272298)
}
const card = (): Promise<HTMLElement> => screen.findByText('SSD VDS II')

describe('the service of a ticket', () => {
  test('is named with its state, price and renewal', async () => {
    await opened({ price: '17.50$', renewsAt: Date.now() + 40 * day })
    expect((await card()).parentElement).toHaveTextContent(/SSD VDS II\s*Active\s*17\.50\$\s*renews \d/)
    expect(screen.getByText(/^renews/)).not.toHaveClass('soon')
  })

  test('says only what the server named', async () => {
    await opened({ status: '' })
    expect((await card()).parentElement?.textContent.trim()).toBe('SSD VDS II')
  })

  test('stands out when it is renewed soon or should have been', async () => {
    await opened({ renewsAt: Date.now() + 5 * day })
    await waitFor(() => expect(screen.getByText(/^renews/)).toHaveClass('soon'))
  })

  test('that is past says so', async () => {
    await opened({ renewsAt: Date.now() - 5 * day })
    expect(await screen.findByText(/^was due for renewal on/)).toHaveClass('past')
  })

  test('that no list names is only its number', async () => {
    await opened({}, 'S700700')
    await screen.findByText('S700700')
    expect(screen.queryByText('SSD VDS II')).toBeNull()
  })
})
