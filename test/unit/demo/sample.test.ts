import { expect, test } from 'vitest'
import { sampleTickets, unansweredTicketId } from '../../../electron/demo/sample.ts'
import { now } from './demo.ts'

const tickets = sampleTickets(now)
const texts = tickets.flatMap(({ message, replies }) => [message, ...replies.map((reply) => reply.message)])
const day = 24 * 3600_000

test('there are some 25 tickets, each with its own id, and so have their replies', () => {
  expect(tickets.length).toBeGreaterThanOrEqual(25)
  expect(new Set(tickets.map(({ id }) => id)).size).toBe(tickets.length)
  const replies = tickets.flatMap((ticket) => ticket.replies.map(({ id }) => id))
  expect(new Set(replies).size).toBe(replies.length)
})

test('every status occurs, and one that nobody documented', () => {
  expect(new Set(tickets.map(({ status }) => status))).toEqual(
    new Set(['open', 'answered', 'customer-reply', 'on-hold', 'in-progress', 'closed', 'escalated'])
  )
})

test('status and last speaker agree', () => {
  for (const { id, status, replies } of tickets) {
    const staff = (replies.at(-1)?.admin ?? ' ').trim() !== ''
    if (status === 'answered') expect(staff, String(id)).toBe(true)
    if (status === 'open' || status === 'customer-reply') expect(staff, String(id)).toBe(false)
  }
})

test('one ticket is open and waits for the staff', () => {
  expect(tickets.find(({ id }) => id === unansweredTicketId)).toMatchObject({
    id: 272298,
    status: 'open',
    replies: []
  })
})

test('a newer ticket has a higher id, and a thread runs forward up to now', () => {
  const byAge = [...tickets].sort((a, b) => b.createdAt - a.createdAt)
  expect(byAge.map(({ id }) => id)).toEqual(byAge.map(({ id }) => id).sort((a, b) => b - a))
  for (const { createdAt, lastReplyAt, replies } of tickets) {
    const times = [createdAt, ...replies.map(({ sentAt }) => sentAt)]
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(lastReplyAt).toBe(times.at(-1))
    expect(lastReplyAt).toBeLessThan(now)
  }
  expect(now - (byAge[0]?.createdAt ?? 0)).toBeLessThan(day)
  expect(now - (byAge.at(-1)?.createdAt ?? 0)).toBeGreaterThan(365 * day)
})

test('threads are short and long; one message is very long', () => {
  const lengths = tickets.map(({ replies }) => replies.length)
  expect(Math.min(...lengths)).toBe(0)
  expect(Math.max(...lengths)).toBeGreaterThanOrEqual(7)
  expect(Math.max(...texts.map((text) => text.split('\n').length))).toBeGreaterThan(300)
})

test('attachments are one address, several by | or comma, and plain words', () => {
  const attachments = tickets.map(({ attachment }) => attachment).filter(Boolean)
  expect(attachments).toContainEqual(expect.stringMatching(/^https:[^|,]+$/))
  expect(attachments).toContainEqual(expect.stringMatching(/^https:[^|]+\|https:/))
  expect(attachments).toContainEqual(expect.stringMatching(/^https:[^,]+,https:/))
  expect(attachments).toContainEqual(expect.not.stringContaining(':'))
})

test('entities, both line ends, signatures and footers occur', () => {
  for (const part of ['&lt;', '&amp;', '\r\n', '______', 'IP Adresiniz: '])
    expect(
      texts.some((text) => text.includes(part)),
      part
    ).toBe(true)
})

test('addresses and domains are those set aside for documentation', () => {
  const all = texts.join('\n')
  const ips = all.match(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g) ?? []
  expect(ips.length).toBeGreaterThan(3)
  for (const ip of ips) expect(ip).toMatch(/^(192\.0\.2|198\.51\.100|203\.0\.113)\./)
  const hosts = all.match(/(?<=https?:\/\/|@)[a-z0-9.-]+[a-z]/g) ?? []
  expect(hosts.length).toBeGreaterThan(2)
  for (const host of hosts) expect(host).toMatch(/(^|\.)example(\.(com|org|net))?$/)
})
