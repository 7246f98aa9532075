import { describe, expect, test } from 'vitest'
import type { DemoServer } from '../../support/demo/api.ts'
import { serverBehaviourNamed, serverBehaviours } from '../../support/demo/server-behaviours.ts'
import { rewrites } from '../../support/demo/rewrites.ts'
import { demo, get, listOf, newTicket, now, post, type WireTicket } from './demo.ts'

const minute = 60_000

/** A demo server with one ticket and the named behaviour. `pass` advances its clock. */
async function serverWithBehaviour(
  name: string
): Promise<{ server: DemoServer; id: number; pass: (ms: number) => void }> {
  let at = now
  const server = await demo({ now: () => at })
  const id = server.addTicket({ message: 'x' })
  server.setBehaviour(serverBehaviourNamed(name))
  return { server, id, pass: (ms) => (at += ms) }
}

const reply = (server: DemoServer, id: number, text: string): Promise<Response> =>
  post(server, 'v1', '/tickets/reply', { id: String(id), reply: text })
const replies = async (server: DemoServer): Promise<WireTicket['replies']> =>
  (await listOf(server, 'v1'))[0]?.replies ?? []

describe('a server behaviour', () => {
  test.each([
    ['escaped twice', 'a < "b"', 'a &amp;lt; &amp;quot;b&amp;quot;'],
    ['tags stripped', '<VirtualHost *:80> satırı', ' satırı'],
    ['line breaks as HTML', 'a\nb', 'a<br />\nb'],
    ['slashes added', "it's C:\\x", "it\\'s C:\\\\x"],
    ['slashes stripped', 'C:\\inetpub\\\\logs', 'C:inetpub\\logs'],
    ['digits masked', 'kart 4111111111111111', 'kart ************1111'],
    ['wrapped within words at 40', 'x'.repeat(50), `${'x'.repeat(40)}\n${'x'.repeat(10)}`]
  ])('%s: what is written is stored so', async (name, written, stored) => {
    const { server, id } = await serverWithBehaviour(name)
    await reply(server, id, written)
    await post(server, 'v1', '/tickets/create', { ...newTicket, message: written })
    const list = await listOf(server, 'v1')
    for (const message of [list[0]?.message, list[1]?.replies[0]?.message])
      expect(message).toBe(`${stored}\n\n-----------------\nIP Adresiniz: 127.0.0.1`)
  })

  test('hides replies: only the date of the last change moves', async () => {
    const { server, id, pass } = await serverWithBehaviour('hides replies')
    pass(minute)
    await reply(server, id, 'Merhaba')
    const [ticket] = await listOf(server, 'v1')
    expect(ticket?.replies).toEqual([])
    expect(ticket?.lastreply).not.toBe(ticket?.date)
  })

  test.each([
    ['list cached five minutes', true, null],
    ['list cached five minutes, with its age', false, '240'],
    ['list cached two minutes, with its own date', false, null]
  ])('%s: a list is of a while ago', async (name, isDatedNow, age) => {
    const { server, id, pass } = await serverWithBehaviour(name)
    await listOf(server, 'v1')
    await reply(server, id, 'Merhaba')
    pass(name.includes('five') ? 4 * minute : minute)
    const answer = await get(server, 'v1', '/tickets')
    const dated = Date.parse(answer.headers.get('date') ?? '')
    expect(dated > now + 10_000).toBe(isDatedNow)
    expect(answer.headers.get('age')).toBe(age)
    expect(await answer.text()).not.toContain('Merhaba')
    pass(2 * minute)
    expect(await replies(server)).toHaveLength(1)
  })

  test('a list without a date has none', async () => {
    const { server } = await serverWithBehaviour('list cached a minute, without a date')
    expect((await get(server, 'v1', '/tickets')).headers.get('date')).toBeNull()
  })

  test('list of five minutes ago: everything shows five minutes late', async () => {
    const { server, id, pass } = await serverWithBehaviour('list of five minutes ago')
    pass(minute)
    await reply(server, id, 'Merhaba')
    pass(4 * minute)
    expect(await replies(server)).toHaveLength(0)
    pass(minute)
    expect(await replies(server)).toHaveLength(1)
  })

  test('acknowledges without storing, stores and answers 500, stores and cuts the connection', async () => {
    const notStored = await serverWithBehaviour('acknowledges without storing')
    expect(await (await reply(notStored.server, notStored.id, 'x')).json()).toMatchObject({
      status: 'success'
    })
    expect(await replies(notStored.server)).toHaveLength(0)
    const error = await serverWithBehaviour('stores and answers 500')
    expect((await reply(error.server, error.id, 'x')).status).toBe(500)
    expect(await replies(error.server)).toHaveLength(1)
    const cut = await serverWithBehaviour('stores and cuts the connection')
    await expect(reply(cut.server, cut.id, 'x')).rejects.toThrow()
    expect(await replies(cut.server)).toHaveLength(1)
  })

  test('firewall: a text that looks like an attack gets a page, another is taken', async () => {
    const { server, id } = await serverWithBehaviour('firewall')
    const refused = await reply(server, id, 'SELECT * FROM musteri çok yavaş')
    expect([refused.status, refused.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8'])
    expect((await reply(server, id, 'Tamam')).status).toBe(200)
    expect(await replies(server)).toHaveLength(1)
  })

  test('dates without a time, and clocks that are wrong', async () => {
    const days = await serverWithBehaviour('dates without a time')
    await reply(days.server, days.id, 'x')
    expect((await listOf(days.server, 'v1'))[0]).toMatchObject({ date: '24-11-26', lastreply: '24-11-26' })
    const ahead = await serverWithBehaviour('ticket clock three hours ahead')
    await reply(ahead.server, ahead.id, 'x')
    expect((await replies(ahead.server))[0]?.date).toBe('24-11-26 18:04:05')
    const answer = await get((await serverWithBehaviour('clock two hours ahead')).server, 'v1', '/tickets')
    expect(Date.parse(answer.headers.get('date') ?? '')).toBe(now + 120 * minute)
  })

  test('random ids: a new ticket may have a lower number; replies without ids have none', async () => {
    const { server, id } = await serverWithBehaviour('random ids')
    for (let i = 0; i < 20; i++) await post(server, 'v1', '/tickets/create', newTicket)
    const ids = server.tickets().map((ticket) => ticket.id)
    expect(new Set(ids).size).toBe(21)
    expect(Math.min(...ids)).toBeLessThan(id)
    const nameless = await serverWithBehaviour('replies without ids')
    await reply(nameless.server, nameless.id, 'x')
    expect(await replies(nameless.server)).toEqual([
      expect.not.objectContaining({ id: expect.anything() as unknown })
    ])
  })

  test('ends when another is set, and each has a name of its own', async () => {
    const { server, id } = await serverWithBehaviour('escaped once')
    server.setBehaviour(null)
    await reply(server, id, '<b>')
    expect((await replies(server))[0]?.message).toMatch(/^<b>/)
    expect(new Set(serverBehaviours.map(({ name }) => name)).size).toBe(serverBehaviours.length)
    expect(rewrites.length).toBeGreaterThan(20)
  })
})
