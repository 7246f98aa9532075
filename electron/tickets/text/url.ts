/** Null for what is no address; as `URL.parse`, which Node has from 22 on. */
export const parseUrl = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null)
/** What a mail address may bring along: who is written to, about what. Anything else (attachments, blind copies) goes. */
const mailFields = new Set(['to', 'cc', 'subject', 'body'])

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A `mailto:` address with nothing in it but `to`, `cc`, `subject` and `body`; line ends in the body only. */
export function plainMailto(url: URL): string {
  const oneLine = (text: string): string =>
    decoded(text)
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
      .trim()
  const to = oneLine(url.pathname).split(',').map(encodeURIComponent).join(',').replaceAll('%40', '@')
  const fields = url.search
    .slice(1)
    .split('&')
    .map(
      (pair) => [decoded(/^[^=]*/.exec(pair)?.[0] ?? '').toLowerCase(), pair.replace(/^[^=]*=?/, '')] as const
    )
    .filter(([name, value]) => mailFields.has(name) && value !== '')
    .map(
      ([name, value]) => `${name}=${encodeURIComponent(name === 'body' ? decoded(value) : oneLine(value))}`
    )
  return `mailto:${to}${fields.length > 0 ? `?${fields.join('&')}` : ''}`
}
