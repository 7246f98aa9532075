/** The one place where everything is put together. */
import Store from 'electron-store'
import { app, clipboard, dialog, nativeTheme, safeStorage } from 'electron'
import { join } from 'node:path'
import { createCore } from './core.ts'
import { appOrigin, declareAppScheme, serveAppScheme } from './desktop/app-scheme.ts'
import { setAppMenu } from './desktop/app-menu.ts'
import { parseCommandLine } from './desktop/command-line.ts'
import { setLaunchAtLogin, startedAtLogin } from './desktop/login-item.ts'
import { accountNetwork } from './desktop/network.ts'
import { createNotifier } from './desktop/notifier.ts'
import type { Bounds } from './desktop/placement.ts'
import type { Platform } from './desktop/port.ts'
import { watchPower } from './desktop/power.ts'
import { hardenContents, hardenSession, openExternal } from './desktop/security.ts'
import { createShell } from './desktop/shell.ts'
import { createShortcut } from './desktop/shortcut.ts'
import { hasTray } from './desktop/tray.ts'
import { createWindows } from './desktop/windows.ts'
import { settingsSchema, type Settings } from './ipc/contract.ts'
import { defaultSettings } from './ipc/defaults.ts'
import type { Host } from './ipc/host.ts'
import { registerCommands } from './ipc/register.ts'
import { createSettings } from './storage/settings.ts'
import { createVault, safeStorageCipher } from './storage/vault.ts'
import type { Notice } from './tickets/views.ts'

const platform: Platform =
  process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux'
const built = (...path: string[]): string => join(__dirname, ...path)
const report = (what: string, error: unknown): void => {
  console.error(`${what}: ${error instanceof Error ? error.message : 'failed'}`)
}

app.enableSandbox()
declareAppScheme()
hardenContents()

function start(withTray: boolean): void {
  const folder = app.getPath('userData')
  const commandLine = parseCommandLine(process.argv)
  const store = new Store({ name: 'settings' })
  const settings = createSettings<Settings>(store, settingsSchema, defaultSettings)
  let hostNotices: readonly Notice[] = withTray ? [] : [{ kind: 'no-tray' }]

  const vault = createVault({
    cipher: safeStorageCipher(safeStorage),
    folder,
    report: () => undefined,
    now: Date.now
  })

  const windows = createWindows({
    preload: built('preload.cjs'),
    icon: built('icons', '256x256.png'),
    savedBounds: () => (store.get('inboxBounds') ?? null) as Bounds | null,
    saveBounds: (bounds) => {
      store.set('inboxBounds', bounds)
    },
    hidesOnClose: () => withTray && settings.current().closeToTray,
    onHidden: () => {
      if (store.get('toldStillInTray') === true) return
      store.set('toldStillInTray', true)
      notice({ kind: 'still-in-tray' })
    },
    onInboxShown: () => {
      core.engine.check('opened').catch(() => undefined)
    }
  })

  const notifier = createNotifier({
    platform,
    icon: built('icons', '128x128.png'),
    override: process.env.BILET_NOTIFIER
  })

  function notice(added: Notice): void {
    hostNotices = [...hostNotices.filter(({ kind }) => kind !== added.kind), added]
    windows.broadcast('notices', core.state().notices)
  }

  const host: Host = {
    info: { version: app.getVersion(), platform, host: 'electron', keychain: vault.available },
    folder,
    systemLocale: app.getLocale(),
    vault,
    network: accountNetwork,
    notices: () => hostNotices,
    dismissNotice: (kind) => {
      hostNotices = hostNotices.filter((one) => one.kind !== kind)
    },
    openWindow: (window) => {
      shell.act({ kind: window === 'compose' ? 'new-ticket' : window })
    },
    openExternal,
    writeClipboard: async (text) => {
      // No promise before Electron 45.
      await clipboard.writeText(text)
    },
    chooseExportFile: async (name) => {
      const { filePath, canceled } = await dialog.showSaveDialog({
        defaultPath: join(app.getPath('documents'), name)
      })
      return canceled || !filePath ? null : filePath
    },
    diagnostics: () => [
      `Bilet ${app.getVersion()}, Electron ${process.versions.electron}, Chromium ${process.versions.chrome}, Node ${process.versions.node}`,
      `${process.platform} ${process.arch} ${process.getSystemVersion()}, locale ${app.getLocale()}`,
      `tray ${withTray ? 'there' : 'missing'}, keychain ${vault.available ? 'there' : 'missing'}`,
      ...notifier.history().map((line) => `notification by ${line}`)
    ],
    testNotification: () => shell.testNotification()
  }

  const core = createCore(host, settings, windows.broadcast, {
    changed: () => shell.changed(),
    findings: (findings) => shell.tell(findings)
  })
  const shell = createShell({
    platform,
    iconFolder: built('tray'),
    core: () => core,
    settings,
    windows,
    notifier,
    withTray: () => withTray
  })

  const shortcut = createShortcut(() => shell.act({ kind: 'new-ticket' }))
  const applySettings = (now: Settings): void => {
    nativeTheme.themeSource = now.theme
    setAppMenu(platform, core.locale(), shell.act)
    if (!shortcut.use(now.shortcut)) notice({ kind: 'shortcut-taken', detail: now.shortcut })
  }
  let launchAtLogin = settings.current().launchAtLogin
  settings.onChange((now) => {
    applySettings(now)
    if (now.launchAtLogin === launchAtLogin) return
    launchAtLogin = now.launchAtLogin
    setLaunchAtLogin(launchAtLogin, platform)
  })

  serveAppScheme(built('renderer'))
  hardenSession()
  registerCommands(
    core.handlers,
    appOrigin,
    (contents) => ({
      closeWindow: () => {
        windows.hide(contents)
      }
    }),
    report
  )

  app.on('second-instance', (_event, argv) => {
    shell.obey(parseCommandLine(argv))
  })
  app.on('open-url', (_event, url) => {
    shell.obey(parseCommandLine([url]))
  })
  app.on('activate', () => {
    shell.act({ kind: 'inbox' })
  })
  app.on('window-all-closed', () => {
    if (!withTray) app.quit()
  })
  let stopped = false
  app.on('before-quit', (event) => {
    windows.letClose()
    shortcut.release()
    if (stopped) return
    event.preventDefault()
    core
      .stop()
      .catch((error: unknown) => {
        report('stop', error)
      })
      .finally(() => {
        stopped = true
        app.quit()
      })
      .catch(() => undefined)
  })

  core
    .start()
    .then(async () => {
      if (commandLine.demo && !core.engine.accounts().some(({ demo }) => demo)) await core.connectDemo()
      watchPower({
        suspend: () => core.engine.suspend(),
        wake: () => void core.engine.check('wake').catch(() => undefined),
        state: (state) => core.engine.setPower(state),
        online: (online) => core.engine.setOnline(online)
      })
      applySettings(settings.current())
      shell.changed()
      // Without a tray there is no other way in.
      shell.obey({ ...commandLine, hidden: withTray && (commandLine.hidden || startedAtLogin(platform)) })
      windows.warmCompose()
    })
    .catch((error: unknown) => {
      report('start', error)
    })
}

if (app.requestSingleInstanceLock()) {
  app.setAsDefaultProtocolClient('bilet')
  Promise.all([app.whenReady(), hasTray(platform)])
    .then(([, withTray]) => {
      start(withTray)
    })
    .catch((error: unknown) => {
      report('start', error)
      app.exit(1)
    })
} else app.quit()
