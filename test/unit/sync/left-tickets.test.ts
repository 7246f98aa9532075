/** What the memory holds after very many tickets came and left. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { RecentStatuses } from '../../../electron/sync/list/recent-statuses.ts'
import { ticketChange } from '../../../electron/tickets/list/changes.ts'
import { classifyStatus } from '../../../electron/tickets/status.ts'
import { noWork } from '../../../electron/tickets/work/ticket-work.ts'
import { ticketOf } from '../../support/builders.ts'
import { serverBehaviourNamed } from '../../support/demo/server-behaviours.ts'
import { connectedRig, type Rig } from '../../support/sync/rig.ts'

const minutes = (count: number): number => count * 60_000

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('There is no gc')
  Reflect.apply(collect, null, [])
}

/** Weak references to the tickets as the engine holds them. */
const heldTickets = (rig: Rig, ids: readonly number[]): readonly WeakRef<object>[] =>
  ids.map((id) => {
    const found = rig.engine.tickets.ticket(rig.ref(id))
    if (!found) throw new Error(`There is no ticket ${id}`)
    return new WeakRef(found.ticket)
  })

/** What one does with a ticket. */
async function workOn(rig: Rig, ids: readonly number[]): Promise<void> {
  for (const id of ids) {
    rig.engine.tickets.thread(rig.ref(id))
    await rig.engine.outgoing.reply(rig.ref(id), `Şikâyetim ${id}`)
    await rig.engine.tickets.setWork([rig.ref(id)], {
      note: `Not ${id}`,
      snoozedUntil: rig.time.now() + 1000
    })
    rig.engine.outgoing.setReplyDraft(rig.ref(id), 'Taslak')
  }
  await rig.time.advance(minutes(3))
  for (const id of ids) {
    rig.engine.outgoing.setReplyDraft(rig.ref(id), '')
    rig.server.setStatus(id, 'On Hold')
  }
  await rig.time.advance(minutes(3))
  rig.engine.tickets.search('şikâyetim')
}

test.each(['unchanged', 'hides replies', 'letters as ?'])(
  'no ticket that left is held, with a server that is: %s',
  async (name) => {
    const ids = [1, 2, 3, 4]
    const rig = await connectedRig([...ids, 5, 6, 7, 8, 9], ({ server }) => {
      server.setBehaviour(serverBehaviourNamed(name))
    })
    await workOn(rig, ids)
    const held = heldTickets(rig, ids)
    for (const id of ids) rig.server.tickets.delete(id)
    rig.server.setStatus(5, 'Answered')
    await rig.time.advance(minutes(3))
    expect(rig.row(1)).toBeUndefined()
    // The previous search holds what it searched in.
    rig.engine.tickets.search('şikâyetim')
    await new Promise(setImmediate)
    collectGarbage()
    expect(held.map((ref) => ref.deref()?.constructor.name)).toEqual(ids.map(() => undefined))
  }
)

test('statuses are remembered only as long as servers may differ', () => {
  const recent = new RecentStatuses()
  for (let at = 0; at < 1000; at++) {
    const before = ticketOf({ id: at, status: classifyStatus('Open') })
    const ticket = { ...before, status: classifyStatus('Answered') }
    recent.withoutRepeated([], [ticketChange(ticket, before)], { get: () => noWork }, at * minutes(1))
  }
  expect(recent.size).toBeLessThanOrEqual(10)
})
