/** From the bytes of an answer to its text, whatever encoding a server of this kind writes. */
import { isUtf8 } from 'node:buffer'

/** Letters beyond ASCII that Turkish texts have in Windows-1254: its own, and typographic signs. */
const turkishText = /^[\p{ASCII}çÇğĞıİöÖşŞüÜâÂîÎûÛ“”‘’„‚–—…•€™©®°«»§·×½¼¾²³\u00a0\u00ad]*$/u
const byteOrderMark = /^\ufeff/

let windows1254: TextDecoder | null = null

/** Valid UTF-8 sequences of two bytes and more, and the replacement marks that stand for what is none. */
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

/**
 * UTF-8 where the bytes are; Windows-1254 (of which ISO-8859-9 is a part) where they are not and that gives Turkish
 * text; else UTF-8 with replacement marks, so that one bad byte costs one letter. A byte order mark is dropped.
 */
export function decodeAnswer(bytes: Uint8Array): string {
  // Three times as fast as a strict TextDecoder, on answers of many megabytes.
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = buffer.toString('utf8').replace(byteOrderMark, '')
  if (isUtf8(buffer)) return text
  const { valid, replaced } = countBeyondAscii(text)
  if (valid > replaced) return text
  windows1254 ??= new TextDecoder('windows-1254')
  const turkish = windows1254.decode(bytes)
  return turkishText.test(turkish) ? turkish : text
}
