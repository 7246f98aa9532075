/** The files of an account on a real disk. */
import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { StoredMarks } from '../../../electron/storage/marks-schema.ts'
import { AccountStore } from '../../../electron/sync/accounts/account-store.ts'
import { Marks } from '../../../electron/sync/marks/marks.ts'
import { Turns } from '../../../electron/sync/turns.ts'
import type { StaffAnswer } from '../../../electron/tickets/thread/known-answers.ts'
import { MemoryDisk } from '../../support/sync/memory.ts'
import { VirtualTime } from '../../support/sync/virtual-time.ts'

it('go with the account, and what was still to be written does not bring them back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bilet-account-'))
  const clock = new VirtualTime()
  const troubles: unknown[] = []
  const report = (trouble: unknown): void => {
    if (trouble) troubles.push(trouble)
  }
  const [first, other] = ['one', 'other'].map(
    (id) => new AccountStore({ folder, clock, turns: new Turns(clock), report }, id)
  )
  for (const store of [first, other]) {
    store?.writeMarks(new Marks(null))
    store?.writeTickets(() => ({ tickets: [], fingerprint: null }))
    await store?.flush()
  }
  expect(readdirSync(join(folder, 'accounts', 'one')).sort()).toEqual(['marks.json', 'tickets.ndjson'])
  first?.writeTickets(() => ({ tickets: [], fingerprint: 'later' }))
  await first?.remove()
  await clock.advance(60_000)
  expect(existsSync(join(folder, 'accounts', 'one'))).toBe(false)
  expect(readdirSync(join(folder, 'accounts', 'other'))).toHaveLength(2)
  expect(troubles).toEqual([])
})

/** Marks of `count` tickets with two notified replies each. */
function longMarks(count: number): Marks {
  const marks = new Marks(null)
  marks.baseline = true
  for (let id = 1; id <= count; id++) {
    marks.observeId(id)
    marks.markNotified(id, answersOf(id))
  }
  return marks
}

const answersOf = (id: number): readonly StaffAnswer[] =>
  [1, 2].map((i) => ({ key: `#${id}${i}`, content: `1700000000000~${id}x${i}`, sentAt: 1_700_000_000_000 }))

/** A store in memory, and a record of how its marks were written. */
function storeInMemory() {
  const clock = new VirtualTime()
  const disk = new MemoryDisk()
  const parts = { folder: '/profile', clock, turns: new Turns(clock, 1), report: () => undefined, disk }
  const store = new AccountStore(parts, 'one')
  let writes = 0
  const write = disk.write.bind(disk)
  disk.write = (path, text) => {
    writes += 1
    write(path, text)
  }
  return { clock, disk, store, read: () => new AccountStore(parts, 'one').readMarks(), writes: () => writes }
}

const sorted = (marks: StoredMarks | null): unknown => ({
  ...marks,
  ids: [...new Set(marks?.ids)].sort((a, b) => a - b)
})

it('marks with many changes are rewritten in turns, together with what changes meanwhile', async () => {
  const { clock, store, read, writes } = storeInMemory()
  const marks = longMarks(3000)
  store.replaceMarks(marks)
  const atFirst = writes()
  let id = 0
  const change = (): void => {
    id = (id % 3000) + 1
    marks.setLocalFacts(id, { title: `${id} ${'x'.repeat(400)}`, departmentId: id, service: '' })
    marks.observeId(10_000 + id)
    const before = writes()
    store.writeMarks(marks)
    expect(writes(), 'nothing is rewritten while something is marked').toBe(before)
  }
  const set = clock.setTimeout
  clock.setTimeout = (due, ms) =>
    set(() => {
      change()
      due()
    }, ms)
  while (writes() - atFirst < 3) {
    change()
    await clock.advance(0)
  }
  expect(sorted(read())).toEqual(sorted(marks.stored()))
})

it('a rewrite of the marks is given up where everything is written meanwhile', async () => {
  const { clock, store, read, writes } = storeInMemory()
  const marks = longMarks(3000)
  store.replaceMarks(marks)
  const begun: number[] = []
  const set = clock.setTimeout
  clock.setTimeout = (due, ms) => {
    begun.push(ms)
    return set(due, ms)
  }
  for (let id = 1; begun.length === 0; id = (id % 3000) + 1) {
    marks.setLocalFacts(id, { title: 'x'.repeat(500), departmentId: 1, service: '' })
    store.writeMarks(marks)
  }
  marks.clear()
  store.replaceMarks(marks)
  const before = writes()
  await clock.advance(1000)
  expect(writes()).toBe(before)
  expect(sorted(read())).toEqual(sorted(marks.stored()))
})
