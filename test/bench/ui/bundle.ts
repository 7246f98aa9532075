/** Size of everything that a window loads at its start: scripts, styles and their imports. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

export interface BundleSize {
  readonly files: number
  readonly raw: number
  readonly gzip: number
}

function assetsOf(page: string): ReadonlySet<string> {
  const found = new Set<string>()
  const follow = (file: string): void => {
    if (found.has(file)) return
    found.add(file)
    if (!file.endsWith('.js')) return
    for (const [, name] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*["'](\.[^"']+)["']/g))
      follow(join(dirname(file), name ?? ''))
  }
  for (const [, name] of readFileSync(page, 'utf8').matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g))
    follow(join(dirname(page), name ?? ''))
  return found
}

/** Sizes in bytes; each file is compressed separately, as a server does. */
export function bundleOf(page: string): BundleSize {
  const files = [...assetsOf(page)].map((file) => readFileSync(file))
  const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0)
  return {
    files: files.length,
    raw: sum(files.map((file) => file.length)),
    gzip: sum(files.map((file) => gzipSync(file, { level: 9 }).length))
  }
}
