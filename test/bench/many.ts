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
}

const closedTickets = 1000

async function closeMany(): Promise<ManyFigures> {
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
  const runs: ManyFigures[] = []
  for (let i = 0; i < 6; i++) runs.push(await closeMany())
  const counted = runs.slice(1)
  const figures = {
    tickets: closedTickets,
    queueingBlockMs: median(counted.map((run) => run.queueingBlockMs)),
    sendingBlockMs: median(counted.map((run) => run.sendingBlockMs))
  }
  console.log(
    `\nClosing ${closedTickets} tickets by one command: longest block ${figures.queueingBlockMs.toFixed(1)} ms while queueing, ` +
      `${figures.sendingBlockMs.toFixed(1)} ms while sending (goal ≤ 50)`
  )
  return figures
}
