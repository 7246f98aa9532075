/** What an image of a message is, by its bytes alone: its name and its server can say anything. */

export interface ImageInfo {
  readonly type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'
  /** In pixels. */
  readonly width: number
  readonly height: number
}

const text = (bytes: Buffer, at: number, length: number): string => bytes.toString('latin1', at, at + length)

/** JPEG: the frame header, after segments of which each says its length. */
function jpegSize(bytes: Buffer): { readonly width: number; readonly height: number } | null {
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    // A byte 0xFF more is padding.
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}

/** WebP in each of its three forms. */
function webpSize(bytes: Buffer): { readonly width: number; readonly height: number } | null {
  switch (text(bytes, 12, 4)) {
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    default:
      return null
  }
}

/** Null for anything but a PNG, JPEG, GIF or WebP whose size can be read. No SVG: it is a document with scripts. */
export function imageInfo(data: Uint8Array): ImageInfo | null {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  if (bytes.length < 30) return null
  if (text(bytes, 0, 8) === '\x89PNG\r\n\x1a\n')
    return { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  if (['GIF87a', 'GIF89a'].includes(text(bytes, 0, 6)))
    return { type: 'image/gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
  if (text(bytes, 0, 3) === '\xff\xd8\xff') {
    const size = jpegSize(bytes)
    return size && { type: 'image/jpeg', ...size }
  }
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 4) === 'WEBP') {
    const size = webpSize(bytes)
    return size && { type: 'image/webp', ...size }
  }
  return null
}
