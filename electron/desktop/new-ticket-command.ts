import { realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import { startedProgram } from './lifecycle/login-item.ts'

type Env = Readonly<Record<string, string | undefined>>

const shellQuote = (text: string): string =>
  /^[\w./@%+:=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`

/**
 * The program's name if the shell's PATH finds this very program by it, as after installing a deb or rpm; else its
 * path.
 */
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
 * Shell command that opens the new-ticket window, for the desktop's own keyboard settings: `bilet --new`, or with the
 * path of an AppImage. `app`: the app's folder if Electron runs from source.
 */
export const newTicketCommand = (env: Env, execPath: string, app: readonly string[]): string =>
  [shellName(startedProgram(env, execPath), env), ...app, '--new'].map(shellQuote).join(' ')
