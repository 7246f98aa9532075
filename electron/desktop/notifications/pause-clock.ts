/**
 * Keeps a pause at its real length when the machine's clock is set: "for an hour" means an hour of elapsed time.
 * Elapsed time is measured by the uptime, which includes sleep and cannot be set; across a reboot only the clock is
 * available.
 */
import type { Settings } from '../../ipc/contract.ts'
import { thisMachine } from '../../storage/files/lock-content.ts'
import type { KeyValueStore, SettingsStore } from '../../storage/settings.ts'
import { isRecord } from '../../tickets/json.ts'
import type { PausedUntil } from '../../tickets/pause.ts'
import type { EpochMs } from '../../tickets/ticket.ts'

/** The state at the last check at which the end of the pause was known to be right. */
interface PauseRecord {
  readonly until: EpochMs
  /** Milliseconds that were left then. */
  readonly left: number
  readonly wall: EpochMs
  readonly uptime: number
  readonly bootId: string
}

export interface PauseClock {
  /** Call it regularly, after waking from sleep, and after the settings changed. */
  check(): void
}

const hourMs = 3_600_000
/** Longest "until tomorrow": a day of 25 hours. */
const maxPauseMs = 25 * hourMs
/** Clock corrections smaller than this are ignored. */
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

/** Interval between checks. */
const checkEveryMs = 30_000

/**
 * Starts the clock for the pause in the settings: checks it when they change and, while there is a pause with an end, twice
 * a minute. Without one no timer runs.
 */
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
  let timer: ReturnType<typeof setTimeout> | undefined
  const check = (): void => {
    clock.check()
    clearTimeout(timer)
    if (typeof settings.current().notifications.pausedUntil === 'number')
      timer = setTimeout(check, checkEveryMs)
  }
  settings.onChange(check)
  check()
  return { check }
}

export function createPauseClock(options: {
  readonly now: () => EpochMs
  /** Milliseconds since boot, sleep included. */
  readonly uptime: () => number
  /** Id of the current boot; empty where the system has none. */
  readonly bootId: string
  /** Reads what `write` stored; survives restarts of the app. */
  readonly read: () => unknown
  readonly write: (noted: PauseRecord) => void
  readonly paused: () => PausedUntil
  readonly pause: (until: EpochMs | null) => void
}): PauseClock {
  const { now, uptime, bootId, paused } = options

  const record = (until: EpochMs, left: number): void => {
    options.write({ until, left, wall: now(), uptime: uptime(), bootId })
  }

  /** Elapsed milliseconds: by uptime within the same boot, else by the clock, but never negative. */
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
        // A new pause, or one without a stored record.
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
      // "Until tomorrow" also ends at its time by the clock.
      const isOff = noted.left <= hourMs ? Math.abs(until - end) > toleranceMs : until - end > toleranceMs
      if (!isOff && noted.bootId === bootId) return
      const right = isOff ? end : until
      record(right, left)
      if (isOff) options.pause(right)
    }
  }
}
