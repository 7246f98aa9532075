import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './packager.ts'

const read = (path: string): string => readFileSync(join(root, path), 'utf8')
/** Names of folders that Git ignores. A leading slash means only in the root. */
const ignored = ['.git', ...(read('.gitignore').match(/^\S+(?=\/$)/gm) ?? [])]
const isIgnored = (path: string): boolean =>
  ignored.includes(posix.basename(path)) || ignored.includes(`/${path}`)

/** All files of the project, with forward slashes. */
function files(folder = root): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = relative(root, join(folder, entry.name)).split(sep).join('/')
    if (isIgnored(path)) return []
    return entry.isDirectory() ? files(join(root, path)) : [path]
  })
}
const ours = files()
const documents = ours.filter((path) => path.endsWith('.md'))

/** The text without fenced code blocks. */
const prose = (text: string): string => text.replace(/^```[^]*?^```$/gm, '')
const headings = (text: string): readonly string[] => prose(text).match(/^#+ .*$/gm) ?? []
const matches = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found)
const codes = (text: string): readonly string[] => matches(text, /`([^`]+)`/g)

describe.each(documents)('%s', (path) => {
  it('leads, by every relative link, to something that is there', () => {
    const links = matches(prose(read(path)), /\]\(([^)\s]+)\)/g).filter((to) => !/^[a-z]+:/.test(to))
    for (const link of links) {
      const [to = '', anchor] = link.split('#')
      const target = to === '' ? path : join(dirname(path), to)
      expect(existsSync(join(root, target)), link).toBe(true)
      if (anchor === undefined) continue
      const anchors = headings(read(target)).map((heading) =>
        heading
          .replace(/^#+ /, '')
          .toLowerCase()
          .replace(/[^\p{L}\p{N} -]/gu, '')
          .replaceAll(' ', '-')
      )
      expect(anchors).toContain(anchor)
    }
  })

  it('names no source or test that is not there', () => {
    const named = codes(prose(read(path))).filter((code) => /^[\w./-]+\.(ts|svelte|cjs|yml|md)$/.test(code))
    // Build output is not part of the sources.
    const sources = named.filter((name) => !name.startsWith('dist/') && !/^(app-update|latest)/.test(name))
    for (const name of sources)
      expect(
        ours.some((file) => file === name || file.endsWith(`/${name}`)),
        name
      ).toBe(true)
  })
})

it.each(['README.md', 'README.tr.md', 'docs/guide.en.md', 'docs/guide.tr.md'])(
  '%s says on which systems it runs',
  (path) => {
    for (const system of ['macOS 13', 'Windows 10', '64 bit', 'Linux']) expect(read(path)).toContain(system)
  }
)

it('the README has the same sections, and the same links out of it, in both languages', () => {
  const levels = (path: string): readonly string[] =>
    headings(read(path)).map((line) => line.split(' ')[0] ?? '')
  expect(levels('README.tr.md')).toEqual(levels('README.md'))
  for (const link of ['docs/guide.tr.md', 'docs/guide.en.md', 'docs/systems.md', 'SECURITY.md'])
    for (const path of ['README.md', 'README.tr.md']) expect(read(path), path).toContain(`(${link})`)
})

describe('the files of the repository', () => {
  const kilobytes = (path: string): number => statSync(join(root, path)).size / 1000

  it('are small: none has over 400 kB', () => {
    expect(ours.filter((path) => kilobytes(path) > 400)).toEqual([])
  })

  it('hold the pictures that documents show, all together 1 MB at most, and no other', () => {
    const pictures = ours.filter((path) => /\.(png|jpe?g|gif|webp)$/.test(path))
    const shown = documents.flatMap((path) =>
      matches(read(path), /!\[[^\]]*\]\(([^)\s]+)\)/g).map((to) => posix.join(posix.dirname(path), to))
    )
    expect(pictures.toSorted()).toEqual([...new Set(shown)].toSorted())
    expect(pictures.map(kilobytes).reduce((sum, size) => sum + size, 0)).toBeLessThan(1000)
  })
})

describe('the guide', () => {
  const parts = (language: 'tr' | 'en'): readonly string[] =>
    read(`docs/guide.${language}.md`).split(/^(?=#+ )/m)
  const tr = parts('tr')
  const en = parts('en')

  it('has the same sections in both languages', () => {
    const levels = (list: readonly string[]): readonly (string | undefined)[] =>
      list.map((part) => /^#+/.exec(part)?.[0])
    expect(levels(tr)).toEqual(levels(en))
    expect(en.length).toBeGreaterThan(5)
  })

  it('tells of the same keys, links, places and screens in each of them', () => {
    // Search operators are translated (`is:unread`, `durum:okunmamış`); the tests of the search cover their meaning.
    const isAboutSearch = (part: string): boolean => /^### (?:Arama|Searching)$/m.test(part)
    // What `bilet --help` calls the values of options in Turkish.
    const placeholders = { KOMUT: 'COMMAND', AD: 'NAME', DOSYA: 'FILE', KİMLİK: 'ID' }
    const inEnglish = (code: string): string =>
      Object.entries(placeholders).reduce(
        (text, [turkish, english]) => text.replace(new RegExp(`(?<=[ =])${turkish}(?= |$)`), english),
        code
      )
    const facts = (part: string): readonly string[] =>
      isAboutSearch(part) ? [] : codes(part).map(inEnglish).toSorted()
    const points = (part: string): readonly number[] =>
      [/\*\*[^*]+\*\*/g, /^\d+\. /gm].map((what) => part.match(what)?.length ?? 0)
    for (const [at, part] of en.entries()) {
      expect(new Set(facts(tr[at] ?? ''))).toEqual(new Set(facts(part)))
      expect(points(tr[at] ?? ''), part).toEqual(points(part))
    }
  })

  it('calls what stands on the screen as the screen does', () => {
    const rooms = ours.filter((path) => /^renderer\/lib\/i18n\/|^electron\/desktop\/words\.ts$/.test(path))
    const words = rooms.map(read).join('\n')
    for (const part of [...tr, ...en])
      for (const name of matches(part, /\*\*([^*]+)\*\*/g))
        for (const word of name.replace(/\s+/g, ' ').split(' → ')) expect(words).toContain(`'${word}'`)
  })
})

describe('the architecture page', () => {
  it('draws every folder of the main process and of the windows, and nothing that is gone', () => {
    const [diagram = ''] = /```mermaid\nflowchart[^]*?```/.exec(read('docs/architecture.md')) ?? []
    const drawn = matches(diagram, /^\s*\w+\["([\w/-]+)(?::[^"]*)?"\]$/gm)
    const folders = ['electron', 'renderer'].flatMap((house) =>
      readdirSync(join(root, house), { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? [entry.name] : []
      )
    )
    expect(drawn).toEqual(expect.arrayContaining(folders))
    for (const room of drawn)
      expect(
        ours.some((path) => /^(electron|renderer)\//.test(path) && path.includes(`/${room}`)),
        room
      ).toBe(true)
  })
})

describe('the decisions', () => {
  const names = readdirSync(join(root, 'docs/decisions')).toSorted()

  it('are numbered without a gap, in the name and in the heading', () => {
    for (const [at, name] of names.entries()) {
      expect(name).toMatch(new RegExp(`^${String(at + 1).padStart(4, '0')}-[a-z0-9-]+\\.md$`))
      expect(read(`docs/decisions/${name}`)).toMatch(new RegExp(`^# ${at + 1}\\. \\S`))
    }
  })
})

describe('the threat model', () => {
  const section = (start: string): string => {
    const found = read('SECURITY.md')
      .split(/^## /m)
      .find((part) => part.startsWith(start))
    if (found === undefined) throw new Error(`no section ${start}`)
    return found
  }

  it('says what is worth protecting, how to report, and what is out of scope', () => {
    expect(matches(section('What is worth protecting'), /^\d+\. (.+)/gm).length).toBeGreaterThanOrEqual(5)
    expect(section('Reporting')).toContain('privately')
    expect(section('Known limits, and what is out of scope')).toMatch(/^- Out of scope: \S/m)
  })

  it('names for each attacker what stands in the way, and a test or workflow that holds it', () => {
    const rows = section('Who could want to')
      .split('\n')
      .filter((line) => line.startsWith('| **'))
    expect(rows.length).toBeGreaterThanOrEqual(8)
    for (const row of rows) {
      const [, , stands = '', held = ''] = row.split('|').map((cell) => cell.trim())
      expect(stands, row).not.toBe('')
      expect(codes(held), row).not.toEqual([])
      for (const name of codes(held))
        expect(
          ours.some((file) => file.endsWith(name) || file.startsWith(`${name}/`)),
          name
        ).toBe(true)
    }
  })
})
