import type { Settings } from '../../ipc/contract.ts'
import type { KeyValueStore, SettingsStore } from '../../storage/settings.ts'
import type { HostNotices } from '../host-notices.ts'
import type { AppMessages } from '../notifications/app-messages.ts'
import type { TrayHost } from '../tray/tray-host.ts'
import { afterClosing, type AfterClosing } from '../windows/close-rule.ts'
import type { Windows } from '../windows/windows.ts'
import type { QuitService } from './quit.ts'
import type { QuitWhenSent } from './quit-when-sent.ts'

/** Store keys of messages that are shown only once, across restarts. */
const shownOnceKeys = {
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

/** Decides whether the app quits or keeps running after the person closed a window, and explains it once. */
export class CloseHandler {
  readonly #parts: CloseHandlerParts
  #explanation: Promise<void> = Promise.resolve()
  #isExplaining = false

  constructor(parts: CloseHandlerParts) {
    this.#parts = parts
    // Quitting waits for the notification, which would disappear with the app.
    parts.quit.join('closed', () => this.#explanation)
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
        this.#explanation = this.#explain(next)
        break
      case 'quit-without-tray':
        this.#explanation = this.#explain(next)
        quitWhenSent.begin()
    }
  }

  async #explain(what: keyof typeof shownOnceKeys): Promise<void> {
    const { store, messages, notices } = this.#parts
    const key = shownOnceKeys[what]
    if (store.get(key) === true || this.#isExplaining) return
    this.#isExplaining = true
    const outcome = await messages.notifyClosed(what).catch(() => 'failed' as const)
    this.#isExplaining = false
    if (outcome === 'shown') store.set(key, true)
    else if (what === 'stay') {
      store.set(key, true)
      notices.add({ kind: 'still-in-tray' })
    }
  }
}
