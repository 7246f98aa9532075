/**
 * The buses of a Linux desktop: who is there, and what they say of themselves. Electron draws the tray and sends
 * notifications over the session's bus, but tells nobody whether somebody listens.
 */
import { createConnection, type Socket } from 'node:net'
import {
  decodeMessage,
  encodeCall,
  encodeSignal,
  messageLength,
  valuesOf,
  type Incoming,
  type Values
} from './dbus-wire.ts'

export interface SessionBus {
  readonly hasOwner: (name: string) => Promise<boolean>
  /** The connection that has the name now; throws when nobody has. */
  readonly ownerOf: (name: string) => Promise<string>
  /** Has an owner, or would be started when asked. */
  readonly isReachable: (name: string) => Promise<boolean>
  /** Told when somebody takes the name (true) or nobody has it any more (false). */
  readonly watch: (name: string, onChange: (owned: boolean) => void) => Promise<void>
  /** Told of every signal of this name, whoever sends it. */
  readonly listen: (
    face: string,
    member: string,
    onSignal: (body: readonly unknown[], sender: string) => void
  ) => Promise<void>
  /** To whoever listens; nobody answers. */
  readonly emit: (path: string, face: string, member: string, values: Values) => void
  /** What the method answers, variants opened; throws `NoAnswer` when nobody does in time. */
  readonly call: (
    to: string,
    path: string,
    face: string,
    member: string,
    /** Texts, or values of any type. */
    args: readonly string[] | Values
  ) => Promise<readonly unknown[]>
  readonly close: () => void
}

type Env = Readonly<Record<string, string | undefined>>

/** At login everything is slow; where nobody answers at all, the app starts this much later. */
const patienceMs = 5000
const busName = 'org.freedesktop.DBus'
const busPath = '/org/freedesktop/DBus'

/** The socket of an address as D-Bus writes it; null for one that cannot be reached from here. */
function socketOf(address: string): string | null {
  for (const one of address.split(';')) {
    const found = /^unix:(?:.*,)?(path|abstract)=([^,]+)/.exec(one)
    const path = found?.[2]
    if (path !== undefined) return `${found?.[1] === 'abstract' ? '\0' : ''}${decodeURIComponent(path)}`
  }
  return null
}

/** The socket of the session's bus; null when the session has none. */
export function busSocket({
  DBUS_SESSION_BUS_ADDRESS: address,
  XDG_RUNTIME_DIR: folder
}: Env): string | null {
  if (address) return socketOf(address)
  return folder ? `${folder}/bus` : null
}

/** The machine's bus: where battery and sleep are told. */
export const systemSocket = ({ DBUS_SYSTEM_BUS_ADDRESS: address }: Env): string | null =>
  address ? socketOf(address) : '/run/dbus/system_bus_socket'

/** Whether what was asked for was done is unknown. */
export class NoAnswer extends Error {}

const textsOf = (texts: readonly string[]): Values => valuesOf('s'.repeat(texts.length), texts)

const late = <T>(promise: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new NoAnswer('The session bus does not answer'))
    // After a long pause of this process an answer may lie there unread: it has its turn first.
    const timer = setTimeout(() => setTimeout(giveUp, 50), patienceMs)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })

/** Says who we are, as the socket's owner; what follows is messages. */
function signIn(socket: Socket): Promise<void> {
  const uid = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
  return late(
    new Promise((resolve, reject) => {
      socket.once('error', reject)
      socket.once('connect', () => socket.write(`\0AUTH EXTERNAL ${uid}\r\n`))
      socket.once('data', (answer) => {
        if (!answer.toString('latin1').startsWith('OK')) {
          reject(new Error('The session bus refuses us'))
          return
        }
        socket.write('BEGIN\r\n')
        resolve()
      })
    })
  )
}

/** Null where there is no bus to talk to: then nothing is known, which is not the same as nobody there. */
export async function connectBus(path: string | null): Promise<SessionBus | null> {
  if (path === null) return null
  let socket: Socket
  try {
    socket = createConnection(path)
    await signIn(socket)
  } catch {
    return null
  }
  const waiting = new Map<number, (answer: Incoming) => void>()
  const watchers = new Map<string, (owned: boolean) => void>()
  const listeners = new Map<string, (body: readonly unknown[], sender: string) => void>()
  let serial = 0
  let received = Buffer.alloc(0)

  function take(message: Incoming): void {
    if (message.kind === 'answer' || message.kind === 'error') {
      waiting.get(message.serial)?.(message)
      waiting.delete(message.serial)
    } else if (message.kind === 'signal') {
      listeners.get(`${message.face}.${message.member}`)?.(message.body, message.sender)
    }
  }
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    for (;;) {
      const length = messageLength(received)
      if (length === null || received.length < length) return
      const message = received.subarray(0, length)
      received = received.subarray(length)
      try {
        take(decodeMessage(message))
      } catch {
        // A message we cannot read is not for us.
      }
    }
  })
  socket.on('error', () => socket.destroy())
  // The bus must not keep the app alive, nor a test.
  socket.unref()

  const call: SessionBus['call'] = (to, objectPath, face, member, args) =>
    late(
      new Promise((resolve, reject) => {
        if (socket.destroyed) {
          reject(new Error('The session bus is gone'))
          return
        }
        const own = ++serial
        waiting.set(own, (answer) => {
          if (answer.kind === 'answer') resolve(answer.body)
          else reject(new Error(`Nobody answers ${member}`))
        })
        const values = 'signature' in args ? args : textsOf(args)
        socket.write(encodeCall({ serial: own, to, path: objectPath, face, member, args: values }))
      })
    )
  const ask = (member: string, ...args: string[]): Promise<readonly unknown[]> =>
    call(busName, busPath, busName, member, args)
  const hasOwner = async (name: string): Promise<boolean> => (await ask('NameHasOwner', name))[0] === true

  const listen: SessionBus['listen'] = async (face, member, onSignal) => {
    listeners.set(`${face}.${member}`, onSignal)
    await ask('AddMatch', `type='signal',interface='${face}',member='${member}'`)
  }
  listeners.set(`${busName}.NameOwnerChanged`, ([name, , owner]) => {
    if (typeof name === 'string') watchers.get(name)?.(owner !== '')
  })

  try {
    await ask('Hello')
  } catch {
    socket.destroy()
    return null
  }
  return {
    hasOwner,
    ownerOf: async (name) => String((await ask('GetNameOwner', name))[0]),
    call,
    listen,
    emit(objectPath, face, member, values) {
      if (socket.destroyed) return
      socket.write(encodeSignal({ serial: ++serial, path: objectPath, face, member, values }))
    },
    async isReachable(name) {
      if (await hasOwner(name)) return true
      const [names] = await ask('ListActivatableNames')
      return Array.isArray(names) && names.includes(name)
    },
    async watch(name, onChange) {
      watchers.set(name, onChange)
      const rule = `type='signal',sender='${busName}',member='NameOwnerChanged',arg0='${name}'`
      await ask('AddMatch', rule)
    },
    close: () => socket.destroy()
  }
}

const shared = new Map<string | null, Promise<SessionBus | null>>()

function once(path: string | null): Promise<SessionBus | null> {
  const bus = shared.get(path) ?? connectBus(path)
  shared.set(path, bus)
  return bus
}

/** One connection each for the whole run. */
export const sessionBus = (): Promise<SessionBus | null> => once(busSocket(process.env))
export const systemBus = (): Promise<SessionBus | null> => once(systemSocket(process.env))
