/** Applies the settings outside of the windows: theme, menu, shortcut, launch at login. */
import { app, nativeTheme } from 'electron'
import type { Settings } from '../../ipc/contract.ts'
import type { ShortcutState } from '../../ipc/host.ts'
import type { SettingsStore } from '../../storage/settings.ts'
import type { Locale } from '../../tickets/locale.ts'
import type { HostNotices } from '../host-notices.ts'
import type { Act, Platform } from '../types.ts'
import { setAppMenu } from '../windows/app-menu.ts'
import { isRefused, type Shortcut } from '../windows/shortcut.ts'
import { createLaunchAtLogin, type LaunchAtLogin } from './launch-at-login.ts'
import type { Log } from './log.ts'
import { loginItemOf, type LoginItem } from './login-item.ts'

export interface PreferenceParts {
  readonly platform: Platform
  readonly settings: SettingsStore<Settings>
  readonly notices: HostNotices
  readonly shortcut: Shortcut
  readonly locale: () => Locale
  readonly act: Act
  readonly log: Log
}

export class Preferences {
  readonly #parts: PreferenceParts
  readonly #loginItem: LoginItem
  readonly #launchAtLogin: LaunchAtLogin
  /** The shortcut in the settings if it was refused; empty if it works. */
  #refusedShortcut = ''

  constructor(parts: PreferenceParts) {
    const { platform, settings, notices } = parts
    this.#parts = parts
    this.#loginItem = loginItemOf(platform)
    this.#launchAtLogin = createLaunchAtLogin({
      item: this.#loginItem,
      show: (on) => {
        settings.change({ launchAtLogin: on })
      },
      notices,
      shown: settings.current().launchAtLogin,
      failed: (error) => this.#logLoginItem(error)
    })
    settings.onChange((current) => this.#apply(current))
    app.on('browser-window-focus', () => {
      this.#launchAtLogin.refresh()
    })
  }

  /** Call it once per run. */
  start(): void {
    this.#apply(this.#parts.settings.current())
    try {
      this.#loginItem.repair()
    } catch (error) {
      this.#logLoginItem(error)
    }
    this.#launchAtLogin.refresh()
  }

  /**
   * Registers the shortcut and returns the result; on `taken` and `invalid` the previous one stays. An empty one
   * releases it.
   */
  takeShortcut(accelerator: string): ShortcutState {
    const { shortcut, notices } = this.#parts
    const state = shortcut.use(accelerator)
    if (!isRefused(state))
      for (const kind of ['shortcut-taken', 'shortcut-invalid'] as const) notices.remove(kind)
    return state
  }

  #apply(settings: Settings): void {
    const { platform, locale, act } = this.#parts
    nativeTheme.themeSource = settings.theme
    setAppMenu(platform, locale(), act)
    this.#applyShortcut(settings.shortcut)
    this.#launchAtLogin.settingsChanged(settings.launchAtLogin)
  }

  /** A shortcut chosen in the settings is registered already; at the start another program may have taken it. */
  #applyShortcut(accelerator: string): void {
    const state = this.takeShortcut(accelerator)
    if (isRefused(state) && accelerator !== this.#refusedShortcut)
      this.#parts.notices.add({ kind: `shortcut-${state}`, detail: accelerator })
    this.#refusedShortcut = isRefused(state) ? accelerator : ''
  }

  #logLoginItem(error: unknown): void {
    this.#parts.log.error('launch at login', error)
  }
}
