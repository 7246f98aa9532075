/** Collects garbage, so that the garbage of earlier work is not part of a measurement. Needs `node --expose-gc`. */
export function collect(): void {
  if (!globalThis.gc) throw new Error('node --expose-gc')
  globalThis.gc()
  globalThis.gc()
}

/** In milliseconds. */
export interface Cost {
  readonly wall: number
  /** Processor time of all threads of the process. */
  readonly cpu: number
}

/** Returns a function that tells what was used since this call. */
export function startCost(): () => Cost {
  const start = performance.now()
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return { wall: performance.now() - start, cpu: (user + system) / 1000 }
  }
}

/** What was used until `run` has ended. */
export async function costOf(run: () => unknown): Promise<Cost> {
  const cost = startCost()
  await run()
  return cost()
}
