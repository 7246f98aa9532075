/** A StatusNotifier host: registers the tray icon, reads its icon, tooltip and menu, and clicks entries. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as dbus from '@jellybrick/dbus-next'
import { trayIconNames, type TrayIconName } from '../../../electron/desktop/tray/tray-icon.ts'
import { disconnect } from './disconnect.ts'
import { decodePng, difference, type Picture } from './png.ts'

const { Message, Variant } = dbus
const iconGone: ReadonlySet<string> = new Set([
  'org.freedesktop.DBus.Error.ServiceUnknown',
  'org.freedesktop.DBus.Error.NoReply'
])
const watcherName = 'org.kde.StatusNotifierWatcher'
/** Milliseconds that a menu entry is waited for. */
const menuTimeoutMs = 5_000

export interface MenuItem {
  readonly id: number
  readonly label: string
  readonly enabled: boolean
  readonly children: readonly MenuItem[]
}

interface Item {
  readonly service: string
  readonly path: string
}

type Props = Record<string, dbus.Variant>
type RawItem = [id: number, props: Props, children: dbus.Variant<RawItem>[]]

class Watcher extends dbus.interface.Interface {
  items: Item[] = []
  readonly #changed: () => void

  constructor(changed: () => void) {
    super(watcherName)
    this.#changed = changed
  }

  /** The unique bus name of the item's connection, as panels use it; the name in the registration may be wrong. */
  add(service: string, sender: string): void {
    this.items.push({ service: sender, path: service.startsWith('/') ? service : '/StatusNotifierItem' })
    this.#changed()
  }
}

export class StatusNotifierHost {
  readonly #bus: dbus.MessageBus
  readonly #watcher: Watcher
  readonly #refuses: boolean
  #waiting: (() => void)[] = []

