/** Contrast of an image against its background, computed from its pixels. */
import { decodePng } from '../../support/desktop/png.ts'

type Rgb = readonly [number, number, number]

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as unknown as Rgb
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(colour: Rgb, other: Rgb): number {
  const [low, high] = [luminance(colour), luminance(other)].sort((a, b) => a - b)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

const parse = (colour: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as unknown as Rgb

/** Share of pixels with a contrast of at least 3:1 to the panel, as WCAG requires for graphics. */
export function contrastOn(panel: string, png: Buffer): number {
  const { width, height, rgba } = decodePng(png)
  const behind = parse(panel)
  let standingOut = 0
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = (rgba[at + 3] ?? 0) / 255
    const seen = behind.map((back, i) => (rgba[at + i] ?? 0) * alpha + back * (1 - alpha)) as unknown as Rgb
    if (contrast(seen, behind) >= 3) standingOut += 1
  }
  return standingOut / (width * height)
}

/** Share of opaque pixels, for images of which only the alpha channel is used. */
export function inkOf(png: Buffer): number {
  const { width, height, rgba } = decodePng(png)
  let drawn = 0
  for (let at = 3; at < rgba.length; at += 4) if ((rgba[at] ?? 0) >= 128) drawn += 1
  return drawn / (width * height)
}
