import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { windowTable } from '../../../electron/ipc/windows.ts'
import { locales } from '../../../electron/tickets/locale.ts'

const settingsKeys = Object.values(windowTable).flatMap(({ placement }) =>
  Object.entries(placement)
    .filter(([name]) => name.endsWith('Key'))
    .map(([, key]) => key)
)

describe.each(Object.entries(windowTable))('the %s window', (_name, { page, words, size, minSize }) => {
  it('has its page', () => {
    expect(existsSync(new URL(`../../../renderer/${page}`, import.meta.url))).toBe(true)
  })

  it('has a title in every language', async () => {
    const section = (await import(`../../../renderer/lib/i18n/${words}.ts`)) as Record<string, object>
    for (const locale of locales)
      expect(section[words]).toHaveProperty(`${locale}.title`, expect.stringMatching(/\S/))
  })

  it('is at first no smaller than it may become', () => {
    expect(size.width).toBeGreaterThanOrEqual(minSize.width)
    expect(size.height).toBeGreaterThanOrEqual(minSize.height)
  })
})

it('no two windows keep their place under the same key', () => {
  expect(new Set(settingsKeys).size).toBe(settingsKeys.length)
})
