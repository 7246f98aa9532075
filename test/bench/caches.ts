/** Measures starts with valid, damaged and hostile caches, and lists in which very many tickets have changed. */
import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { WholeListReader } from '../../electron/api/api.ts'
import type { TicketRef } from '../../electron/tickets/ticket.ts'
import { foundCaches, type FoundCache } from '../support/hostile-caches.ts'
import { answers } from './answers.ts'
import { appRig, cachePath, copyOf, newFolder, removeFolder, type AppRig } from './app-rig.ts'
import { blocksDuring, longest } from './blocks.ts'
import { median } from './report.ts'

export interface CostFigures {
  readonly name: string
  readonly longestBlockMs: number
  /** Peak resident memory of the process, minus that before. */
  readonly peakMegabytes: number
}

export interface StartFigures extends CostFigures {
  readonly megabytes: number
  /** Time until windows are opened. */
  readonly startMs: number
  /** Time until the tickets are loaded, or the cache is set aside. */
  readonly openedMs: number
}

export interface CacheFigures {
  /** Longest block of an idle event loop, caused by other load on this machine. */
  readonly idleMs: number
  readonly starts: readonly StartFigures[]
  readonly lists: readonly CostFigures[]
}

const tickets = 20_000
const replies = 3
const rounds = 3
/** Milliseconds after a list until the cache is certainly written. */
const writtenAfterMs = 4000

async function costOf(name: string, run: () => Promise<void>): Promise<CostFigures> {
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  let peak = before
  const watching = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5)
  const longestBlockMs = longest(await blocksDuring(run))
  clearInterval(watching)
  return { name, longestBlockMs, peakMegabytes: (peak - before) / 1e6 }
}

/** Creates a folder with one account, with marks and cache of the list `body`. */
async function connectedFolder(body: Uint8Array, readWhole: WholeListReader): Promise<string> {
  const folder = newFolder()
  const rig = appRig(folder, readWhole)
  rig.answer = body
  await rig.core.start()
  await rig.connect()
  await rig.settled()
  await rig.end()
  return folder
}

async function startOnce(
  folder: string,
  { name, content }: FoundCache,
  readWhole: WholeListReader
): Promise<StartFigures> {
  const own = copyOf(folder)
  const text = content()
  writeFileSync(cachePath(own), text)
  const rig = appRig(own, readWhole)
  let startMs = 0
  let openedMs = 0
  const cost = await costOf(name, async () => {
    const begun = performance.now()
    await rig.core.start()
    startMs = performance.now() - begun
    await rig.core.engine.control.opened()
    openedMs = performance.now() - begun
    await rig.settled()
  })
  await rig.end()
  removeFolder(own)
  return { ...cost, megabytes: Buffer.byteLength(text) / 1e6, startMs, openedMs }
}

async function measureStarts(folder: string, readWhole: WholeListReader): Promise<readonly StartFigures[]> {
  const caches = foundCaches(readFileSync(cachePath(folder), 'utf8'))
  const runs = new Map<string, StartFigures[]>(caches.map(({ name }) => [name, []]))
  // Each round measures all caches, so that other load affects all of them; the first round is a warm-up.
  for (let round = 0; round <= rounds; round++)
    for (const cache of caches) {
      const figures = await startOnce(folder, cache, readWhole)
      if (round > 0) runs.get(cache.name)?.push(figures)
    }
  return caches.map(({ name }) => {
    const all = runs.get(name) ?? []
    const of = (figure: Exclude<keyof StartFigures, 'name'>): number => median(all.map((one) => one[figure]))
    return {
      name,
      megabytes: of('megabytes'),
      startMs: of('startMs'),
      openedMs: of('openedMs'),
      longestBlockMs: of('longestBlockMs'),
      peakMegabytes: Math.max(...all.map(({ peakMegabytes }) => peakMegabytes))
    }
  })
}

interface PrintedTicket {
  id: number
  lastreply: string
  replies: Record<string, unknown>[]
}

/** Changes that are applied to the list one after another. */
const changes: readonly (readonly [name: string, change: (data: PrintedTicket[]) => PrintedTicket[]])[] = [
  [
    'one is answered',
    ([first, ...rest]) => (first ? [withReply(first, '2026-11-24 10:00:00'), ...rest] : rest)
  ],
  [
    'all replies lose their numbers',
    (data) =>
      data.map((ticket) => ({
        ...ticket,
        replies: ticket.replies.map((reply) =>
          Object.fromEntries(Object.entries(reply).filter(([field]) => field !== 'id'))
        )
      }))
  ],
  ['all are answered', (data) => data.map((ticket) => withReply(ticket, '2026-11-24 11:00:00'))],
  ['four in ten are gone', (data) => data.slice(0, Math.ceil(data.length * 0.6))]
]

