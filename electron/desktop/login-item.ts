import { app } from 'electron'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, posix } from 'node:path'
import { appId } from './app-id.ts'
import type { Platform } from './port.ts'

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

/**
 * The entry as it should stand in place of `old`: the program may have moved, as an AppImage does with every
 * release. What else the desktop or the person wrote there (switched off, delayed) stays.
 */
export function autostartNow(old: string | null, fresh: string): string {
  const exec = /^Exec=.*$/m
  const program = exec.exec(fresh)?.[0] ?? ''
  return old !== null && exec.test(old) ? old.replace(exec, () => program) : fresh
}

/** Writes only what differs. Throws where the folder cannot be written. */
export function writeAutostart(file: string, fresh: string): void {
  let old: string | null = null
  try {
    old = readFileSync(file, 'utf8')
  } catch {
    // Not there yet.
  }
  const now = autostartNow(old, fresh)
  if (now === old) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, now)
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
export function takeLinks(platform: Platform): void {
  if (platform !== 'win32') app.setAsDefaultProtocolClient('bilet')
  else
    app.setAsDefaultProtocolClient(
      'bilet',
      startedProgram(process.env, process.execPath),
      app.isPackaged ? [] : [app.getAppPath()]
    )
}

/** As Electron's `app.setLoginItemSettings` takes it. */
export interface LoginItem {
  readonly openAtLogin: boolean
  readonly openAsHidden?: boolean
  readonly path?: string
  readonly args?: readonly string[]
}

/** macOS passes no arguments: there `startedAtLogin` tells that no window is wanted. */
export function loginItem(on: boolean, platform: 'darwin' | 'win32', program: string): LoginItem {
  return platform === 'darwin'
    ? { openAtLogin: on, openAsHidden: true }
    : { openAtLogin: on, path: program, args: ['--hidden'] }
}

/** Starts with the session, without a window; nothing changes where it is so already. Throws when the system refuses. */
export function setLaunchAtLogin(on: boolean, platform: Platform): void {
  const program = startedProgram(process.env, process.execPath)
  if (platform !== 'linux') {
    const { args, ...item } = loginItem(on, platform, program)
    app.setLoginItemSettings({ ...item, ...(args ? { args: [...args] } : {}) })
    return
  }
  const file = autostartPath(process.env, homedir())
  if (!on) {
    rmSync(file, { force: true })
    return
  }
  // From source the program is Electron, and the app its first argument.
  writeAutostart(file, autostartFile(program, app.isPackaged ? [] : [app.getAppPath()]))
}

/** macOS only: this run was started by the login item, so it stays in the menu bar. */
export const startedAtLogin = (platform: Platform): boolean =>
  platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
