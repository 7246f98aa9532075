/**
 * Detects the display server. On Wayland a program cannot place its windows, raise them or register global keys by
 * itself.
 */
import { app } from 'electron'
import type { Platform } from '../types.ts'

/** `native`: macOS and Windows, which have only one. */
export type DisplayServer = 'native' | 'x11' | 'wayland'

/**
 * Reads Chromium's own choice, which it made before this code runs and wrote as `ozone-platform` to its command line.
 * Since Electron 38 it is always there, Wayland in a Wayland session (`XDG_SESSION_TYPE`); up to 37 only if a switch or
 * `ELECTRON_OZONE_PLATFORM_HINT` requests it, otherwise Chromium uses X11.
 */
export function displayServer(
  platform: Platform,
  ozonePlatform: string = app.commandLine.getSwitchValue('ozone-platform')
): DisplayServer {
  if (platform !== 'linux') return 'native'
  return ozonePlatform === 'wayland' ? 'wayland' : 'x11'
}
