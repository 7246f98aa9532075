import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildIcons } from '../../../build/icons.ts'
import { trayIconFile, trayIconNames, trayPicture } from '../../../electron/desktop/tray-icon.ts'
import { platforms, state } from './make.ts'

describe('the picture in the tray', () => {
  test.each([
    [0, 'read'],
    [1, '1'],
    [9, '9'],
    [10, '9+'],
    [99, '9+'],
    [100, '99+'],
    [5000, '99+']
  ])('of %i unread tickets is %s', (unread, picture) => {
    expect(trayPicture(state({ unread }))).toBe(picture)
  })

  test('says that the person is needed before anything else', () => {
    const all = state({
      connection: 'attention',
      unread: 3,
      sending: 1,
      notificationsPausedUntil: 'until-on'
    })
    expect(trayPicture(all)).toBe('attention')
  })

  test.each(['offline', 'paused'] as const)('keeps the count while %s', (connection) => {
    expect(trayPicture(state({ connection, unread: 3, sending: 1 }))).toBe('3')
    expect(trayPicture(state({ connection, sending: 1 }))).toBe(connection)
  })

  test('says offline before paused, and paused before sending', () => {
    const paused = { notificationsPausedUntil: 'until-on', sending: 1 } as const
    expect(trayPicture(state({ ...paused, connection: 'offline' }))).toBe('offline')
    expect(trayPicture(state(paused))).toBe('paused')
    expect(trayPicture(state({ sending: 1 }))).toBe('sending')
  })
})

describe('the build', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bilet-icons-'))
    await buildIcons(folder)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test.each(platforms)('makes every picture that %s asks for', async (platform) => {
    const made = await readdir(join(folder, 'tray'))
    expect(made).toEqual(expect.arrayContaining(trayIconNames.map((name) => trayIconFile(name, platform))))
  })

  test('draws each picture differently, without colour too', async () => {
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

  test('makes the app icon in the sizes that desktops ask for', async () => {
    const sizes = (await readdir(join(folder, 'icons')))
      .map((name) => Number.parseInt(name))
      .sort((a, b) => a - b)
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256, 512, 1024])
  })
})
