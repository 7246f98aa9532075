/** `URL.canParse` is younger than the oldest Electron this runs on. Null for what is no address. */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}
