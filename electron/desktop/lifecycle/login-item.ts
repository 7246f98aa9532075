import { app } from 'electron'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, posix } from 'node:path'
import { appId } from '../app-id.ts'
import type { Platform } from '../types.ts'

type Env = Readonly<Record<string, string | undefined>>

/**
 * A desktop file of the XDG autostart specification. Its Exec key is unquoted twice: once as a string of the
 * file, once as a command line.
 */
export function autostartFile(executable: string, args: readonly string[] = []): string {
  const quoted = (text: string): string =>
    `"${text
      .replace(/[\\"`$]/g, '\\$&')
      .replaceAll('\\', '\\\\')
      .replaceAll('%', '%%')}"`
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Bilet',
    'Icon=bilet',
    `Exec=${[executable, ...args].map(quoted).join(' ')} --hidden`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    ''
  ].join('\n')
}

const execLine = /^Exec=.*$/m
const switchedOff = /^(?:Hidden\s*=\s*true|X-[\w-]+-Autostart-enabled\s*=\s*false)\s*$/m

/** Whether the desktop starts it: `Hidden` counts as deleted, says the specification; desktops have a key of their own. */
export const isAutostartOn = (entry: string | null): boolean =>
  entry !== null && execLine.test(entry) && !switchedOff.test(entry)

/**
 * The entry with the program of `fresh` in place of its own, which may have moved, as an AppImage does with every
 * release. What else the desktop or the person wrote there (a delay) stays.
 */
export function withProgramOf(old: string, fresh: string): string {
  const program = execLine.exec(fresh)?.[0] ?? ''
  return old.replace(execLine, () => program)
}

/** The entry as it should stand in place of `old` so that the program is started. */
export function autostartOn(old: string | null, fresh: string): string {
  if (old === null || !execLine.test(old)) return fresh
  const on = old
    .replace(/^Hidden\s*=\s*true\s*$\n?/m, '')
    .replace(/^(X-[\w-]+-Autostart-enabled\s*=\s*)false\s*$/gm, '$1true')
  return withProgramOf(on, fresh)
}

/** A relative XDG_CONFIG_HOME is to be ignored, says its specification. */
export function autostartPath(env: Env, home: string): string {
  const { XDG_CONFIG_HOME: config } = env
  const folder = config && posix.isAbsolute(config) ? config : posix.join(home, '.config')
  return posix.join(folder, 'autostart', `${appId}.desktop`)
}

/** What has to be started: the AppImage or portable program itself, not where it unpacked itself for this run. */
export const startedProgram = (env: Env, execPath: string): string =>
  env.APPIMAGE ?? env.PORTABLE_EXECUTABLE_FILE ?? execPath

/**
 * Makes Bilet the one that opens `bilet:` links. Windows is told what to start: the portable program itself, or from
 * source Electron with the app; the others read it from the bundle or the desktop file.
 */
export function registerProtocol(platform: Platform): void {
  if (platform !== 'win32') app.setAsDefaultProtocolClient('bilet')
  else
    app.setAsDefaultProtocolClient(
      'bilet',
      startedProgram(process.env, process.execPath),
      app.isPackaged ? [] : [app.getAppPath()]
    )
}

/**
 * What the system says about starting Bilet with the session. `requires-approval`: it was asked for, and macOS waits for
 * the person to allow it in its settings.
 */
export type LaunchState = 'on' | 'off' | 'requires-approval'

export interface LoginItem {
  /** As it is now; the person or the desktop may have changed it meanwhile. */
  state(): LaunchState
  /** Throws where the system refuses. */
  set(on: boolean): void
  /** The program may lie elsewhere since: an entry that is there and on leads to it again. */
  repair(): void
}

/** As much of Electron's `app` as login items need. */
type LoginItemApp = Pick<typeof app, 'getLoginItemSettings' | 'setLoginItemSettings'>

/** macOS passes no arguments: there `startedAtLogin` tells that no window is wanted. It holds on to a program that moves. */
export function macLoginItem(electron: LoginItemApp): LoginItem {
  return {
    state() {
      const { status } = electron.getLoginItemSettings()
      if (status === 'requires-approval') return status
      return status === 'enabled' ? 'on' : 'off'
    },
    set(on) {
      electron.setLoginItemSettings({ openAtLogin: on })
    },
    repair: () => undefined
  }
}

/** The task manager and the settings of Windows can switch it off, too; asked for anew, it is on again. */
export function windowsLoginItem(electron: LoginItemApp, program: string): LoginItem {
  const item = { path: program, args: ['--hidden'] }
  return {
    state: () => (electron.getLoginItemSettings(item).executableWillLaunchAtLogin ? 'on' : 'off'),
    set(on) {
      electron.setLoginItemSettings({ ...item, openAtLogin: on })
    },
    repair: () => undefined
  }
}

/** `fresh`: the whole entry for the program of now. */
export function linuxLoginItem(file: string, fresh: string): LoginItem {
  const read = (): string | null => {
    try {
      return readFileSync(file, 'utf8')
    } catch {
      return null
    }
  }
  /** Writes only what differs. */
  const write = (old: string | null, now: string): void => {
    if (now === old) return
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, now)
  }
  return {
    state: () => (isAutostartOn(read()) ? 'on' : 'off'),
    set(on) {
      const old = read()
      if (on) write(old, autostartOn(old, fresh))
      else rmSync(file, { force: true })
    },
    repair() {
      const old = read()
      if (old !== null && isAutostartOn(old)) write(old, withProgramOf(old, fresh))
    }
  }
}

export function loginItemOf(platform: Platform): LoginItem {
  const program = startedProgram(process.env, process.execPath)
  switch (platform) {
    case 'darwin':
      return macLoginItem(app)
    case 'win32':
      return windowsLoginItem(app, program)
    case 'linux':
      // From source the program is Electron, and the app its first argument.
      return linuxLoginItem(
        autostartPath(process.env, homedir()),
        autostartFile(program, app.isPackaged ? [] : [app.getAppPath()])
      )
  }
}

/** macOS only: this run was started by the login item, so it stays in the menu bar. */
export const startedAtLogin = (platform: Platform): boolean =>
  platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
