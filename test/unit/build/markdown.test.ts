import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, test } from 'vitest'
import { readMarkdown } from '../../../build/markdown.ts'
import { bodyOf, newsOf, type Block, type Inline } from '../../../renderer/help/page.ts'

const read = (path: string): readonly Block[] =>
  readMarkdown(readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8'))
const inlinesOf = (block: Block): readonly Inline[] =>
  block.kind === 'heading' ? [] : block.kind === 'list' ? block.items.flat() : block.inlines

describe('a page', () => {
  it('is headings with anchors, paragraphs and lists, whose broken lines are joined', () => {
    expect(
      readMarkdown(
        '# Title\n\nOne `code` and **bold**,\ntwo [site](https://a.example).\n\n## Two words\n- a\n  b\n- c\n'
      )
    ).toEqual([
      { kind: 'heading', level: 1, id: 'title', text: 'Title' },
      {
        kind: 'paragraph',
        inlines: [
          { kind: 'text', text: 'One ' },
          { kind: 'code', text: 'code' },
          { kind: 'text', text: ' and ' },
          { kind: 'strong', text: 'bold' },
          { kind: 'text', text: ', two ' },
          { kind: 'link', text: 'site', href: 'https://a.example' },
          { kind: 'text', text: '.' }
        ]
      },
      { kind: 'heading', level: 2, id: 'two-words', text: 'Two words' },
      {
        kind: 'list',
        isOrdered: false,
        items: [[{ kind: 'text', text: 'a b' }], [{ kind: 'text', text: 'c' }]]
      }
    ])
  })

  it('with a part that the app cannot show does not build', () => {
    expect(() => readMarkdown('| a | b |\n|---|---|')).toThrow(/cannot show/)
  })
})

describe.each(['docs/guide.tr.md', 'docs/guide.en.md', 'CHANGELOG.md', 'CHANGELOG.tr.md'])('%s', (path) => {
  test('is read whole: nothing of its markup is left', () => {
    const blocks = read(path)
    expect(blocks.length).toBeGreaterThan(3)
    const left = blocks
      .flatMap(inlinesOf)
      .filter(({ kind, text }) => kind !== 'code' && /\*\*|`|\]\(|^#|\n/.test(text))
    expect(left).toEqual([])
  })

  test('has only links that the app can open, and each heading once', () => {
    const blocks = bodyOf(read(path))
    const links = blocks.flatMap(inlinesOf).flatMap((part) => (part.kind === 'link' ? [part.href] : []))
    expect(links.filter((href) => !/^(https:|mailto:)/.test(href))).toEqual([])
    const ids = blocks.flatMap((block) => (block.kind === 'heading' ? [block.id] : []))
    expect(ids).toEqual([...new Set(ids)])
  })
})

test('both guides have the same parts', () => {
  const shape = (path: string): readonly number[] =>
    read(path).flatMap((block) => (block.kind === 'heading' ? [block.level] : []))
  expect(shape('docs/guide.tr.md')).toEqual(shape('docs/guide.en.md'))
})

test('what is new is the section of the version, with or without brackets and a date, else the newest', () => {
  const changelog = readMarkdown('# C\n\n## [1.2.0] - 2026-11-01\n\nnew\n\n## 1.1.0\n\nold\n')
  const texts = (version: string): readonly string[] =>
    newsOf(changelog, version)
      .flatMap(inlinesOf)
      .map(({ text }) => text)
  expect(texts('1.2.0')).toEqual(['new'])
  expect(texts('1.1.0')).toEqual(['old'])
  expect(texts('9.9.9')).toEqual(['new'])
  expect(newsOf([], '1.0.0')).toEqual([])
})
