/** The only door to main: the preload's bridge, or, in a plain browser, a WebSocket to the preview. */
import type { Bridge, EventName, Events } from '../../../electron/ipc/contract.ts'
import { PreviewBridge } from './preview-bridge.ts'

declare global {
  interface Window {
    bilet?: Bridge
  }
}

export const openBridge = (): Bridge => window.bilet ?? new PreviewBridge()

let current: Bridge | null = null

export const bridge: Bridge = {
  invoke: (name, ...args) => (current ??= openBridge()).invoke(name, ...args),
  on: <Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void) =>
    (current ??= openBridge()).on(name, listener)
}

/** Replaces the bridge for all later calls. */
export function setBridge(next: Bridge): void {
  current = next
}
