/** The files of an account after very many changes: they are appended to, and rewritten before they grow without end. */
import { expect, test } from 'vitest'
import { AccountStore } from '../../../electron/sync/accounts/account-store.ts'
import { Marks } from '../../../electron/sync/marks/marks.ts'
import { SentLog } from '../../../electron/sync/outbox/sent-log.ts'
import { Turns } from '../../../electron/sync/turns.ts'
import { AccountWork } from '../../../electron/sync/work/account-work.ts'
import { noWork } from '../../../electron/tickets/work/ticket-work.ts'
import { outboxRecordOf } from '../../support/builders.ts'
import { MemoryDisk } from '../../support/sync/memory.ts'
import { VirtualTime } from '../../support/sync/virtual-time.ts'

function storeInMemory() {
  const clock = new VirtualTime()
  const disk = new MemoryDisk()
  const parts = { folder: '/profile', clock, turns: new Turns(clock), report: () => undefined, disk }
  const open = (): AccountStore => new AccountStore(parts, 'one')
  const lengthOf = (name: string): number => disk.read(`/profile/accounts/one/${name}`)?.length ?? 0
  return { clock, store: open(), open, lengthOf }
}

const tickets = 50
const changes = 5000
/** Characters that a file may have beyond twice its content. */
const tolerated = 70_000

/** The greatest length of a file while `change` was called very many times. */
async function greatest(
  length: () => number,
  clock: VirtualTime,
  change: (at: number) => void
): Promise<number> {
  let most = 0
  for (let at = 0; at < changes; at++) {
    change(at)
    most = Math.max(most, length())
    if (at % 100 === 0) await clock.advance(60_000)
  }
  return most
}

test('marks that change very often stay within twice their content', async () => {
  const { clock, store, open, lengthOf } = storeInMemory()
  const marks = new Marks(null)
  store.replaceMarks(marks)
  const most = await greatest(
    () => lengthOf('marks.json'),
    clock,
    (at) => {
      marks.observeId(at % tickets)
      marks.setLocalFacts(at % tickets, { title: `Başlık ${at}`, departmentId: at % 7, service: '' })
      store.writeMarks(marks)
    }
  )
  expect(most).toBeLessThan(2 * JSON.stringify(marks.stored()).length + tolerated)
  expect(open().readMarks()?.facts[String(tickets - 1)]?.title).toBe(`Başlık ${changes - 1}`)
})

test('states, notes and tags that change very often stay within twice their content', async () => {
  const { clock, store, open, lengthOf } = storeInMemory()
  const work = new AccountWork(null)
  const most = await greatest(
    () => lengthOf('work.json'),
    clock,
    (at) => {
      // Each ticket gets a note, and later loses it again.
      const note = at % (2 * tickets) < tickets ? `Not ${at}: ${'x'.repeat(100)}` : ''
      work.set(1 + (at % tickets), { ...noWork, note, pinned: at % 3 === 0 })
      store.writeWork(work)
    }
  )
  expect(most).toBeLessThan(2 * tickets * 300 + tolerated)
  const last = open().readWork()?.tickets[String(1 + ((changes - 1) % tickets))]
  expect(last?.note ?? '').toBe(work.get(1 + ((changes - 1) % tickets)).note)
})

test('the history of sent messages keeps the newest 500, in memory and on disk', async () => {
  const { clock, store, open, lengthOf } = storeInMemory()
  const log = new SentLog(null)
  const most = await greatest(
    () => lengthOf('sent.json'),
    clock,
    (at) => {
      log.add({ records: [outboxRecordOf({ id: `entry-${at}` })] })
      store.writeSent(log)
    }
  )
  expect(log.records.map(({ id }) => id)).toEqual(
    Array.from({ length: 500 }, (_, i) => `entry-${changes - 500 + i}`)
  )
  expect(new SentLog(open().readSent()).records).toEqual(log.records)
  expect(most).toBeLessThan(2 * JSON.stringify(log.stored()).length + tolerated)
})

test('a history of long messages keeps the newest of two million letters', () => {
  const log = new SentLog(null)
  const text = 'x'.repeat(90_000)
  for (let at = 0; at < 40; at++)
    log.add({
      records: [outboxRecordOf({ id: `entry-${at}`, action: { kind: 'reply', ticketId: 1, text } })]
    })
  expect(log.records).toHaveLength(Math.floor(2_000_000 / text.length))
  expect(log.records.at(-1)?.id).toBe('entry-39')
})
