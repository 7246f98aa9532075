/** Renders all icons from SVG: the app's from icon/app.svg, the tray's from icon/tray.svg with a badge per state. */
import { Resvg } from '@resvg/resvg-js'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { trayIconNames, type TrayIconName } from '../electron/desktop/tray/tray-icon.ts'
import { ico } from './icon/ico.ts'
import { traySvg, type TrayLook } from './icon/tray-svg.ts'

const png = (svg: string, size: number): Uint8Array =>
  new Resvg(svg, { fitTo: { mode: 'width', value: size }, font: { loadSystemFonts: false } }).render().asPng()

const trayPng = (picture: TrayIconName, look: TrayLook, size: number): Uint8Array =>
  png(traySvg(picture, look, size), size)

/** One image in several scales: Electron loads `@1.5x`, `@2x` … files next to the given one automatically. */
const scaled = (
  name: string,
  base: number,
  scales: readonly number[],
  draw: (size: number) => Uint8Array
): readonly (readonly [file: string, bytes: Uint8Array])[] =>
  scales.map((scale) => [`${name}${scale === 1 ? '' : `@${scale}x`}.png`, draw(Math.round(base * scale))])

/** Sizes of the Windows tray icon in pixels, for display scales from 100 % to 300 %. */
const icoSizes = [16, 20, 24, 32, 40, 48]

function trayFiles(picture: TrayIconName): readonly (readonly [file: string, bytes: Uint8Array])[] {
  const draw =
    (look: TrayLook) =>
    (size: number): Uint8Array =>
      trayPng(picture, look, size)
  const images = icoSizes.map((size) => ({ size, png: trayPng(picture, 'colour', size) }))
  return [
    // The menu bar of macOS is 22 points high.
    ...scaled(`${picture}-template`, 16, [1, 2], draw('template')),
    [`${picture}.ico`, ico(images)],
    // On Linux Electron sends only the bitmap of the largest scale to the panel. 64 pixels scale down well to the 16 to 48
    // pixels of panels.
    ...scaled(picture, 32, [1, 2], draw('colour')),
    ...(/^\d/.test(picture) ? scaled(`${picture}-overlay`, 16, [1, 1.25, 1.5, 2, 3], draw('overlay')) : [])
  ]
}

/** Writes `tray/` and `icons/` to a folder. */
export async function buildIcons(folder: string): Promise<void> {
  await mkdir(`${folder}/tray`, { recursive: true })
  await mkdir(`${folder}/icons`, { recursive: true })
  for (const [file, bytes] of trayIconNames.flatMap(trayFiles))
    await writeFile(`${folder}/tray/${file}`, bytes)
  const app = await readFile(new URL('./icon/app.svg', import.meta.url), 'utf8')
  for (const size of [16, 24, 32, 48, 64, 128, 256, 512, 1024])
    await writeFile(`${folder}/icons/${size}x${size}.png`, png(app, size))
}
