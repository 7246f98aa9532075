/**
 * What draws the windows. Wayland lets no program place its windows, bring them to the front or take keys by itself,
 * so much is done differently there.
 */
import { app } from 'electron'
import type { Platform } from '../types.ts'

/** `native`: macOS and Windows have one only. */
export type DisplayServer = 'native' | 'x11' | 'wayland'

/**
 * Not guessed from the environment: Chromium has chosen before our code runs, and writes what it chose as
 * `ozone-platform` onto its command line. From Electron 38 on it always does, and chooses Wayland in a Wayland
 * session (`XDG_SESSION_TYPE`); up to 37 only where a switch or `ELECTRON_OZONE_PLATFORM_HINT` asks for it, and
 * without one it draws on X11.
 */
export function displayServer(
  platform: Platform,
  ozonePlatform: string = app.commandLine.getSwitchValue('ozone-platform')
): DisplayServer {
  if (platform !== 'linux') return 'native'
  return ozonePlatform === 'wayland' ? 'wayland' : 'x11'
}
