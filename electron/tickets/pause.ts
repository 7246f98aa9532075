import type { EpochMs } from './ticket.ts'

export type PauseLength = 'hour' | 'tomorrow' | 'until-on'
export const pauseLengths: readonly PauseLength[] = ['hour', 'tomorrow', 'until-on']

/** End of a notification pause by this machine's clock; 'until-on' has no end, null is not paused. */
export type PausedUntil = EpochMs | 'until-on' | null

/** End of a pause that starts now; tomorrow starts at midnight in this machine's time zone. */
export function pauseUntil(length: PauseLength | 'off', now: Date): PausedUntil {
  switch (length) {
    case 'hour':
      return now.getTime() + 3_600_000
    case 'tomorrow':
      return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime()
    case 'until-on':
      return 'until-on'
    case 'off':
      return null
  }
}

/** False after the end of the pause. */
export const isPaused = (pausedUntil: PausedUntil, now: EpochMs): boolean =>
  pausedUntil === 'until-on' || (pausedUntil !== null && now < pausedUntil)
