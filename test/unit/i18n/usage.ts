/** Finds the keys that the code uses, from its source text: `say.key`, `words().room.key`, `wordsOf(locale).key`. */

/** Path of a file relative to the project root, and its content. */
export type Source = readonly [file: string, text: string]

/** Possible keys of one `say[expression]`. One entry per place in the code. */
export interface Dynamic {
  /** End of the file's path. */
  readonly file: string
  readonly expression: string
  readonly keys: readonly string[]
}

export interface Usage {
  /** `key`, or `key.part` if the code uses only a part. */
  readonly used: ReadonlySet<string>
  /** Places without an entry in the table, and entries without a place. */
  readonly unrecognised: readonly string[]
}

/** Names of the variables that hold the words of one section in a file. */
function names(text: string, room: string): readonly string[] {
  const bound = new RegExp(
    `(?:const|let) (\\w+) = (?:\\$derived\\()?(?:words\\(\\)\\.${room}\\b(?![.[(])|${room}Words\\(\\)(?!\\.))`,
    'g'
  )
  const given = new RegExp(`(\\w+): ReturnType<typeof words>\\['${room}'\\]`, 'g')
  return [...text.matchAll(bound), ...text.matchAll(given)].map(([, name]) => name ?? '')
}

function read(
  sources: readonly Source[],
  namesIn: (text: string) => readonly string[],
  dynamic: readonly Dynamic[]
): Usage {
  const used = new Set<string>()
  const unrecognised: string[] = []
  const needed = new Set<Dynamic>()
  for (const [file, text] of sources)
    for (const name of namesIn(text)) {
      for (const [, key, part] of text.matchAll(
        new RegExp(`(?<![\\w./])${name}\\??\\.(\\w+)(?:\\.(\\w+)(?!\\())?`, 'g')
      ))
        used.add(part === undefined ? (key ?? '') : `${key}.${part}`)
      for (const [, expression] of text.matchAll(new RegExp(`(?<![\\w./])${name}\\[([^\\]]+)\\]`, 'g'))) {
        const literal = /^'(.+)'$/.exec(expression ?? '')?.[1]
        const known = dynamic.find((entry) => file.endsWith(entry.file) && entry.expression === expression)
        if (literal !== undefined) used.add(literal)
        else if (known) {
          needed.add(known)
          for (const key of known.keys) used.add(key)
        } else unrecognised.push(`${file}: ${name}[${expression ?? ''}]`)
      }
    }
  for (const entry of dynamic)
    if (!needed.has(entry)) unrecognised.push(`${entry.file}: [${entry.expression}] is nowhere`)
  return { used, unrecognised }
}

const escaped = (text: string): string => text.replace(/[()[\]]/g, '\\$&')

/** Usage of one section of `renderer/lib/i18n`. */
export const roomUsage = (sources: readonly Source[], room: string, dynamic: readonly Dynamic[]): Usage =>
  read(
    sources,
    (text) => [escaped(`words().${room}`), escaped(`${room}Words()`), ...names(text, room)],
    dynamic
  )

/** Usage of `electron/desktop/words.ts`. */
export const desktopUsage = (sources: readonly Source[]): Usage =>
  read(
    sources.filter(([, text]) =>
      /import \{[^}]*\bwordsOf\b[^}]*\} from '\.{1,2}\/words\.ts'|const wordsOf =/.test(text)
    ),
    (text) => [
      'wordsOf\\(\\w+\\)',
      ...[...text.matchAll(/(\w+) = wordsOf\(/g)].map(([, name]) => name ?? '')
    ],
    []
  )

type Words = Readonly<Record<string, unknown>>

/** Keys that no code uses. Parts of a nested key are checked if the code names parts of it. */
export function unused(words: Words, { used }: Usage): readonly string[] {
  const partsOf = (key: string): readonly string[] =>
    [...used]
      .filter((usedKey) => usedKey.startsWith(`${key}.`))
      .map((usedKey) => usedKey.slice(key.length + 1))
  return Object.entries(words).flatMap(([key, value]) => {
    if (used.has(key)) return []
    const parts = partsOf(key)
    if (parts.length === 0) return [key]
    // `say.list.map(…)` or `say.name.length` use the whole value.
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
    return Object.keys(value)
      .filter((part) => !parts.includes(part))
      .map((part) => `${key}.${part}`)
  })
}

/** Keys that the code uses but the words do not have. */
export const missing = (words: Words, { used }: Usage): readonly string[] =>
  [...used].filter((key) => !((key.split('.')[0] ?? '') in words))

/** Differences between two languages in keys, types, and numbers of arguments or entries. */
export function differences(a: unknown, b: unknown, path = ''): readonly string[] {
  const kind = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value)
  if (kind(a) !== kind(b)) return [`${path}: ${kind(a)} and ${kind(b)}`]
  if (typeof a === 'string' && typeof b === 'string')
    return a.trim() === '' || b.trim() === '' ? [`${path}: empty`] : []
  if (typeof a === 'function' && typeof b === 'function')
    return a.length === b.length ? [] : [`${path}: ${a.length} and ${b.length} arguments`]
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return []
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].flatMap((key) => {
    const at = path === '' ? key : `${path}.${key}`
    if (!(key in a) || !(key in b)) return [`${at}: only in one language`]
    return differences((a as Words)[key], (b as Words)[key], at)
  })
}
