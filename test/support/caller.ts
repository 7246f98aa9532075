import type { Caller } from '../../electron/ipc/dispatch.ts'

/** A window without anything to show again. */
export const caller: Caller = {
  windowId: 7,
  closeWindow: () => undefined,
  leave: () => undefined,
  takeView: () => null
}
