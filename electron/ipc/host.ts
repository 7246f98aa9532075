import { isRecord } from '../tickets/json.ts'
import type { AccountId, TicketRef } from '../tickets/ticket.ts'
import type { AppInfo, Args, Openable, TicketMenuChoice, UpdateView } from './contract.ts'
import type { Caller } from './dispatch.ts'

/**
 * State of the global shortcut for a new ticket:
 * - `none`: no shortcut is set.
 * - `registered`: the shortcut works.
 * - `asked`: Wayland. The desktop received the request and may ask the person; it does not report the result.
 * - `unavailable`: Wayland, and this Electron cannot ask the desktop (before version 38).
 * - `taken`: another program uses it. Only reported by X11, macOS and Windows.
 * - `invalid`: the system does not know these keys.
 */
export type ShortcutState = 'none' | 'registered' | 'asked' | 'unavailable' | 'taken' | 'invalid'

/** Platform functions that the commands need, implemented by Electron's main process and by the preview server. */
export interface Host {
  readonly info: AppInfo
  /**
   * Whether main may contact this address, which a window sent: the address of an account to be connected, or of a file in a
   * message. Asks the person about a server that belongs neither to Netinternet nor to an account.
   */
  mayContact(address: string, purpose: 'account' | 'file'): Promise<boolean>
  /** Checks whether there is a network and tells the engine. */
  checkNetwork(): void
  /** Path of a damaged file that was set aside and belongs to no account; null if there is none or it was dismissed. */
  setAsidePath(name: string): string | null
  /** Shows the file in the system's file manager. */
  showFile(path: string): void
  /** Credentials for the system's proxy, used from now on. */
  signInToProxy(credentials: Args<'proxy.signIn'>): void
  /** `template`: the name of the template that a new ticket begins with. */
  openWindow(window: Openable, template?: string): void
  /** Shows a ticket in the inbox window; null shows the unread ones. */
  showTicket(ref: TicketRef | null): void
  /** Opens `https:` and `mailto:` outside the app, and `http:` after asking the person; false for anything else. */
  openExternal(url: string): Promise<boolean>
  /** Shows the settings at the field for the customer panel address of this account. */
  showPanelAddress(accountId: AccountId): void
  /** Opens the native context menu of tickets over the caller's window; null if nothing was chosen. */
  chooseFromTicketMenu(
    choices: readonly TicketMenuChoice[],
    at: { readonly x: number; readonly y: number },
    windowId: Caller['windowId']
  ): Promise<TicketMenuChoice | null>
  writeClipboard(text: string): Promise<void>
  /** The clipboard's text; empty if there is none or the window does not have the focus. */
  readClipboard(windowId: Caller['windowId']): Promise<string>
  /** Whether the system asks the person when an app reads the clipboard without a paste command. */
  readonly clipboardAsks: boolean
  /** Shows the save dialog of the caller's window. Returns the path; null if the person cancels. */
  chooseExportFile(suggestedName: string, windowId: Caller['windowId']): Promise<string | null>
  /** Shows the dialog that opens a JSON file, over the caller's window. Returns the path; null if the person cancels. */
  chooseImportFile(windowId: Caller['windowId']): Promise<string | null>
  /** Replaces the global shortcut; empty removes it. `taken` and `invalid`: the previous one stays registered. */
  takeShortcut(accelerator: string): ShortcutState
  /** The engine's lines together with lines about the platform (versions, tray, notifications, keychain), all redacted. */
  diagnostics(engine: readonly string[]): readonly string[]
  update(): UpdateView
  actOnUpdate(act: Args<'updates.act'>['act']): Promise<void>
  /** Shows a test notification and returns the outcome. */
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
