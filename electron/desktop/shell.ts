/** The desktop around the core: renders tray and badge after every change, and does what people choose there. */
import { app } from 'electron'
import type { Core } from '../core.ts'
import type { Settings } from '../ipc/contract.ts'
import type { SettingsStore } from '../storage/settings.ts'
import type { Finding } from '../sync/port.ts'
import { notificationsFor, pauseUntil } from './alerts.ts'
import { createBadge } from './badge.ts'
import type { CommandLine } from './command-line.ts'
import type { Notifier } from './notifier.ts'
import type { Act, DesktopAction, Platform } from './port.ts'
import { desktopState } from './state.ts'
import { createTray } from './tray.ts'
import type { Windows } from './windows.ts'
import { wordsOf } from './words.ts'

export interface Shell {
  readonly act: Act
  /** Tray and badge as things are now; many calls in a row render once. */
  changed(): void
  tell(findings: readonly Finding[]): void
  obey(commandLine: CommandLine): void
  testNotification(): Promise<string>
}

export function createShell(parts: {
  readonly platform: Platform
  readonly iconFolder: string
  readonly core: () => Core
  readonly settings: SettingsStore<Settings>
  readonly windows: Windows
  readonly notifier: Notifier
  readonly withTray: () => boolean
}): Shell {
  const { settings, windows, notifier, core } = parts
  const badge = createBadge()
  let planned = false

  function act(action: DesktopAction): void {
    const { engine } = core()
    switch (action.kind) {
      case 'open-ticket':
        windows.navigate({ to: 'ticket', ...action.ref })
        break
      case 'mark-read':
        engine.markRead([action.ref])
        break
      case 'reply':
        engine.reply(action.ref, action.text).catch(() => undefined)
        break
      case 'new-ticket':
        windows.showCompose(action.prefill)
        break
      case 'check-now':
        engine.check('asked').catch(() => undefined)
        break
      case 'pause-notifications':
        settings.change({ notifications: { pausedUntil: pauseUntil(action.for, new Date()) } })
        break
      case 'inbox':
        windows.showInbox()
        break
      case 'settings':
        windows.navigate({ to: 'settings' })
        break
      case 'quit':
        app.quit()
        break
    }
  }

  const tray = createTray({ platform: parts.platform, iconFolder: parts.iconFolder, act })

  function render(): void {
    planned = false
    const state = desktopState(core().engine, settings.current(), core().locale(), Date.now())
    if (parts.withTray()) tray.render(state)
    badge(state)
  }

  return {
    act,
    changed() {
      if (planned) return
      planned = true
      setImmediate(render)
    },
    tell(findings) {
      const texts = notificationsFor(findings, settings.current().notifications, new Date(), core().locale())
      for (const text of texts) {
        const onClick = (): void => act(text.ref ? { kind: 'open-ticket', ref: text.ref } : { kind: 'inbox' })
        notifier.deliver({ text, onClick }).catch(() => undefined)
      }
    },
    obey({ newTicket, check, hidden, link }) {
      if (check) act({ kind: 'check-now' })
      if (link?.kind === 'new') act({ kind: 'new-ticket', prefill: link.prefill })
      else if (link?.kind === 'ticket') {
        const row = core()
          .engine.rows()
          .find(({ id }) => id === link.ticketId)
        act(
          row
            ? { kind: 'open-ticket', ref: { accountId: row.accountId, ticketId: row.id } }
            : { kind: 'inbox' }
        )
      } else if (newTicket) act({ kind: 'new-ticket' })
      else if (!hidden && !check) act({ kind: 'inbox' })
    },
    testNotification() {
      const words = wordsOf(core().locale())
      const text = {
        title: words.test,
        body: words.testBody,
        ref: null,
        silent: !settings.current().notifications.sound
      }
      return notifier.deliver({ text, onClick: () => act({ kind: 'inbox' }) })
    }
  }
}
