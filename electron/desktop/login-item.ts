import { app } from 'electron'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Platform } from './port.ts'

/** A desktop file of the XDG autostart specification; quoted as its Exec key wants it. */
export function autostartFile(executable: string): string {
  const quoted = `"${executable.replace(/[\\"`$]/g, '\\$&').replaceAll('%', '%%')}"`
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Bilet',
    `Exec=${quoted} --hidden`,
    'X-GNOME-Autostart-enabled=true',
    ''
  ].join('\n')
}

/** Starts with the session, without a window. Throws when the system refuses. */
export function setLaunchAtLogin(on: boolean, platform: Platform): void {
  if (platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: on, args: ['--hidden'] })
    return
  }
  const folder = join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'autostart')
  const file = join(folder, 'tr.bilet.app.desktop')
  if (!on) {
    rmSync(file, { force: true })
    return
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, autostartFile(process.env.APPIMAGE ?? process.execPath))
}
