/** Null if it is not a URL. Like `URL.parse`, which needs Node 22. */
export const parseUrl = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null)
/** Allowed fields of a mailto URL. Others (attachments, blind copies) are removed. */
const mailFields = new Set(['to', 'cc', 'subject', 'body'])

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A `mailto:` URL with only `to`, `cc`, `subject` and `body`, and line breaks only in the body. */
export function plainMailto(url: URL): string {
  const oneLine = (text: string): string =>
    decodePercent(text)
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
      .trim()
  const to = oneLine(url.pathname).split(',').map(encodeURIComponent).join(',').replaceAll('%40', '@')
  const fields = url.search
    .slice(1)
    .split('&')
    .map(
      (pair) =>
        [decodePercent(/^[^=]*/.exec(pair)?.[0] ?? '').toLowerCase(), pair.replace(/^[^=]*=?/, '')] as const
    )
    .filter(([name, value]) => mailFields.has(name) && value !== '')
    .map(
      ([name, value]) =>
        `${name}=${encodeURIComponent(name === 'body' ? decodePercent(value) : oneLine(value))}`
    )
  return `mailto:${to}${fields.length > 0 ? `?${fields.join('&')}` : ''}`
}
