/** Null for what is no address; as `URL.parse`, which Node has from 22 on. */
export const parseUrl = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null)
