/** The start of a PNG of the given size: enough to detect the format and size, but not an image. */
export function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(64)
  header.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')
  header.writeUInt32BE(width, 16)
  header.writeUInt32BE(height, 20)
  return header
}
