/** Finds placeholders of saved replies and templates, such as `{ip}`, that nobody filled in. Loaded when a text with `{` is sent. */
import { codeRanges } from '../../../electron/tickets/text/machine-lines.ts'
import { isPlaceholder } from './placeholders.ts'

/** Not `${ip}` and `{{ip}}`, which are code. Own names of the person may have several words. */
const placeholder = /(?<![${])\{(\p{L}[\p{L}\d_ -]{0,39})\}(?!\})/gu
/** What stands before a brace in code: `#{ip}`, `f"{ip}"`, `IP={ip}`, `path/{ip}`, `a{ip}`, `f({ip})`. */
const codeBefore = /[\p{L}\p{N}_#%@&\\/"'`=<>[]$|[\p{L}\p{N}_]\($/u
/** Characters before a placeholder by which it is recognized as that of a saved text. */
const contextLength = 6

interface Placeholder {
  /** With its braces. */
  readonly written: string
  readonly isCode: boolean
  /** The placeholder with the characters before it, on its line. */
  readonly context: string
}

/** Placeholders, in the order of the text. Lines that quote somebody have none. */
function placeholdersIn(text: string): readonly Placeholder[] {
  const found = [...text.matchAll(placeholder)]
  const code = found.length === 0 ? [] : [...codeRanges(text)]
  return found.flatMap(({ 0: written, index }) => {
    const line = text.slice(text.lastIndexOf('\n', index - 1) + 1, index)
    if (/^\s*>/.test(line)) return []
    const isInside = code.some(([from, to]) => from <= index && index < to)
    const isCode = isInside || codeBefore.test(line) || line.split('`').length % 2 === 0
    return [{ written, isCode, context: line.slice(-contextLength) + written }]
  })
}

const nameOf = ({ written }: Placeholder): string => written.slice(1, -1)

/**
 * The placeholders that are left in a text, with their braces, each once. Code that the person wrote has none: what looks like
 * code counts only where a saved text has the same. `saved`: the saved replies and templates.
 */
export function unfilledPlaceholders(text: string, saved: readonly string[]): readonly string[] {
  const inText = placeholdersIn(text)
  if (inText.length === 0) return []
  const inSaved = saved.flatMap(placeholdersIn).filter((one) => !one.isCode || isPlaceholder(nameOf(one)))
  const isLeft = (one: Placeholder): boolean =>
    one.isCode
      ? inSaved.some(({ context }) => context === one.context)
      : isPlaceholder(nameOf(one)) || inSaved.some(({ written }) => written === one.written)
  return [...new Set(inText.filter(isLeft).map(({ written }) => written))]
}
