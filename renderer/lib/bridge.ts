/** The only door to main: the preload's bridge, or, in a plain browser, a WebSocket to the preview. */
import type { Bridge, EventName, Events, Result } from '../../electron/ipc/contract.ts'

declare global {
  interface Window {
    bilet?: Bridge
  }
}

interface Waiting {
  readonly resolve: (result: Result<never>) => void
}

/** Milliseconds between attempts to reach a preview that went away. */
const firstWait = 250
const longestWait = 8000

const reconnected = new Set<() => void>()
/** What was told in between is lost, so that everything is to be asked again. Never in Electron. */
export function onReconnect(listener: () => void): () => void {
  reconnected.add(listener)
  return () => void reconnected.delete(listener)
}

const lost: Result<never> = { ok: false, error: { kind: 'connection-lost' } }

/** Some commands are the browser's own there. */
function inBrowser(name: string, args: unknown): Result<null> | null {
  if (name === 'window.open' && (args as { window: string }).window === 'compose') {
    open('/compose.html', 'bilet-compose', 'width=480,height=640')
    return { ok: true, value: null }
  }
  if (name === 'window.close') {
    close()
    return { ok: true, value: null }
  }
  const { url } = (args ?? {}) as { url?: string }
  if (name === 'link.open' && url && /^(https?|mailto):/.test(url)) {
    open(url, '_blank', 'noopener,noreferrer')
    return { ok: true, value: null }
  }
  return null
}

function overWebSocket(): Bridge {
  const listeners = new Map<string, Set<(payload: never) => void>>()
  const waiting = new Map<number, Waiting>()
  let next = 1
  let socket: Promise<WebSocket> | null = null
  let wait = firstWait

  function reconnect(): void {
    setTimeout(() => {
      if (socket) return
      socket = connect()
      socket.then(
        () => {
          wait = firstWait
          for (const listener of reconnected) listener()
        },
        () => {
          socket = null
          wait = Math.min(longestWait, wait * 2)
          reconnect()
        }
      )
    }, wait)
  }

  function connect(): Promise<WebSocket> {
    return new Promise((resolve, reject) => {
      const made = new WebSocket(`ws://${location.host}/bridge`)
      let opened = false
      made.onopen = () => {
        opened = true
        resolve(made)
      }
      made.onerror = () => {
        reject(new Error('The preview is gone'))
      }
      made.onclose = () => {
        socket = null
        for (const { resolve: end } of waiting.values()) end(lost)
        waiting.clear()
        if (opened) reconnect()
      }
      made.onmessage = ({ data }) => {
        const message = JSON.parse(String(data)) as {
          id?: number
          result?: Result<never>
          event?: string
          payload?: never
        }
        if (message.event !== undefined)
          for (const listener of listeners.get(message.event) ?? []) listener(message.payload as never)
        else if (message.id !== undefined && message.result) waiting.get(message.id)?.resolve(message.result)
      }
    })
  }

  return {
    async invoke(name, ...args) {
      const own = inBrowser(name, args[0])
      if (own) return own as Result<never>
      try {
        const open = await (socket ??= connect())
        return await new Promise((resolve) => {
          const id = next++
          waiting.set(id, {
            resolve(result) {
              waiting.delete(id)
              resolve(result)
            }
          })
          open.send(JSON.stringify({ id, name, args: args[0] }))
        })
      } catch {
        socket = null
        return lost
      }
    },
    on(name, listener) {
      const ofName = listeners.get(name) ?? new Set()
      listeners.set(name, ofName.add(listener))
      return () => void ofName.delete(listener)
    }
  }
}

export const openBridge = (): Bridge => window.bilet ?? overWebSocket()

let current: Bridge | null = null

export const bridge: Bridge = {
  invoke: (name, ...args) => (current ??= openBridge()).invoke(name, ...args),
  on: <Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void) =>
    (current ??= openBridge()).on(name, listener)
}

/** From now on this one. */
export function setBridge(next: Bridge): void {
  current = next
}
