import type { Settings } from '../../ipc/contract.ts'
import type { KeyValueStore, SettingsStore } from '../../storage/settings.ts'
import type { HostNotices } from '../host-notices.ts'
import type { AppMessages } from '../notifications/app-messages.ts'
import type { TrayHost } from '../tray/tray-host.ts'
import { afterClosing, type AfterClosing } from '../windows/close-rule.ts'
import type { Windows } from '../windows/windows.ts'
import type { QuitService } from './quit.ts'
import type { QuitWhenSent } from './quit-when-sent.ts'

/** What is said once, and the key under which it is kept across restarts that it was. */
const toldKeys = {
  stay: 'toldStillInTray',
  'stay-unseen': 'toldStaysUnseen',
  'quit-without-tray': 'toldEndsWithoutTray'
} as const satisfies Partial<Record<AfterClosing, string>>

export interface CloseHandlerParts {
  readonly windows: Pick<Windows, 'isAnyVisible'>
  readonly settings: Pick<SettingsStore<Settings>, 'current'>
  readonly store: KeyValueStore
  readonly trayHost: Pick<TrayHost, 'isThere'>
  readonly notices: Pick<HostNotices, 'add'>
  readonly messages: Pick<AppMessages, 'notifyClosed'>
  readonly quit: Pick<QuitService, 'join'>
  readonly quitWhenSent: Pick<QuitWhenSent, 'begin'>
}

/** The person closed a window: the app ends or goes on, and what happens is said once. */
export class CloseHandler {
  readonly #parts: CloseHandlerParts
  #telling: Promise<void> = Promise.resolve()
  #isTelling = false

  constructor(parts: CloseHandlerParts) {
    this.#parts = parts
    // The notification would go with the app.
    parts.quit.join('closed', () => this.#telling)
  }

  readonly closed = (): void => {
    const { windows, settings, trayHost, quitWhenSent } = this.#parts
    const { closeToTray, stayWithoutTray } = settings.current()
    const next = afterClosing({
      anyVisible: windows.isAnyVisible(),
      tray: trayHost.isThere(),
      closeToTray,
      stayWithoutTray
    })
    switch (next) {
      case 'nothing':
        break
      case 'quit':
        quitWhenSent.begin()
        break
      case 'stay':
      case 'stay-unseen':
        this.#telling = this.#tell(next)
        break
      case 'quit-without-tray':
        this.#telling = this.#tell(next)
        quitWhenSent.begin()
    }
  }

  async #tell(what: keyof typeof toldKeys): Promise<void> {
    const { store, messages, notices } = this.#parts
    const key = toldKeys[what]
    if (store.get(key) === true || this.#isTelling) return
    this.#isTelling = true
    const outcome = await messages.notifyClosed(what).catch(() => 'failed' as const)
    this.#isTelling = false
    if (outcome === 'shown') store.set(key, true)
    else if (what === 'stay') {
      store.set(key, true)
      notices.add({ kind: 'still-in-tray' })
    }
  }
}
