/** Measures how long hostile lists block the main thread, and how much memory they take. */
import type { WholeListReader } from '../../electron/api/api.ts'
import { createTicketApi } from '../../electron/api/client.ts'
import { hostileLists } from '../support/hostile-lists.ts'
import { blocksDuring, longest } from './blocks.ts'
import { response } from './rig.ts'

export interface HostileFigures {
  readonly name: string
  readonly megabytes: number
  readonly longestBlockMs: number
  /** Peak resident memory of the process, minus that before. */
  readonly peakMegabytes: number
}

async function whileReading(name: string, body: Buffer, readWhole: WholeListReader): Promise<HostileFigures> {
  const answer: typeof fetch = () => Promise.resolve(response(body))
  const api = createTicketApi({
    baseUrl: 'https://api.example.com/v1',
    version: 'v1',
    credentials: { kind: 'bearer', token: 'bench' },
    fetch: answer,
    writeFetch: answer,
    readWhole,
    now: Date.now
  })
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  let peak = before
  const watching = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5)
  const longestBlockMs = longest(
    await blocksDuring(async () => {
      await api.list(null)
    })
  )
  clearInterval(watching)
  return { name, megabytes: body.length / 1e6, longestBlockMs, peakMegabytes: (peak - before) / 1e6 }
}

/** Measures all lists and prints each result. */
export async function measureHostileLists(readWhole: WholeListReader): Promise<readonly HostileFigures[]> {
  const all: HostileFigures[] = []
  console.log('Hostile lists, read by the real client:')
  for (const [name, , body] of hostileLists) {
    const figures = await whileReading(name, Buffer.from(body()), readWhole)
    all.push(figures)
    console.log(
      `  ${name.padEnd(40)}${figures.megabytes.toFixed(1).padStart(6)} MB  longest block ` +
        `${figures.longestBlockMs.toFixed(1).padStart(6)} ms  peak +${figures.peakMegabytes.toFixed(0)} MB`
    )
  }
  return all
}
