import { app, session, shell } from 'electron'
import { appOrigin } from './app-scheme.ts'
import { parseUrl } from '../tickets/url.ts'

/** Longer addresses come from nobody in good faith, and some systems hand them to a command line. */
const longestAddress = 4096

/** What may leave the app: pages over https and mail. Everything else stays inside or is refused. */
export function isExternal(address: string): boolean {
  if (address.length > longestAddress || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(address)) return false
  const url = parseUrl(address)
  if (!url) return false
  const { protocol, username, password } = url
  return (protocol === 'https:' || protocol === 'mailto:') && username === '' && password === ''
}

/** False when the address may not be opened, or the system has nothing to open it with. */
export async function openExternal(address: string): Promise<boolean> {
  if (!isExternal(address)) return false
  try {
    await shell.openExternal(new URL(address).href)
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
  })
}

/** Once the app is ready: no permission for anybody, no device, no download. */
export function hardenSession(): void {
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false)
  })
  defaultSession.setPermissionCheckHandler(() => false)
  defaultSession.setDevicePermissionHandler(() => false)
  defaultSession.on('will-download', (event) => {
    event.preventDefault()
  })
}
