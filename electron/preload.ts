/** The bridge: the contract and nothing else. One CommonJS file, because a sandboxed preload can load no second. */
import { contextBridge, ipcRenderer } from 'electron'

const listeners = new Map<string, Set<(payload: unknown) => void>>()

ipcRenderer.on('bilet:event', (_event, name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload)
})

contextBridge.exposeInMainWorld('bilet', {
  invoke: (name: string, args?: unknown): Promise<unknown> => ipcRenderer.invoke('bilet:command', name, args),
  on: (name: string, listener: (payload: unknown) => void): (() => void) => {
    const ofName = listeners.get(name) ?? new Set()
    listeners.set(name, ofName.add(listener))
    return () => void ofName.delete(listener)
  }
})
