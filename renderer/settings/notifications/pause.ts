import type { Settings } from '../../../electron/ipc/contract.ts'

export type PauseLength = 'hour' | 'tomorrow' | 'until-on'
export const pauseLengths: readonly PauseLength[] = ['hour', 'tomorrow', 'until-on']

type Paused = Settings['notifications']['pausedUntil']

/** When a pause that begins now ends; tomorrow begins at midnight of this machine's zone, as in the tray. */
export function pauseUntil(length: PauseLength, now: Date): Paused {
  switch (length) {
    case 'hour':
      return now.getTime() + 3_600_000
    case 'tomorrow':
      return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime()
    case 'until-on':
      return 'until-on'
  }
}

/** A pause that has ended is none. */
export const isPaused = (pausedUntil: Paused, now: number): boolean =>
  pausedUntil === 'until-on' || (pausedUntil !== null && now < pausedUntil)
