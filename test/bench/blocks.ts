/** How long the event loop stood still, block by block, while something ran. */
export async function blocksDuring(run: () => Promise<void>): Promise<readonly number[]> {
  const blocks: number[] = []
  let running = true
  let last = performance.now()
  const tick = (): void => {
    const now = performance.now()
    blocks.push(now - last)
    last = now
    if (running) setImmediate(tick)
  }
  setImmediate(tick)
  await run()
  running = false
  await new Promise((resolve) => setImmediate(resolve))
  return blocks.sort((a, b) => b - a)
}
