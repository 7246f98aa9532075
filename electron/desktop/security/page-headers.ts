/** HTTP headers of all pages, in the app and in the browser preview. */

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join('; ')

/** Content types by file extension; other files are not served. */
export const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png'
}

/**
 * Built files have content hashes in their names, so they may be cached; V8 keeps compiled code only for cacheable
 * files.
 */
export const cacheControl = (path: string): string =>
  /^[\\/]?assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-store'
