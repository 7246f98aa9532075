/** What closing many tickets by one command costs the thread that everything else runs in. */
import { setImmediate } from 'node:timers/promises'
import { answers } from './answers.ts'
import { blocksDuring, longest } from './blocks.ts'
import { benchRig } from './rig.ts'

export interface ManyFigures {
  readonly tickets: number
  /** Until the command has answered: all are in the outbox, on disk. */
  readonly queueingBlockMs: number
  /** While all of them are sent, one after the other. */
  readonly sendingBlockMs: number
}

const closed = 1000

async function closeMany(): Promise<ManyFigures> {
  const { bytes } = answers(closed, 3)
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

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0

/** The medians of five runs after one that warms up. */
export async function measureMany(): Promise<ManyFigures> {
  const runs: ManyFigures[] = []
  for (let i = 0; i < 6; i++) runs.push(await closeMany())
  const counted = runs.slice(1)
  const figures = {
    tickets: closed,
    queueingBlockMs: median(counted.map((run) => run.queueingBlockMs)),
    sendingBlockMs: median(counted.map((run) => run.sendingBlockMs))
  }
  console.log(
    `\nClosing ${closed} tickets by one command: longest block ${figures.queueingBlockMs.toFixed(1)} ms while queueing, ` +
      `${figures.sendingBlockMs.toFixed(1)} ms while sending (goal ≤ 50)`
  )
  return figures
}
