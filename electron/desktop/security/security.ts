import { app, session, shell, type Session } from 'electron'
import inspector from 'node:inspector'
import { appOrigin, declareAppScheme } from './app-scheme.ts'
import { textsOf, type KeyValueStore } from '../../storage/settings.ts'
import { parseUrl, plainMailto } from '../../tickets/text/url.ts'

/** Longer addresses are suspicious, and some systems pass them on a command line. */
const maxAddressLength = 4096

/** An address that may leave the app, as it is handed to the system. `host` where the person is asked before. */
export interface External {
  readonly href: string
  /** Of an address over plain http, with its port: what goes there can be read and changed on the way. */
  readonly host: string | null
}

/** What may leave the app: pages over https and mail, and over http what the person says. Anything else is null. */
export function externalOf(address: string): External | null {
  if (address.length > maxAddressLength || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(address)) return null
  const url = parseUrl(address)
  if (!url || url.username !== '' || url.password !== '') return null
  switch (url.protocol) {
    case 'https:':
      return { href: url.href, host: null }
    case 'http:':
      return { href: url.href, host: url.host }
    case 'mailto:':
      return { href: plainMailto(url), host: null }
    default:
      return null
  }
}

/** Hosts that the person allowed to open over plain http. */
export interface HttpHosts {
  isKnown(host: string): boolean
  remember(host: string): void
  /** One question that names the host. */
  ask(host: string): Promise<boolean>
}

/** Hosts that are kept; the oldest goes first. */
const mostHttpHosts = 200

const httpHostsKey = 'httpHosts'

/** `store` keeps them across restarts. */
export function httpHosts(store: KeyValueStore, ask: (host: string) => Promise<boolean>): HttpHosts {
  const known = (): readonly string[] => textsOf(store.get(httpHostsKey))
  return {
    isKnown: (host) => known().includes(host),
    remember(host) {
      store.set(httpHostsKey, [...known().filter((other) => other !== host), host].slice(-mostHttpHosts))
    },
    ask
  }
}

/** False when the address may not be opened, or the system has nothing to open it with. A no of the person's is none. */
export async function openExternal(address: string, hosts: HttpHosts): Promise<boolean> {
  const external = externalOf(address)
  if (!external) return false
  const { href, host } = external
  try {
    if (host !== null && !hosts.isKnown(host)) {
      if (!(await hosts.ask(host))) return true
      hosts.remember(host)
    }
    await shell.openExternal(href)
    return true
  } catch {
    return false
  }
}

/** Our own pages only, the same one over: a page reloads, but goes nowhere. */
export function mayNavigate(from: string, to: string): boolean {
  const page = (address: string): string => address.replace(/[?#].*$/s, '')
  return to.startsWith(`${appOrigin}/`) && (from === '' || page(from) === page(to))
}

/** Every page, also one that should not exist: no navigation, no new window, no webview. */
export function hardenContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    const guard = (event: { preventDefault(): void }, url: string): void => {
      if (!mayNavigate(contents.getURL(), url)) event.preventDefault()
    }
    contents.on('will-navigate', guard)
    contents.on('will-redirect', guard)
    // Frames: the policy of our pages allows none.
    contents.on('will-frame-navigate', (event) => {
      if (!mayNavigate(contents.getURL(), event.url)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => {
      event.preventDefault()
    })
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    // A policy knows no rule against WebRTC, which tells this machine's addresses.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  })
}

/**
 * Proves to no server who the person is. Electron would take the first certificate of the system's store, unasked: on
 * many machines here that of an e-signature card, which carries a name and a national id number. The API knows tokens.
 */
export function refuseClientCertificates(): void {
  app.on('select-client-certificate', (event, _contents, _url, _certificates, choose) => {
    event.preventDefault()
    choose()
  })
}

/** Chromium's, for developers: each takes away a fence, or writes what goes over the network to a file. */
const unsafeSwitches = [
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'allow-insecure-localhost',
  'host-rules',
  'host-resolver-rules',
  'ssl-key-log-file',
  'log-net-log',
  'net-log-capture-mode',
  'disable-web-security',
  'allow-running-insecure-content',
  'blink-settings',
  'unsafely-treat-insecure-origin-as-secure'
]

/**
 * A release is not to be looked into from outside, nor told to trust whoever answers: a shortcut that somebody
 * changed would do. Its fuses keep Node's inspector shut; Chromium's is a switch of its own, that no fuse closes.
 * Builds that tests drive have the inspector's fuse on, which shows as its address, and keep Chromium's. Before
 * `ready`: what uses these switches is made then.
 */
export function refuseSwitches(): void {
  if (!app.isPackaged) return
  for (const name of unsafeSwitches) app.commandLine.removeSwitch(name)
  delete process.env.SSLKEYLOGFILE
  if (inspector.url() !== undefined) return
  app.commandLine.removeSwitch('remote-debugging-port')
  app.commandLine.removeSwitch('remote-debugging-pipe')
}

/**
 * A page that may ask for nothing could still have a name looked up (`<link rel=dns-prefetch>`), and a name can carry
 * words. Before `ready`, and after `refuseSwitches`.
 */
export function disableDnsPrefetch(): void {
  app.commandLine.appendSwitch('blink-settings', 'dnsPrefetchingEnabled=false')
}

/** All of it, before the app is ready. */
export function hardenBeforeReady(): void {
  app.enableSandbox()
  refuseSwitches()
  disableDnsPrefetch()
  declareAppScheme()
  hardenContents()
  hardenSessions()
  refuseClientCertificates()
}

/** Every session, also one that should not exist: no permission for anybody, no device, no download. */
export function hardenSessions(): void {
  app.on('session-created', hardenSession)
}

function hardenSession(target: Session): void {
  // A spelling checker fetches its dictionary as soon as its session is made. The pages' cannot: it has no network.
  if (!target.isPersistent()) {
    target.setSpellCheckerLanguages([])
    target.setSpellCheckerEnabled(false)
  }
  target.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false)
  })
  target.setPermissionCheckHandler(() => false)
  target.setDevicePermissionHandler(() => false)
  target.on('will-download', (event) => {
    event.preventDefault()
  })
  // The second fence behind the pages' policy: what a page asks for over a network is not asked for. What main
  // asks for has no page.
  target.webRequest.onBeforeRequest({ urls: networkAddresses }, ({ webContentsId }, answer) => {
    answer({ cancel: webContentsId !== undefined })
  })
}

const networkAddresses = ['http', 'https', 'ws', 'wss', 'ftp'].map((scheme) => `${scheme}://*/*`)

/**
 * The pages' session has no way to a network at all: WebRTC (TURN over TCP or TLS) and `<link rel=preconnect>`
 * ask neither the policy nor the fence above, but they ask for the proxy. Nobody can listen on port 0, and what a
 * proxy refuses is not tried without one. Once the app is ready, before the first window; main's own requests have
 * sessions of their own (network.ts), with the system's proxy.
 */
export async function blockPageNetwork(): Promise<void> {
  await session.defaultSession.setProxy({
    mode: 'fixed_servers',
    proxyRules: '127.0.0.1:0',
    // Loopback goes past a proxy unless this is said.
    proxyBypassRules: '<-loopback>'
  })
}
