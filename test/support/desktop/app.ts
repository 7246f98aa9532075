import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import packageJson from '../../../package.json' with { type: 'json' }
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { defaultSettings } from '../../../electron/ipc/defaults.ts'
import { hints } from '../../../electron/ipc/settings-schema.ts'
import { writeWrapper, type Stage } from './machine.ts'
import type { DesktopSession, DisplayKind } from './session.ts'

export interface LaunchOptions {
  readonly stage: Stage
  readonly session: DesktopSession
  /** The packaged app's executable; without it the app runs from source. */
  readonly packaged?: string | undefined
  /** A folder's name inside the session; the same name is the same profile. */
  readonly profile?: string
  readonly lang?: string
  /** Default false: the hints of the first use were dismissed before. */
  readonly withHints?: boolean
  readonly args?: readonly string[]
  /** Default true: the session's. False: none. Null: what the app finds by itself. */
  readonly keyring?: boolean | null
  /** What it is told to draw on; the session's own by default. Null: it is told nothing, and chooses. */
  readonly display?: DisplayKind | null
  /** On top of the session's own. */
  readonly env?: Readonly<Record<string, string>>
}

export interface RunningApp {
  readonly electron: ElectronApplication
  readonly userData: string
  /** Waits for the window whose title matches. */
  window(title: RegExp): Promise<Page>
  quit(): Promise<void>
  /** Resolves when the app ends by itself. */
  readonly ended: Promise<void>
}

/** Settings of somebody who knows the app; all others are as at a first start. */
const usedBefore = JSON.stringify({
  shortcut: defaultSettings.shortcut,
  newsShownFor: packageJson.version,
  dismissedHints: hints
})

interface Start {
  readonly executable: string
  readonly args: readonly string[]
  readonly userData: string
}

function startOf(options: LaunchOptions): Start {
  const { stage, session, profile = 'profile', lang = 'en-US', args = [], keyring = true } = options
  const { display = session.display } = options
  const userData = join(session.home, profile)
  mkdirSync(userData, { recursive: true })
  if (!options.withHints && readdirSync(userData).length === 0)
    writeFileSync(join(userData, 'settings.json'), usedBefore)
  if (stage.user) execFileSync('chown', ['-R', stage.user, userData])
  const name = `run-${options.packaged ? 'packaged' : 'source'}`
  return {
    executable: writeWrapper(stage, name, options.packaged ?? stage.electron, {
      ...session.env,
      ...options.env
    }),
    args: [
      ...(options.packaged ? [] : [join(stage.folder, 'app')]),
      `--lang=${lang}`,
      `--user-data-dir=${userData}`,
      ...(keyring === null ? [] : [`--password-store=${keyring ? 'gnome-libsecret' : 'basic'}`]),
      ...(display === null ? [] : [`--ozone-platform=${display}`]),
      ...args
    ],
    userData
  }
}

/** Starts the app without anything attached to it. `ended`: its exit code when it ends by itself. */
export function startPlain(options: LaunchOptions): {
  readonly pid: number
  readonly ended: Promise<number>
} {
  const { executable, args } = startOf(options)
  const child = spawn(executable, args, { cwd: options.stage.folder, stdio: 'ignore' })
  return {
    pid: child.pid ?? 0,
    ended: new Promise((resolve) => child.once('exit', (code) => resolve(code ?? -1)))
  }
}

/**
 * Electron 33 with an inspector attached to it crashed in one of some 250 starts, before a window was there; of 50 starts
 * without one none did. It is started once more then, which is printed, and a second crash counts.
 */
async function launchElectron(options: Parameters<typeof _electron.launch>[0]): Promise<ElectronApplication> {
  try {
    return await _electron.launch(options)
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('signal=SIGSEGV'))) throw error
    console.log('Electron crashed while it was starting: started once more')
    return _electron.launch(options)
  }
}

export async function launchApp(options: LaunchOptions): Promise<RunningApp> {
  const { executable, args, userData } = startOf(options)
  const electron = await launchElectron({
    executablePath: executable,
    cwd: options.stage.folder,
    args: [...args]
  })
  const ended = new Promise<void>((resolve) => electron.process().once('exit', () => resolve()))
  return {
    electron,
    userData,
    ended,
    async window(title) {
      for (;;) {
        for (const page of electron.windows()) if (title.test(await page.title())) return page
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    async quit() {
      await electron.evaluate(({ app }) => {
        setImmediate(() => app.quit())
      })
      await ended
    }
  }
}
