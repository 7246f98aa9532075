/** Serves the app's pages from `app://bilet/` instead of files: one folder, one policy, no path outside of it. */
import { readFile } from 'node:fs/promises'
import { extname, join, posix } from 'node:path'
import { protocol } from 'electron'
import { cacheControl, contentSecurityPolicy, contentTypes } from './page-headers.ts'
import { parseUrl } from '../../tickets/text/url.ts'

export const appOrigin = 'app://bilet'

/** The policy of the app's pages: with Trusted Types, a string becomes markup only through Svelte's policy. */
export const pagePolicy = `${contentSecurityPolicy}; require-trusted-types-for 'script'; trusted-types svelte-trusted-html`

/** Path inside the folder and content type for a page's address; null for any other address. */
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

/** Call it before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    // `codeCache`: V8's compiled code is kept between starts.
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
