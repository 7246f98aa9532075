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
  /** Executable of the packaged app; if not set, the app runs from source. */
  readonly packaged?: string | undefined
  /** Name of the profile folder inside the session. */
  readonly profile?: string
  readonly lang?: string
  /** Default true: the new-ticket window was used today, and is loaded hidden after the start. */
  readonly isComposeWarm?: boolean
  /** Default false: the hints of the first use were dismissed before. */
  readonly withHints?: boolean
  readonly args?: readonly string[]
  /** True (default): the session's keyring. False: no keyring. Null: no switch, the app chooses. */
  readonly keyring?: boolean | null
  /** Value of `--ozone-platform`; default: the session's display. Null: no switch, the app chooses. */
  readonly display?: DisplayKind | null
  /** Environment variables in addition to the session's. */
  readonly env?: Readonly<Record<string, string>>
}

export interface RunningApp {
  readonly electron: ElectronApplication
  readonly userData: string
  /** Waits for the window whose title matches. */
  window(title: RegExp): Promise<Page>
  quit(): Promise<void>
  /** Resolves when the app exits. */
  readonly ended: Promise<void>
}

/** Settings of somebody who used the app today, and whose texts are sent at once; all others are as at a first start. */
const usedBefore = (isComposeWarm: boolean): string =>
  JSON.stringify({
    ...(isComposeWarm ? { composeUsedAt: Date.now() } : {}),
    undoSendSeconds: 0,
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
    writeFileSync(join(userData, 'settings.json'), usedBefore(options.isComposeWarm ?? true))
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

/** Starts the app without Playwright. `ended` resolves with the exit code. */
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
 * Starts Electron, once more if it crashes: Electron 33 with an attached inspector crashes in one of about 250 starts, before
 * a window is open (without inspector in none of 50). The restart is printed; a second crash is an error.
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

/**
 * Answers native message boxes, which would block the test. Questions about addresses of this machine are accepted, since
 * tests connect to a server on it; all others are cancelled.
 */
const answerQuestions = (electron: ElectronApplication): Promise<void> =>
  electron.evaluate(({ dialog }) => {
    dialog.showMessageBox = (...args: unknown[]) => {
      const { message, buttons = [] } = args.at(-1) as Electron.MessageBoxOptions
      const isLocalAddress = /127\.0\.0\.1|localhost|\[::1\]/.test(message)
      return Promise.resolve({ response: isLocalAddress ? buttons.length - 1 : 0, checkboxChecked: false })
    }
  })

/** The inspector loses the answer of a command that was carried out if V8 collects its promise first. */
const isAnswerLost = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('promise was garbage collected')

/** Makes `evaluate` repeat a command whose answer was lost, which is likely while the app starts. */
function repeatLostCommands(electron: ElectronApplication): void {
  const evaluate = electron.evaluate.bind(electron)
  const repeated = async (...command: Parameters<typeof evaluate>): Promise<unknown> => {
    for (let left = 5; ; left--)
      try {
        return await evaluate(...command)
      } catch (error) {
        if (left === 0 || !isAnswerLost(error)) throw error
      }
  }
  Object.assign(electron, { evaluate: repeated })
}

export async function launchApp(options: LaunchOptions): Promise<RunningApp> {
  const { executable, args, userData } = startOf(options)
  const electron = await launchElectron({
    executablePath: executable,
    cwd: options.stage.folder,
    args: [...args]
  })
  const ended = new Promise<void>((resolve) => electron.process().once('exit', () => resolve()))
  const evaluateOnce = electron.evaluate.bind(electron)
  repeatLostCommands(electron)
  await answerQuestions(electron)
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
      await evaluateOnce(({ app }) => {
        setImmediate(() => app.quit())
      }).catch((error: unknown) => {
        if (!isAnswerLost(error)) throw error
      })
      await ended
    }
  }
}
