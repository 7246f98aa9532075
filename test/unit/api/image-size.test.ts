import { describe, expect, it } from 'vitest'
import { imageInfo } from '../../../electron/api/image-size.ts'
import { pngHeader } from '../../support/png-header.ts'

/** A file header, followed by zeros instead of the rest of the image. */
const file = (hex: string): Buffer => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(40)])

describe('an image', () => {
  it.each([
    ['PNG', pngHeader(800, 600), { type: 'image/png', width: 800, height: 600 }],
    ['GIF', file('474946383961' + '2003' + '5802'), { type: 'image/gif', width: 800, height: 600 }],
    [
      'JPEG, after other segments',
      file('ffd8' + 'ffe00004aaaa' + 'ffffc2' + '0011' + '08' + '0258' + '0320'),
      { type: 'image/jpeg', width: 800, height: 600 }
    ],
    [
      'WebP with an alpha channel',
      file('52494646000000005745425056503858' + '0a00000010000000' + '1f0300' + '570200'),
      { type: 'image/webp', width: 800, height: 600 }
    ],
    [
      'WebP with loss',
      file('52494646000000005745425056503820' + '00000000' + '3000009d012a' + '2003' + '5802'),
      { type: 'image/webp', width: 800, height: 600 }
    ],
    [
      'WebP without loss',
      file('5249464600000000574542505650384c' + '00000000' + '2f' + '1fc39500'),
      { type: 'image/webp', width: 800, height: 600 }
    ]
  ])('says its type and size by its bytes: %s', (_what, bytes, expected) => {
    expect(imageInfo(bytes)).toEqual(expected)
  })

  it.each([
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')],
    ['a page', Buffer.from('<html>png and much more than thirty bytes of it</html>')],
    ['a sound', file('524946460000000057415645')],
    ['a cut PNG', pngHeader(8, 8).subarray(0, 20)],
    ['a JPEG without a frame', file('ffd8ffe00004aaaa')],
    ['nothing', Buffer.alloc(0)]
  ])('is not %s', (_what, bytes) => {
    expect(imageInfo(bytes)).toBeNull()
  })
})
