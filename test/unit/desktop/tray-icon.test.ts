import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { buildIcons } from '../../../build/icons.ts'
import { trayIconFile, trayIconNames, trayIconName } from '../../../electron/desktop/tray/tray-icon.ts'
import type { Platform } from '../../../electron/desktop/types.ts'
import { readConfig } from '../packaging/packager.ts'
import { contrastOn, inkOf } from './legible.ts'
import { platforms, state } from './make.ts'

vi.mock('electron', () => ({ app: {}, nativeImage: {} }))
const { badgeOf } = await import('../../../electron/desktop/tray/badge.ts')

/** All icon files that the code can request on a system. */
function asked(platform: Platform): ReadonlySet<string> {
  const overlays = Array.from({ length: 120 }, (_, unread) => badgeOf(state({ counted: unread }), platform))
  return new Set([
    ...trayIconNames.map((name) => trayIconFile(name, platform)),
    ...overlays.flatMap((badge) => (badge.kind === 'overlay' && badge.file !== null ? [badge.file] : []))
  ])
}

/** Matches a pattern of electron-builder; these patterns use only stars and braces. */
const taken = (pattern: string, file: string): boolean =>
  new RegExp(
    `^${pattern
      .replaceAll('.', '\\.')
      .replaceAll('*', '[^/]*')
      .replace(/\{(.*?)\}/g, (_all, names: string) => `(${names.replaceAll(',', '|')})`)}$`
  ).test(file)

describe('the tray icon', () => {
  test.each([
    [0, 'read'],
    [1, '1'],
    [9, '9'],
    [10, '9+'],
    [99, '9+'],
    [100, '99+'],
    [5000, '99+']
  ])('of %i unread tickets is %s', (unread, picture) => {
    expect(trayIconName(state({ counted: unread }))).toBe(picture)
  })

  test('shows attention before anything else', () => {
    const all = state({
      connection: 'attention',
      counted: 3,
      sending: 1,
      notificationsPausedUntil: 'until-on'
    })
    expect(trayIconName(all)).toBe('attention')
  })

  test.each(['offline', 'paused'] as const)('keeps the count while %s', (connection) => {
    expect(trayIconName(state({ connection, counted: 3, sending: 1 }))).toBe('3')
    expect(trayIconName(state({ connection, sending: 1 }))).toBe(connection)
  })

  test('shows offline before paused, and paused before sending', () => {
    const paused = { notificationsPausedUntil: 'until-on', sending: 1 } as const
    expect(trayIconName(state({ ...paused, connection: 'offline' }))).toBe('offline')
    expect(trayIconName(state(paused))).toBe('paused')
    expect(trayIconName(state({ sending: 1 }))).toBe('sending')
  })
})

describe('the build', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bilet-icons-'))
    await buildIcons(folder)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test.each(platforms)('makes every icon file that %s uses', async (platform) => {
    expect(await readdir(join(folder, 'tray'))).toEqual(expect.arrayContaining([...asked(platform)]))
  })

  test('makes the overlays of Windows for every display scale', async () => {
    const made = await readdir(join(folder, 'tray'))
    const overlays = [...asked('win32')].filter((file) => file.endsWith('-overlay.png'))
    expect(overlays).toHaveLength(11)
    for (const file of overlays)
      for (const scale of [1.25, 1.5, 2, 3]) expect(made).toContain(file.replace('.png', `@${scale}x.png`))
  })

  test('makes no unused file', async () => {
    const all = new Set(platforms.flatMap((platform) => [...asked(platform)]))
    const made = (await readdir(join(folder, 'tray'))).map((file) => file.replace(/@[\d.]+x/, ''))
    // Template images with numbers are only used to compare the icons without colours.
    expect(made.filter((file) => !all.has(file) && !/^\d.*-template/.test(file))).toEqual([])
  })

  test.each(platforms)('has a package for %s with that system’s icons only', async (platform) => {
    const { config } = await readConfig()
    const { files } = { darwin: config.mac, win32: config.win, linux: config.linux }[platform] ?? {}
    const patterns = (files ?? []) as readonly string[]
    const shipped = (await readdir(join(folder, 'tray'))).filter(
      (file) =>
        patterns.some((pattern) => taken(pattern, `dist/tray/${file}`)) &&
        !patterns.some((pattern) => pattern.startsWith('!') && taken(pattern.slice(1), `dist/tray/${file}`))
    )
    expect(shipped).toEqual(expect.arrayContaining([...asked(platform)]))
    const plain = shipped.map((file) => file.replace(/@[\d.]+x/, ''))
    expect(plain.filter((file) => !asked(platform).has(file) && !/^\d.*-template/.test(file))).toEqual([])
  })

  test('draws each icon differently, without colour too', async () => {
    for (const kind of ['-template', '']) {
      const all = await Promise.all(
        trayIconNames.map((name) => readFile(join(folder, 'tray', `${name}${kind}.png`), 'base64'))
      )
      expect(new Set(all).size).toBe(trayIconNames.length)
    }
  })

  test('puts whole PNGs of 16 to 48 pixels into an ICO', async () => {
    const file = await readFile(join(folder, 'tray', '9+.ico'))
    expect([file.readUInt16LE(0), file.readUInt16LE(2), file.readUInt16LE(4)]).toEqual([0, 1, 6])
    const images = Array.from({ length: 6 }, (_, i) => {
      const at = 6 + 16 * i
      const from = file.readUInt32LE(at + 12)
      return { width: file[at], png: file.subarray(from, from + file.readUInt32LE(at + 8)) }
    })
    expect(images.map(({ width }) => width)).toEqual([16, 20, 24, 32, 40, 48])
    for (const { width, png } of images) {
      expect(png.subarray(1, 4).toString()).toBe('PNG')
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width, width])
      expect(png.subarray(-8, -4).toString('latin1')).toBe('IEND')
    }
  })

  // The outline is an eighth of a 16 px icon; less than a tenth would be only dots.
  test.each([
    ['a light panel', '#f4f5f5'],
    ['a dark one', '#1c1f21']
  ])('draws every state legibly on %s at the smallest size', async (_panel, colour) => {
    for (const name of trayIconNames) {
      const ico = await readFile(join(folder, 'tray', `${name}.ico`))
      const smallest = ico.subarray(ico.readUInt32LE(18), ico.readUInt32LE(18) + ico.readUInt32LE(14))
      const large = await readFile(join(folder, 'tray', `${name}.png`))
      for (const png of [smallest, large]) expect(contrastOn(colour, png), name).toBeGreaterThan(0.1)
    }
  })

  test('leaves enough of each macOS template transparent, and enough opaque', async () => {
    for (const name of trayIconNames) {
      const ink = inkOf(await readFile(join(folder, 'tray', `${name}-template.png`)))
      expect(ink, name).toBeGreaterThan(0.15)
      expect(ink, name).toBeLessThan(0.85)
    }
  })

  test('makes the app icon in all sizes that desktops use', async () => {
    const sizes = (await readdir(join(folder, 'icons')))
      .map((name) => Number.parseInt(name))
      .sort((a, b) => a - b)
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256, 512, 1024])
  })
})
