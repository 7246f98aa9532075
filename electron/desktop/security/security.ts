import { app, session, shell, type Session } from 'electron'
import inspector from 'node:inspector'
import { appOrigin, declareAppScheme } from './app-scheme.ts'
import { textsOf, type KeyValueStore } from '../../storage/settings.ts'
import { parseUrl, plainMailto } from '../../tickets/text/url.ts'

/** Maximum length of an address to open: longer ones are suspicious, and some systems pass it on a command line. */
const maxAddressLength = 4096

/** An address that the system may open. `host` is set if the person must be asked first. */
export interface ExternalAddress {
  readonly href: string
  /** Host and port of an address over plain http, whose content can be read and changed on the way; else null. */
  readonly host: string | null
}

/** Which addresses the system may open: https and mailto, and http if the person agrees. Null for all others. */
export function externalAddressOf(address: string): ExternalAddress | null {
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
  /** Asks the person a question that names the host. */
  ask(host: string): Promise<boolean>
}

/** Maximum number of stored hosts; the oldest are dropped. */
const maxHttpHosts = 200

const httpHostsKey = 'httpHosts'

/** `store` keeps the hosts across restarts. */
export function httpHosts(store: KeyValueStore, ask: (host: string) => Promise<boolean>): HttpHosts {
  const known = (): readonly string[] => textsOf(store.get(httpHostsKey))
  return {
    isKnown: (host) => known().includes(host),
    remember(host) {
      store.set(httpHostsKey, [...known().filter((other) => other !== host), host].slice(-maxHttpHosts))
    },
    ask
  }
}

/**
 * Opens an address with the system. False if the address is not allowed or the system cannot open it; true if the
 * person declined.
 */
export async function openExternal(address: string, hosts: HttpHosts): Promise<boolean> {
  const allowed = externalAddressOf(address)
  if (!allowed) return false
  const { href, host } = allowed
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

/** Navigation is allowed only to the same page of the app: a reload. */
export function mayNavigate(from: string, to: string): boolean {
  const page = (address: string): string => address.replace(/[?#].*$/s, '')
  return to.startsWith(`${appOrigin}/`) && (from === '' || page(from) === page(to))
}

/** Applies to every page, including ones that should not exist: no navigation, no new window, no webview. */
export function hardenContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    const guard = (event: { preventDefault(): void }, url: string): void => {
      if (!mayNavigate(contents.getURL(), url)) event.preventDefault()
    }
    contents.on('will-navigate', guard)
    contents.on('will-redirect', guard)
    // The pages' policy allows no frames; this is a second check.
    contents.on('will-frame-navigate', (event) => {
      if (!mayNavigate(contents.getURL(), event.url)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => {
      event.preventDefault()
    })
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    // WebRTC could reveal the machine's addresses, and a content security policy cannot forbid it.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  })
}

/**
 * Never sends client certificates. Electron would use the first certificate of the system's store without asking: on
 * many machines in Turkey that of an e-signature card, which contains a name and a national id number. The API uses
 * tokens.
 */
export function refuseClientCertificates(): void {
  app.on('select-client-certificate', (event, _contents, _url, _certificates, choose) => {
    event.preventDefault()
    choose()
  })
}

/** Chromium switches for developers that disable a protection or write network traffic to a file. */
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
 * A release must not be inspected from outside nor told to trust any server, e.g. by a modified shortcut. Fuses disable
 * Node's inspector; Chromium's remote debugging is a switch, which no fuse disables. Builds for tests have the
 * inspector's fuse on, recognised by `inspector.url()`, and keep Chromium's. Call it before `ready`, because the code
 * that reads these switches starts then.
 */
export function removeUnsafeSwitches(): void {
  if (!app.isPackaged) return
  for (const name of unsafeSwitches) app.commandLine.removeSwitch(name)
  delete process.env.SSLKEYLOGFILE
  if (inspector.url() !== undefined) return
  app.commandLine.removeSwitch('remote-debugging-port')
  app.commandLine.removeSwitch('remote-debugging-pipe')
}

/**
 * A page that may make no request could still cause a DNS lookup (`<link rel=dns-prefetch>`), and a host name can carry
 * data. Call it before `ready` and after `removeUnsafeSwitches`.
 */
export function disableDnsPrefetch(): void {
  app.commandLine.appendSwitch('blink-settings', 'dnsPrefetchingEnabled=false')
}

/** Applies all hardening that is needed before the app is ready. */
export function hardenBeforeReady(): void {
  app.enableSandbox()
  removeUnsafeSwitches()
  disableDnsPrefetch()
  declareAppScheme()
  hardenContents()
  hardenSessions()
  refuseClientCertificates()
}

/** Applies to every session, including ones that should not exist: no permission, no device, no download. */
export function hardenSessions(): void {
  app.on('session-created', hardenSession)
}

function hardenSession(target: Session): void {
  // A session's spelling checker downloads its dictionary as soon as the session exists. The pages' session is
  // persistent and has no network.
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
  // In addition to the pages' policy: cancels network requests made by a page. Requests of the main process have no
  // `webContentsId`.
  target.webRequest.onBeforeRequest({ urls: networkAddresses }, ({ webContentsId }, answer) => {
    answer({ cancel: webContentsId !== undefined })
  })
}

const networkAddresses = ['http', 'https', 'ws', 'wss', 'ftp'].map((scheme) => `${scheme}://*/*`)

/**
 * Cuts the pages' session off from the network. WebRTC (TURN over TCP or TLS) and `<link rel=preconnect>` ignore the
 * policy and the request filter above, but use the proxy. Nothing can listen on port 0, and Chromium does not fall back
 * to a direct connection. Call it once the app is ready, before the first window; the main process uses sessions of its
 * own (network.ts) with the system's proxy.
 */
export async function blockPageNetwork(): Promise<void> {
  await session.defaultSession.setProxy({
    mode: 'fixed_servers',
    proxyRules: '127.0.0.1:0',
    // Without this rule, loopback addresses bypass the proxy.
    proxyBypassRules: '<-loopback>'
  })
}
