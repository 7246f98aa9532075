/**
 * Launch at login: the system has the last word. What it says is what the settings show; what the person switches in the
 * settings is asked of the system once, and never again behind the back of whoever switched it off there.
 */
import type { Notice } from '../../tickets/views.ts'
import type { LoginItem } from './login-item.ts'

export interface LaunchAtLogin {
  /** The settings changed; only a switch of the person's is asked of the system. */
  settingsChanged(wanted: boolean): void
  /** At the start, and whenever a window is looked at: what does the system say now? */
  refresh(): void
}

export function createLaunchAtLogin(options: {
  readonly item: LoginItem
  /** Sets what the settings show. */
  readonly show: (on: boolean) => void
  readonly notices: { add(notice: Notice): void; remove(kind: Notice['kind']): void }
  /** The value in the settings as they were read. */
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
