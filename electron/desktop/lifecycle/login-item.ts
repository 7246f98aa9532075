import { app } from 'electron'
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, posix } from 'node:path'
import { appId } from '../app-id.ts'
import type { Platform } from '../types.ts'

type Env = Readonly<Record<string, string | undefined>>

/** A desktop file for XDG autostart. Its Exec key is escaped twice: as a string of the file and as a command line. */
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

/**
 * Whether the desktop starts the entry: `Hidden` means deleted by the specification; some desktops have a key of their
 * own.
 */
export const isAutostartOn = (entry: string | null): boolean =>
  entry !== null && execLine.test(entry) && !switchedOff.test(entry)

/**
 * `old` with the program of `fresh`, which may have moved, as an AppImage does with every release. Other changes by the
 * desktop or the person, such as a delay, are kept.
 */
export function withProgramOf(old: string, fresh: string): string {
  const program = execLine.exec(fresh)?.[0] ?? ''
  return old.replace(execLine, () => program)
}

/** The entry to write instead of `old` so that the program is started at login. */
export function autostartOn(old: string | null, fresh: string): string {
  if (old === null || !execLine.test(old)) return fresh
  const on = old
    .replace(/^Hidden\s*=\s*true\s*$\n?/m, '')
    .replace(/^(X-[\w-]+-Autostart-enabled\s*=\s*)false\s*$/gm, '$1true')
  return withProgramOf(on, fresh)
}

/** The specification says that a relative XDG_CONFIG_HOME must be ignored. */
export function autostartPath(env: Env, home: string): string {
  const { XDG_CONFIG_HOME: config } = env
  const folder = config && posix.isAbsolute(config) ? config : posix.join(home, '.config')
  return posix.join(folder, 'autostart', `${appId}.desktop`)
}

/** The program to start: the AppImage or portable file itself, not the temporary folder it is unpacked in. */
export const startedProgram = (env: Env, execPath: string): string =>
  env.APPIMAGE ?? env.PORTABLE_EXECUTABLE_FILE ?? execPath

/**
 * Registers Bilet for `bilet:` links. Windows needs the program to start: the portable file, or from source Electron
 * with the app's folder; macOS and Linux read it from the bundle or the desktop file, whose name Electron keeps in
 * `CHROME_DESKTOP`.
 */
export function registerProtocol(platform: Platform): void {
  switch (platform) {
    case 'darwin':
      app.setAsDefaultProtocolClient('bilet')
      break
    case 'win32':
      app.setAsDefaultProtocolClient(
        'bilet',
        startedProgram(process.env, process.execPath),
        app.isPackaged ? [] : [app.getAppPath()]
      )
      break
    case 'linux': {
      const { CHROME_DESKTOP: entry = `${appId}.desktop` } = process.env
      // As Electron does, which blocks main until this program, a shell script, has ended. It is missing on some systems.
      execFile('xdg-settings', ['set', 'default-url-scheme-handler', 'bilet', entry], () => undefined)
    }
  }
}

/**
 * The system's state of launch at login. `requires-approval`: it was requested, and the person must allow it in macOS'
 * settings.
 */
export type LaunchState = 'on' | 'off' | 'requires-approval'

export interface LoginItem {
  /** The current state, which the person or the desktop may have changed. */
  state(): LaunchState
  /** Throws if the system refuses. */
  set(on: boolean): void
  /** Points an existing active entry to the program's current path. */
  repair(): void
}

/** The part of Electron's `app` that login items use. */
type LoginItemApp = Pick<typeof app, 'getLoginItemSettings' | 'setLoginItemSettings'>

/**
 * macOS passes no arguments, so a hidden start is recognised by `startedAtLogin`; it also finds a program that was
 * moved.
 */
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

/** On Windows the task manager and the settings can disable the entry; setting it again enables it. */
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

/** `fresh`: the complete entry for the current program. */
export function linuxLoginItem(file: string, fresh: string): LoginItem {
  const read = (): string | null => {
    try {
      return readFileSync(file, 'utf8')
    } catch {
      return null
    }
  }
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
      // From source the program is Electron, with the app's folder as its first argument.
      return linuxLoginItem(
        autostartPath(process.env, homedir()),
        autostartFile(program, app.isPackaged ? [] : [app.getAppPath()])
      )
  }
}

/** macOS only: the login item started this run, so no window is shown. */
export const startedAtLogin = (platform: Platform): boolean =>
  platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
