/**
 * Keeps the end of a pause true when the machine's clock is set: "for an hour" is an hour that passes. What passes is
 * told by the time since the machine began to run, which counts its sleep and is not set; over a restart of the machine
 * only the clock can tell.
 */
import type { Settings } from '../../ipc/contract.ts'
import { thisMachine } from '../../storage/files/lock.ts'
import type { KeyValueStore, SettingsStore } from '../../storage/settings.ts'
import { isRecord } from '../../tickets/json.ts'
import type { PausedUntil } from '../../tickets/pause.ts'
import type { EpochMs } from '../../tickets/ticket.ts'

/** When the pause was last known to be right. */
interface PauseRecord {
  readonly until: EpochMs
  /** Milliseconds that it had left then. */
  readonly left: number
  readonly wall: EpochMs
  readonly uptime: number
  readonly bootId: string
}

export interface PauseClock {
  /** Now and then, at waking, and after the settings changed. */
  check(): void
}

const hourMs = 3_600_000
/** Until tomorrow, where a day has 25 hours. */
const maxPauseMs = 25 * hourMs
/** Clocks are set by seconds all the time; nobody sees that in the end of a pause. */
const toleranceMs = 60_000

function readPauseRecord(value: unknown): PauseRecord | null {
  if (!isRecord(value)) return null
  const { until, left, wall, uptime, bootId } = value
  return typeof until === 'number' &&
    typeof left === 'number' &&
    typeof wall === 'number' &&
    typeof uptime === 'number' &&
    typeof bootId === 'string'
    ? { until, left, wall, uptime, bootId }
    : null
}

/** Between two checks whether a pause is over. */
const checkEveryMs = 30_000

/** The pause of the settings, checked when they change and twice a minute. */
export function startPauseClock(parts: {
  readonly settings: SettingsStore<Settings>
  readonly store: KeyValueStore
  readonly uptime: () => number
}): PauseClock {
  const { settings, store, uptime } = parts
  const clock = createPauseClock({
    now: Date.now,
    uptime,
    bootId: thisMachine().bootId,
    read: () => store.get('pauseNoted'),
    write: (noted) => {
      store.set('pauseNoted', noted)
    },
    paused: () => settings.current().notifications.pausedUntil,
    pause: (pausedUntil) => {
      settings.change({ notifications: { pausedUntil } })
    }
  })
  const check = (): void => {
    clock.check()
  }
  settings.onChange(check)
  setInterval(check, checkEveryMs)
  check()
  return clock
}

export function createPauseClock(options: {
  readonly now: () => EpochMs
  /** Milliseconds since the machine began to run, its sleep among them. */
  readonly uptime: () => number
  /** Of that run of the machine; empty where the system tells none. */
  readonly bootId: string
  /** Survives restarts of the app. */
  readonly read: () => unknown
  readonly write: (noted: PauseRecord) => void
  readonly paused: () => PausedUntil
  readonly pause: (until: EpochMs | null) => void
}): PauseClock {
  const { now, uptime, bootId, paused } = options

  const record = (until: EpochMs, left: number): void => {
    options.write({ until, left, wall: now(), uptime: uptime(), bootId })
  }

  /** What passed since, by this run of the machine or else by the clock, which cannot have gone back. */
  const elapsedSince = (noted: PauseRecord): number =>
    noted.bootId === bootId && uptime() >= noted.uptime
      ? uptime() - noted.uptime
      : Math.max(0, now() - noted.wall)

  return {
    check() {
      const until = paused()
      if (typeof until !== 'number') return
      const noted = readPauseRecord(options.read())
      if (noted?.until !== until) {
        // Begins now, or nobody noted it.
        const left = Math.min(until - now(), maxPauseMs)
        if (left < until - now()) options.pause(now() + left)
        record(left < until - now() ? now() + left : until, left)
        return
      }
      const left = noted.left - elapsedSince(noted)
      if (left <= 0) {
        options.pause(null)
        return
      }
      const end = now() + left
      // Until tomorrow also ends when it is tomorrow by the clock.
      const isOff = noted.left <= hourMs ? Math.abs(until - end) > toleranceMs : until - end > toleranceMs
      if (!isOff && noted.bootId === bootId) return
      const right = isOff ? end : until
      record(right, left)
      if (isOff) options.pause(right)
    }
  }
}
