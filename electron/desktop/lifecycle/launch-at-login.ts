/**
 * Keeps the setting "launch at login" in step with the system, which decides: the settings show the system's state, and
 * a change in the settings is requested from the system once. The app never turns it on again after it was turned off
 * in the system.
 */
import type { Notice } from '../../tickets/views.ts'
import type { LoginItem } from './login-item.ts'

export interface LaunchAtLogin {
  /** Call it when the settings changed; only a changed value is requested from the system. */
  settingsChanged(wanted: boolean): void
  /** Reads the system's state; call it at the start and when a window gets the focus. */
  refresh(): void
}

export function createLaunchAtLogin(options: {
  readonly item: LoginItem
  /** Stores the system's state in the settings. */
  readonly show: (on: boolean) => void
  readonly notices: { add(notice: Notice): void; remove(kind: Notice['kind']): void }
  /** The value in the settings at the start. */
  readonly shown: boolean
  readonly failed: (error: unknown) => void
}): LaunchAtLogin {
  const { item, notices } = options
  let { shown } = options

  function refresh(): void {
    try {
      const state = item.state()
      if (state === 'requires-approval') notices.add({ kind: 'login-item-approval' })
      else notices.remove('login-item-approval')
      const on = state === 'on'
      if (on) notices.remove('login-item-failed')
      if (on === shown) return
      shown = on
      options.show(on)
    } catch (error) {
      options.failed(error)
    }
  }

  return {
    refresh,
    settingsChanged(wanted) {
      if (wanted === shown) return
      shown = wanted
      try {
        item.set(wanted)
        notices.remove('login-item-failed')
      } catch (error) {
        options.failed(error)
        notices.add({ kind: 'login-item-failed' })
      }
      refresh()
    }
  }
}
