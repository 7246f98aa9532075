/**
 * `--smoke`: checks that this build starts on this machine. Starts with the demo account in a temporary folder, checks
 * window, tickets and tray icon, prints them, and quits with code 0, or 1 if something is missing.
 */
import { app, BrowserWindow } from 'electron'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRecord } from '../tickets/json.ts'

export const isSmokeTest = process.argv.includes('--smoke')

/** Timeout in milliseconds, many times what a slow machine needs. */
const timeoutMs = 60_000
const intervalMs = 100

/** Reads what the inbox shows, through the bridge that every window has. */
const inboxScript = `(async () => ({
  title: document.title,
  tickets: document.querySelectorAll('[role=option]').length,
  report: (await window.bilet.invoke('app.diagnostics')).value
}))()`

interface InboxState {
  readonly title: string
  /** Number of rows in the list. */
  readonly tickets: number
  /** The tray state in the diagnostics. */
  readonly tray: string
}

/** Call it before the profile's lock is taken, so that the person's own profile is not touched. */
export function useTemporaryProfile(): void {
  const folder = mkdtempSync(join(tmpdir(), 'bilet-smoke-'))
  app.setPath('userData', folder)
  app.setPath('sessionData', folder)
  // Linux: keeps the autostart entry unchanged. macOS: prevents keychain prompts.
  process.env.XDG_CONFIG_HOME = folder
  app.commandLine.appendSwitch('use-mock-keychain')
  // Removes accounts and tickets; Chromium may create a few empty caches again afterwards.
  process.once('exit', () => {
    // A write that a thread still carries out can create a file, or the folder, anew.
    for (let attempt = 0; attempt < 4 || (attempt < 40 && existsSync(folder)); attempt++) {
      try {
        rmSync(folder, { recursive: true, force: true })
      } catch {
        // Not empty again: removed by the next attempt.
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 25)
    }
  })
}

/** Validates the page's result; null if the page is not ready. */
export function readInboxState(answer: unknown): InboxState | null {
  if (!isRecord(answer) || typeof answer.report !== 'string') return null
  const tray = /^tray (.*), keychain /m.exec(answer.report)?.[1]
  const { title, tickets } = answer
  if (typeof title !== 'string' || typeof tickets !== 'number' || tray === undefined) return null
  return { title, tickets, tray }
}

async function readInbox(): Promise<InboxState | null> {
  const window = BrowserWindow.getAllWindows().find((one) => one.isVisible())
  if (!window || window.webContents.isLoading()) return null
  return readInboxState(await window.webContents.executeJavaScript(inboxScript))
}

/** Missing is right, too: a Linux desktop may have no tray. */
const isTrayRight = (tray: string): boolean => tray.startsWith('missing ') || tray.includes('last: shown ')

/** What is missing; null if everything is there. */
export function missingPart(state: InboxState | null): string | null {
  if (state === null) return 'no window'
  if (state.tickets === 0) return 'no ticket of the sample account'
  return isTrayRight(state.tray) ? null : `no tray icon (${state.tray})`
}

/** Call it after the application was started. Never rejects. */
export async function runSmokeTest(): Promise<void> {
  const until = Date.now() + timeoutMs
  let state: InboxState | null = null
  while (missingPart(state) !== null && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, intervalMs))
    state = await readInbox().catch(() => null)
  }
  if (state)
    console.log(`smoke: window ${state.title}\nsmoke: ${state.tickets} tickets\nsmoke: tray ${state.tray}`)
  const missing = missingPart(state)
  if (missing !== null) {
    console.log(`smoke: failed, ${missing}`)
    app.exit(1)
    return
  }
  console.log('smoke: passed')
  app.quit()
  // The test includes quitting.
  setTimeout(() => {
    console.log('smoke: failed, it does not quit')
    app.exit(1)
  }, timeoutMs).unref()
}
