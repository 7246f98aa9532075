import { svelte } from '@sveltejs/vite-plugin-svelte'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { markdown } from '../build/markdown.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Unit tests that replace modules such as Electron, directly or through test/support. Each needs its own module instances. */
const replacesModules = /\bvi\.(?:mock|doMock)\(|support\/settings-file/
const replacingModules = readdirSync(join(root, 'test/unit'), { recursive: true, encoding: 'utf8' })
  .map((name) => `test/unit/${name.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.test.ts') && replacesModules.test(readFileSync(join(root, path), 'utf8')))

const inNode = {
  environment: 'node',
  setupFiles: ['test/support/no-internet.ts', 'test/support/temporary-folder.ts'],
  testTimeout: 60_000
}

export default defineConfig({
  root,
  test: {
    // By default Vitest reserves one processor for its main process, which has little to do.
    maxWorkers: availableParallelism(),
    projects: [
      {
        root,
        test: {
          ...inNode,
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          exclude: replacingModules,
          // These tests share module instances, which saves a third of the time.
          isolate: false
        }
      },
      {
        root,
        test: {
          ...inNode,
          name: 'unit-replacing-modules',
          include: replacingModules,
          // Processed by Vite, so that it imports the test's replacement for Electron.
          server: { deps: { inline: ['electron-store'] } }
        }
      },
      {
        root,
        test: {
          ...inNode,
          name: 'processes',
          include: ['test/processes/**/*.test.ts']
        }
      },
      {
        root,
        test: {
          ...inNode,
          name: 'properties',
          include: ['test/properties/**/*.test.ts']
        }
      },
      {
        root,
        plugins: [markdown(), svelte()],
        resolve: { conditions: ['browser'] },
        test: {
          name: 'component',
          include: ['test/component/**/*.test.ts'],
          environment: 'happy-dom',
          setupFiles: ['test/support/no-internet.ts', 'test/support/component.ts'],
          testTimeout: 30_000
        }
      }
    ]
  }
})
