import { svelte } from '@sveltejs/vite-plugin-svelte'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { markdown } from '../build/markdown.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          environment: 'node',
          // So that it gets the Electron that a test stands in for.
          server: { deps: { inline: ['electron-store'] } },
          setupFiles: ['test/support/no-internet.ts', 'test/support/temporary-folder.ts'],
          testTimeout: 60_000
        }
      },
      {
        root,
        test: {
          name: 'processes',
          include: ['test/processes/**/*.test.ts'],
          environment: 'node',
          setupFiles: ['test/support/no-internet.ts', 'test/support/temporary-folder.ts'],
          testTimeout: 60_000
        }
      },
      {
        root,
        test: {
          name: 'properties',
          include: ['test/properties/**/*.test.ts'],
          environment: 'node',
          setupFiles: ['test/support/no-internet.ts', 'test/support/temporary-folder.ts'],
          testTimeout: 60_000
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
