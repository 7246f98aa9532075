/**
 * The first code that runs: a command of the command line, or the start of the app. Electron initializes Chromium after
 * this module, so a command needs no display. Both load what they need beyond the tray icon later.
 */
import { app } from 'electron'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { parseArguments } from './cli/arguments/parse.ts'
import { exitCodes } from './cli/exit-codes.ts'
import { dropInheritedPackage } from './desktop/lifecycle/inherited-environment.ts'
import { startApp } from './start.ts'

/** Without the program, and without the app's folder if Electron runs from source. */
function ownArguments(): readonly string[] {
  if (app.isPackaged) return process.argv.slice(1)
  const folder = process.argv.findIndex((arg, at) => at > 0 && resolve(arg) === app.getAppPath())
  return process.argv.slice(Math.max(folder, 0) + 1)
}

async function exitCodeOf(args: readonly string[]): Promise<number> {
  try {
    const { runCommand } = await import('./command.ts')
    return await runCommand(args)
  } catch (error) {
    // Electron would show an uncaught error in a dialog, which no script answers.
    console.error(error)
    return exitCodes.failed
  }
}

dropInheritedPackage(process.env, process.execPath, tmpdir())
const args = ownArguments()
if (parseArguments(args).kind === 'start') await startApp()
// Not `app.exit`, which waits for Chromium.
else process.exit(await exitCodeOf(args))
