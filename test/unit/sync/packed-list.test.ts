/** An account keeps no text of a message as a string of its own, and each ticket once. */
import { expect, it } from 'vitest'
import type { ApiOptions, KnownList } from '../../../electron/api/api.ts'
import { packChanges } from '../../../electron/sync/list/list-change.ts'
import { ticketChange } from '../../../electron/tickets/list/changes.ts'
import { replyOf, ticketOf } from '../../support/builders.ts'
import { isPacked } from '../../../electron/storage/lines/packed-tickets.ts'
import { Rig } from '../../support/sync/rig.ts'
import { httpApi } from '../../support/sync/http-server.ts'

const minute = 60_000

async function connected() {
  let asked: KnownList | null = null
  const keeps: ApiOptions['keep'][] = []
  const rig: Rig = new Rig(undefined, (_now, { version, keep }) => {
    keeps.push(keep)
    const api = httpApi(rig.server, rig.time, version)
    return {
      ...api,
      list: (known, ...rest) => {
        asked = known
        return api.list(known, ...rest)
      }
    }
  })
  for (const id of [1, 2, 3]) {
    rig.server.add(id)
    rig.server.addReply(id, 'staff', `Yanıt ${id}: günlüklere baktık`)
  }
  await rig.connect()
  await rig.time.advance(0)
  /** The tickets that the account holds, and those by which it recognizes an unchanged ticket in the next list. */
  const held = async () => {
    const stored = await rig.caches(`/profile/accounts/${rig.accountId}/tickets.ndjson`).read(() => undefined)
    await rig.time.advance(2 * minute)
    return { tickets: stored?.tickets ?? [], pieces: [...(asked?.pieces.values() ?? [])] }
  }
  return { rig, held, keeps }
}

const texts = ({ pieces }: Awaited<ReturnType<Awaited<ReturnType<typeof connected>>['held']>>) =>
  pieces.flatMap(({ replies }) => replies.map(({ message }) => message))

it('from the moment a first list is read', async () => {
  const { keeps } = await connected()
  expect(keeps.length).toBeGreaterThan(0)
  expect(keeps.every((keep) => keep && isPacked(keep(ticketOf({ id: 1 }))))).toBe(true)
})

it('after the first list, and after one that changed', async () => {
  const { rig, held } = await connected()
  const first = await held()
  expect(first.tickets.map(isPacked)).toEqual([true, true, true])
  expect(first.pieces).toHaveLength(3)
  expect(first.pieces.every((ticket) => first.tickets.includes(ticket))).toBe(true)

  rig.server.addReply(2, 'staff', 'Düzelttik: ığşç İ')
  await rig.time.advance(2 * minute)
  const second = await held()
  expect(second.tickets.map(isPacked)).toEqual([true, true, true])
  expect(second.pieces.every((ticket) => second.tickets.includes(ticket))).toBe(true)
  expect(texts(second)).toContain('Düzelttik: ığşç İ')
  // What did not change is the same object.
  expect(second.tickets.filter((ticket) => first.tickets.includes(ticket)).map(({ id }) => id)).toEqual([
    1, 3
  ])
})

it.each([
  ['many tickets without replies', 1000, 0],
  ['one ticket with a long thread', 1, 5000],
  ['many tickets with some', 200, 4]
])('%s are packed in many steps', (_, tickets, replies) => {
  const thread = Array.from({ length: replies }, (_reply, id) => replyOf({ id, message: `Yanıt ${id}` }))
  const work = packChanges(
    Array.from({ length: tickets }, (_ticket, id) => ticketChange(ticketOf({ id, replies: thread }), null))
  )
  let steps = 0
  let next = work.next()
  for (; next.done !== true; next = work.next()) steps += 1
  expect(steps).toBeGreaterThanOrEqual(20)
  expect(next.value.map(({ ticket }) => isPacked(ticket) && ticket.replies.length)).toEqual(
    Array.from({ length: tickets }, () => replies)
  )
})
