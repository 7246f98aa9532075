/** Runs a command of the command line, for which none of the app's modules are loaded. */
import { app } from 'electron'
import { runCommandLine } from './cli/client/run.ts'
import { exitCodes } from './cli/exit-codes.ts'
import { startedProgram } from './desktop/lifecycle/login-item.ts'
import { lockFile } from './storage/files/lock.ts'

/** Returns the exit code. `args`: without the program, and without the app's folder if Electron runs from source. */
export async function runCommand(args: readonly string[]): Promise<number> {
  const { platform, env } = process
  const exitCode = await runCommandLine({
    args,
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
  })
  return exitCode ?? exitCodes.failed
}
