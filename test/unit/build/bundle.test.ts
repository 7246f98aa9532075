/** The modules in the bundle of the main process. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin, type Rolldown } from 'vite'
import { expect, test } from 'vitest'
import { nodeBundle } from '../../../build/build.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Paths of all modules in an entry's bundle. */
async function modulesOf(entry: string, outName: string): Promise<readonly string[]> {
  const modules: string[] = []
  const collect: Plugin = {
    name: 'collect',
    generateBundle(_options, bundle: Rolldown.OutputBundle) {
      for (const file of Object.values(bundle)) if (file.type === 'chunk') modules.push(...file.moduleIds)
    }
  }
  const config = nodeBundle(entry, outName, [collect])
  await build({ ...config, build: { ...config.build, write: false } })
  return modules
}

test.each([
  ['electron/main.ts', 'main.mjs', /node_modules\/(?:ws|ajv|ajv-formats|fast-uri|json-schema-traverse)\//],
  ['electron/preview/main.ts', 'preview.cjs', /node_modules\/(?:conf|ajv|ajv-formats)\//]
])('%s brings nothing that it does not use, and nothing of the tests', async (entry, outName, unused) => {
  const modules = await modulesOf(entry, outName)
  expect(modules.length).toBeGreaterThan(100)
  expect(modules.filter((path) => unused.test(path))).toEqual([])
  expect(modules.filter((path) => path.startsWith(join(root, 'test')))).toEqual([])
})
