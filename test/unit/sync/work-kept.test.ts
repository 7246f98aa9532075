/** What the person keeps about tickets survives crashes, other versions of the app, lost caches and moved replies. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hour } from '../../support/builders.ts'
import { connectedRig, Rig } from '../../support/sync/rig.ts'

const fileOf = (rig: Rig): string => join('/profile', 'accounts', rig.accountId, 'work.json')
const numbers = (count: number): readonly number[] => [...Array(count).keys()].map((i) => i + 1)

async function poll(rig: Rig): Promise<void> {
  void rig.engine.control.check('asked')
  await rig.time.advance(1000)
}

/** Two tickets: one is done, the other has a title, a note and a tag. */
async function used(): Promise<Rig> {
  const rig = await connectedRig()
  rig.server.addReply(1, 'staff', 'Önceki')
  await poll(rig)
  await rig.engine.tickets.setWork([rig.ref(1)], { done: true })
  await rig.engine.tickets.setWork([rig.ref(2)], { title: 'Taşıma', note: 'Salı', addTags: ['Ada'] })
  await rig.time.advance(10_000)
  return rig
}
const shown = (rig: Rig): unknown => [
  rig.row(1)?.work?.done ?? false,
  rig.row(2)?.work?.title,
  rig.row(2)?.work?.tags
]
const kept = [true, 'Taşıma', ['Ada']]

describe('where the app dies', () => {
  it.each(numbers(8))('at step %i of a change, the ticket is as before or as after', async (step) => {
    const rig = await used()
    rig.crashAfter(step)
    const change = { title: 'Başka', note: 'Çarşamba', addTags: ['Acil'], pinned: true }
    void rig.engine.tickets.setWork([rig.ref(2)], change).catch(() => undefined)
    await rig.time.advance(100)
    await rig.crash()
    await rig.time.advance(5000)
    const thread = rig.engine.tickets.thread(rig.ref(2))
    const now = [rig.row(2)?.work?.title, rig.row(2)?.work?.pinned, thread.ok && thread.value.note]
    expect([
      ['Taşıma', false, 'Salı'],
      ['Başka', true, 'Çarşamba']
    ]).toContainEqual(now)
    expect(rig.row(1)?.work).toMatchObject({ done: true })
  })

  it.each(numbers(14))(
    'at step %i of a list with a reply, the ticket is not done afterwards',
    async (step) => {
      const rig = await used()
      rig.ticketEvents.length = 0
      rig.server.addReply(1, 'staff', 'Yeni')
      rig.crashAfter(step)
      await poll(rig)
      await rig.crash()
      await rig.time.advance(120_000)
      expect(shown(rig)).toEqual([false, 'Taşıma', ['Ada']])
      expect(rig.ticketEvents.length).toBeLessThanOrEqual(1)
      expect(rig.row(1)?.unread).toBe(2)
    }
  )
})

describe('another version of the app', () => {
  it('that does not know the file leaves it, and what came meanwhile is new', async () => {
    const rig = await used()
    await rig.engine.control.stop()
    const work = rig.disk.files.get(fileOf(rig))
    rig.disk.files.delete(fileOf(rig))
    // The earlier version tells of the reply.
    await rig.crash()
    rig.server.addReply(1, 'staff', 'Yeni')
    await poll(rig)
    await rig.time.advance(10_000)
    await rig.engine.control.stop()
    rig.disk.files.set(fileOf(rig), work ?? '')
    await rig.crash()
    await rig.time.advance(5000)
    expect(shown(rig)).toEqual([false, 'Taşıma', ['Ada']])
  })

  it('that is later may add tickets and fields, which stay in the file', async () => {
    const rig = await used()
    await rig.engine.control.stop()
    const text = rig.disk.files.get(fileOf(rig)) ?? ''
    const later = text
      .replace(/"title":"Taşıma"/, '"color":7,$&')
      .replace('"tickets":{', '"tickets":{"7":{"done":"until-friday"},"8":{"color":2},')
    expect(later).not.toBe(text)
    rig.disk.files.set(fileOf(rig), later)
    await rig.crash()
    await rig.time.advance(2000)
    expect(shown(rig)).toEqual(kept)
    // Until the file is written as a whole.
    const big = { note: 'x'.repeat(10_000) }
    for (const i of numbers(12))
      await rig.engine.tickets.setWork([rig.ref(2)], { ...big, title: `Taşıma ${i}` })
    const written = rig.disk.files.get(fileOf(rig)) ?? ''
    expect(written.split('\n').length).toBeLessThan(12)
    for (const part of ['"until-friday"', '"color":7', '"8":{"color":2}']) expect(written).toContain(part)
  })

  it('whose file is newer than this one knows: it is set aside, said, and read by that version again', async () => {
    const rig = await used()
    await rig.engine.control.stop()
    const text = rig.disk.files.get(fileOf(rig)) ?? ''
    rig.disk.files.set(fileOf(rig), text.replaceAll('{"version":1', '{"version":2'))
    await rig.crash()
    await rig.time.advance(2000)
    expect(shown(rig)).toEqual([false, undefined, undefined])
    expect(rig.notices).toContainEqual({ kind: 'file-of-newer-version', detail: 'work.json' })
    await rig.engine.tickets.setWork([rig.ref(1)], { note: 'Arada yazılan' })
    await rig.engine.control.stop()
    for (const [path, content] of rig.disk.files)
      if (path.includes('work.json.newer'))
        rig.disk.files.set(path, content.replaceAll('{"version":2', '{"version":1'))
    await rig.crash()
    await rig.time.advance(2000)
    expect(shown(rig)).toEqual(kept)
  })
})

