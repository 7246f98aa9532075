/** A separate desktop session for a test: display, session bus, notification daemon, keyring and tray host. */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as dbus from '@jellybrick/dbus-next'
import { requestActivationToken } from './activation-token.ts'
import { disconnect } from './disconnect.ts'
import { asUser, type Stage } from './machine.ts'
import { StatusNotifierHost } from './status-notifier.ts'

const run = promisify(execFile)
const keyringPassword = 'test-password'

/** Xvfb without a window manager, or sway without a screen. */
export type DisplayKind = 'x11' | 'wayland'

export interface SessionOptions {
  /** Default `x11`. */
  readonly display?: DisplayKind
  /** Additional lines of sway's configuration. */
  readonly compositor?: readonly string[]
  /** Default true. */
  readonly tray?: boolean
  /** An unlocked keychain on the bus. Default true. */
  readonly keyring?: boolean
}

export interface ShownNotification {
  readonly summary: string
  readonly body: string
  readonly app: string
  /** Path of the icon that the daemon received. */
  readonly icon: string
}

export class DesktopSession {
  readonly env: Readonly<Record<string, string>>
  readonly home: string
  readonly display: DisplayKind
  readonly #stage: Stage
  readonly #children: ChildProcess[] = []
  #keyringDaemon: ChildProcess | null = null
  #host: StatusNotifierHost | null = null
  #bus: dbus.MessageBus | null = null
  #machine: dbus.MessageBus | null = null

  private constructor(
    stage: Stage,
    home: string,
    display: DisplayKind,
    env: Readonly<Record<string, string>>
  ) {
    this.#stage = stage
    this.home = home
    this.display = display
    this.env = env
  }

