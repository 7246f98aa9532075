/** Collects garbage, so that the garbage of earlier work is not part of a measurement. Needs `node --expose-gc`. */
export function collect(): void {
  if (!globalThis.gc) throw new Error('node --expose-gc')
  globalThis.gc()
  globalThis.gc()
}

/** Milliseconds until `run` has ended. */
export async function timed(run: () => unknown): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}
