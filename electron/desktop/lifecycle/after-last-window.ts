import type { Settings } from '../../ipc/contract.ts'
import type { KeyValueStore, SettingsStore } from '../../storage/settings.ts'
import type { HostNotices } from '../host-notices.ts'
import type { AppMessages } from '../notifications/app-messages.ts'
import type { TrayHost } from '../tray/tray-host.ts'
import { afterClosing } from '../windows/close-rule.ts'
import type { Windows } from '../windows/windows.ts'
import type { QuitWhenSent } from './quit-when-sent.ts'

const toldStillInTrayKey = 'toldStillInTray'

/** The person closed a window: the app ends, or goes on in the tray, which is said once. */
export const createCloseHandler =
  (parts: {
    readonly windows: Windows
    readonly settings: SettingsStore<Settings>
    /** Keeps across restarts that it was said. */
    readonly store: KeyValueStore
    readonly trayHost: TrayHost
    readonly notices: HostNotices
    readonly messages: AppMessages
    readonly quitWhenSent: QuitWhenSent
  }) =>
  (): void => {
    const { windows, settings, store, trayHost, notices } = parts
    const { closeToTray, stayWithoutTray } = settings.current()
    const next = afterClosing({
      anyVisible: windows.isAnyVisible(),
      tray: trayHost.isThere(),
      closeToTray,
      stayWithoutTray,
      toldStillInTray: store.get(toldStillInTrayKey) === true
    })
    if (next === 'quit') parts.quitWhenSent.begin()
    if (next !== 'tell') return
    store.set(toldStillInTrayKey, true)
    parts.messages
      .notifyStillInTray()
      .then((outcome) => {
        if (outcome !== 'shown') notices.add({ kind: 'still-in-tray' })
      })
      .catch(() => undefined)
  }