  private constructor(bus: dbus.MessageBus, refuses: boolean) {
    this.#bus = bus
    this.#refuses = refuses
    this.#watcher = new Watcher(() => {
      for (const go of this.#waiting.splice(0)) go()
    })
  }

  /** `refuses`: rejects icons, like a panel without space or permission. */
  static async start(busAddress: string, refuses = false): Promise<StatusNotifierHost> {
    const bus = dbus.sessionBus({ busAddress })
    await once(bus, 'connect')
    const host = new StatusNotifierHost(bus, refuses)
    bus.addMethodHandler((message: dbus.Message) => host.#answer(message))
    await bus.requestName(watcherName, 0)
    return host
  }

  stop(): void {
    disconnect(this.#bus)
  }

  /** Answers the calls to a watcher. As raw messages, because the sender of a registration is needed. */
  #answer(message: dbus.Message): boolean {
    if (message.path !== '/StatusNotifierWatcher') return false
    const reply = (signature: string, body: unknown[]): boolean => {
      this.#bus.send(Message.newMethodReturn(message, signature, body))
      return true
    }
    if (message.member === 'RegisterStatusNotifierItem') {
      this.registrations += 1
      if (this.#refuses) {
        this.#bus.send(
          Message.newError(message, 'org.freedesktop.DBus.Error.AccessDenied', 'No room for icons')
        )
        return true
      }
      this.#watcher.add(String(message.body[0]), message.sender)
      const [path, interfaceName] = ['/StatusNotifierWatcher', watcherName]
      const items = [this.#listed().at(-1)]
      this.#bus.send(Message.newSignal(path, interfaceName, 'StatusNotifierItemRegistered', 's', items))
      return reply('', [])
    }
    if (message.member === 'RegisterStatusNotifierHost') return reply('', [])
    if (message.member === 'Get') {
      const name = String(message.body[1])
      if (name === 'IsStatusNotifierHostRegistered') return reply('v', [new Variant('b', true)])
      if (name === 'ProtocolVersion') return reply('v', [new Variant('i', 0)])
      return reply('v', [new Variant('as', this.#listed())])
    }
    return false
  }

  /** Number of registrations. */
  registrations = 0

  /** The registered items, in the format of KDE's watcher. */
  #listed(): string[] {
    return this.#watcher.items.map(({ service, path }) => service + path)
  }

  async item(): Promise<Item> {
    for (;;) {
      const item = this.#watcher.items.at(-1)
      if (item) return item
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  async #call(
    path: string,
    interfaceName: string,
    member: string,
    signature: string,
    body: unknown[]
  ): Promise<unknown[]> {
    const item = await this.item()
    try {
      const answer = await this.#bus.call(
        new Message({ destination: item.service, path, interface: interfaceName, member, signature, body })
      )
      return answer?.body ?? []
    } catch (error) {
      if (!(error instanceof dbus.DBusError && iconGone.has(error.type))) throw error
      // The item disappeared, because the app ended or recreated its icon: wait for the next one.
      this.#watcher.items = this.#watcher.items.filter((candidate) => candidate !== item)
      return this.#call(path, interfaceName, member, signature, body)
    }
  }

  async #properties(): Promise<Props> {
    const { path } = await this.item()
    const [all] = await this.#call(path, 'org.freedesktop.DBus.Properties', 'GetAll', 's', [
      'org.kde.StatusNotifierItem'
    ])
    return all as Props
  }

  /** The icon's pixels, for comparison. */
  async pixels(): Promise<string> {
    const props = await this.#properties()
    const pixmaps = (props.IconPixmap?.value ?? []) as [number, number, Buffer][]
    const [width, height, data] = pixmaps[0] ?? [0, 0, Buffer.alloc(0)]
    return `${width}x${height}:${Buffer.from(data).toString('base64')}`
  }

  /** File name of the shown icon, found by its pixels; null if it is none of them. `folder`: the app's `dist/tray`. */
  async picture(folder: string): Promise<TrayIconName | null> {
    const props = await this.#properties()
    const pixmaps = (props.IconPixmap?.value ?? []) as [number, number, Buffer][]
    for (const [width, height, argb] of pixmaps) {
      const rgba = Buffer.alloc(argb.length)
      for (let at = 0; at < argb.length; at += 4) {
        argb.copy(rgba, at, at + 1, at + 4)
        argb.copy(rgba, at + 3, at, at + 1)
      }
      const found = trayIconNames.filter(
        (name) => difference(builtPicture(folder, name, width), { width, height, rgba }) < 0.5
      )
      if (found.length === 1) return found[0] ?? null
    }
    return null
  }

  /** A primary click on the icon (`Activate`). */
  async activate(): Promise<void> {
    const { path } = await this.item()
    await this.#call(path, 'org.kde.StatusNotifierItem', 'Activate', 'ii', [0, 0])
  }

  async tooltip(): Promise<string> {
    const props = await this.#properties()
    const tip = props.ToolTip?.value as [string, unknown[], string, string] | undefined
    return [tip?.[2], tip?.[3]].filter(Boolean).join(' ')
  }

  async menu(): Promise<readonly MenuItem[]> {
    const path = await this.#menuPath()
    const [, root] = await this.#call(path, 'com.canonical.dbusmenu', 'GetLayout', 'iias', [0, -1, []])
    return toItems((root as RawItem)[2])
  }

  /** The first menu entry with this label, also in submenus. Waits for it: the icon of a start comes before its menu. */
  async click(label: RegExp): Promise<void> {
    const find = (items: readonly MenuItem[]): MenuItem | undefined =>
      items.find((item) => label.test(item.label)) ?? items.map((item) => find(item.children)).find(Boolean)
    const look = (): Promise<MenuItem | undefined> => this.menu().then(find, () => undefined)
    let entry = await look()
    for (const until = Date.now() + menuTimeoutMs; !entry && Date.now() < until; entry = await look())
      await sleep(50)
    if (!entry) throw new Error(`The tray's menu has no ${label.source}`)
    await this.#call(await this.#menuPath(), 'com.canonical.dbusmenu', 'Event', 'isvu', [
      entry.id,
      'clicked',
      new Variant('s', ''),
      0
    ])
  }

  async #menuPath(): Promise<string> {
    const props = await this.#properties()
    return (props.Menu?.value as string | undefined) ?? '/MenuBar'
  }
}

const pictures = new Map<string, Picture>()

function builtPicture(folder: string, name: TrayIconName, width: number): Picture {
  const path = join(folder, `${name}${width > 32 ? '@2x' : ''}.png`)
  const picture = pictures.get(path) ?? decodePng(readFileSync(path))
  pictures.set(path, picture)
  return picture
}

const toItems = (raw: readonly dbus.Variant<RawItem>[]): readonly MenuItem[] =>
  raw.map(({ value: [id, props, children] }) => ({
    id,
    label: (props.label?.value as string | undefined) ?? '',
    enabled: props.enabled?.value !== false,
    children: toItems(children)
  }))
