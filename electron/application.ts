/** The app in Electron: creates, wires and starts its parts, in an order in which each depends only on earlier ones. */
import { app } from 'electron'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { serveCommandLine } from './cli/serve.ts'
import { createCore } from './core.ts'
import { createActions } from './desktop/actions.ts'
import { electronHost } from './desktop/electron-host.ts'
import type { Activation } from './desktop/lifecycle/activation.ts'
import { CloseHandler } from './desktop/lifecycle/close-handler.ts'
import type { CommandLine } from './desktop/lifecycle/command-line.ts'
import { createLaunchHandler } from './desktop/lifecycle/handle-launch.ts'
import type { LaunchRequests } from './desktop/lifecycle/launch-requests.ts'
import { logUncaught } from './desktop/lifecycle/log.ts'
import { registerProtocol, startedAtLogin } from './desktop/lifecycle/login-item.ts'
import { createPower, type PowerEvents } from './desktop/lifecycle/power.ts'
import { Preferences } from './desktop/lifecycle/preferences.ts'
import { countBeingSent, countUnsent, createQuitWhenSent } from './desktop/lifecycle/quit-when-sent.ts'
import { QuitService } from './desktop/lifecycle/quit.ts'
import { quitOnSignals } from './desktop/lifecycle/signals.ts'
import type { DisplayServer } from './desktop/linux/display-server.ts'
import { watchOwnPower } from './desktop/linux/linux-power.ts'
import { AppMessages } from './desktop/notifications/app-messages.ts'
import { AppNotices } from './desktop/notifications/app-notices.ts'
import { holdsBack } from './desktop/notifications/notification-rules.ts'
import { NotificationCenter } from './desktop/notifications/notification-center.ts'
import { startPauseClock } from './desktop/notifications/pause-clock.ts'
import { createNotifier } from './desktop/notifications/system-notifier.ts'
import { readListsInWorker } from './desktop/list-worker.ts'
import { oncePerTurn } from './desktop/once-per-turn.ts'
import { openProfile } from './desktop/profile.ts'
import { appOrigin, serveAppScheme } from './desktop/security/app-scheme.ts'
import { createHostGate } from './desktop/security/host-gate.ts'
import type { AskKeychain } from './desktop/security/keychain.ts'
import { accountNetwork } from './desktop/security/network.ts'
import { oneQuestionAtATime } from './desktop/security/one-question.ts'
import { answerProxyLogins, createProxySignIn, probeByElectron } from './desktop/security/proxy-sign-in.ts'
import { createQuestions } from './desktop/security/questions.ts'
import { httpHosts } from './desktop/security/security.ts'
import { isSmokeTest } from './desktop/smoke-test.ts'
import type { TrayHost } from './desktop/tray/tray-host.ts'
import { watchTrayPresence } from './desktop/tray/tray-presence.ts'
import { TrayPresenter } from './desktop/tray/tray-presenter.ts'
import type { TrayView } from './desktop/tray/tray.ts'
import type { Platform } from './desktop/types.ts'
import { selfUpdate } from './desktop/updates/self-update.ts'
import { refreshWhenShown } from './desktop/windows/refresh-when-shown.ts'
import { createShortcut } from './desktop/windows/shortcut.ts'
import { createSpelling } from './desktop/windows/spelling.ts'
import { AppWindows } from './desktop/windows/windows.ts'
import { createHandlers } from './ipc/handlers.ts'
import { currentLocale } from './ipc/locale.ts'
import type { ShownTicket } from './ipc/commands/shown-ticket.ts'
import { NoticeBoard } from './ipc/notice-board.ts'
import { registerCommands } from './ipc/register.ts'
import { systemClock } from './storage/clock.ts'

export interface Launch {
  readonly platform: Platform
  readonly displayServer: DisplayServer
  readonly activation: Activation
  readonly commandLine: CommandLine
  readonly launchRequests: LaunchRequests
  /** The icon that was asked for. */
  readonly tray: TrayView
  readonly trayHost: TrayHost
  /** Query function of the keychain, on Linux. */
  readonly keychain: AskKeychain | null
}

/** Path of a file next to the main process' bundle. */
const builtFile = (...path: string[]): string => join(import.meta.dirname, ...path)

/** Milliseconds since boot, sleep included. */
const uptimeMs = (): number => uptime() * 1000

