/** What comes with every page of ours, in the app and in the browser preview alike. */

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

/** By a file's ending; nothing else is served. */
export const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png'
}

/** The names of built files change with what is in them, and only what may be kept does V8 keep compiled. */
export const cacheControl = (path: string): string =>
  /^[\\/]?assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-store'
