/** Builds everything into dist/: main.mjs, preload.cjs, preview.cjs, the windows, and the licences of what is inside. */
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { builtinModules } from 'node:module'
import { rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { buildIcons } from './icons.ts'
import { LicenceCollector } from './licences.ts'
import { build, type InlineConfig, type Plugin, type PluginOption } from 'vite'
import { windowNames, windowTable, type WindowName } from '../electron/ipc/windows.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
/** `debug` takes colours from it where it happens to be installed; it is no dependency of ours. */
const optional = 'supports-color'
const external = ['electron', optional, ...builtinModules, ...builtinModules.map((name) => `node:${name}`)]

/**
 * One file with everything inside. Main is an ES module: Electron waits for its top-level `await` before it sets
 * Chromium up. A sandboxed preload can only be CommonJS, and so is what a thread runs as text.
 */
export function nodeBundle(entry: string, outName: string, plugins: PluginOption[] = []): InlineConfig {
  const isModule = outName.endsWith('.mjs')
  return {
    root,
    configFile: false,
    logLevel: 'warn',
    plugins,
    // For the CommonJS packages inside.
    define: isModule ? { __dirname: 'import.meta.dirname' } : {},
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: entry,
      outDir: 'dist',
      emptyOutDir: false,
      // Of the Electron that tests run on, and the oldest Node of the preview.
      target: 'node20',
      minify: false,
      sourcemap: false,
      rolldownOptions: {
        external,
        output: { format: isModule ? 'esm' : 'cjs', entryFileNames: outName, codeSplitting: false }
      }
    }
  }
}

/** A window's program is fetched while the script that loads it is; what is read only when somebody looks is not. */
const preloadProgram: Plugin = {
  name: 'preload-program',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle }) {
      const chunks = Object.values(bundle ?? {}).filter((file) => file.type === 'chunk')
      const needed = new Set<string>()
      const follow = (fileName: string): void => {
        if (needed.has(fileName)) return
        needed.add(fileName)
        for (const name of chunks.find((one) => one.fileName === fileName)?.imports ?? []) follow(name)
      }
      for (const { isEntry, imports, dynamicImports } of chunks)
        if (isEntry) for (const name of [...imports, ...dynamicImports]) follow(name)
      return [...needed].map((fileName) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `./${fileName}` },
        injectTo: 'head'
      }))
    }
  }
}

/** Each window by itself: what they share would be files of its own, and to ask for a file costs a start more than to read it. */
const window = (name: WindowName, licences: LicenceCollector): InlineConfig => ({
  root: `${root}renderer`,
  base: './',
  configFile: false,
  logLevel: 'warn',
  plugins: [svelte({ configFile: `${root}svelte.config.js` }), licences.plugin(), preloadProgram],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: false,
    // Of the Electron that tests run on.
    target: 'chrome130',
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { [name]: `${root}renderer/${windowTable[name].page}` },
      output: {
        codeSplitting: {
          // The bridge is needed before the rest is there; and Svelte's constants make an Error when they are loaded,
          // for whose stack V8 would parse a large file around them once more.
          groups: [
            {
              name: 'base',
              test: /(svelte[\\/]src[\\/]internal[\\/]client[\\/]constants\.js|renderer[\\/]lib[\\/](bridge|preview-bridge|early)\.ts|first-page\.ts|preload-helper.*)$/
            },
            // All the rest in one file, but for what the inbox reads only when somebody looks.
            name === 'inbox' && {
              name: 'program',
              test: /(node_modules[\\/](svelte|esm-env|clsx|lucide-static)|renderer[\\/](?!(outbox|settings|onboarding)[\\/]|notices[\\/]ProxySignIn|inbox[\\/]commands[\\/](Palette|palette-commands|CheatSheet)|lib[\\/]i18n[\\/](outbox|settings|onboarding)|[\w-]+[\\/]main\.ts|\w+\.html)|electron[\\/]tickets)/
            }
          ].filter((group) => group !== false)
        }
      }
    }
  }
})

export async function buildApp(): Promise<void> {
  await rm(`${root}dist`, { recursive: true, force: true })
  const licences = new LicenceCollector()
  await build(nodeBundle('electron/main.ts', 'main.mjs', [licences.plugin()]))
  await build(nodeBundle('electron/preload.ts', 'preload.cjs', [licences.plugin()]))
  await build(nodeBundle('electron/api/list/list-worker.ts', 'list-worker.cjs', [licences.plugin()]))
  await build(nodeBundle('electron/preview/main.ts', 'preview.cjs'))
  for (const name of windowNames) await build(window(name, licences))
  await writeFile(`${root}dist/licences.json`, JSON.stringify(await licences.report(root), null, 1))
  await buildIcons(`${root}dist`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildApp()
