/**
 * The first code that runs: a command of the command line, or the start of the app. Electron initializes Chromium after
 * this module, so a command needs no display, and the app's modules are loaded only for the app.
 */
import { app } from 'electron'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { runCommandLine } from './cli/client/run.ts'
import { exitCodes } from './cli/exit-codes.ts'
import { dropInheritedPackage } from './desktop/lifecycle/inherited-environment.ts'
import { lockFile } from './storage/files/lock.ts'
import { startedProgram } from './desktop/lifecycle/login-item.ts'

/** Without the program, and without the app's folder if Electron runs from source. */
function ownArguments(): readonly string[] {
  if (app.isPackaged) return process.argv.slice(1)
  const folder = process.argv.findIndex((arg, at) => at > 0 && resolve(arg) === app.getAppPath())
  return process.argv.slice(Math.max(folder, 0) + 1)
}

dropInheritedPackage(process.env, process.execPath, tmpdir())
const { platform, env } = process
const exitCode = await runCommandLine({
  args: ownArguments(),
  get profile() {
    return app.getPath('userData')
  },
  version: app.getVersion(),
  system: platform === 'darwin' || platform === 'win32' ? platform : 'linux',
  start: {
    program: startedProgram(env, process.execPath),
    args: app.isPackaged ? [] : [app.getAppPath()],
    lockFile,
    hasDisplay: platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY)
  },
  streams: process
}).catch((error: unknown) => {
  // Electron would show an uncaught error in a dialog, which no script answers.
  console.error(error)
  return exitCodes.failed
})
if (exitCode === null) await import('./start.ts')
// Not `app.exit`, which waits for Chromium.
else process.exit(exitCode)