export class Application {
  readonly #launch: Launch
  readonly #foundation: Foundation
  readonly #desktop: Desktop

  /** Call it once Electron is ready. */
  constructor(launch: Launch) {
    this.#launch = launch
    this.#foundation = createFoundation(launch)
    this.#desktop = createDesktop(launch, this.#foundation)
    this.#wire()
  }

  start(): void {
    const { core, profile } = this.#foundation
    core
      .start()
      .then(() => this.#started())
      .catch((error: unknown) => {
        profile.log.error('start', error)
      })
  }

  async #started(): Promise<void> {
    const { platform, commandLine, launchRequests } = this.#launch
    const { core, windows } = this.#foundation
    const { power, preferences, tray, notifications, handleLaunch } = this.#desktop
    if (commandLine.demo && !core.engine.accounts.list().some(({ demo }) => demo)) await core.connectDemo()
    power.start(this.#powerEvents())
    preferences.start()
    tray.start()
    handleLaunch({ ...commandLine, hidden: commandLine.hidden || startedAtLogin(platform) })
    launchRequests.take(handleLaunch)
    void serveCommandLine({ ...this.#foundation, version: app.getVersion() })
    notifications.listenToEarlierNotifications()
    windows.warmUp()
    if (!isSmokeTest) registerProtocol(platform)
  }

  #wire(): void {
    const { trayHost } = this.#launch
    const { profile, board, core, windows, quit } = this.#foundation
    const { notifications, tray, handlers, closeHandler, quitWhenSent, appNotices, spelling } = this.#desktop
    const afterChange = oncePerTurn(() => {
      notifications.withdrawRead()
      appNotices.changed()
      spelling.changed()
    })
    core.events.on('changed', () => {
      tray.update()
      afterChange()
      quitWhenSent.changed()
    })
    core.events.on('ticketEvents', (ticketEvents) => {
      notifications.notify(ticketEvents)
    })
    board.onChange(() => {
      windows.broadcast('notices', board.all())
    })
    windows.onClosed(closeHandler.closed)
    refreshWhenShown({
      ...{ windows, quit },
      refresh: () => void core.engine.control.check('opened').catch(() => undefined)
    })
    // Keeps Electron from quitting: windows hide when they are closed, and onClosed decides what follows.
    app.on('window-all-closed', () => undefined)
    watchTrayPresence({ trayHost, notices: profile.notices, settings: profile.settings, windows })
    serveAppScheme(builtFile('renderer'))
    registerCommands(handlers, appOrigin, (contents) => windows.callerOf(contents), profile.log.error)
    this.#joinQuit()
  }

  #joinQuit(): void {
    const { core, windows, quit } = this.#foundation
    const { messages, shortcut } = this.#desktop
    quit.onBegin(() => {
      windows.allowClose()
      shortcut.release()
    })
    quit.join('unsent', () => messages.notifyUnsent(countUnsent(core.engine.outgoing.items())))
    quit.join('core', () => core.stop())
  }

  #powerEvents(): PowerEvents {
    const { core, profile } = this.#foundation
    const { pauseClock } = this.#desktop
    return {
      suspend: () => {
        core.engine.control.suspend()
        profile.log.info('asleep')
      },
      wake: () => {
        pauseClock.check()
        core.engine.control.check('wake').catch(() => undefined)
        profile.log.info('awake')
      },
      state: (state) => core.engine.control.setPower(state),
      online: (online) => core.engine.control.setOnline(online)
    }
  }
}

type Foundation = ReturnType<typeof createFoundation>
type Desktop = ReturnType<typeof createDesktop>

