export interface Block {
  readonly ms: number
  /** When it began; as `performance.now()`. */
  readonly at: number
}

/**
 * How long the event loop stood still, block by block, while something ran, longest first. What the process did not
 * compute in a block, other programs did: of wall clock and processor time the shorter one counts.
 */
export async function blocksDuring(run: () => Promise<void>): Promise<readonly Block[]> {
  const blocks: Block[] = []
  let running = true
  let last = performance.now()
  let spent = process.cpuUsage()
  const tick = (): void => {
    const now = performance.now()
    const { user, system } = process.cpuUsage(spent)
    blocks.push({ at: last, ms: Math.min(now - last, (user + system) / 1000) })
    last = performance.now()
    spent = process.cpuUsage()
    if (running) setImmediate(tick)
  }
  setImmediate(tick)
  await run()
  running = false
  await new Promise((resolve) => setImmediate(resolve))
  return blocks.sort((a, b) => b.ms - a.ms)
}

export const longest = (blocks: readonly Block[]): number => blocks[0]?.ms ?? 0
