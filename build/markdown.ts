/** Parses the guides and the changelog at build time, so that the windows need no Markdown parser. */
import type { Plugin } from 'vite'
import type { Block, Inline } from '../renderer/help/page.ts'

/** `code`, **strong** and [links](address). */
const inlinePattern = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)]+)\)/g

function inlines(text: string): readonly Inline[] {
  const found: Inline[] = []
  let end = 0
  for (const match of text.matchAll(inlinePattern)) {
    if (match.index > end) found.push({ kind: 'text', text: text.slice(end, match.index) })
    const [all, code, strong, label, href = ''] = match
    if (code !== undefined) found.push({ kind: 'code', text: code })
    else if (strong !== undefined) found.push({ kind: 'strong', text: strong })
    else found.push({ kind: 'link', text: label ?? '', href })
    end = match.index + all.length
  }
  if (end < text.length) found.push({ kind: 'text', text: text.slice(end) })
  return found
}

/** The anchor of a heading, by GitHub's rules, so that links into a guide work on GitHub and in the app. */
const anchorOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .trim()
    .replaceAll(' ', '-')

/** Parses headings, paragraphs and lists of one level. Throws for any other Markdown, which would be shown as source text. */
export function readMarkdown(source: string): readonly Block[] {
  const blocks: Block[] = []
  for (const chunk of source.replaceAll('\r', '').split(/\n{2,}(?=\S)|\n(?=#)|(?<=^#.*)\n/m)) {
    const text = chunk.trim()
    if (text === '') continue
    const heading = /^(#{1,3}) (.+)$/s.exec(text)
    if (heading) {
      const words = (heading[2] ?? '').replaceAll('\n', ' ')
      blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, id: anchorOf(words), text: words })
    } else if (/^(?:-|\d+\.) /.test(text)) {
      const items = text.split(/\n(?=(?:-|\d+\.) )/).map((item) => inlines(joined(item.replace(/^\S+ /, ''))))
      blocks.push({ kind: 'list', isOrdered: /^\d/.test(text), items })
    } else if (/^(?:[>|]|```|!\[|#{4})/.test(text)) {
      throw new Error(`The app cannot show this part of a guide: ${text.slice(0, 60)}`)
    } else blocks.push({ kind: 'paragraph', inlines: inlines(joined(text)) })
  }
  return blocks
}

const joined = (text: string): string => text.replace(/\s*\n\s*/g, ' ')

/** A Vite plugin: importing a `.md` file returns its blocks. */
export const markdown = (): Plugin => ({
  name: 'markdown',
  transform(source, id) {
    return id.endsWith('.md')
      ? { code: `export default ${JSON.stringify(readMarkdown(source))}`, map: null }
      : null
  }
})
