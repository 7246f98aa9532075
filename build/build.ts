/** Builds dist/: main.mjs and what it loads when needed, preload.cjs, preview.cjs, the windows, and the licences of all bundled packages. */
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { builtinModules } from 'node:module'
import { rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { markdown } from './markdown.ts'
import { isInboxProgram } from './inbox-program.ts'
import { buildIcons } from './icons.ts'
import { LicenceCollector } from './licences.ts'
import { build, type HtmlTagDescriptor, type InlineConfig, type Plugin, type PluginOption } from 'vite'
import { windowNames, windowTable, type WindowName } from '../electron/ipc/windows.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
/** Optional import of `debug`, not a dependency of the app. */
const optionalColors = 'supports-color'
const externalModules = [
  'electron',
  optionalColors,
  ...builtinModules,
  ...builtinModules.map((name) => `node:${name}`)
]

/** Names a file that is loaded when needed after the package that it holds; its main file is often called `main` or `index`. */
const chunkName = ({ facadeModuleId, name }: { facadeModuleId?: string | null; name: string }): string =>
  /node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/](?!.*node_modules)/.exec(facadeModuleId ?? '')?.[1] ??
  name

/**
 * Escapes what is not ASCII. V8 keeps the text of a loaded file, with two bytes for each character if one of them is beyond
 * Latin-1.
 */
const asciiOutput: Plugin = {
  name: 'ascii-output',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk')
        file.code = file.code.replace(
          /[^\0-\x7f]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
        )
  }
}

/**
 * Bundles an entry into one file; an ES module may load more files by `import()`, which then are not read at its start. Main
 * is an ES module, since Electron waits for its top-level `await` before it initializes Chromium. A sandboxed preload and a
 * worker started from text must be CommonJS and one file.
 */
export function nodeBundle(entry: string, outName: string, plugins: PluginOption[] = []): InlineConfig {
  const isModule = outName.endsWith('.mjs')
  return {
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [...plugins, asciiOutput],
    // Bundled CommonJS packages use __dirname.
    define: isModule ? { __dirname: 'import.meta.dirname' } : {},
    resolve: {
      alias: { 'ajv/dist/2020.js': `${root}build/no-ajv.ts`, 'ajv-formats': `${root}build/no-ajv.ts` }
    },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: entry,
      outDir: 'dist',
      emptyOutDir: false,
      // Node 20: the version in the tests' Electron, and the minimum for the preview.
      target: 'node20',
      minify: false,
      sourcemap: false,
      rolldownOptions: {
        external: externalModules,
        output: {
          format: isModule ? 'esm' : 'cjs',
          // Without comments and white space, which V8 would keep in memory; names stay as they are in stack traces.
          minify: { compress: false, mangle: false, codegen: true },
          entryFileNames: outName,
          ...(isModule
            ? {
                chunkFileNames: (chunk) => `${outName.replace('.mjs', '')}-${chunkName(chunk)}.mjs`,
                // One file is read faster than the many that would be shared with what is loaded later. Not the entry: while it
                // waits for a command that it loads, the command would wait for it.
                codeSplitting: {
                  groups: [{ name: 'first', tags: ['$initial'], test: (id) => !id.endsWith(entry) }]
                }
              }
            : { codeSplitting: false })
        }
      }
    }
  }
}

/** Adds links for the chunks that a window needs at its start, and for their styles, not for chunks loaded on demand. */
const preloadProgram: Plugin = {
  name: 'preload-program',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle }) {
      const chunks = Object.values(bundle ?? {}).filter((file) => file.type === 'chunk')
      const needed = new Set<string>()
      const addChunk = (fileName: string): void => {
        if (needed.has(fileName)) return
        needed.add(fileName)
        for (const name of chunks.find((one) => one.fileName === fileName)?.imports ?? []) addChunk(name)
      }
      for (const { isEntry, imports, dynamicImports } of chunks)
        if (isEntry) for (const name of [...imports, ...dynamicImports]) addChunk(name)
      const styles = chunks
        .filter(({ fileName }) => needed.has(fileName))
        .flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])])
        .filter((fileName) => !html.includes(fileName))
      const linkTo = (rel: string, fileName: string): HtmlTagDescriptor => ({
        tag: 'link',
        attrs: { rel, crossorigin: true, href: `./${fileName}` },
        injectTo: 'head'
      })
      return [
        ...styles.map((fileName) => linkTo('stylesheet', fileName)),
        ...[...needed].map((fileName) => linkTo('modulepreload', fileName))
      ]
    }
  }
}

/** Builds each window separately: shared chunks would be more files, and requesting a file is slower than parsing it. */
export const windowConfig = (name: WindowName, licences = new LicenceCollector()): InlineConfig => ({
  root: `${root}renderer`,
  base: './',
  configFile: false,
  logLevel: 'warn',
  plugins: [markdown(), svelte({ configFile: `${root}svelte.config.js` }), licences.plugin(), preloadProgram],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: false,
    // The Chromium version of the tests' Electron.
    target: 'chrome130',
    modulePreload: false,
    cssCodeSplit: name === 'inbox',
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { [name]: `${root}renderer/${windowTable[name].page}` },
      output: {
        codeSplitting: {
          // The bridge is needed before the other chunks are loaded. Svelte's constants create an Error on load, for whose
          // stack V8 would parse the whole file again, so they must be in a small file.
          groups: [
            {
              name: 'base',
              test: /(svelte[\\/]src[\\/]internal[\\/]client[\\/]constants\.js|renderer[\\/]lib[\\/]bridge[\\/][^\\/]+|first-page\.ts|preload-helper.*)$/
            },
            // Everything else in one file, except the screens that the inbox loads on demand.
            name === 'inbox' && {
              name: 'program',
              test: isInboxProgram
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
  for (const name of windowNames) await build(windowConfig(name, licences))
  await writeFile(`${root}dist/licences.json`, JSON.stringify(await licences.report(root), null, 1))
  await buildIcons(`${root}dist`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildApp()
