import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { wrapper, type Stage } from './machine.ts'
import type { DesktopSession } from './session.ts'

export interface LaunchOptions {
  readonly stage: Stage
  readonly session: DesktopSession
  /** The packaged app's executable; without it the app runs from source. */
  readonly packaged?: string | undefined
  /** A folder's name inside the session; the same name is the same profile. */
  readonly profile?: string
  readonly lang?: string
  readonly args?: readonly string[]
  readonly keyring?: boolean
}

export interface RunningApp {
  readonly electron: ElectronApplication
  readonly userData: string
  /** Waits for the window whose title matches. */
  window(title: RegExp): Promise<Page>
  quit(): Promise<void>
}

interface Start {
  readonly executable: string
  readonly args: readonly string[]
  readonly userData: string
}

function startOf(options: LaunchOptions): Start {
  const { stage, session, profile = 'profile', lang = 'en-US', args = [], keyring = true } = options
  const userData = join(session.home, profile)
  mkdirSync(userData, { recursive: true })
  if (stage.user) execFileSync('chown', ['-R', stage.user, userData])
  const name = `run-${options.packaged ? 'packaged' : 'source'}`
  return {
    executable: wrapper(stage, name, options.packaged ?? stage.electron, session.env),
    args: [
      ...(options.packaged ? [] : [join(stage.folder, 'app')]),
      `--lang=${lang}`,
      `--user-data-dir=${userData}`,
      `--password-store=${keyring ? 'gnome-libsecret' : 'basic'}`,
      ...args
    ],
    userData
  }
}

/** Starts the app a second time and waits until that start ends by itself; answers its exit code. */
export function startAgain(options: LaunchOptions): Promise<number> {
  const { executable, args } = startOf(options)
  const child = spawn(executable, args, { cwd: options.stage.folder, stdio: 'ignore' })
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? -1)))
}

export async function launchApp(options: LaunchOptions): Promise<RunningApp> {
  const { executable, args, userData } = startOf(options)
  const electron = await _electron.launch({
    executablePath: executable,
    cwd: options.stage.folder,
    args: [...args]
  })
  return {
    electron,
    userData,
    async window(title) {
      for (;;) {
        for (const page of electron.windows()) if (title.test(await page.title())) return page
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    async quit() {
      const ended = new Promise((resolve) => electron.process().once('exit', resolve))
      await electron.evaluate(({ app }) => {
        setImmediate(() => app.quit())
      })
      await ended
    }
  }
}