  static async open(stage: Stage, options: SessionOptions = {}): Promise<DesktopSession> {
    const home = mkdtempSync(join(stage.folder, 'session-'))
    if (stage.user) {
      const { stdout } = await run('id', ['-u', stage.user])
      chownSync(home, Number(stdout), Number(stdout))
    }
    chmodSync(home, 0o755)
    mkdirSync(join(home, 'tmp'), { mode: 0o1777 })
    chmodSync(join(home, 'tmp'), 0o1777)
    const address = `unix:path=${home}/bus`
    const base = {
      HOME: home,
      XDG_RUNTIME_DIR: home,
      XDG_CONFIG_HOME: `${home}/.config`,
      XDG_CACHE_HOME: `${home}/.cache`,
      // Inside the home, so that tests also search what an app leaves in the temporary folder.
      TMPDIR: `${home}/tmp`
    }
    const common = {
      ...base,
      PATH: '/usr/local/bin:/usr/bin:/bin',
      LANG: 'C.UTF-8',
      TZ: 'Europe/Istanbul',
      DBUS_SESSION_BUS_ADDRESS: address,
      DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${home}/system-bus`
    }
    const { display: kind = 'x11', compositor = [] } = options
    const display =
      kind === 'x11' ? await startXvfb(stage, displaySize) : await startSway(stage, common, [...compositor])
    const session = new DesktopSession(stage, home, kind, { ...common, ...display.env })
    session.#children.push(display.child)
    await session.#start(address, options)
    return session
  }

  async #start(address: string, { tray = true, keyring = true }: SessionOptions): Promise<void> {
    this.#bus = await this.#startDaemon('bus', address)
    this.#bus.on('message', (message: dbus.Message) => this.#recordLauncherCount(message))
    await this.#bus.call(
      new dbus.Message({
        destination: 'org.freedesktop.DBus',
        path: '/org/freedesktop/DBus',
        interface: 'org.freedesktop.DBus',
        member: 'AddMatch',
        signature: 's',
        body: ["type='signal',interface='com.canonical.Unity.LauncherEntry'"]
      })
    )
    await Promise.all([keyring && this.#keyring(), this.startNotifications(), tray && this.startTray()])
  }

  async #startDaemon(name: string, address: string): Promise<dbus.MessageBus> {
    const config = join(this.home, `${name}.conf`)
    // The default policy, but also for root: the tests may run as root, the app as another user.
    writeFileSync(
      config,
      `<busconfig><type>session</type><listen>${address}</listen><auth>EXTERNAL</auth>
       <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/><allow user="*"/></policy>
       </busconfig>`
    )
    chmodSync(config, 0o644)
    await this.#service('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address'], /unix:/)
    const bus = dbus.sessionBus({ busAddress: address })
    // `once` rejects on an error of the bus.
    await once(bus, 'connect')
    return bus
  }

  /** Starts a system bus with the service that reports sleep. */
  async startMachine(): Promise<void> {
    this.#machine = await this.#startDaemon('system-bus', this.env.DBUS_SYSTEM_BUS_ADDRESS ?? '')
    await this.#machine.requestName('org.freedesktop.login1', 0)
  }

  #notifications: ChildProcess | null = null

  async startNotifications(): Promise<void> {
    const dunstrc = join(this.home, 'dunstrc')
    // dunst shows the buttons in an external menu program, which reads lines and prints the chosen one.
    const menu = join(this.home, 'menu.sh')
    writeFileSync(menu, `#!/bin/sh\ngrep -F -- "$(cat '${this.#wantedButton}')" | head -n 1\n`)
    chmodSync(menu, 0o755)
    writeFileSync(
      dunstrc,
      `[global]\nmonitor = 0\nhistory_length = 100\nidle_threshold = 0\nmarkup = full\ndmenu = ${menu}\n`
    )
    chmodSync(dunstrc, 0o644)
    this.#notifications = this.#spawn('dunst', ['-conf', dunstrc])
    await this.#nameOwned('org.freedesktop.Notifications')
  }

  /** Replaces the keyring by a new one, with which older secrets cannot be decrypted. */
  async replaceKeyring(): Promise<void> {
    const old = this.#keyringDaemon
    const exited = new Promise((resolve) => old?.once('exit', resolve))
    old?.kill()
    await exited
    rmSync(join(this.home, '.local', 'share', 'keyrings'), { recursive: true, force: true })
    await this.#keyring()
  }

  async stopNotifications(): Promise<void> {
    const ended = new Promise((resolve) => this.#notifications?.once('exit', resolve))
    this.#notifications?.kill()
    await ended
  }

  /** Locks the keyring; no prompt is available to unlock it. */
  async lockKeyring(): Promise<void> {
    await this.#secrets('Secret.Service', 'Lock', 'ao', [[this.#collection]])
  }

  /** Unlocks the keyring with its password. */
  async unlockKeyring(): Promise<void> {
    const plain = ['plain', new dbus.Variant('s', '')]
    const [, opened] = (await this.#secrets('Secret.Service', 'OpenSession', 'sv', plain)) as [
      unknown,
      string
    ]
    const password = [opened, Buffer.alloc(0), Buffer.from(keyringPassword), 'text/plain']
    await this.#secrets(
      'gnome.keyring.InternalUnsupportedGuiltRiddenInterface',
      'UnlockWithMasterPassword',
      'o(oayays)',
      [this.#collection, password]
    )
  }

  readonly #collection = '/org/freedesktop/secrets/collection/login'

  async #secrets(
    interfaceName: string,
    member: string,
    signature: string,
    body: unknown[]
  ): Promise<unknown[]> {
    const answer = await this.#bus?.call(
      new dbus.Message({
        destination: 'org.freedesktop.secrets',
        path: '/org/freedesktop/secrets',
        interface: interfaceName.startsWith('gnome')
          ? `org.${interfaceName}`
          : `org.freedesktop.${interfaceName}`,
        member,
        signature,
        body
      })
    )
    return answer?.body ?? []
  }