const withReply = (ticket: PrintedTicket, at: string): PrintedTicket => ({
  ...ticket,
  lastreply: at,
  replies: [
    ...ticket.replies,
    { ...ticket.replies[0], id: undefined, admin: 'Ayşe', message: `Yeni ${ticket.id}`, date: at }
  ]
})

const bodyOf = (envelope: object, data: readonly PrintedTicket[]): Uint8Array =>
  Buffer.from(JSON.stringify({ ...envelope, data }))

async function takeIn(rig: AppRig, body: Uint8Array): Promise<void> {
  rig.answer = body
  await rig.core.engine.control.check('asked')
  await rig.settled()
  await sleep(writtenAfterMs)
}

const allRead = 'all are marked as read'

async function markRead(rig: AppRig, refs: readonly TicketRef[]): Promise<void> {
  await rig.core.engine.tickets.markRead(refs)
  await rig.settled()
}

async function measureLists(
  folder: string,
  bytes: Uint8Array,
  readWhole: WholeListReader
): Promise<readonly CostFigures[]> {
  const runs: CostFigures[][] = []
  for (let round = 0; round < rounds; round++) {
    const own = copyOf(folder)
    const rig = appRig(own, readWhole)
    await rig.core.start()
    await rig.core.engine.control.opened()
    const { data: first, ...envelope } = JSON.parse(Buffer.from(bytes).toString()) as {
      data: PrintedTicket[]
    }
    let data = first
    const figures: CostFigures[] = []
    const refs = rig.core.engine.tickets.rows().map(({ accountId, id }) => ({ accountId, ticketId: id }))
    for (const [name, change] of changes) {
      data = change(data)
      const body = bodyOf(envelope, data)
      figures.push(await costOf(name, () => takeIn(rig, body)))
    }
    figures.push(await costOf(allRead, () => markRead(rig, refs)))
    await rig.end()
    removeFolder(own)
    runs.push(figures)
  }
  return [...changes.map(([name]) => name), allRead].map((name, i) => {
    const all = runs.flatMap((figures) => figures[i] ?? [])
    return {
      name,
      longestBlockMs: median(all.map(({ longestBlockMs }) => longestBlockMs)),
      peakMegabytes: Math.max(...all.map(({ peakMegabytes }) => peakMegabytes))
    }
  })
}

const costs = ({ longestBlockMs, peakMegabytes }: CostFigures): string =>
  `longest block ${longestBlockMs.toFixed(1).padStart(6)} ms  peak +${peakMegabytes.toFixed(0)} MB`

/** Times are medians; memory is the maximum. */
export async function measureCaches(readWhole: WholeListReader): Promise<CacheFigures> {
  const { bytes } = answers(tickets, replies)
  const folder = await connectedFolder(bytes, readWhole)
  const idleMs = longest(await blocksDuring(() => sleep(2000)))
  console.log(`\nCaches that a start finds, beside marks of ${tickets} tickets; medians of ${rounds} rounds:`)
  const starts = await measureStarts(folder, readWhole)
  const empty = starts[0]?.startMs ?? 0
  for (const figures of starts) {
    const { name, megabytes, startMs, openedMs } = figures
    const more = startMs - empty
    console.log(
      `  ${name.padEnd(30)}${megabytes.toFixed(1).padStart(6)} MB  windows after ${startMs.toFixed(0).padStart(4)} ms ` +
        `(${more < 0 ? '' : '+'}${more.toFixed(0)})  opened after ${openedMs.toFixed(0).padStart(5)} ms  ${costs(figures)}`
    )
  }
  console.log(`\nA list of ${tickets} tickets, up to windows and cache; medians of ${rounds} rounds:`)
  const lists = await measureLists(folder, bytes, readWhole)
  for (const figures of lists) console.log(`  ${figures.name.padEnd(34)}${costs(figures)}`)
  console.log(
    `  an idle loop stood still for ${idleMs.toFixed(1)} ms at most (goal ≤ 50 ms beyond what is done elsewhere)`
  )
  removeFolder(folder)
  return { idleMs, starts, lists }
}
