import type { Clock } from '../../../electron/storage/types.ts'

/** Time that runs `scale` times as fast as real time since `start` (epoch ms); the same in every process. */
export const scaledNow = (start: number, scale: number): number => start + (Date.now() - start) * scale

export const scaledClock = (start: number, scale: number): Clock => ({
  now: () => scaledNow(start, scale),
  monotonic: () => scaledNow(start, scale) - start,
  setTimeout: (run, ms) => setTimeout(run, ms / scale),
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout)
})