  /** Makes the app's user the owner of a folder and its contents. */
  async chownToUser(path: string): Promise<void> {
    if (this.#stage.user) await run('chown', ['-R', this.#stage.user, path])
  }

  async #keyring(): Promise<void> {
    mkdirSync(join(this.home, '.local', 'share', 'keyrings'), { recursive: true })
    await this.chownToUser(join(this.home, '.local'))
    const child = this.#spawn('gnome-keyring-daemon', ['--unlock', '--components=secrets', '--foreground'])
    this.#keyringDaemon = child
    child.stdin?.end(keyringPassword)
    await this.#nameOwned('org.freedesktop.secrets')
  }

  /** All counts sent over `com.canonical.Unity.LauncherEntry`, oldest first; 0 if the count is hidden. */
  readonly launcherCounts: number[] = []

  #recordLauncherCount(message: dbus.Message): void {
    if (message.interface !== 'com.canonical.Unity.LauncherEntry') return
    const [, properties] = message.body as [string, Record<string, dbus.Variant>]
    const visible = properties['count-visible']?.value === true
    this.launcherCounts.push(visible ? Number(properties.count?.value) : 0)
  }

  /** Sends a signal on the session bus. */
  emit(path: string, interfaceName: string, member: string, signature: string, body: unknown[]): void {
    this.#bus?.send(dbus.Message.newSignal(path, interfaceName, member, signature, body))
  }

  /** Reports that the machine goes to sleep (true) or wakes up (false). */
  sleep(going: boolean): void {
    const path = '/org/freedesktop/login1'
    this.#machine?.send(
      dbus.Message.newSignal(path, 'org.freedesktop.login1.Manager', 'PrepareForSleep', 'b', [going])
    )
  }

  battery(on: boolean): void {
    const changed = { OnBattery: new dbus.Variant('b', on) }
    this.#machine?.send(
      dbus.Message.newSignal(
        '/org/freedesktop/UPower',
        'org.freedesktop.DBus.Properties',
        'PropertiesChanged',
        'sa{sv}as',
        ['org.freedesktop.UPower', changed, []]
      )
    )
  }

  /** Presses Return in the visible dialog, after focusing it, since there is no window manager. */
  async pressReturn(): Promise<void> {
    const env = { PATH: process.env.PATH, DISPLAY: this.env.DISPLAY }
    const press = (): Promise<unknown> =>
      run('xdotool', ['search', '--onlyvisible', '--name', '.', 'windowfocus', 'key', 'Return'], { env })
    for (let tries = 0; tries < 100; tries++) {
      const isPressed = await press().then(
        () => true,
        () => false
      )
      if (isPressed) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error('No dialog was shown')
  }

  /** Starts another X display and returns its name for `DISPLAY`. */
  async addDisplay(wanted: string): Promise<string> {
    const display = await startXvfb(this.#stage, wanted)
    this.#children.push(display.child)
    return display.env.DISPLAY
  }

  /** Wayland: the visible windows, in any order. */
  async compositorWindows(): Promise<readonly CompositorWindow[]> {
    const { stdout } = await this.#commandAsUser('swaymsg', ['-t', 'get_tree', '-r'])
    return windowsIn(JSON.parse(stdout) as SwayNode)
  }

  /** Wayland: runs a sway command on a window, e.g. `focus` or `resize set 800 600`. */
  async compositorDo(title: string, what: string): Promise<void> {
    await this.#commandAsUser('swaymsg', [`[title="^${title}$"] ${what}`])
  }

  /** Wayland: applies a line of sway's configuration. */
  async compositor(line: string): Promise<void> {
    await this.#commandAsUser('swaymsg', [line])
  }

  /** Wayland: requests an activation token. */
  async activationToken(): Promise<{ readonly token: string; readonly close: () => void }> {
    return requestActivationToken(join(this.home, this.env.WAYLAND_DISPLAY ?? ''))
  }

  /** Opens a window of another program and waits until it has the focus. */
  async openOtherProgram(title: string): Promise<void> {
    const folder = join(this.home, 'other')
    mkdirSync(folder)
    writeFileSync(join(folder, 'package.json'), '{ "name": "other", "main": "main.cjs" }')
    const page = `data:text/html,<title>${title}</title>`
    writeFileSync(
      join(folder, 'main.cjs'),
      `const { app, BrowserWindow } = require('electron')\napp.whenReady().then(() => new BrowserWindow({ width: 400, height: 300 }).loadURL('${page}'))\n`
    )
    const profile = `--user-data-dir=${this.home}/tmp/other`
    this.#spawn(this.#stage.electron, [folder, profile, `--ozone-platform=${this.display}`])
    await this.#until(`A window ${title} with the keyboard`, async () =>
      (await this.compositorWindows()).some((candidate) => candidate.title === title && candidate.focused)
    )
  }

  async #until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
      if (await holds()) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`${what} did not happen`)
  }

  /** Wayland: a screenshot of the whole output as PNG. */
  async picture(): Promise<Buffer> {
    const file = join(this.home, 'tmp', 'output.png')
    await this.#commandAsUser('grim', [file])
    return readFile(file)
  }

  get tray(): StatusNotifierHost {
    if (!this.#host) throw new Error('This session has no tray')
    return this.#host
  }

  /** `refuses`: the watcher rejects icons. */
  async startTray(refuses = false): Promise<void> {
    this.#host = await StatusNotifierHost.start(this.env.DBUS_SESSION_BUS_ADDRESS ?? '', refuses)
  }

  stopTray(): void {
    this.#host?.stop()
    this.#host = null
  }

  /** Closes all notifications and returns them, newest first. */
  async notifications(): Promise<readonly ShownNotification[]> {
    await this.#commandAsUser('dunstctl', ['close-all'])
    const { stdout } = await this.#commandAsUser('dunstctl', ['history'])
    const parsed = JSON.parse(stdout) as {
      data: Record<'summary' | 'body' | 'appname' | 'icon_path', { data: string }>[][]
    }
    return (parsed.data[0] ?? []).map(({ summary, body, appname, icon_path: icon }) => ({
      summary: summary.data,
      body: body.data,
      app: appname.data,
      icon: icon.data
    }))
  }

  /** Clicks the newest visible notification. */
  async clickNotification(): Promise<void> {
    await this.#commandAsUser('dunstctl', ['action', '0'])
  }

  get #wantedButton(): string {
    return join(this.home, 'wanted-button')
  }

  /** Presses a button of the newest visible notification, through the daemon's menu. */
  async pressNotification(label: string): Promise<void> {
    writeFileSync(this.#wantedButton, label)
    await this.#commandAsUser('dunstctl', ['context'])
  }

  /**
   * Answers the next notification through a notification server with a reply field (as KDE has, but dunst has not). Returns the
   * notification's actions.
   */
  replyInNotification(text: string, show: () => Promise<void>): Promise<readonly string[]> {
    return this.#answerNotification(['inline-reply'], [['NotificationReplied', text]], show)
  }

  /** Clicks the next notification through a notification server that sends an activation token (none if null). */
  async clickWithToken(token: string | null, show: () => Promise<void>): Promise<void> {
    const signals = [...(token === null ? [] : [['ActivationToken', token] as const])]
    await this.#answerNotification([], [...signals, ['ActionInvoked', 'default']], show)
  }

  /** Replaces the daemon by a server that answers the next notification with these signals. Returns its actions. */
  async #answerNotification(
    more: readonly string[],
    signals: readonly (readonly [member: string, said: string])[],
    show: () => Promise<void>
  ): Promise<readonly string[]> {
    const bus = this.#bus
    if (!bus) throw new Error('This session has no bus')
    const [name, path] = ['org.freedesktop.Notifications', '/org/freedesktop/Notifications']
    await this.stopNotifications()
    let answered: (actions: readonly string[]) => void = () => undefined
    const shown = new Promise<readonly string[]>((resolve) => (answered = resolve))
    const serve = (call: dbus.Message): boolean => {
      if (call.interface !== name) return false
      const answer = (signature: string, body: unknown[]): void =>
        bus.send(dbus.Message.newMethodReturn(call, signature, body))
      if (call.member === 'GetCapabilities') answer('as', [['body', 'actions', ...more]])
      else if (call.member === 'Notify') {
        answer('u', [7])
        for (const [member, argument] of signals) this.emit(path, name, member, 'us', [7, argument])
        answered(call.body[5] as string[])
      } else answer('', [])
      return true
    }
    bus.addMethodHandler(serve)
    await bus.requestName(name, 0)
    await show()
    const actions = await shown
    bus.removeMethodHandler(serve)
    await bus.releaseName(name)
    await this.startNotifications()
    return actions
  }

  /** Switches dunst's do-not-disturb mode. */
  async pauseNotifications(paused: boolean): Promise<void> {
    await this.#commandAsUser('dunstctl', ['set-paused', String(paused)])
  }

  async shownCount(): Promise<number> {
    const { stdout } = await this.#commandAsUser('dunstctl', ['count', 'displayed'])
    return Number(stdout)
  }

  /** Files in this session's home that contain the text in UTF-8 or UTF-16. */
  async filesWith(text: string): Promise<readonly string[]> {
    const wanted = [Buffer.from(text), Buffer.from(text, 'utf16le')]
    const found: string[] = []
    for (const entry of await readdir(this.home, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const path = join(entry.parentPath, entry.name)
      const bytes = await readFile(path).catch(() => Buffer.alloc(0))
      if (wanted.some((encoded) => bytes.includes(encoded))) found.push(path)
    }
    return found
  }

  async close(): Promise<void> {
    this.stopTray()
    for (const bus of [this.#bus, this.#machine]) if (bus) disconnect(bus)
    for (const child of this.#children.reverse()) child.kill()
    await Promise.all(
      this.#children.map((child) =>
        child.exitCode === null && child.signalCode === null
          ? new Promise((resolve) => child.once('exit', resolve))
          : Promise.resolve()
      )
    )
    rmSync(this.home, { recursive: true, force: true, maxRetries: 3 })
  }

  #command(command: string, args: readonly string[]): [string, string[]] {
    const [program = '', ...rest] = commandOf(this.#stage, this.env, command, args)
    return [program, rest]
  }

  #commandAsUser(command: string, args: readonly string[]): Promise<{ stdout: string }> {
    return run(...this.#command(command, args))
  }

  #spawn(command: string, args: readonly string[]): ChildProcess {
    const child = spawn(...this.#command(command, args), { stdio: ['pipe', 'pipe', 'ignore'] })
    this.#children.push(child)
    return child
  }

  async #service(command: string, args: readonly string[], ready: RegExp): Promise<void> {
    const child = this.#spawn(command, args)
    await new Promise<void>((resolve, reject) => {
      let output = ''
      child.stdout?.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        if (ready.test(output)) resolve()
      })
      child.once('exit', () => reject(new Error(`${command} ended at once`)))
    })
  }

  /** Waits until the name on the bus has an owner. */
  #nameOwned(name: string): Promise<void> {
    return this.#until(`An owner of ${name}`, async () => {
      const answer = await this.#bus?.call(
        new dbus.Message({
          destination: 'org.freedesktop.DBus',
          path: '/org/freedesktop/DBus',
          interface: 'org.freedesktop.DBus',
          member: 'NameHasOwner',
          signature: 's',
          body: [name]
        })
      )
      return answer?.body[0] === true
    })
  }
}

