import { isRecord } from '../../tickets/json.ts'

export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const clamp = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(value, Math.max(low, high)))
const centred = (area: Bounds, width: number, height: number): Bounds => ({
  x: Math.round(area.x + (area.width - width) / 2),
  y: Math.round(area.y + (area.height - height) / 2),
  width,
  height
})

export interface Size {
  readonly width: number
  readonly height: number
}

/** Reads a size from the settings file, which may have been edited; null if it is invalid. */
export function readSavedSize(value: unknown): Size | null {
  if (!isRecord(value)) return null
  const { width, height } = value
  const isLength = (length: unknown): length is number => Number.isInteger(length) && Number(length) > 0
  return isLength(width) && isLength(height) ? { width, height } : null
}

/** Overlap of two areas in square pixels. */
function overlap(a: Bounds, b: Bounds): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}

/**
 * Bounds for a remembered window: the saved ones, moved inside the display that they overlap most; if they overlap
 * none, centred on the first display.
 */
export function placeOn(
  areas: readonly Bounds[],
  saved: Bounds | null,
  wanted: { readonly width: number; readonly height: number }
): Bounds {
  const first = areas[0] ?? { x: 0, y: 0, ...wanted }
  if (!saved)
    return centred(first, Math.min(wanted.width, first.width), Math.min(wanted.height, first.height))
  const best = [...areas].sort((a, b) => overlap(saved, b) - overlap(saved, a))[0] ?? first
  const width = Math.min(saved.width, best.width)
  const height = Math.min(saved.height, best.height)
  if (overlap(saved, best) === 0)
    return centred(first, Math.min(width, first.width), Math.min(height, first.height))
  return {
    x: clamp(saved.x, best.x, best.x + best.width - width),
    y: clamp(saved.y, best.y, best.y + best.height - height),
    width,
    height
  }
}

/** Centred on one display and not larger than it: a title bar outside the display could not be reached. */
export const centreOn = (area: Bounds, width: number, height: number): Bounds =>
  centred(area, Math.min(width, area.width), Math.min(height, area.height))

/**
 * Beside `anchor` (the tray icon, or the pointer as an area without a size), towards the middle of the display, and inside its
 * work area.
 */
export function placeBeside(anchor: Bounds, area: Bounds, { width, height }: Size): Bounds {
  const isInUpperHalf = anchor.y + anchor.height / 2 < area.y + area.height / 2
  const [w, h] = [Math.min(width, area.width), Math.min(height, area.height)]
  const x = Math.round(anchor.x + anchor.width / 2 - w / 2)
  const y = isInUpperHalf ? anchor.y + anchor.height : anchor.y - h
  return {
    x: clamp(x, area.x, area.x + area.width - w),
    y: clamp(y, area.y, area.y + area.height - h),
    width: w,
    height: h
  }
}

/** A remembered size, limited to the largest display, because on Wayland the display is not known beforehand. */
export function sizeWithin(areas: readonly Bounds[], wanted: Size): Size {
  const limitTo = (length: 'width' | 'height'): number =>
    Math.min(wanted[length], Math.max(...areas.map((area) => area[length])))
  return areas.length === 0 ? wanted : { width: limitTo('width'), height: limitTo('height') }
}

/** The last bounds of a window, and its bounds with each known arrangement of displays. */
export interface SavedBounds extends Bounds {
  readonly byDisplays?: Readonly<Record<string, Bounds>>
}

/** Maximum number of stored arrangements: desk, meeting room, home and a few more. */
const maxArrangements = 8

/** Key of an arrangement of displays, independent of their order. */
export const arrangementOf = (areas: readonly Bounds[]): string =>
  areas
    .map(({ x, y, width, height }) => `${x},${y},${width}x${height}`)
    .sort()
    .join(' ')

const isBounds = (value: unknown): value is Bounds =>
  isRecord(value) && ['x', 'y', 'width', 'height'].every((key) => Number.isInteger(value[key]))

/** Reads bounds from the settings file, which may have been edited; null if they are invalid. */
export function readSavedBounds(value: unknown): SavedBounds | null {
  if (!isBounds(value)) return null
  const { x, y, width, height } = value
  const { byDisplays } = value as { byDisplays?: unknown }
  const known = isRecord(byDisplays)
    ? Object.entries(byDisplays).filter((entry): entry is [string, Bounds] => isBounds(entry[1]))
    : []
  return { x, y, width, height, ...(known.length > 0 ? { byDisplays: Object.fromEntries(known) } : {}) }
}

/** The bounds with these displays, else the last bounds. */
export function savedBoundsFor(saved: SavedBounds | null, areas: readonly Bounds[]): Bounds | null {
  return saved && (saved.byDisplays?.[arrangementOf(areas)] ?? saved)
}

/** Stores bounds for these displays; the newest arrangement is last, the oldest are dropped. */
export function remember(
  saved: SavedBounds | null,
  areas: readonly Bounds[],
  { x, y, width, height }: Bounds
): SavedBounds {
  const key = arrangementOf(areas)
  const bounds = { x, y, width, height }
  const others = Object.entries(saved?.byDisplays ?? {}).filter(([other]) => other !== key)
  return {
    ...bounds,
    byDisplays: Object.fromEntries([...others.slice(1 - maxArrangements), [key, bounds]])
  }
}
