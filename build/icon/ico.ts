/**
 * Encodes an ICO file with PNG images (Windows Vista and later). Layout: a header, an entry of 16 bytes per image, the images.
 * https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10)
 */
export interface IcoImage {
  /** Width and height in pixels, at most 256. */
  readonly size: number
  readonly png: Uint8Array
}

export function ico(images: readonly IcoImage[]): Uint8Array {
  const header = Buffer.alloc(6)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(images.length, 4)
  let offset = 6 + 16 * images.length
  const entries = images.map(({ size, png }) => {
    const entry = Buffer.alloc(16)
    // 0 stands for 256.
    entry.writeUInt8(size % 256, 0)
    entry.writeUInt8(size % 256, 1)
    entry.writeUInt16LE(1, 4)
    entry.writeUInt16LE(32, 6)
    entry.writeUInt32LE(png.length, 8)
    entry.writeUInt32LE(offset, 12)
    offset += png.length
    return entry
  })
  return Buffer.concat([header, ...entries, ...images.map(({ png }) => png)])
}
