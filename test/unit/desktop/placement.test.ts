import { describe, expect, test } from 'vitest'
import {
  centreOn,
  placeBeside,
  placeOn,
  readSavedBounds,
  readSavedSize,
  savedBoundsFor,
  remember,
  type Bounds
} from '../../../electron/desktop/windows/placement.ts'

const laptop: Bounds = { x: 0, y: 25, width: 1440, height: 875 }
const desk: Bounds = { x: 1440, y: 0, width: 2560, height: 1440 }
const wanted = { width: 980, height: 660 }
const at = (x: number, y: number, width = 980, height = 660): Bounds => ({ x, y, width, height })
const inside = (area: Bounds, bounds: Bounds): boolean =>
  bounds.x >= area.x &&
  bounds.y >= area.y &&
  bounds.x + bounds.width <= area.x + area.width &&
  bounds.y + bounds.height <= area.y + area.height

describe('a window opens', () => {
  test('in the middle of the first display when nothing is known', () => {
    expect(placeOn([laptop, desk], null, wanted)).toEqual({ x: 230, y: 133, ...wanted })
  })

  test('where it was, while that is on a display', () => {
    expect(placeOn([laptop, desk], at(2000, 300), wanted)).toEqual(at(2000, 300))
  })

  test('inside the display that it was mostly on', () => {
    expect(placeOn([laptop, desk], at(-100, -50), wanted)).toEqual(at(0, 25))
    expect(placeOn([laptop], at(1000, 600), wanted)).toEqual(at(460, 240))
  })

  test('centred on the first display when its own is gone', () => {
    expect(placeOn([laptop], at(2000, 300), wanted)).toEqual(placeOn([laptop], null, wanted))
  })

  test('no larger than the display', () => {
    const small = { x: 0, y: 0, width: 800, height: 480 }
    expect(inside(small, placeOn([small], at(0, 0, 2000, 1200), wanted))).toBe(true)
    expect(inside(small, placeOn([small], at(5000, 0, 2000, 1200), wanted))).toBe(true)
    expect(inside(small, placeOn([small], null, wanted))).toBe(true)
  })

  test('even while no display is known', () => {
    expect(placeOn([], null, wanted)).toMatchObject(wanted)
  })

  test('in the middle of the display with the pointer, as the new-ticket window does', () => {
    expect(centreOn(desk, 480, 640)).toEqual({ x: 2480, y: 400, width: 480, height: 640 })
  })
})

describe('what is remembered', () => {
  test('is a place for each arrangement of displays', () => {
    let saved = remember(null, [laptop, desk], at(2000, 300))
    saved = remember(saved, [laptop], at(10, 40))
    expect(savedBoundsFor(saved, [desk, laptop])).toEqual(at(2000, 300))
    expect(savedBoundsFor(saved, [laptop])).toEqual(at(10, 40))
    expect(savedBoundsFor(saved, [{ ...laptop, width: 1920 }])).toMatchObject(at(10, 40))
  })

  test('is the newest eight arrangements', () => {
    let saved = remember(null, [laptop], at(1, 1))
    for (let width = 1001; width <= 1008; width++)
      saved = remember(saved, [{ ...laptop, width }], at(width, 2))
    expect(Object.keys(saved.byDisplays ?? {})).toHaveLength(8)
    expect(savedBoundsFor(saved, [{ ...laptop, width: 1001 }])).toMatchObject({ x: 1001 })
    expect(savedBoundsFor(saved, [laptop])).toMatchObject({ x: 1008 })
  })

  test.each([
    undefined,
    null,
    'x',
    {},
    { ...laptop, x: '0' },
    { ...laptop, width: 1.5 },
    { ...laptop, y: null }
  ])('is ignored if the file says %j', (value) => {
    expect(readSavedBounds(value)).toBeNull()
  })

  test('loses only damaged entries', () => {
    expect(readSavedBounds({ ...laptop, byDisplays: { a: desk, b: { x: 1 } } })).toEqual({
      ...laptop,
      byDisplays: { a: desk }
    })
  })
})

test('the new-ticket window is no larger than the display it opens on', () => {
  const low = { x: 0, y: 26, width: 1024, height: 574 }
  expect(centreOn(low, 480, 640)).toEqual({ x: 272, y: 26, width: 480, height: 574 })
})

test.each([
  [
    { width: 500, height: 700 },
    { width: 500, height: 700 }
  ],
  [{ width: 500 }, null],
  [{ width: -5, height: 700 }, null],
  [{ width: 5.5, height: 700 }, null],
  [{ width: '500', height: 700 }, null],
  ['500x700', null],
  [null, null]
])('a size in a file, which anybody may have edited, is %j or nothing', (value, size) => {
  expect(readSavedSize(value)).toEqual(size)
})

describe('a window beside the tray icon', () => {
  const area = { x: 0, y: 25, width: 1440, height: 875 }
  const size = { width: 400, height: 480 }
  const icon = (x: number, y: number): { x: number; y: number; width: number; height: number } => ({
    ...{ x, y },
    width: 24,
    height: 24
  })

  test('hangs below a bar at the top, and stands on one at the bottom', () => {
    expect(placeBeside(icon(700, 0), area, size)).toEqual({ x: 512, y: 25, ...size })
    expect(placeBeside(icon(700, 900), area, size)).toEqual({ x: 512, y: 420, ...size })
  })

  test('stays inside the display, and is no larger than it', () => {
    expect(placeBeside(icon(1430, 0), area, size).x).toBe(1040)
    expect(placeBeside(icon(0, 450), area, size)).toEqual({ x: 0, y: 420, ...size })
    expect(placeBeside(icon(100, 0), { ...area, width: 300, height: 200 }, size)).toEqual({
      ...{ x: 0, y: 25 },
      width: 300,
      height: 200
    })
  })

  test('is beside the pointer where the icon is not known', () => {
    expect(placeBeside({ x: 500, y: 100, width: 0, height: 0 }, area, size)).toEqual({
      x: 300,
      y: 100,
      ...size
    })
  })
})
