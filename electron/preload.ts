/**
 * The bridge between pages and the main process: the contract and nothing else. One CommonJS file, because a sandboxed
 * preload script cannot load another.
 */
import { contextBridge, ipcRenderer } from 'electron'

const listeners = new Map<string, Set<(payload: unknown) => void>>()

ipcRenderer.on('bilet:event', (_event, name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload)
})

contextBridge.exposeInMainWorld('bilet', {
  invoke: (name: string, args?: unknown): Promise<unknown> => ipcRenderer.invoke('bilet:command', name, args),
  on: (name: string, listener: (payload: unknown) => void): (() => void) => {
    const listenersOfName = listeners.get(name) ?? new Set()
    listeners.set(name, listenersOfName.add(listener))
    return () => void listenersOfName.delete(listener)
  }
})
