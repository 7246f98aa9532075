import type { Settings } from '../../ipc/contract.ts'
import type { SettingsStore } from '../../storage/settings.ts'
import type { Engine } from '../../sync/types.ts'
import type { Locale } from '../../tickets/locale.ts'
import { isPaused } from '../../tickets/pause.ts'
import { sessionBus } from '../linux/session-bus.ts'
import { oncePerTurn } from '../once-per-turn.ts'
import type { Act, DesktopState, Platform } from '../types.ts'
import type { Windows } from '../windows/windows.ts'
import { createBadge } from './badge.ts'
import { desktopState } from './desktop-state.ts'
import { sendLauncherCount } from './launcher-count.ts'
import type { TrayHost } from './tray-host.ts'
import { startingContent, trayContent } from './tray-menu.ts'
import type { TrayView } from './tray.ts'

export interface TrayPresenterParts {
  readonly platform: Platform
  readonly iconFolder: string
  readonly engine: Engine
  readonly settings: SettingsStore<Settings>
  readonly locale: () => Locale
  readonly windows: Pick<Windows, 'inbox'>
  /** The icon, which was asked for when Electron was ready. */
  readonly tray: TrayView
  readonly trayHost: TrayHost
  readonly act: Act
}

/** Maximum delay of a timer (2^31 - 1 ms). */
const maxTimerMs = 2_147_483_647

/** Renders tray and badge from one state after every change. */
export class TrayPresenter {
  readonly #parts: TrayPresenterParts
  readonly #renderBadge: (state: DesktopState) => void
  #hasStarted = false
  #pauseTimer: ReturnType<typeof setTimeout> | undefined

  /** The icon tells that the app starts, until `start` is called. */
  constructor(parts: TrayPresenterParts) {
    const { platform, iconFolder, windows, trayHost } = parts
    this.#parts = parts
    this.#renderBadge = createBadge({
      platform,
      iconFolder,
      inbox: () => windows.inbox(),
      sendLauncherCount: (count) => {
        sessionBus()
          .then((bus) => bus && sendLauncherCount(bus, count))
          .catch(() => undefined)
      }
    })
    trayHost.onChange(this.update)
    this.update()
  }

  /** Call it when the accounts were read: from then on the icon shows their state, and clicks are carried out. */
  start(): void {
    const { tray, settings, act } = this.#parts
    this.#hasStarted = true
    this.update()
    tray.connect({ act, clickOpens: () => settings.current().trayClick })
  }

  /** Call it after every change; several calls in a turn render once. */
  readonly update = oncePerTurn(() => this.#render())

  /** Result of the last attempt to show the icon, for diagnostics. */
  lastOutcome(): string {
    return this.#parts.tray.lastOutcome()
  }

  #render(): void {
    const { platform, engine, settings, locale, tray, trayHost, act } = this.#parts
    if (!this.#hasStarted) {
      if (trayHost.isThere()) tray.render(startingContent(locale(), act))
      return
    }
    const now = Date.now()
    const state = desktopState(engine, settings.current(), locale(), now)
    this.#schedulePauseEnd(state.notificationsPausedUntil, now)
    if (trayHost.isThere()) tray.render(trayContent(state, platform, act))
    this.#renderBadge(state)
  }

  /** Schedules the update at the end of the pause, because the tray shows that notifications are paused. */
  #schedulePauseEnd(until: DesktopState['notificationsPausedUntil'], now: number): void {
    clearTimeout(this.#pauseTimer)
    if (typeof until === 'number' && isPaused(until, now))
      this.#pauseTimer = setTimeout(this.update, Math.min(until - now, maxTimerMs))
  }
}
