/** The one place where everything is put together. */
import Store from 'electron-store'
import { app, BrowserWindow, nativeTheme, safeStorage, session } from 'electron'
import { readFileSync } from 'node:fs'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { readInWorker } from './api/list/whole-list.ts'
import { createCore } from './core.ts'
import { activationSwitch, createActivation } from './desktop/lifecycle/activation.ts'
import { appOrigin, declareAppScheme, serveAppScheme } from './desktop/security/app-scheme.ts'
import { setAppMenu } from './desktop/windows/app-menu.ts'
import { afterClosing } from './desktop/windows/close-rule.ts'
import { parseCommandLine } from './desktop/lifecycle/command-line.ts'
import { electronHost, redactions } from './desktop/electron-host.ts'
import { displayServer } from './desktop/linux/display-server.ts'
import { askForHttp } from './desktop/security/http-question.ts'
import { endWith, whyRefused, type WordsByLocale } from './desktop/lifecycle/startup-failure.ts'
import { createHostNotices } from './desktop/host-notices.ts'
import { watchLinuxPower } from './desktop/linux/linux-power.ts'
import { createEnding, leavingNow, unsent } from './desktop/lifecycle/quit.ts'
import { chooseKeychain, type AskKeychain } from './desktop/security/keychain.ts'
import { createLog } from './desktop/lifecycle/log.ts'
import { createLaunchAtLogin } from './desktop/lifecycle/launch-at-login.ts'
import { loginItemOf, startedAtLogin, registerProtocol } from './desktop/lifecycle/login-item.ts'
import { accountNetwork, readingSession } from './desktop/security/network.ts'
import { createPauseClock } from './desktop/notifications/pause-clock.ts'
import { createNotifier } from './desktop/notifications/system-notifier.ts'
import type { Platform } from './desktop/types.ts'
import { createPower } from './desktop/lifecycle/power.ts'
import { answerProxyLogins, createProxySignIn, probeByElectron } from './desktop/security/proxy-sign-in.ts'
import { isWithoutSandbox, withoutSandboxWords } from './desktop/security/sandbox.ts'
import { watchVault } from './desktop/security/secret-registry.ts'
import {
  blockPageNetwork,
  hardenContents,
  hardenSessions,
  refuseClientCertificates,
  httpHosts,
  refuseSwitches,
  disableDnsPrefetch
} from './desktop/security/security.ts'
import { selfUpdate } from './desktop/updates/self-update.ts'
import { sessionBus, systemBus } from './desktop/linux/session-bus.ts'
import { createShell } from './desktop/shell.ts'
import { createShortcut, isRefused } from './desktop/windows/shortcut.ts'
import { quitOnSignals } from './desktop/lifecycle/signals.ts'
import { fetchSpellingDictionaries } from './desktop/windows/spelling.ts'
import { collectLaunchRequests } from './desktop/lifecycle/launch-requests.ts'
import { trayHost as findTray, type TrayHost } from './desktop/tray/tray-host.ts'
import { AppWindows } from './desktop/windows/windows.ts'
import { settingsSchema, type Settings } from './ipc/settings-schema.ts'
import { createHandlers } from './ipc/handlers.ts'
import { currentLocale } from './ipc/locale.ts'
import { NoticeBoard } from './ipc/notice-board.ts'
import { defaultSettings } from './ipc/defaults.ts'
import { migrateSettings } from './ipc/migrate-settings.ts'
import { registerCommands } from './ipc/register.ts'
import type { StorageReport } from './storage/file.ts'
import { thisMachine } from './storage/lock.ts'
import { openSettings } from './storage/open-settings.ts'
import { setAsideFiles } from './storage/set-aside.ts'
import { createSettings, textsOf } from './storage/settings.ts'
import { systemClock } from './storage/clock.ts'
import { safeStorageCipher } from './storage/safe-storage-cipher.ts'
import { createVault } from './storage/vault.ts'

const platform: Platform =
  process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux'
