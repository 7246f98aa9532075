import { realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import { startedProgram } from './lifecycle/login-item.ts'

type Env = Readonly<Record<string, string | undefined>>

const shellQuote = (text: string): string =>
  /^[\w./@%+:=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`

/** Its bare name where the shell finds this very program by it, as after a deb or rpm. */
function shellName(program: string, { PATH = '' }: Env): string {
  const name = basename(program)
  for (const folder of PATH.split(':')) {
    try {
      if (folder !== '' && realpathSync(join(folder, name)) === realpathSync(program)) return name
    } catch {
      // Not in this folder.
    }
  }
  return program
}

/**
 * What a desktop's own settings have to run when keys are pressed, as a shell reads it: `bilet --new`, or with the
 * whole path of an AppImage. `app`: from source Electron is started with the app.
 */
export const newTicketCommand = (env: Env, execPath: string, app: readonly string[]): string =>
  [shellName(startedProgram(env, execPath), env), ...app, '--new'].map(shellQuote).join(' ')
