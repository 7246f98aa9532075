/** Decodes the bytes of an answer, in any encoding that PHP servers in Turkey use. */
import { isUtf8 } from 'node:buffer'
import { gunzipSync } from 'node:zlib'

/** ASCII, Turkish letters and typographic characters of Windows-1254. */
const turkishText = /^[\p{ASCII}çÇğĞıİöÖşŞüÜâÂîÎûÛ“”‘’„‚–—…•€™©®°«»§·×½¼¾²³\u00a0\u00ad]*$/u
const byteOrderMarks = /^\ufeff+/

let windows1254: TextDecoder | null = null

/** Counts valid multi-byte UTF-8 sequences, and replacement characters for invalid ones. */
function countBeyondAscii(text: string): { readonly valid: number; readonly replaced: number } {
  let valid = 0
  let replaced = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0xfffd) replaced += 1
    else if (code > 0x7f) valid += 1
  }
  return { valid, replaced }
}

/** UTF-16, by its byte order mark or by the zero byte beside the first character, which is ASCII in JSON. */
function utf16Of(bytes: Uint8Array): TextDecoder | null {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return new TextDecoder('utf-16le')
  const isBigEndian = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0)
  return isBigEndian && bytes.length > 1 ? new TextDecoder('utf-16be') : null
}

/** Gzip, also twice, where a proxy dropped or repeated the compression without saying so. The data as it is if damaged. */
function unzipped(bytes: Uint8Array): Uint8Array {
  let now = bytes
  for (let round = 0; round < 2 && isGzip(now); round++)
    try {
      now = gunzipSync(now, { maxOutputLength: maxUnzippedBytes })
    } catch {
      return now
    }
  return now
}

/** An unannounced gzip, whose size is not known before it is decompressed. */
export const isGzip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 0x08

const maxUnzippedBytes = 64 * 1024 * 1024

/**
 * Decodes valid UTF-8; else Windows-1254 (a superset of ISO-8859-9) if that gives Turkish text; else UTF-8 with replacement
 * characters, so that one bad byte costs one letter. Byte order marks are dropped; UTF-16 and unannounced gzip are recognized.
 */
export function decodeAnswer(received: Uint8Array): string {
  const bytes = unzipped(received)
  const utf16 = utf16Of(bytes)
  if (utf16) return utf16.decode(bytes)
  // Three times as fast as a strict TextDecoder, on answers of many megabytes.
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = buffer.toString('utf8').replace(byteOrderMarks, '')
  if (isUtf8(buffer)) return text
  const { valid, replaced } = countBeyondAscii(text)
  if (valid > replaced) return text
  windows1254 ??= new TextDecoder('windows-1254')
  const turkish = windows1254.decode(bytes)
  return turkishText.test(turkish) ? turkish : text
}