/** The parts that do not depend on the desktop: files, network, engine, windows. */
function createFoundation({ platform, displayServer, trayHost, keychain }: Launch) {
  quitOnSignals(() => app.quit())
  const board = new NoticeBoard()
  const profile = openProfile(platform, keychain, board)
  const { folder, vault, secrets, settings, store, notices, log } = profile
  log.info(`Bilet ${app.getVersion()} starts`)
  logUncaught(log)
  const quit = new QuitService(app, (task, error) => {
    log.error(`stop ${task}`, error)
  })
  const locale = currentLocale(settings, app.getLocale())
  const shown: ShownTicket = { ref: null }
  const windows = new AppWindows({
    preload: builtFile('preload.cjs'),
    icon: builtFile('icons', '256x256.png'),
    displayServer,
    store,
    hasTray: () => trayHost.isThere(),
    isTicketShown: () => shown.ref !== null,
    locale
  })
  const proxy = createProxySignIn({ vault, notices, probe: probeByElectron })
  answerProxyLogins(proxy)
  const questions = createQuestions(oneQuestionAtATime(), locale)
  const hostGate = createHostGate({
    accountAddresses: () => core.engine.accounts.list().map(({ baseUrl }) => baseUrl),
    ask: questions.host
  })
  const readWhole = readListsInWorker(builtFile('list-worker.cjs'))
  const core = createCore({
    folder,
    vault,
    secrets,
    settings,
    notices: board,
    locale,
    broadcast: windows.broadcast,
    network: (accountId) => ({ ...accountNetwork(accountId, proxy, hostGate), readWhole }),
    holdsBack: (reminder, own) => holdsBack(settings.current().notifications, own, reminder, new Date()),
    demoStarted: hostGate.allowOwnServer,
    log: log.info
  })
  return { board, profile, quit, locale, shown, windows, proxy, questions, hostGate, core }
}

/** The desktop outside of the windows, and the commands that windows send. */
function createDesktop(launch: Launch, foundation: Foundation) {
  const { platform, displayServer, trayHost, activation } = launch
  const { board, profile, quit, locale, shown, windows, proxy, questions, hostGate, core } = foundation
  const { settings, store, notices, log } = profile
  const { engine } = core
  const act = createActions({
    ...{ engine, settings, windows, quit: () => quit.quit() },
    notifyHeldBack: (ref, reason) => void messages.notifyHeldBack(ref, reason)
  })
  const notifier = createNotifier({
    platform,
    icon: builtFile('icons', '128x128.png'),
    wanted: () => settings.current().notifications.backend,
    onPermission: (isAllowed) => {
      if (isAllowed) notices.remove('notifications-denied')
      else notices.add({ kind: 'notifications-denied', detail: platform })
    }
  })
  const common = { platform, engine, settings, store, locale, windows, notifier, trayHost, activation, act }
  const messages = new AppMessages(common)
  const notifications = new NotificationCenter({
    ...common,
    focusedTicket: () => (windows.inbox()?.isFocused() === true ? shown.ref : null)
  })
  const tray = new TrayPresenter({ ...common, tray: launch.tray, iconFolder: builtFile('tray') })
  const shortcut = createShortcut(() => act({ kind: 'new-ticket' }), { displayServer })
  const preferences = new Preferences({ platform, settings, notices, shortcut, locale, act, log })
  const spelling = createSpelling({ settings, accounts: engine.accounts, ask: questions.dictionary })
  const pauseClock = startPauseClock({ settings, store, uptime: uptimeMs })
  const power = createPower(platform === 'linux' ? watchOwnPower : undefined)
  const quitWhenSent = createQuitWhenSent({
    countBeingSent: () => countBeingSent(engine.outgoing.items(), engine.accounts.list()),
    isAnyVisible: () => windows.isAnyVisible(),
    quit: () => quit.quit()
  })
  const host = electronHost({
    ...{ platform, displayServer, profile, locale, notifier, trayHost, shortcut, proxy, power },
    ...{ act, messages, tray, preferences },
    selfUpdate: createSelfUpdate(platform, foundation),
    ...{ httpHosts: httpHosts(store, questions.http), hostGate }
  })
  return {
    ...{ messages, notifications, tray, shortcut, preferences, pauseClock, power, quitWhenSent, spelling },
    handleLaunch: createLaunchHandler(common),
    closeHandler: new CloseHandler({ ...common, notices, messages, quit, quitWhenSent }),
    appNotices: new AppNotices({ ...common, messages, clock: systemClock }),
    handlers: createHandlers({
      ...{ engine, settings, host, notices: board, locale, shown, broadcast: windows.broadcast },
      connectDemo: core.connectDemo,
      fetchFor: (accountId) => accountNetwork(accountId, proxy, hostGate).fileFetch,
      now: () => systemClock.now()
    })
  }
}

function createSelfUpdate(platform: Platform, { profile: { store, log }, windows }: Foundation) {
  return selfUpdate(platform, {
    store,
    onChange: (view) => {
      windows.broadcast('update', view)
    },
    failed: (what, error) => {
      log.error(`update ${what}`, error)
    },
    beforeInstall: () => windows.allowClose()
  })
}