it('the cache may be lost: states are there with the first list, and end by what is new in it', async () => {
  const rig = await used()
  await rig.engine.tickets.setWork([rig.ref(2)], { done: true })
  await rig.engine.control.stop()
  rig.forgetCaches()
  rig.server.addReply(2, 'staff', 'Yeni')
  await rig.crash()
  await poll(rig)
  expect([rig.row(1)?.work?.done, rig.row(2)?.work?.done]).toEqual([true, false])
})

describe('a ticket that is done', () => {
  it('stays so while the server only changes how it shows known replies, also after a restart', async () => {
    const rig = await used()
    const change = (edit: (reply: { id: number | null; sentAt: number | null }) => object): void => {
      const ticket = rig.server.tickets.get(1)
      if (ticket)
        rig.server.put({
          ...ticket,
          replies: ticket.replies.map((reply) => ({ ...reply, ...edit(reply) }))
        })
    }
    change(() => ({ id: 900 }))
    await poll(rig)
    change(({ sentAt }) => ({ sentAt: (sentAt ?? 0) + 3 * hour }))
    await poll(rig)
    await rig.time.advance(10_000)
    await rig.crash()
    await poll(rig)
    expect(shown(rig)).toEqual(kept)
  })

  it('stays so when known replies of another ticket are merged into it, also after a restart', async () => {
    const rig = await connectedRig([1, 2], ({ server }) => {
      server.addReply(1, 'staff', 'Buradaydı')
      server.setStatus(1, 'Answered')
    })
    await rig.time.advance(hour)
    rig.server.addReply(2, 'staff', 'Ötekinde')
    await poll(rig)
    await rig.engine.tickets.setWork([rig.ref(1)], { done: true, snoozedUntil: null })
    const [from, to] = [rig.server.tickets.get(2), rig.server.tickets.get(1)]
    rig.server.tickets.delete(2)
    if (from && to)
      rig.server.put({
        ...to,
        lastReplyAt: from.lastReplyAt,
        replies: [...to.replies, ...from.replies.map((reply, i) => ({ ...reply, id: 700 + i }))]
      })
    await poll(rig)
    expect(rig.row(1)).toMatchObject({ replyCount: 2, work: { done: true } })
    await rig.time.advance(10_000)
    await rig.crash()
    await poll(rig)
    expect(rig.row(1)?.work).toMatchObject({ done: true })
  })

  it('is not done after the staff closed it or changed its status', async () => {
    const rig = await used()
    await rig.engine.tickets.setWork([rig.ref(2)], { done: true })
    rig.server.setStatus(1, 'Closed')
    rig.server.setStatus(2, 'In Progress')
    await poll(rig)
    expect([rig.row(1)?.work?.done ?? false, rig.row(2)?.work?.done]).toEqual([false, false])
  })

  it('stays so when the person closes it', async () => {
    const rig = await used()
    await rig.engine.outgoing.close([rig.ref(1)])
    await rig.time.advance(300_000)
    expect(rig.row(1)).toMatchObject({ status: { kind: 'closed' }, work: { done: true } })
  })
})

it('a new customer of the account starts without what was kept about the old one', async () => {
  const rig = await used()
  rig.server.tickets.clear()
  rig.server.add(50)
  const credentials = { kind: 'bearer', token: 'other' } as const
  const changing = rig.engine.accounts.reconnect(rig.accountId, credentials, false, 'replace')
  await rig.time.advance(5000)
  expect(await changing).toMatchObject({ ok: true })
  await rig.crash()
  expect(JSON.stringify(rig.engine.ownData.exported())).not.toContain('Taşıma')
})

it('nothing of it is in any request', async () => {
  const requests: unknown[] = []
  const rig: Rig = new Rig(
    () => 0.5,
    (_, { version }) => {
      const api = rig.server.api(version === 'v2' ? 'v2' : 'v1')
      const record =
        <A extends unknown[], T>(send: (...args: A) => T) =>
        (...args: A): T => {
          requests.push(JSON.stringify(args))
          return send(...args)
        }
      return {
        version: api.version,
        list: record((...args) => api.list(...args)),
        create: record((...args) => api.create(...args)),
        reply: record((...args) => api.reply(...args)),
        close: record((...args) => api.close(...args)),
        services: record((...args) => api.services(...args))
      }
    }
  )
  for (const id of [1, 2]) rig.server.add(id)
  await rig.connect()
  const work = {
    title: 'Gizli başlık',
    note: 'Gizli not',
    addTags: ['Gizli etiket'],
    muted: true,
    done: true
  }
  await rig.engine.tickets.setWork([rig.ref(1), rig.ref(2)], work)
  await rig.engine.outgoing.reply(rig.ref(1), 'Yanıtım')
  await rig.engine.outgoing.close([rig.ref(2)])
  await rig.engine.accounts.services(rig.accountId)
  await rig.time.advance(hour)
  expect(requests.join()).toContain('Yan')
  expect(requests.length).toBeGreaterThan(10)
  expect(requests.join()).not.toMatch(/gizli/i)
})
