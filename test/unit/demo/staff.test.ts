import { expect, test, vi } from 'vitest'
import { TicketSystem } from '../../../electron/demo/ticket-system.ts'
import { demo, listOf, newTicket, now, post } from './demo.ts'

test('the staff answer the waiting ticket by themselves, signed, and only once', async () => {
  const server = await demo({ sample: true, staffReplyAfterMs: 5 })
  await vi.waitFor(async () => {
    const ticket = (await listOf(server, 'v2')).find(({ id }) => id === 272298)
    expect(ticket?.status).toBe('Yanıtlandı')
    expect(ticket?.replies).toHaveLength(1)
    expect(ticket?.replies[0]?.admin.trim()).not.toBe('')
    expect(ticket?.replies[0]?.message).toContain('______\r\n\r\nNetinternet - ')
  })
})

test('the staff answer what the person writes, new ticket and reply alike', async () => {
  const server = await demo({ staffReplyAfterMs: 5 })
  await post(server, 'v2', '/tickets/create', newTicket)
  await vi.waitFor(() => expect(server.tickets()).toMatchObject([{ status: 'answered', replies: 1 }]))
  const id = String(server.tickets()[0]?.id)
  await post(server, 'v2', '/tickets/reply', { id, reply: 'Peki.' })
  await vi.waitFor(() => expect(server.tickets()).toMatchObject([{ status: 'answered', replies: 3 }]))
})

test('the staff leave a ticket alone that was closed in the meantime', () => {
  const world = new TicketSystem(() => now, false)
  for (const status of ['closed', 'Closed', 'Kapalı']) world.addAutomaticStaffReply(world.add('x', status))
  world.addAutomaticStaffReply(4711)
  expect(world.tickets().map(({ replies }) => replies.length)).toEqual([0, 0, 0])
})
