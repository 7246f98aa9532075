import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const mostFiles = 16

const slashes = (path: string): string => relative(root, path).replaceAll(sep, '/')

/** The folder and all folders below it. */
const foldersIn = (folder: string): readonly string[] => [
  folder,
  ...readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? foldersIn(join(folder, entry.name)) : []
  )
]
const folders = ['electron', 'renderer'].flatMap((house) => foldersIn(join(root, house)))

describe('the tree', () => {
  it(`has at most ${mostFiles} files in a folder`, () => {
    const counts = folders.map((folder) => ({
      folder: slashes(folder),
      files: readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()).length
    }))
    expect(counts.filter(({ files }) => files > mostFiles)).toEqual([])
  })

  it('is the one that CONTRIBUTING.md draws', () => {
    const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
    const map = /```\n(electron\/ [^]*?)\n```/.exec(text)?.[1] ?? ''
    const drawn: string[] = []
    const parents: string[] = []
    for (const line of map.split('\n')) {
      // A line such as `  inbox/ outbox/   words` lists folders with the same parent.
      const [, indent = '', names = ''] = /^( *)((?:[\w-]+\/ ?)+)/.exec(line) ?? []
      const depth = indent.length / 2
      for (const name of names.trim().split(' ').filter(Boolean)) {
        parents[depth] = name.slice(0, -1)
        drawn.push(parents.slice(0, depth + 1).join('/'))
      }
    }
    const inHouses = drawn.filter((path) => /^(electron|renderer)(\/|$)/.test(path))
    expect(inHouses.toSorted()).toEqual(folders.map(slashes).toSorted())
  })
})
