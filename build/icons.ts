/**
 * Every icon from vectors: the app's from one SVG, the tray's from one glyph and a badge per state. Digits are
 * drawn as strokes, so that no font of the building machine shows.
 */
import { Resvg } from '@resvg/resvg-js'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { trayIconNames, type TrayPicture } from '../electron/desktop/tray-icon.ts'

/** Strokes in a box 6 wide and 10 high. */
const glyphs: Readonly<Record<string, string>> = {
  '0': 'M1 3a2 2 0 0 1 4 0v4a2 2 0 0 1-4 0z',
  '1': 'M1.5 2.5L3.5 1v8',
  '2': 'M1 3a2 2 0 1 1 3.6 1.2L1 9h4',
  '3': 'M1 1h4L2.8 4.3A2.3 2.3 0 1 1 1 8',
  '4': 'M4 9V1L.8 6.6H5.3',
  '5': 'M4.8 1H1.4L1.1 4.6a2.3 2.3 0 1 1-.2 3.2',
  '6': 'M4.4 1C2.2 2 1 4.2 1 6.6a2 2 0 1 0 4 0a2 2 0 0 0-4 0',
  '7': 'M1 1h4L2.4 9',
  '8': 'M3 4.8a1.9 1.9 0 1 1 .01 0a2.1 2.1 0 1 1-.02 0',
  '9': 'M1.6 9C3.8 8 5 5.8 5 3.4a2 2 0 1 0-4 0a2 2 0 0 0 4 0',
  '+': 'M.8 5.5h4M2.8 3.5v4'
}

const ticket =
  'M4 8h24a1.6 1.6 0 0 1 1.6 1.6v3a3.4 3.4 0 0 0 0 6.8v3A1.6 1.6 0 0 1 28 24H4a1.6 1.6 0 0 1-1.6-1.6v-3a3.4 3.4 0 0 0 0-6.8v-3A1.6 1.6 0 0 1 4 8z'

function number(text: string, ink: string): string {
  const high = text.length === 1 ? 14 : text.length === 2 ? 11 : 8.4
  const scale = high / 10
  const advance = 6.2 * scale
  const left = 20 - (advance * text.length) / 2
  return Array.from(text)
    .map((character, i) => {
      const place = `translate(${left + i * advance} ${20 - high / 2}) scale(${scale})`
      return `<path transform="${place}" d="${glyphs[character] ?? ''}" fill="none" stroke="${ink}" stroke-width="${text.length === 1 ? 1.7 : 1.5}" stroke-linecap="round" stroke-linejoin="round"/>`
    })
    .join('')
}

const stroke = (d: string, ink: string, width: number): string =>
  `<path d="${d}" fill="none" stroke="${ink}" stroke-width="${width}" stroke-linecap="round"/>`

/** What stands on the badge, in one colour. */
function mark(picture: TrayPicture, ink: string): string {
  switch (picture) {
    case 'read':
    case 'offline':
      return ''
    case 'attention':
      return stroke('M20 14v7', ink, 3) + stroke('M20 26v.01', ink, 3.2)
    case 'paused':
      return stroke('M16.5 15.5v9M23.5 15.5v9', ink, 3)
    case 'sending':
      return stroke('M20 26V14.5M15.5 19l4.5-4.5 4.5 4.5', ink, 2.6)
    default:
      return number(picture, ink)
  }
}

const slash = 'M5 29L27 3'
const edge = '#22313a'
const body = '#e9eef0'
const badges: Readonly<Partial<Record<TrayPicture, string>>> = {
  attention: '#e0a100',
  paused: '#6b7a82',
  sending: '#0d7f80'
}

/** Windows and Linux: an edge around everything, so that it shows on light and dark panels. */
function colourSvg(picture: TrayPicture): string {
  const lines = stroke('M8 14h8M8 18h5', edge, 1.8)
  const base = `<path d="${ticket}" fill="${body}" stroke="${edge}" stroke-width="2.4" stroke-linejoin="round"/>${lines}`
  if (picture === 'read') return base
  if (picture === 'offline') return base + stroke(slash, edge, 6) + stroke(slash, body, 3)
  const fill = badges[picture] ?? '#c62828'
  const disc = `<circle cx="20" cy="20" r="12" fill="${edge}"/><circle cx="20" cy="20" r="10.8" fill="${fill}"/>`
  return base + disc + mark(picture, picture === 'attention' ? edge : '#fff')
}

/** macOS takes the alpha only: what stands on a badge is cut out of it. */
function templateSvg(picture: TrayPicture): string {
  const disc = picture === 'read' || picture === 'offline' ? '' : '<circle cx="20" cy="20" r="11"/>'
  const gap = disc ? '<circle cx="20" cy="20" r="13" fill="#000"/>' : ''
  const cut = (what: string): string => `<rect width="32" height="32" fill="#fff"/>${what}`
  const line = picture === 'offline' ? stroke(slash, '#000', 3) : ''
  return (
    `<mask id="ticket">${cut(gap + (line ? stroke(slash, '#000', 7) : stroke('M8 14h8M8 18h5', '#000', 1.8)))}</mask>` +
    `<mask id="badge">${cut(mark(picture, '#000'))}</mask>` +
    `<path d="${ticket}" mask="url(#ticket)"/><g mask="url(#badge)">${disc}</g>${line}`
  )
}

export function traySvg(picture: TrayPicture, look: 'colour' | 'template'): string {
  const inside = look === 'colour' ? colourSvg(picture) : templateSvg(picture)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${inside}</svg>`
}

const png = (svg: string, size: number): Uint8Array =>
  new Resvg(svg, { fitTo: { mode: 'width', value: size }, font: { loadSystemFonts: false } }).render().asPng()

/** Electron picks `@1.5x`, `@2x` … beside a file by itself. */
const scales = (base: number): readonly (readonly [suffix: string, size: number])[] =>
  [1, 1.25, 1.5, 2, 3].map((scale) => [scale === 1 ? '' : `@${scale}x`, Math.round(base * scale)])

/** Writes `tray/` and `icons/` into a folder. */
export async function buildIcons(folder: string): Promise<void> {
  await mkdir(`${folder}/tray`, { recursive: true })
  await mkdir(`${folder}/icons`, { recursive: true })
  for (const picture of trayIconNames) {
    for (const [suffix, size] of scales(16)) {
      await writeFile(
        `${folder}/tray/${picture}-template${suffix}.png`,
        png(traySvg(picture, 'template'), size)
      )
      await writeFile(`${folder}/tray/${picture}-small${suffix}.png`, png(traySvg(picture, 'colour'), size))
    }
    for (const [suffix, size] of scales(32)) {
      await writeFile(`${folder}/tray/${picture}${suffix}.png`, png(traySvg(picture, 'colour'), size))
    }
  }
  const app = await readFile(new URL('./icon/app.svg', import.meta.url), 'utf8')
  for (const size of [16, 24, 32, 48, 64, 128, 256, 512, 1024])
    await writeFile(`${folder}/icons/${size}x${size}.png`, png(app, size))
}
