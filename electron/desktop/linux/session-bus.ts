/**
 * Clients of a Linux desktop's session bus and system bus. Electron uses the session bus for the tray and
 * notifications, but does not report whether a service answers.
 */
import { busSocket, systemSocket } from './bus-address.ts'
import { BusConnection } from './bus-connection.ts'
import type { Values } from './dbus-types.ts'
import { valuesOf } from './dbus-writer.ts'

type SignalListener = (body: readonly unknown[], sender: string) => void

export interface SessionBus {
  readonly hasOwner: (name: string) => Promise<boolean>
  /** Name of the connection that owns the name now; rejects if there is none. */
  readonly ownerOf: (name: string) => Promise<string>
  /** Whether the name has an owner or would be started on demand. */
  readonly isReachable: (name: string) => Promise<boolean>
  /** Calls `onChange` when the name gets an owner (true) or loses it (false). */
  readonly watch: (name: string, onChange: (owned: boolean) => void) => Promise<void>
  /** Calls `onSignal` for every signal with this interface and member, from any sender. */
  readonly listen: (interfaceName: string, member: string, onSignal: SignalListener) => Promise<void>
  /** Broadcasts a signal. */
  readonly emit: (path: string, interfaceName: string, member: string, values: Values) => void
  /** Calls a method; returns its values, variants unwrapped. Rejects with `NoAnswer` without an answer in time. */
  readonly call: (
    destination: string,
    path: string,
    interfaceName: string,
    member: string,
    /** Strings, or encoded values of any type. */
    args: readonly string[] | Values
  ) => Promise<readonly unknown[]>
  readonly close: () => void
}

const busName = 'org.freedesktop.DBus'
const busPath = '/org/freedesktop/DBus'

const textsOf = (texts: readonly string[]): Values => valuesOf('s'.repeat(texts.length), texts)

class ConnectedBus implements SessionBus {
  readonly #connection: BusConnection
  readonly #listeners: Map<string, SignalListener>
  readonly #watchers = new Map<string, (owned: boolean) => void>()

  private constructor(connection: BusConnection, listeners: Map<string, SignalListener>) {
    this.#connection = connection
    this.#listeners = listeners
    listeners.set(`${busName}.NameOwnerChanged`, ([name, , owner]) => {
      if (typeof name === 'string') this.#watchers.get(name)?.(owner !== '')
    })
  }

  /** Rejects if no bus answers. */
  static async connect(path: string): Promise<ConnectedBus> {
    const listeners = new Map<string, SignalListener>()
    const connection = await BusConnection.open(path, ({ interfaceName, member, body, sender }) =>
      listeners.get(`${interfaceName}.${member}`)?.(body, sender)
    )
    const bus = new ConnectedBus(connection, listeners)
    try {
      await bus.#ask('Hello')
    } catch (error) {
      connection.close()
      throw error
    }
    return bus
  }

  readonly hasOwner = async (name: string): Promise<boolean> =>
    (await this.#ask('NameHasOwner', name))[0] === true

  readonly ownerOf = async (name: string): Promise<string> =>
    String((await this.#ask('GetNameOwner', name))[0])

  readonly isReachable = async (name: string): Promise<boolean> => {
    if (await this.hasOwner(name)) return true
    const [names] = await this.#ask('ListActivatableNames')
    return Array.isArray(names) && names.includes(name)
  }

  readonly watch = async (name: string, onChange: (owned: boolean) => void): Promise<void> => {
    this.#watchers.set(name, onChange)
    const rule = `type='signal',sender='${busName}',member='NameOwnerChanged',arg0='${name}'`
    await this.#ask('AddMatch', rule)
  }

  readonly listen: SessionBus['listen'] = async (interfaceName, member, onSignal) => {
    this.#listeners.set(`${interfaceName}.${member}`, onSignal)
    await this.#ask('AddMatch', `type='signal',interface='${interfaceName}',member='${member}'`)
  }

  readonly emit: SessionBus['emit'] = (path, interfaceName, member, values) =>
    this.#connection.emit({ path, interfaceName, member, values })

  readonly call: SessionBus['call'] = (destination, path, interfaceName, member, args) =>
    this.#connection.call({
      destination,
      path,
      interfaceName,
      member,
      args: 'signature' in args ? args : textsOf(args)
    })

  readonly close = (): void => this.#connection.close()

  #ask(member: string, ...args: string[]): Promise<readonly unknown[]> {
    return this.call(busName, busPath, busName, member, args)
  }
}

/** Null if no bus can be reached: then nothing is known, which differs from a service that is not running. */
export async function connectBus(path: string | null): Promise<SessionBus | null> {
  if (path === null) return null
  try {
    return await ConnectedBus.connect(path)
  } catch {
    return null
  }
}

const sharedBuses = new Map<string | null, Promise<SessionBus | null>>()

function sharedBus(path: string | null): Promise<SessionBus | null> {
  const bus = sharedBuses.get(path) ?? connectBus(path)
  sharedBuses.set(path, bus)
  return bus
}

/** Each bus has one connection per run. */
export const sessionBus = (): Promise<SessionBus | null> => sharedBus(busSocket(process.env))
export const systemBus = (): Promise<SessionBus | null> => sharedBus(systemSocket(process.env))
