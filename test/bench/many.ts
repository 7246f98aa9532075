/** Measures how long closing many tickets by one command blocks the main thread. */
import { setImmediate } from 'node:timers/promises'
import { answers } from './answers.ts'
import { blocksDuring, longest } from './blocks.ts'
import { median } from './report.ts'
import { benchRig } from './rig.ts'

export interface ManyFigures {
  readonly tickets: number
  /** Longest block until the command has answered, with all entries on disk. */
  readonly queueingBlockMs: number
  /** Longest block while all entries are sent one by one. */
  readonly sendingBlockMs: number
  readonly closingVeryManyBlockMs: number
  readonly takingVeryManyBackBlockMs: number
}

const closedTickets = 1000
const veryMany = 20_000

/** Longest block while very many tickets are closed by one command and taken back by another. */
async function closeVeryMany(): Promise<readonly [closing: number, takingBack: number]> {
  const { bytes } = answers(veryMany, 1)
  const rig = benchRig(() => bytes)
  await rig.connect()
  const refs = rig.engine.tickets.rows().map(({ accountId, id }) => ({ accountId, ticketId: id }))
  globalThis.gc?.()
  const closing = await blocksDuring(async () => {
    const queued = await rig.engine.outgoing.close(refs, 600_000)
    if (!queued.ok) throw new Error(queued.error.kind)
  })
  const ids = rig.engine.outgoing.items().map(({ id }) => id)
  const takingBack = await blocksDuring(async () => {
    const taken = await rig.engine.outgoing.cancelAll(ids)
    if (!taken.ok) throw new Error(taken.error.kind)
  })
  await rig.end()
  return [longest(closing), longest(takingBack)]
}

async function closeMany(): Promise<Pick<ManyFigures, 'tickets' | 'queueingBlockMs' | 'sendingBlockMs'>> {
  const { bytes } = answers(closedTickets, 3)
  const rig = benchRig(() => bytes)
  await rig.connect()
  const refs = rig.engine.tickets.rows().map(({ accountId, id }) => ({ accountId, ticketId: id }))
  globalThis.gc?.()
  const queueing = await blocksDuring(async () => {
    await rig.engine.outgoing.close(refs, 6000)
  })
  const sending = await blocksDuring(async () => {
    rig.clock.pass(7000)
    while (rig.engine.outgoing.items().some(({ state }) => state === 'queued' || state === 'sending')) {
      rig.clock.pass(0)
      await setImmediate()
    }
  })
  await rig.end()
  return { tickets: refs.length, queueingBlockMs: longest(queueing), sendingBlockMs: longest(sending) }
}

/** Medians of five runs after a warm-up run. */
export async function measureMany(): Promise<ManyFigures> {
  const runs: Awaited<ReturnType<typeof closeMany>>[] = []
  for (let i = 0; i < 6; i++) runs.push(await closeMany())
  const counted = runs.slice(1)
  const veryManyRuns = [await closeVeryMany(), await closeVeryMany(), await closeVeryMany()]
  const figures = {
    closingVeryManyBlockMs: median(veryManyRuns.map(([closing]) => closing)),
    takingVeryManyBackBlockMs: median(veryManyRuns.map(([, takingBack]) => takingBack)),
    tickets: closedTickets,
    queueingBlockMs: median(counted.map((run) => run.queueingBlockMs)),
    sendingBlockMs: median(counted.map((run) => run.sendingBlockMs))
  }
  console.log(
    `\nClosing ${closedTickets} tickets by one command: longest block ${figures.queueingBlockMs.toFixed(1)} ms while queueing, ` +
      `${figures.sendingBlockMs.toFixed(1)} ms while sending (goal ≤ 50)`
  )
  console.log(
    `Closing ${veryMany}: longest block ${figures.closingVeryManyBlockMs.toFixed(1)} ms while queueing, ` +
      `${figures.takingVeryManyBackBlockMs.toFixed(1)} ms while taking all back (goal ≤ 50)`
  )
  return figures
}
