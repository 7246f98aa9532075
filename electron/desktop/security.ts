import { app, session, shell } from 'electron'
import { appOrigin } from './app-scheme.ts'
import { parseUrl } from '../tickets/url.ts'

/** What may leave the app: pages over https and mail. Everything else stays inside or is refused. */
export function isExternal(address: string): boolean {
  const url = parseUrl(address)
  if (!url) return false
  const { protocol, username, password } = url
  return (protocol === 'https:' || protocol === 'mailto:') && username === '' && password === ''
}

/** False when the address may not be opened. */
export async function openExternal(address: string): Promise<boolean> {
  if (!isExternal(address)) return false
  await shell.openExternal(new URL(address).href)
  return true
}

/** Every page, also one that should not exist: no navigation, no new window, no webview, no permission. */
export function hardenContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, url) => {
      if (!url.startsWith(`${appOrigin}/`)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => {
      event.preventDefault()
    })
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}

/** Once the app is ready. */
export function hardenSession(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false)
  })
  session.defaultSession.setPermissionCheckHandler(() => false)
}
