/** A guide or the changelog, as the build makes it of Markdown. */
export type Inline =
  | { readonly kind: 'text' | 'code' | 'strong'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly id: string; readonly text: string }
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly (readonly Inline[])[] }

/** The link to the same page in the other language: the app shows the person's own. */
const isOtherLanguage = (block: Block): boolean =>
  block.kind === 'paragraph' &&
  block.inlines.length === 1 &&
  block.inlines.every((part) => part.kind === 'link' && part.href.endsWith('.md'))

/** A page without its title and the link to its translation. */
export const bodyOf = (page: readonly Block[]): readonly Block[] =>
  page.filter((block) => !(block.kind === 'heading' && block.level === 1) && !isOtherLanguage(block))

/** What a changelog says of a version; where it has no such section, of the newest changes. */
export function newsOf(changelog: readonly Block[], version: string): readonly Block[] {
  const starts = changelog.flatMap((block, i) => (block.kind === 'heading' && block.level === 2 ? [i] : []))
  const titleAt = (i: number): string => {
    const block = changelog[i]
    return block?.kind === 'heading' ? block.text.replace(/^\[|\].*$/g, '') : ''
  }
  const start = starts.find((i) => titleAt(i).split(' ')[0] === version) ?? starts[0]
  if (start === undefined) return []
  const end = starts.find((i) => i > start)
  return changelog.slice(start + 1, end)
}
