/** Decodes an 8-bit RGBA PNG without interlacing, as the build writes them. https://www.w3.org/TR/png-3/#9Filters */
import { inflateSync } from 'node:zlib'

export interface Picture {
  readonly width: number
  readonly height: number
  /** Red, green, blue and alpha of each pixel, row by row. */
  readonly rgba: Buffer
}

function paeth(a: number, b: number, c: number): number {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)]
  if (pa <= pb && pa <= pc) return a
  return pb <= pc ? b : c
}

export function decodePng(file: Buffer): Picture {
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)]
  if (file[24] !== 8 || file[25] !== 6 || file[28] !== 0) throw new Error('Not an 8-bit RGBA PNG')
  const parts: Buffer[] = []
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at))
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)))
  const raw = inflateSync(Buffer.concat(parts))
  const stride = width * 4
  const rgba = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]
    for (let x = 0; x < stride; x++) {
      const here = y * stride + x
      const left = x < 4 ? 0 : (rgba[here - 4] ?? 0)
      const up = y === 0 ? 0 : (rgba[here - stride] ?? 0)
      const corner = x < 4 || y === 0 ? 0 : (rgba[here - stride - 4] ?? 0)
      const added = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0
      rgba[here] = ((raw[y * (stride + 1) + 1 + x] ?? 0) + added) & 255
    }
  }
  return { width, height, rgba }
}

/** Mean difference per channel (0 to 255) of two images on a white background; 255 for different sizes. */
export function difference(a: Picture, b: Picture): number {
  if (a.width !== b.width || a.height !== b.height) return 255
  const onWhite = ({ rgba }: Picture, at: number, alpha: number): number => {
    const opacity = (rgba[alpha] ?? 0) / 255
    return (rgba[at] ?? 0) * opacity + 255 * (1 - opacity)
  }
  let sum = 0
  for (let pixel = 0; pixel < a.rgba.length; pixel += 4)
    for (let channel = 0; channel < 3; channel++)
      sum += Math.abs(onWhite(a, pixel + channel, pixel + 3) - onWhite(b, pixel + channel, pixel + 3))
  return sum / (a.width * a.height * 3)
}