interface Display {
  readonly child: ChildProcess
}

/** Size and depth of every display. */
const displaySize = '1440x900'

/** Starts Xvfb, which chooses a free display and prints its number. */
async function startXvfb(
  stage: Stage,
  wanted: string
): Promise<Display & { readonly env: { readonly DISPLAY: string } }> {
  const args = ['-displayfd', '3', '-screen', '0', `${wanted}x24`, '-nolisten', 'tcp', '-ac']
  const child = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], cwd: stage.folder })
  const pipe = child.stdio[3]
  const name = await new Promise<string>((resolve, reject) => {
    pipe?.once('data', (chunk: Buffer) => resolve(`:${chunk.toString().trim()}`))
    child.once('exit', () => reject(new Error('Xvfb ended at once')))
  })
  return { env: { DISPLAY: name }, child }
}

/**
 * Starts sway without a screen and without Xwayland, so that no program falls back to X11. Windows float, as on GNOME and KDE,
 * because the compositor chooses the size of tiled windows.
 */
async function startSway(
  stage: Stage,
  env: Readonly<Record<string, string>> & { readonly HOME: string },
  extra: readonly string[]
): Promise<Display & { readonly env: Readonly<Record<string, string>> }> {
  const config = join(env.HOME, 'sway.conf')
  const ready = join(env.HOME, 'sway.env')
  writeFileSync(
    config,
    [
      `output * resolution ${displaySize}`,
      'output * background #33475b solid_color',
      'xwayland disable',
      'for_window [app_id=".*"] floating enable',
      ...extra,
      `exec printf '%s\\n' "$WAYLAND_DISPLAY" "$SWAYSOCK" >'${ready}.part' && mv '${ready}.part' '${ready}'`,
      ''
    ].join('\n')
  )
  chmodSync(config, 0o644)
  const headless = {
    ...env,
    WLR_BACKENDS: 'headless',
    WLR_LIBINPUT_NO_DEVICES: '1',
    WLR_RENDERER: 'pixman',
    XDG_SESSION_TYPE: 'wayland'
  }
  const [program = '', ...args] = commandOf(stage, headless, 'sway', ['-c', config])
  const child = spawn(program, args, { stdio: 'ignore', cwd: stage.folder })
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) break
    const printed = await readFile(ready, 'utf8').catch(() => '')
    const [display = '', socket = ''] = printed.trim().split('\n')
    if (socket !== '')
      return {
        env: { WAYLAND_DISPLAY: display, SWAYSOCK: socket, XDG_SESSION_TYPE: 'wayland' },
        child
      }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('sway did not start')
}

