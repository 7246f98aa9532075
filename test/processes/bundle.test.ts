/** The modules in the bundle of the main process. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin, type Rolldown } from 'vite'
import { expect, test } from 'vitest'
import { nodeBundle } from '../../build/build.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The files that an entry is built into. */
async function chunksOf(entry: string, outName: string): Promise<readonly Rolldown.OutputChunk[]> {
  const chunks: Rolldown.OutputChunk[] = []
  const collect: Plugin = {
    name: 'collect',
    generateBundle(_options, bundle: Rolldown.OutputBundle) {
      chunks.push(...Object.values(bundle).filter((file) => file.type === 'chunk'))
    }
  }
  const config = nodeBundle(entry, outName)
  config.plugins?.push(collect)
  await build({ ...config, build: { ...config.build, write: false } })
  return chunks
}

test.each([
  ['electron/main.ts', 'main.mjs', /node_modules\/(?:ws|ajv|ajv-formats|fast-uri|json-schema-traverse)\//],
  ['electron/preview/main.ts', 'preview.cjs', /node_modules\/(?:conf|ajv|ajv-formats)\//]
])('%s brings nothing that it does not use, and nothing of the tests', async (entry, outName, unused) => {
  const modules = (await chunksOf(entry, outName)).flatMap(({ moduleIds }) => moduleIds)
  expect(modules.length).toBeGreaterThan(100)
  expect(modules.filter((path) => unused.test(path))).toEqual([])
  expect(modules.filter((path) => path.startsWith(join(root, 'test')))).toEqual([])
})

test('main reads updates, node-notifier and the sample account only when they are needed', async () => {
  const chunks = await chunksOf('electron/main.ts', 'main.mjs')
  const atStart = new Set<string>()
  const add = (fileName: string): void => {
    if (atStart.has(fileName)) return
    atStart.add(fileName)
    for (const name of chunks.find((chunk) => chunk.fileName === fileName)?.imports ?? []) add(name)
  }
  add('main.mjs')
  // What a start that only passes on a command does not need, but each start of the app does.
  add(
    chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith('electron/application.ts')))
      ?.fileName ?? ''
  )
  const needed = chunks.filter(({ fileName }) => atStart.has(fileName)).flatMap(({ moduleIds }) => moduleIds)
  const later =
    /node_modules\/(?:electron-updater|builder-util-runtime|js-yaml|sax|node-notifier|growly)\/|electron\/demo\/sample-server/
  expect(needed.length).toBeGreaterThan(100)
  expect(needed.filter((path) => later.test(path))).toEqual([])
  // Files that only main's start does not need.
  expect(
    chunks.flatMap(({ moduleIds }) => moduleIds).filter((path) => later.test(path)).length
  ).toBeGreaterThan(20)
})

test('the files of main are one byte a character without comments, and keep the names that a stack trace shows', async () => {
  const chunks = await chunksOf('electron/main.ts', 'main.mjs')
  const code = chunks.map((chunk) => chunk.code).join('\n')
  expect([...new Set(code.match(/[^\0-\x7f]/g))]).toEqual([])
  expect({
    hasEscapes: code.includes('\\u0131'),
    hasComments: code.includes('electron/application.ts'),
    hasNames: code.includes('var Application=class')
  }).toEqual({ hasEscapes: true, hasComments: false, hasNames: true })
  // A raw template would show the escapes.
  expect(code.match(/String\.raw`[^`]*\\u/g)).toBeNull()
})
