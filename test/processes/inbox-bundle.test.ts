/** What the page of the inbox loads before its first rows, and what comes later. */
import { build, type Plugin, type Rolldown } from 'vite'
import { beforeAll, expect, test } from 'vitest'
import { windowConfig } from '../../build/build.ts'

let page = ''
let chunks: readonly Rolldown.OutputChunk[] = []

beforeAll(async () => {
  const config = windowConfig('inbox')
  const collect: Plugin = {
    name: 'collect',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle: Rolldown.OutputBundle) {
        chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
        page = Object.values(bundle)
          .flatMap((file) => (file.fileName === 'inbox.html' && file.type === 'asset' ? [file.source] : []))
          .join('')
      }
    }
  }
  await build({
    ...config,
    plugins: [...(config.plugins ?? []), collect],
    build: { ...config.build, write: false }
  })
})

/** The files that these import, and so on. */
function imported(names: readonly string[], found = new Set<string>()): ReadonlySet<string> {
  for (const name of names) {
    if (found.has(name)) continue
    found.add(name)
    imported(chunks.find(({ fileName }) => fileName === name)?.imports ?? [], found)
  }
  return found
}
const isNamed = ({ fileName }: Rolldown.OutputChunk): boolean => page.includes(`./${fileName}"`)
const modulesOf = (files: readonly Rolldown.OutputChunk[]): readonly string[] =>
  files.flatMap(({ moduleIds }) => moduleIds)
const entries = (): readonly Rolldown.OutputChunk[] => chunks.filter(({ isEntry }) => isEntry)

test('main is asked by a small file, before the program is read', () => {
  const first = imported(entries().map(({ fileName }) => fileName))
  const modules = modulesOf(chunks.filter(({ fileName }) => first.has(fileName)))
  expect(modules.filter((id) => /renderer\/lib\/bridge\/(?:bridge|early)\.ts$/.test(id))).toHaveLength(2)
  expect(modules.filter((id) => /\.svelte$|main-window\/window\.ts$/.test(id))).toEqual([])
})

test('the page names everything that a start reads, so that the limit of its size holds', () => {
  const started = entries().flatMap(({ fileName, dynamicImports }) => [fileName, ...dynamicImports])
  const needed = chunks.filter(({ fileName }) => imported(started).has(fileName))
  expect(modulesOf(needed).filter((id) => id.endsWith('renderer/main-window/App.svelte'))).toHaveLength(1)
  expect(needed.filter((chunk) => !isNamed(chunk)).map(({ fileName }) => fileName)).toEqual([])
  const styles = needed.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])])
  const linked = [...page.matchAll(/rel="stylesheet"[^>]+href="\.\/([^"]+)"/g)].map(([, name]) => name)
  expect(styles).not.toEqual([])
  expect(linked.toSorted()).toEqual(styles.toSorted())
})

test('screens and seldom banners come later, with their words and styles', () => {
  const named = modulesOf(chunks.filter(isNamed))
  const later = modulesOf(chunks.filter((chunk) => !isNamed(chunk)))
  const seldom =
    /renderer\/(?:settings\/Settings\.svelte|notices\/Notices\.svelte|inbox\/banners\/UpdateBanner\.svelte|lib\/i18n\/(?:notices|desktop|settings)\.ts)$/
  expect(named.filter((id) => seldom.test(id))).toEqual([])
  expect(later.filter((id) => seldom.test(id))).toHaveLength(6)
  const settings = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith('/Settings.svelte')))
  expect(settings?.viteMetadata?.importedCss.size).toBe(1)
})
