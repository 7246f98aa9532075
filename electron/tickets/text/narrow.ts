const utf8 = { encoder: new TextEncoder(), decoder: new TextDecoder('utf-8', { ignoreBOM: true }) } as const

/**
 * The same text in half of the memory, if it was made of one with letters that it no longer has: V8 keeps the width of the
 * characters. Half of a surrogate pair becomes U+FFFD.
 */
export const narrowed = (text: string): string => utf8.decoder.decode(utf8.encoder.encode(text))
