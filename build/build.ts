/** Builds everything into dist/: main.cjs, preload.cjs, preview.cjs and the windows. */
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { builtinModules } from 'node:module'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { buildIcons } from './icons.ts'
import { build, type InlineConfig } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const external = ['electron', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)]

/** One CommonJS file with everything inside: Electron 25 loads no ES module as main, a sandboxed preload no second file. */
function nodeBundle(entry: string, outName: string): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: entry,
      outDir: 'dist',
      emptyOutDir: false,
      target: 'node18',
      minify: false,
      sourcemap: false,
      rolldownOptions: {
        external,
        output: { format: 'cjs', entryFileNames: outName, codeSplitting: false }
      }
    }
  }
}

const windows: InlineConfig = {
  root: `${root}renderer`,
  base: './',
  configFile: false,
  logLevel: 'warn',
  plugins: [svelte({ configFile: `${root}svelte.config.js` })],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome114',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { inbox: `${root}renderer/inbox.html`, compose: `${root}renderer/compose.html` }
    }
  }
}

export async function buildApp(): Promise<void> {
  await rm(`${root}dist`, { recursive: true, force: true })
  await build(nodeBundle('electron/main.ts', 'main.cjs'))
  await build(nodeBundle('electron/preload.ts', 'preload.cjs'))
  await build(nodeBundle('electron/preview.ts', 'preview.cjs'))
  await build(windows)
  await buildIcons(`${root}dist`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildApp()
