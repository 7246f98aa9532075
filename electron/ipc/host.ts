import { isRecord } from '../tickets/json.ts'
import type { AccountId } from '../tickets/ticket.ts'
import type { AppInfo, Args, Openable, TicketMenuChoice, UpdateView } from './contract.ts'
import type { Caller } from './dispatch.ts'

/**
 * How the keys for a new ticket stand:
 * - `none`: none are wanted.
 * - `registered`: they work.
 * - `asked`: Wayland. The desktop was asked and decides, perhaps after asking the person; it does not say how.
 * - `unavailable`: Wayland, and nobody to ask (Electron before 38).
 * - `taken`: another program has them. X11, macOS and Windows can tell that.
 * - `invalid`: not keys that the system knows.
 */
export type ShortcutState = 'none' | 'registered' | 'asked' | 'unavailable' | 'taken' | 'invalid'

/** What the commands need of the platform: Electron's main process, or the preview's small web server. */
export interface Host {
  readonly info: AppInfo
  /** Is there a network? What follows is the engine's to be told. */
  checkNetwork(): void
  /** Of a damaged file that belongs to no account; null where there is none that was not dealt with. */
  setAsidePath(name: string): string | null
  /** In the system's file manager. */
  showFile(path: string): void
  /** What the proxy of the system's settings wanted; used from now on. */
  signInToProxy(credentials: Args<'proxy.signIn'>): void
  openWindow(window: Openable): void
  /** Opens `https:` and `mailto:` outside, and `http:` after a question; false for anything else. */
  openExternal(url: string): Promise<boolean>
  /** Shows the settings at the field for the address of this account's panel. */
  showPanelAddress(accountId: AccountId): void
  /** The system's menu of tickets, in front of the caller's window; null when nothing was chosen. */
  chooseFromTicketMenu(
    choices: readonly TicketMenuChoice[],
    at: { readonly x: number; readonly y: number },
    windowId: Caller['windowId']
  ): Promise<TicketMenuChoice | null>
  writeClipboard(text: string): Promise<void>
  /** Its text; empty where there is none, and for a window that does not have the keyboard. */
  readClipboard(windowId: Caller['windowId']): Promise<string>
  /** The system shows the person a question when an app reads what it was not told to paste. */
  readonly clipboardAsks: boolean
  /** Asks in front of the caller's window. The file's path, or null when the person cancels. */
  chooseExportFile(suggestedName: string, windowId: Caller['windowId']): Promise<string | null>
  /** `taken` by another program or `invalid`, and the one before stays; anything else is kept. Empty gives it up. */
  takeShortcut(accelerator: string): ShortcutState
  /** Lines about the platform (versions, tray, notifications, keychain) around the engine's own, all redacted. */
  diagnostics(engine: readonly string[]): readonly string[]
  update(): UpdateView
  actOnUpdate(act: Args<'updates.act'>['act']): Promise<void>
  /** Shows one and says how it ended. */
  testNotification(): Promise<string>
}

/**
 * Where people report problems, from `bugs` of package.json: an `https:` or `mailto:` address, the page first where both
 * are given; null where none is.
 */
export function reportAddress(bugs: unknown): string | null {
  const { url, email } = isRecord(bugs) ? bugs : { url: bugs }
  if (typeof url === 'string' && url.startsWith('https://')) return url
  return typeof email === 'string' && email !== '' ? `mailto:${email}` : null
}
