/** Our pages come from `app://bilet/`, not from files: one folder, one policy, no way out of it. */
import { readFile } from 'node:fs/promises'
import { extname, join, posix } from 'node:path'
import { protocol } from 'electron'
import { cacheControl, contentSecurityPolicy, contentTypes } from './page-headers.ts'
import { parseUrl } from '../../tickets/text/url.ts'

export const appOrigin = 'app://bilet'

/** Over the common policy: no string becomes markup or code but through Svelte's own policy. */
export const pagePolicy = `${contentSecurityPolicy}; require-trusted-types-for 'script'; trusted-types svelte-trusted-html`

/** The file inside the folder that an address means; null for anything else. */
export function pageFile(address: string): { readonly path: string; readonly type: string } | null {
  const url = parseUrl(address)
  if (url?.protocol !== 'app:' || url.host !== 'bilet') return null
  let path: string
  try {
    path = decodeURIComponent(url.pathname)
  } catch {
    return null
  }
  const type = contentTypes[extname(path)]
  const isPlain = path.startsWith('/') && posix.normalize(path) === path && !/[\\\0:]/.test(path)
  return isPlain && type !== undefined ? { path: path.slice(1), type } : null
}

/** Before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    // Compiled code is kept from start to start, as of web pages.
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }
  ])
}

export function serveAppScheme(folder: string): void {
  protocol.handle('app', async (request) => {
    const file = request.method === 'GET' ? pageFile(request.url) : null
    const body = file && (await readFile(join(folder, file.path)).catch(() => null))
    if (!file || !body) return new Response(null, { status: 404 })
    return new Response(new Uint8Array(body), {
      headers: {
        'Content-Type': file.type,
        'Content-Security-Policy': pagePolicy,
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
        'Cache-Control': cacheControl(file.path)
      }
    })
  })
}