export interface CompositorWindow {
  readonly title: string
  readonly appId: string
  /** Whether the window has the focus. */
  readonly focused: boolean
  /** Whether the window requests attention. */
  readonly urgent: boolean
  /** Size without the compositor's borders, in pixels. */
  readonly width: number
  readonly height: number
}

/** The used part of the output of `swaymsg -t get_tree`. */
interface SwayNode {
  readonly name: string | null
  readonly app_id?: string | null
  readonly pid?: number
  readonly focused: boolean
  readonly urgent: boolean
  readonly window_rect: { readonly width: number; readonly height: number }
  readonly nodes: readonly SwayNode[]
  readonly floating_nodes: readonly SwayNode[]
}

const windowsIn = (node: SwayNode): readonly CompositorWindow[] => [
  ...(node.pid === undefined
    ? []
    : [
        {
          title: node.name ?? '',
          appId: node.app_id ?? '',
          focused: node.focused,
          urgent: node.urgent,
          width: node.window_rect.width,
          height: node.window_rect.height
        }
      ]),
  ...[...node.nodes, ...node.floating_nodes].flatMap(windowsIn)
]

/** Starts a program as the test's user, with only this environment. */
const commandOf = (
  stage: Stage,
  env: Readonly<Record<string, string>>,
  command: string,
  args: readonly string[]
): readonly string[] => [
  ...asUser(stage),
  'env',
  '-i',
  ...Object.entries(env).map(([key, value]) => `${key}=${value}`),
  command,
  ...args
]
