/**
 * How long the event loop stood still, block by block, while something ran, longest first. What the process did not
 * compute in a block, other programs did: of wall clock and processor time the shorter one counts.
 */
export async function blocksDuring(run: () => Promise<void>): Promise<readonly number[]> {
  const blocks: number[] = []
  let running = true
  let last = performance.now()
  let spent = process.cpuUsage()
  const tick = (): void => {
    const now = performance.now()
    const { user, system } = process.cpuUsage(spent)
    blocks.push(Math.min(now - last, (user + system) / 1000))
    last = performance.now()
    spent = process.cpuUsage()
    if (running) setImmediate(tick)
  }
  setImmediate(tick)
  await run()
  running = false
  await new Promise((resolve) => setImmediate(resolve))
  return blocks.sort((a, b) => b - a)
}
