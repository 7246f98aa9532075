/**
 * Lists the shipped packages and their licences, taken from the modules that were actually bundled, so that the list is
 * complete and up to date.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

export interface ShippedPackage {
  readonly name: string
  readonly version: string
  /** SPDX expression, as the package states it. */
  readonly licence: string
  /** Text of the licence; empty if the package has none. */
  readonly text: string
}

/** Shipped in addition to the bundles. */
const alwaysShipped = ['electron']

/** Helper programs in node-notifier. They have licence files but no package.json. */
const helperPrograms: readonly (Omit<ShippedPackage, 'text'> & { readonly file: string })[] = [
  { name: 'terminal-notifier', version: '', licence: 'MIT', file: 'terminal-notifier-LICENSE' },
  { name: 'SnoreToast', version: '0.7.0', licence: 'LGPL-3.0-only', file: 'snoreToast/LICENSE' }
]

/** The folder of the package that a bundled module belongs to; null for our own code. */
export function packageFolder(module: string): string | null {
  const found = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(module.replace(/^\0/, ''))
  return found?.[1] ?? null
}

/** A Vite plugin that collects the packages of each bundle. */
export class LicenceCollector {
  readonly #folders = new Set<string>()

  readonly plugin = (): Plugin => ({
    name: 'bilet-licences',
    generateBundle: (_options, bundle) => {
      for (const output of Object.values(bundle))
        if (output.type === 'chunk')
          for (const [id, { renderedLength }] of Object.entries(output.modules)) {
            const folder = renderedLength > 0 ? packageFolder(id) : null
            if (folder !== null) this.#folders.add(folder)
          }
    }
  })

  async report(root: string): Promise<readonly ShippedPackage[]> {
    for (const name of alwaysShipped) this.#folders.add(join(root, 'node_modules', name))
    const vendor = join(root, 'node_modules', 'node-notifier', 'vendor')
    const all = await Promise.all([
      ...[...this.#folders].map(describe),
      ...helperPrograms.map(async ({ file, ...rest }) => ({
        ...rest,
        text: await licenceText(join(vendor, file))
      }))
    ])
    return all.sort((a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'))
  }
}

async function describe(folder: string): Promise<ShippedPackage> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string
    readonly version: string
    readonly license?: string | { readonly type?: string }
  }
  const file = (await readdir(folder)).find((entry) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(entry))
  return {
    name,
    version,
    licence: (typeof license === 'string' ? license : license?.type) ?? 'UNKNOWN',
    text: file === undefined ? '' : await licenceText(join(folder, file))
  }
}

async function licenceText(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).replaceAll('\r\n', '\n').trim()
}

/**
 * Source text of `renderer/settings/about/licences.ts`, which About shows. The file is part of the bundles that it lists, so
 * it is committed, and a test checks that it is up to date.
 */
export function licenceList(shipped: readonly ShippedPackage[]): string {
  const lines = [...new Set(shipped.map(({ name, licence }) => `  ['${name}', '${licence}']`))]
  return `/** What is shipped inside the app, by its package's name and licence. Written by \`npm run licences\`. */
export const licences: readonly (readonly [name: string, licence: string])[] = [
${lines.join(',\n')}
]
`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const report = JSON.parse(await readFile(`${root}dist/licences.json`, 'utf8')) as readonly ShippedPackage[]
  await writeFile(`${root}renderer/settings/about/licences.ts`, licenceList(report))
}
