/** Implements what commands need from Electron's main process: dialogs, clipboard, links, the support report. */
import { app, BrowserWindow, clipboard, safeStorage, shell as electronShell } from 'electron'
import type { Openable } from '../ipc/contract.ts'
import { reportAddress, type Host } from '../ipc/host.ts'
import { packagedManifest } from './updates/packaged-manifest.ts'
import { diagnosticLines } from './lifecycle/diagnostics.ts'
import type { DisplayServer } from './linux/display-server.ts'
import { newTicketCommand } from './new-ticket-command.ts'
import type { Notifier } from './notifications/notifier.ts'
import type { Locale } from '../tickets/locale.ts'
import type { Act, DesktopAction, Platform } from './types.ts'
import type { Preferences } from './lifecycle/preferences.ts'
import type { AppMessages } from './notifications/app-messages.ts'
import type { Profile } from './profile.ts'
import type { TrayPresenter } from './tray/tray-presenter.ts'
import type { Power } from './lifecycle/power.ts'
import type { ProxySignIn } from './security/proxy-sign-in.ts'
import type { HostGate } from './security/host-gate.ts'
import { redactions } from './security/redact.ts'
import { chooseFromTicketMenu } from './windows/ticket-menu.ts'
import { askWhatToOpen, askWhereToSave } from './windows/file-dialogs.ts'
import { openExternal, type HttpHosts } from './security/security.ts'
import type { SelfUpdate } from './updates/self-update.ts'
import type { WatchedVault } from './security/secret-registry.ts'
import type { Shortcut } from './windows/shortcut.ts'
import type { TrayHost } from './tray/tray-host.ts'

export interface HostParts {
  readonly platform: Platform
  readonly profile: Profile
  readonly notifier: Notifier
  readonly trayHost: TrayHost
  readonly shortcut: Shortcut
  readonly displayServer: DisplayServer
  readonly selfUpdate: SelfUpdate
  readonly power: Power
  readonly httpHosts: HttpHosts
  readonly hostGate: HostGate
  readonly proxy: ProxySignIn
  /** Language of the system dialogs. */
  readonly locale: () => Locale
  readonly act: Act
  readonly messages: AppMessages
  readonly tray: TrayPresenter
  readonly preferences: Preferences
}

/** Electron names the keychain only on Linux; one chosen by the app is in the command line. */
function keychain(vault: WatchedVault): string {
  const storage: Partial<typeof safeStorage> = safeStorage
  const chosen = app.commandLine.getSwitchValue('password-store') || storage.getSelectedStorageBackend?.()
  const name = vault.available ? chosen || 'there' : 'missing'
  return `${name} (last: ${vault.lastOutcome() ?? 'not asked'})`
}

/** `drawn on`: the display server in use; in a Wayland session an X11 app runs in Xwayland. */
function session(env: Readonly<Record<string, string | undefined>>, server: DisplayServer): string {
  if (server === 'native') return ''
  return [env.XDG_SESSION_TYPE, env.XDG_CURRENT_DESKTOP, `drawn on ${server}`].filter(Boolean).join(' ')
}

/** Action for each window that a page can ask to open. */
const openActions: Readonly<Record<Openable, DesktopAction>> = {
  inbox: { kind: 'inbox' },
  compose: { kind: 'new-ticket' },
  settings: { kind: 'settings' }
}

export function electronHost(parts: HostParts): Host {
  const { platform, shortcut, trayHost } = parts
  const { vault, secrets, setAside, log } = parts.profile
  const reportTo = reportAddress(packagedManifest().bugs)
  return {
    get info() {
      return {
        version: app.getVersion(),
        platform,
        host: 'electron' as const,
        keychain: vault.available,
        newTicketCommand:
          parts.displayServer === 'wayland'
            ? newTicketCommand(process.env, process.execPath, app.isPackaged ? [] : [app.getAppPath()])
            : null,
        reportTo
      }
    },
    mayContact: (address, purpose) => parts.hostGate.ask(address, purpose),
    signInToProxy: (credentials) => parts.proxy.signIn(credentials),
    checkNetwork: () => parts.power.checkNetwork(),
    setAsidePath: (name) => setAside.path(name),
    showFile: (path) => {
      electronShell.showItemInFolder(path)
    },
    openWindow: (window, template) =>
      parts.act(
        window === 'compose' && template !== undefined
          ? { kind: 'new-ticket', prefill: { template } }
          : openActions[window]
      ),
    showTicket: (ref) => parts.act(ref ? { kind: 'open-ticket', ref } : { kind: 'unread' }),
    openExternal: (url) => openExternal(url, parts.httpHosts),
    showPanelAddress: (accountId) => parts.act({ kind: 'panel-address', accountId }),
    chooseFromTicketMenu: (choices, at, windowId) =>
      chooseFromTicketMenu(choices, at, windowId, parts.locale()),
    writeClipboard: async (text) => {
      // Returns no promise before Electron 45.
      await clipboard.writeText(text)
    },
    readClipboard: async (windowId) => {
      const window = windowId === null ? null : BrowserWindow.fromId(windowId)
      return window?.isFocused() === true ? clipboard.readText() : ''
    },
    clipboardAsks: platform === 'darwin',
    chooseExportFile: (name, windowId) => askWhereToSave(name, windowId, parts.locale()),
    chooseImportFile: (windowId) => askWhatToOpen(windowId, parts.locale()),
    takeShortcut: (accelerator) => parts.preferences.takeShortcut(accelerator),
    diagnostics: (engine) =>
      diagnosticLines(
        {
          version: app.getVersion(),
          versions: process.versions,
          platform,
          arch: process.arch,
          systemVersion: process.getSystemVersion(),
          locale: app.getLocale(),
          session: session(process.env, parts.displayServer),
          tray: `${trayHost.isThere() ? 'there' : 'missing'} (${trayHost.backend}, last: ${parts.tray.lastOutcome()})`,
          keychain: keychain(vault),
          notifier: parts.notifier.firstBackend(),
          power: parts.power.status(),
          updates: parts.selfUpdate.summary(),
          shortcut: shortcut.state(),
          engine,
          notifications: parts.notifier.history(),
          log: log.newest()
        },
        redactions(secrets)
      ),
    update: () => parts.selfUpdate.view(),
    actOnUpdate: (act) => parts.selfUpdate.act(act),
    testNotification: () => parts.messages.sendTest()
  }
}
