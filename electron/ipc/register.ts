import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import type { EventName, Events } from './contract.ts'
import { dispatch, type Caller, type Handlers } from './dispatch.ts'

/** The two IPC channels of the contract. Repeated in preload.ts, which must be a single file. */
export const commandChannel = 'bilet:command'
export const eventChannel = 'bilet:event'

/** Whether the sender is the main frame of one of the app's pages. */
function isTrustedSender(event: IpcMainInvokeEvent, origin: string): boolean {
  const frame = event.senderFrame
  if (!frame || frame !== event.sender.mainFrame) return false
  // The URL alone is not enough: a page with such a URL has another origin if it is sandboxed.
  return frame.url.startsWith(`${origin}/`) && frame.origin === origin
}

/** Handles the commands in main. `origin`: of the app's own pages, e.g. `app://bilet`. */
export function registerCommands(
  handlers: Handlers,
  origin: string,
  callerOf: (contents: WebContents) => Caller,
  report: (command: string, error: unknown) => void
): void {
  // Removes all other channels: electron-store opens one that tells any frame the paths of files.
  for (const channel of ipcMain.eventNames())
    if (channel !== 'error') ipcMain.removeAllListeners(String(channel))
  ipcMain.handle(commandChannel, async (event, name: unknown, args: unknown) => {
    if (!isTrustedSender(event, origin)) return { ok: false, error: { kind: 'invalid-arguments' } }
    return dispatch(handlers, name, args, callerOf(event.sender), report)
  })
}

/** Sends an event to one window; closed windows are skipped. */
export function sendEvent<Name extends EventName>(
  contents: WebContents,
  name: Name,
  payload: Events[Name]
): void {
  if (!contents.isDestroyed()) contents.send(eventChannel, name, payload)
}
