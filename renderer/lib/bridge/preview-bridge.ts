/** The bridge of a plain browser: the contract over a WebSocket to the preview. */
import type { Bridge, EventName, Openable, Result, WindowTable } from '../../../electron/ipc/contract.ts'

type Answer = Result<never>
type Listener = (payload: never) => void

interface Message {
  readonly id?: number
  readonly result?: Answer
  readonly event?: string
  readonly payload?: never
}

/** Milliseconds between attempts to reach a preview that went away. */
const firstRetryMs = 250
const longestRetryMs = 8000

/** Where the page behind the printed address left the secret of the bridge: `electron/preview/entry.ts`. */
const storageKey = 'bilet-preview'

const connectionLost: Answer = { ok: false, error: { kind: 'connection-lost' } }

/** Without the popover, which belongs to a tray icon. */
type PopUps = Omit<WindowTable, 'inbox' | 'popover'>
/** Pages take no values from the main process, so it stands here again; the compiler holds it to the table of windows. */
const popUps: { readonly [Name in keyof PopUps]: Pick<PopUps[Name], 'page' | 'size'> } = {
  compose: { page: 'compose.html', size: { width: 480, height: 640 } }
}

const reconnected = new Set<() => void>()
/** Events of the time in between are lost, so that everything is to be asked again. Never in Electron. */
export function onReconnect(listener: () => void): () => void {
  reconnected.add(listener)
  return () => void reconnected.delete(listener)
}

const isPopUp = (window: Openable): window is keyof PopUps => Object.hasOwn(popUps, window)

/** Commands that the browser carries out itself; null for all others. */
function inBrowser(name: string, args: unknown): Result<null> | null {
  const done = { ok: true, value: null } as const
  const { window, url } = (args ?? {}) as { window?: Openable; url?: string }
  if (name === 'window.open' && window !== undefined && isPopUp(window)) {
    const { page, size } = popUps[window]
    open(`/${page}`, `bilet-${window}`, `width=${size.width},height=${size.height}`)
    return done
  }
  if (name === 'window.close') {
    close()
    return done
  }
  if (name === 'link.open' && url && /^(https?|mailto):/.test(url)) {
    open(url, '_blank', 'noopener,noreferrer')
    return done
  }
  return null
}

export class PreviewBridge implements Bridge {
  readonly #listeners = new Map<string, Set<Listener>>()
  /** Commands without an answer yet, by the number they were sent with. */
  readonly #unanswered = new Map<number, (answer: Answer) => void>()
  #nextId = 1
  #socket: Promise<WebSocket> | null = null
  #retryMs = firstRetryMs

  readonly invoke: Bridge['invoke'] = async (name, ...args) => {
    const own = inBrowser(name, args[0])
    if (own) return own as Answer
    try {
      const socket = await (this.#socket ??= this.#connect())
      return await new Promise<Answer>((resolve) => {
        const id = this.#nextId++
        this.#unanswered.set(id, resolve)
        socket.send(JSON.stringify({ id, name, args: args[0] }))
      })
    } catch {
      this.#socket = null
      return connectionLost
    }
  }

  readonly on: Bridge['on'] = (name: EventName, listener: Listener) => {
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners.add(listener))
    return () => void listeners.delete(listener)
  }

  #connect(): Promise<WebSocket> {
    return new Promise((resolve, reject) => {
      const secret = sessionStorage.getItem(storageKey)
      // Refused without it. A page can give a WebSocket nothing but the protocols that it speaks.
      const socket = new WebSocket(`ws://${location.host}/bridge`, secret === null ? [] : [secret])
      let opened = false
      socket.onopen = () => {
        opened = true
        resolve(socket)
      }
      socket.onerror = () => {
        reject(new Error('The preview is gone'))
      }
      socket.onclose = () => {
        this.#socket = null
        for (const answer of this.#unanswered.values()) answer(connectionLost)
        this.#unanswered.clear()
        if (opened) this.#reconnect()
      }
      socket.onmessage = ({ data }) => {
        this.#receive(JSON.parse(String(data)) as Message)
      }
    })
  }

  #receive({ id, result, event, payload }: Message): void {
    if (event !== undefined) {
      for (const listener of this.#listeners.get(event) ?? []) listener(payload as never)
    } else if (id !== undefined && result) {
      this.#unanswered.get(id)?.(result)
      this.#unanswered.delete(id)
    }
  }

  #reconnect(): void {
    setTimeout(() => {
      if (this.#socket) return
      this.#socket = this.#connect()
      this.#socket.then(
        () => {
          this.#retryMs = firstRetryMs
          for (const listener of reconnected) listener()
        },
        () => {
          this.#socket = null
          this.#retryMs = Math.min(longestRetryMs, this.#retryMs * 2)
          this.#reconnect()
        }
      )
    }, this.#retryMs)
  }
}