const built = (...path: string[]): string => join(import.meta.dirname, ...path)
const server = displayServer(platform)
const activation = createActivation(server)
const commandLine = parseCommandLine(process.argv)

const withoutSandbox = isWithoutSandbox()
app.enableSandbox()
refuseSwitches()
disableDnsPrefetch()
declareAppScheme()
hardenContents()
hardenSessions()
refuseClientCertificates()

/** Since the machine began to run, its sleep counted. */
const uptimeMs = (): number => uptime() * 1000
/** Between two looks at whether a pause of notifications is over. */
const pauseLookMs = 30_000

/** Quitting waits no longer for what is on its way, in milliseconds: a session that ends kills what is left. */
const stopPatienceMs = 1500

function start(
  trayHost: TrayHost,
  starts: ReturnType<typeof collectLaunchRequests>,
  keychain: AskKeychain | null
): void {
  const folder = app.getPath('userData')
  const secrets = new Set<string>()
  const log = createLog(join(folder, 'logs'), () => redactions(secrets))
  log.info(`Bilet ${app.getVersion()} starts`)
  process.on('uncaughtException', (error) => {
    log.error('main', error)
  })
  process.on('unhandledRejection', (error) => {
    log.error('main', error)
  })

  const setAside = setAsideFiles(
    ['settings.json', 'secrets.json'].map((name) => ({ name, folders: () => [folder] }))
  )
  const board = new NoticeBoard()
  const notices = createHostNotices({
    dismissed: () => textsOf(store.get('dismissedNotices')),
    setAside,
    setDismissed: (kinds) => {
      store.set('dismissedNotices', kinds)
    },
    onChange: board.changed
  })
  board.addSource(notices)
  const report: StorageReport = (trouble, file) => {
    if (trouble) log.info(`${file}: ${trouble.kind}`)
    notices.report(trouble, file)
  }
  const store = openSettings({
    path: join(folder, 'settings.json'),
    open: () => new Store({ name: 'settings' }),
    report,
    now: Date.now
  })
  const settings = createSettings<Settings>(store, settingsSchema, defaultSettings, migrateSettings)
  const vault = watchVault(
    createVault({
      cipher: safeStorageCipher({ safeStorage, isLinux: platform === 'linux', keychain }),
      folder,
      report,
      clock: systemClock
    }),
    secrets
  )

  const locale = currentLocale(settings, app.getLocale())

  const windows = new AppWindows({
    preload: built('preload.cjs'),
    icon: built('icons', '256x256.png'),
    displayServer: server,
    store,
    onClosed: () => {
      const { closeToTray, stayWithoutTray } = settings.current()
      const what = afterClosing({
        anyVisible: windows.isAnyVisible(),
        tray: trayHost.isThere(),
        closeToTray,
        stayWithoutTray,
        toldStillInTray: store.get('toldStillInTray') === true
      })
      if (what === 'quit') ending.begin()
      if (what !== 'tell') return
      store.set('toldStillInTray', true)
      shell
        .tellStillInTray()
        .then((outcome) => {
          if (outcome !== 'shown') notices.add({ kind: 'still-in-tray' })
        })
        .catch(() => undefined)
    },
    hasTray: () => trayHost.isThere(),
    onInboxShown: () => {
      core.engine.check('opened').catch(() => undefined)
    },
    locale: locale
  })

  const notifier = createNotifier({
    platform,
    icon: built('icons', '128x128.png'),
    wanted: () => settings.current().notifications.backend,
    onPermission: (allowed) => {
      if (allowed) notices.remove('notifications-denied')
      else notices.add({ kind: 'notifications-denied', detail: platform })
    }
  })

  const updates = selfUpdate(platform, {
    putOff: () => (store.get('updatePutOff') ?? null) as string | null,
    setPutOff: (version) => {
      store.set('updatePutOff', version)
    },
    onChange: (view) => {
      windows.broadcast('update', view)
    },
    failed: (what, error) => {
      log.error(`update ${what}`, error)
    },
    beforeInstall: () => windows.allowClose()
  })

  const shortcut = createShortcut(() => shell.act({ kind: 'new-ticket' }), { displayServer: server })
  const power = createPower(async (tell) =>
    platform === 'linux'
      ? watchLinuxPower({ session: await sessionBus(), system: await systemBus() }, tell)
      : undefined
  )

  board.onChange(() => {
    windows.broadcast('notices', board.all())
  })

  const proxy = createProxySignIn({ vault, notices, probe: probeByElectron })
  answerProxyLogins(proxy)
  const host = electronHost({
    platform,
    vault,
    secrets,
    notices,
    setAside,
    notifier,
    log,
    trayHost,
    shortcut,
    displayServer: server,
    proxy,
    selfUpdate: updates,
    power,
    httpHosts: httpHosts({
      read: () => store.get('httpHosts'),
      write: (hosts) => {
        store.set('httpHosts', hosts)
      },
      ask: (host) => askForHttp(host, locale())
    }),
    locale: locale,
    shell: () => shell
  })
  const readWhole = readInWorker(
    (resourceLimits) =>
      new Worker(readFileSync(built('list-worker.cjs'), 'utf8'), { eval: true, resourceLimits })
  )
  const core = createCore({
    folder,
    vault,
    secrets,
    settings,
    notices: board,
    locale,
    broadcast: windows.broadcast,
    network: (accountId) => ({ ...accountNetwork(accountId, proxy), readWhole })
  })
  const shell = createShell({
    platform,
    iconFolder: built('tray'),
    core: () => ({ engine: core.engine, locale }),
    settings,
    windows,
    notifier,
    trayHost,
    activation,
    uptime: uptimeMs,
    askedForNotifications: () => store.get('askedForNotifications') === true,
    setAskedForNotifications: () => {
      store.set('askedForNotifications', true)
    }
  })
  const ending = createEnding({
    leaving: () => leavingNow(core.engine.outbox(), core.engine.accounts()),
    isAnyVisible: () => windows.isAnyVisible(),
    quit: () => app.quit()
  })
  core.events.on('changed', () => {
    shell.changed()
    ending.changed()
  })
  core.events.on('findings', (findings) => {
    shell.tell(findings)
  })

  trayHost.onChange((there) => {
    if (there) {
      notices.remove('no-tray')
      return
    }
    notices.add({ kind: 'no-tray' })
    // There is no other way in now, and nobody wants it unseen. It was not asked for: it does not take the keyboard.
    if (!windows.isAnyVisible() && !settings.current().stayWithoutTray) windows.showInactive()
  })
  if (!trayHost.isThere()) notices.add({ kind: 'no-tray' })

  const loginItem = loginItemOf(platform)
  const launchAtLogin = createLaunchAtLogin({
    item: loginItem,
    show: (on) => {
      settings.change({ launchAtLogin: on })
    },
    notices,
    shown: settings.current().launchAtLogin,
    failed: (error) => {
      log.error('launch at login', error)
    }
  })
  app.on('browser-window-focus', () => {
    launchAtLogin.look()
  })
  let missingShortcut = ''
  const applySettings = (now: Settings): void => {
    nativeTheme.themeSource = now.theme
    setAppMenu(platform, locale(), shell.act)
    // Asked for in the settings it was taken already; at the start another program may have it.
    const state = host.takeShortcut(now.shortcut)
    if (isRefused(state) && now.shortcut !== missingShortcut)
      notices.add({ kind: `shortcut-${state}`, detail: now.shortcut })
    missingShortcut = isRefused(state) ? now.shortcut : ''
    launchAtLogin.settingsChanged(now.launchAtLogin)
  }
  settings.onChange(applySettings)
  const pauseClock = createPauseClock({
    now: Date.now,
    uptime: uptimeMs,
    bootId: thisMachine().bootId,
    read: () => store.get('pauseNoted'),
    write: (noted) => {
      store.set('pauseNoted', noted)
    },
    paused: () => settings.current().notifications.pausedUntil,
    pause: (pausedUntil) => {
      settings.change({ notifications: { pausedUntil } })
    }
  })
  settings.onChange(() => {
    pauseClock.look()
  })
  setInterval(() => {
    pauseClock.look()
  }, pauseLookMs)
  pauseClock.look()

  serveAppScheme(built('renderer'))
  registerCommands(
    createHandlers({
      engine: core.engine,
      settings,
      host,
      notices: board,
      broadcast: windows.broadcast,
      locale,
      connectDemo: core.connectDemo,
      now: () => systemClock.now()
    }),
    appOrigin,
    (contents) => ({
      windowId: BrowserWindow.fromWebContents(contents)?.id ?? null,
      closeWindow: () => {
        windows.hide(contents)
      }
    }),
    log.error
  )

  // The windows hide when they are closed; whether the app goes on is said in onClosed.
  app.on('window-all-closed', () => undefined)
  let stopping = false
  let stopped = false
  app.on('before-quit', (event) => {
    windows.allowClose()
    shortcut.release()
    if (stopped) return
    event.preventDefault()
    if (stopping) return
    stopping = true
    const stop = Promise.all([shell.tellUnsent(unsent(core.engine.outbox())), core.stop()])
    Promise.race([stop, new Promise((resolve) => setTimeout(resolve, stopPatienceMs))])
      .catch((error: unknown) => {
        log.error('stop', error)
      })
      .finally(() => {
        stopped = true
        // Not from within this event: a system that told the app to end waits in it, and would hear the first "no".
        setImmediate(() => app.quit())
      })
      .catch(() => undefined)
  })

  core
    .start()
    .then(async () => {
      if (commandLine.demo && !core.engine.accounts().some(({ demo }) => demo)) await core.connectDemo()
      power.start({
        suspend: () => {
          core.engine.suspend()
          log.info('asleep')
        },
        wake: () => {
          pauseClock.look()
          core.engine.check('wake').catch(() => undefined)
          log.info('awake')
        },
        state: (state) => core.engine.setPower(state),
        online: (online) => core.engine.setOnline(online)
      })
      applySettings(settings.current())
      try {
        loginItem.repair()
      } catch (error) {
        log.error('launch at login', error)
      }
      launchAtLogin.look()
      shell.changed()
      shell.obey({ ...commandLine, hidden: commandLine.hidden || startedAtLogin(platform) })
      starts.take((again) => {
        shell.obey(again)
      })
      shell.hearEarlierNotifications()
      windows.warmUp()
    })
    .catch((error: unknown) => {
      log.error('start', error)
    })
}

async function prepareSessions(): Promise<void> {
  fetchSpellingDictionaries(session.defaultSession, readingSession())
  await blockPageNetwork()
}

function endSaying(words: WordsByLocale): void {
  endWith(words).catch(() => {
    app.exit(1)
  })
}

if (withoutSandbox) {
  endSaying(withoutSandboxWords)
} else if (!app.requestSingleInstanceLock()) {
  // Mostly a second start, which the first has heard of.
  const why = whyRefused(app.getPath('userData'))
  if (why) endSaying(why)
  else app.quit()
} else if (process.argv.includes(activationSwitch)) {
  // One that brings a token to nobody is none.
  app.quit()
} else {
  const starts = collectLaunchRequests(activation.arrived)
  registerProtocol(platform)
  const keychain = platform === 'linux' ? await chooseKeychain() : null
  // A hidden start waits for the panel of a session that is just starting.
  Promise.all([findTray(platform, commandLine.hidden), app.whenReady().then(prepareSessions)])
    .then(([trayHost]) => {
      quitOnSignals(() => app.quit())
      start(trayHost, starts, keychain)
    })
    .catch((error: unknown) => {
      console.error(error)
      app.exit(1)
    })
}
