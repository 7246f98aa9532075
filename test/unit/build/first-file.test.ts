/** What a start reads before the tray icon, as it is built. */
import { build, type Rolldown } from 'vite'
import { beforeAll, describe, expect, test } from 'vitest'
import { nodeBundle } from '../../../build/build.ts'

/** Bytes that are read before the icon is asked for; an empty Electron app reads next to none. */
const mostBytes = 110_000

describe('the built main', () => {
  let chunks: readonly Rolldown.OutputChunk[] = []
  const chunkOf = (name: string): Rolldown.OutputChunk | undefined =>
    chunks.find(({ fileName }) => fileName === name)

  beforeAll(async () => {
    const config = nodeBundle('electron/main.ts', 'main.mjs')
    const built = await build({ ...config, build: { ...config.build, write: false } })
    const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []))
    chunks = outputs.filter((file) => file.type === 'chunk')
  }, 60_000)

  test('reads one small file beside the entry before the icon', () => {
    const [main, first] = [chunkOf('main.mjs'), chunkOf('main-first.mjs')]
    expect(main?.imports.filter((name) => name.startsWith('main'))).toEqual(['main-first.mjs'])
    expect(first?.imports.filter((name) => name.startsWith('main'))).toEqual([])
    expect(first?.code.length).toBeLessThan(mostBytes)
  })

  test('loads nothing later that imports the entry, which waits for a command: both would wait for ever', () => {
    const importing = chunks.filter(({ imports }) => imports.includes('main.mjs'))
    expect(importing.map(({ fileName }) => fileName)).toEqual([])
    const waiting = chunks.filter(({ moduleIds }) => moduleIds.some((id) => id.endsWith('electron/main.ts')))
    expect(waiting.map(({ fileName }) => fileName)).toEqual(['main.mjs'])
  })
})
