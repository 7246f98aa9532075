/** Draws the tray icons: the glyph of tray.svg with a badge whose shape shows the state, so that colour is not needed. */
import { readFileSync } from 'node:fs'
import type { TrayIconName } from '../../electron/desktop/tray/tray-icon.ts'
import { digitsSvg } from './digits.ts'

const glyphSource = readFileSync(new URL('./tray.svg', import.meta.url), 'utf8')
const ticket = /\bd="([^"]+)"/.exec(glyphSource)?.[1] ?? ''
if (ticket === '') throw new Error('tray.svg holds no path')

const stroke = (d: string, color: string, width: number): string =>
  `<path d="${d}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round"/>`

/** A pill at the lower right, from `left` to the right edge; `grow` widens it on all sides. */
function pill(left: number, fill: string, grow = 0): string {
  const top = 9.5
  const [x, y, width, height] = [left - grow, top - grow, 31 - left + 2 * grow, 31 - top + 2 * grow]
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${Math.min(height, width) / 2}" fill="${fill}"/>`
}

/** Left edge of the badge, which is wider for longer numbers, so that all have the same height. Null for no badge. */
function badgeLeft(picture: TrayIconName): number | null {
  switch (picture) {
    case 'read':
    case 'offline':
      return null
    case '9+':
      return 5
    case '99+':
      return 1
    default:
      return 9.5
  }
}

/** Symbol or number on the badge, in one colour. */
function badgeMark(picture: TrayIconName, left: number, color: string): string {
  const [x, y] = [(left + 31) / 2, 20.25]
  switch (picture) {
    case 'attention':
      return stroke(`M${x} ${y - 6.2}v7`, color, 3.2) + stroke(`M${x} ${y + 6}v.01`, color, 3.4)
    case 'paused':
      return stroke(`M${x - 3.4} ${y - 4.6}v9.2M${x + 3.4} ${y - 4.6}v9.2`, color, 3.4)
    case 'sending':
      return stroke(`M${x} ${y + 6}v-11.6M${x - 4.8} ${y - 1.2}l4.8 -4.8 4.8 4.8`, color, 2.8)
    default:
      return digitsSvg(picture, x, y, picture.length === 1 ? 14.5 : 13.5, color)
  }
}

const slash = 'M5 29L27 3'
const edge = '#22313a'
const body = '#e9eef0'
const unread = '#c62828'
const badges: Readonly<Partial<Record<TrayIconName, string>>> = {
  attention: '#e0a100',
  paused: '#5b6a72',
  sending: '#0d7f80'
}

/** Text lines on the ticket; omitted below 24 pixels, where they would blur. */
const lines = (color: string, pixels: number): string =>
  pixels < 24 ? '' : stroke('M8 14h8M8 18h5', color, 1.8)

/** For Windows and Linux, with an outline, so that it is visible on light and dark panels. */
function colourSvg(picture: TrayIconName, pixels: number): string {
  const paper = `<path d="${ticket}" fill="${body}" stroke="${edge}" stroke-width="2.4" stroke-linejoin="round"/>`
  const base = paper + lines(edge, pixels)
  const left = badgeLeft(picture)
  if (picture === 'offline') return base + stroke(slash, edge, 6) + stroke(slash, body, 3)
  if (left === null) return base
  const fill = badges[picture] ?? unread
  const color = picture === 'attention' ? edge : '#fff'
  return base + pill(left, edge, 1) + pill(left, fill) + badgeMark(picture, left, color)
}

/** For macOS, which uses only the alpha channel: the symbol is cut out of the badge. */
function templateSvg(picture: TrayIconName, pixels: number): string {
  const left = badgeLeft(picture)
  const mask = (id: string, hole: string): string =>
    `<mask id="${id}"><rect width="32" height="32" fill="#fff"/>${hole}</mask>`
  const paper = (hole: string): string => mask('ticket', hole) + `<path d="${ticket}" mask="url(#ticket)"/>`
  if (picture === 'offline') return paper(stroke(slash, '#000', 7)) + stroke(slash, '#000', 3)
  if (left === null) return paper(lines('#000', pixels))
  const badge =
    mask('badge', badgeMark(picture, left, '#000')) + `<g mask="url(#badge)">${pill(left, '#000')}</g>`
  return paper(pill(left, '#000', 2)) + badge
}

/** Only the badge, in full size: the overlay of the taskbar button on Windows. */
function overlaySvg(picture: TrayIconName): string {
  const high = picture.length === 1 ? 21 : picture.length === 2 ? 18 : 15
  return (
    `<rect width="32" height="32" rx="${picture.length === 1 ? 16 : 10}" fill="${unread}"/>` +
    digitsSvg(picture, 16, 16, high, '#fff')
  )
}

export type TrayLook = 'colour' | 'template' | 'overlay'

/** `pixels`: the size in which the icon is rendered; small icons have fewer details. */
export function traySvg(picture: TrayIconName, look: TrayLook, pixels: number): string {
  const draw = { colour: colourSvg, template: templateSvg, overlay: overlaySvg }[look]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${draw(picture, pixels)}</svg>`
}
