import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import type { EventName, Events } from './contract.ts'
import { dispatch, type Caller, type Handlers } from './dispatch.ts'

/** The two channels of the contract; preload.ts names them too, because it may share no file. */
export const commandChannel = 'bilet:command'
export const eventChannel = 'bilet:event'

/** Only the main frame of a page of ours is heard. */
function isOurs(event: IpcMainInvokeEvent, origin: string): boolean {
  const frame = event.senderFrame
  if (!frame || frame !== event.sender.mainFrame) return false
  // An address alone may be that of a page whose origin is another one: sandboxed, or made from a string.
  return frame.url.startsWith(`${origin}/`) && frame.origin === origin
}

/** Main's end of the contract. `origin` is where our pages live, e.g. `app://bilet`. */
export function registerCommands(
  handlers: Handlers,
  origin: string,
  callerOf: (contents: WebContents) => Caller,
  report: (command: string, error: unknown) => void
): void {
  // Nobody but the contract is heard: electron-store, for one, opens a channel that tells any frame where files lie.
  for (const channel of ipcMain.eventNames())
    if (channel !== 'error') ipcMain.removeAllListeners(String(channel))
  ipcMain.handle(commandChannel, async (event, name: unknown, args: unknown) => {
    if (!isOurs(event, origin)) return { ok: false, error: { kind: 'invalid-arguments' } }
    return dispatch(handlers, name, args, callerOf(event.sender), report)
  })
}

/** Tells one window. A window that is gone is told nothing. */
export function sendEvent<Name extends EventName>(
  contents: WebContents,
  name: Name,
  payload: Events[Name]
): void {
  if (!contents.isDestroyed()) contents.send(eventChannel, name, payload)
}
