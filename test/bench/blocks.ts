import { readFileSync } from 'node:fs'

export interface Block {
  readonly ms: number
  /** Start of the block, as `performance.now()`. */
  readonly at: number
}

const schedstat = `/proc/self/task/${process.pid}/schedstat`

/** Processor time of the main thread in milliseconds; except on Linux, that of all threads of the process. */
function computedMs(): number {
  try {
    return Number(readFileSync(schedstat, 'utf8').split(' ')[0]) / 1e6
  } catch {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  }
}

/**
 * Measures how long the event loop was blocked while `run` ran, longest block first. Counts the
 * shorter of wall-clock and processor time, to exclude time in which other programs or threads ran.
 */
export async function blocksDuring(run: () => Promise<void>): Promise<readonly Block[]> {
  const blocks: Block[] = []
  let running = true
  let last = performance.now()
  let computed = computedMs()
  const tick = (): void => {
    const now = performance.now()
    // Shorter blocks are ignored, since reading the processor time takes time itself.
    if (now - last > 2) blocks.push({ at: last, ms: Math.min(now - last, computedMs() - computed) })
    computed = computedMs()
    last = performance.now()
    if (running) setImmediate(tick)
  }
  setImmediate(tick)
  await run()
  running = false
  await new Promise((resolve) => setImmediate(resolve))
  return blocks.sort((a, b) => b.ms - a.ms)
}

export const longest = (blocks: readonly Block[]): number => blocks[0]?.ms ?? 0
