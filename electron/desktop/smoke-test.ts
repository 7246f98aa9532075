/**
 * `--smoke`: whether this copy of the app starts on this machine, for whoever built or installed it. It starts as it
 * does for the sample account, in a folder of its own, looks at what a person would look at, prints it line by line,
 * quits, and ends with 0; with 1 when something did not come.
 */
import { app, BrowserWindow } from 'electron'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRecord } from '../tickets/json.ts'

export const isSmokeTest = process.argv.includes('--smoke')

/** Many times what a slow machine needs. */
const mostMs = 60_000
const lookEveryMs = 100

/** What the inbox shows, by the bridge that every window has. */
const inboxScript = `(async () => ({
  title: document.title,
  tickets: document.querySelectorAll('[role=option]').length,
  report: (await window.bilet.invoke('app.diagnostics')).value
}))()`

interface Seen {
  readonly title: string
  /** Rows of the list. */
  readonly tickets: number
  /** As the diagnostics say it. */
  readonly tray: string
}

/** Before the lock of the profile's folder is taken: whatever the person has is left alone. */
export function useTemporaryProfile(): void {
  const folder = mkdtempSync(join(tmpdir(), 'bilet-smoke-'))
  app.setPath('userData', folder)
  app.setPath('sessionData', folder)
  // Linux: where an entry of autostart would be corrected; macOS: where a keychain would ask.
  process.env.XDG_CONFIG_HOME = folder
  app.commandLine.appendSwitch('use-mock-keychain')
  // Accounts and tickets go; Chromium writes a few empty caches anew after this, for the system to clear away.
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  })
}

/** Of what came from a page; null while the page is not so far. */
export function seenOf(answer: unknown): Seen | null {
  if (!isRecord(answer) || typeof answer.report !== 'string') return null
  const tray = /^tray (.*), keychain /m.exec(answer.report)?.[1]
  const { title, tickets } = answer
  if (typeof title !== 'string' || typeof tickets !== 'number' || tray === undefined) return null
  return { title, tickets, tray }
}

async function look(): Promise<Seen | null> {
  const window = BrowserWindow.getAllWindows().find((one) => one.isVisible())
  if (!window || window.webContents.isLoading()) return null
  return seenOf(await window.webContents.executeJavaScript(inboxScript))
}

/** A Linux desktop may have no place for icons. */
const isTrayRight = (tray: string): boolean => tray.startsWith('missing ') || tray.includes('last: shown ')

/** Null when everything is there, else what is not. */
export function lackingIn(seen: Seen | null): string | null {
  if (seen === null) return 'no window'
  if (seen.tickets === 0) return 'no ticket of the sample account'
  return isTrayRight(seen.tray) ? null : `no tray icon (${seen.tray})`
}

/** Once the application was started. Never rejects. */
export async function runSmokeTest(): Promise<void> {
  const until = Date.now() + mostMs
  let seen: Seen | null = null
  while (lackingIn(seen) !== null && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
    seen = await look().catch(() => null)
  }
  if (seen)
    console.log(`smoke: window ${seen.title}\nsmoke: ${seen.tickets} tickets\nsmoke: tray ${seen.tray}`)
  const lacking = lackingIn(seen)
  if (lacking !== null) {
    console.log(`smoke: failed, ${lacking}`)
    app.exit(1)
    return
  }
  console.log('smoke: passed')
  app.quit()
  // Quitting belongs to it.
  setTimeout(() => {
    console.log('smoke: failed, it does not quit')
    app.exit(1)
  }, mostMs).unref()
}
