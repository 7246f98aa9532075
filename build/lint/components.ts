/**
 * `npm run check:lint-components`: applies the lint rules that need types to the scripts and the markup of Svelte components.
 *
 * ESLint takes over a minute for this, because it makes a TypeScript program per component. Here svelte2tsx writes each
 * component as TypeScript, Oxlint reads them all in one program, and each finding is printed with its place in the component.
 *
 * Lints the components in `renderer` of the current folder. The exit code is 1 if there is a finding.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire, SourceMap } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { VERSION } from 'svelte/compiler'
import { svelte2tsx } from 'svelte2tsx'
import ts from 'typescript'

/** Written anew by each run, and left there to be read. */
const generatedFolder = '.svelte-lint'
const rules = fileURLToPath(new URL('components.json', import.meta.url))
const { resolve } = createRequire(import.meta.url)

interface Insertion {
  readonly at: number
  readonly text: string
}

interface Generated {
  readonly component: string
  /** What svelte2tsx made. */
  readonly code: string
  readonly map: SourceMap
  /** What was inserted into `code` before it was written for Oxlint, in the order of their places. */
  readonly insertions: readonly Insertion[]
}

interface Diagnostic {
  readonly message: string
  readonly code?: string
  readonly filename: string
  readonly labels: readonly { readonly span: { readonly offset: number } }[]
}

interface Place {
  readonly line: number
  readonly column: number
}

/**
 * What makes `$derived.by(() => (value))` of `$derived(value)`. The value is computed again after each change, so what
 * TypeScript knows about a variable where it is declared does not hold in it; TypeScript forgets that in functions only.
 */
function deferDerived(code: string): readonly Insertion[] {
  const insertions: Insertion[] = []
  function visit(node: ts.Node): void {
    if (
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === '$derived'
    ) {
      const value = node.arguments[0]
      if (value !== undefined)
        insertions.push(
          { at: node.expression.end, text: '.by' },
          { at: value.getStart(), text: '() => (' },
          { at: value.end, text: ')' }
        )
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('component.ts', code, ts.ScriptTarget.Latest, true))
  return insertions.toSorted((a, b) => a.at - b.at)
}

function withInsertions(code: string, insertions: readonly Insertion[]): string {
  let text = ''
  let end = 0
  for (const insertion of insertions) {
    text += code.slice(end, insertion.at) + insertion.text
    end = insertion.at
  }
  return text + code.slice(end)
}

/** The offset in the code without the insertions; null inside an insertion. */
function offsetBeforeInsertions(offset: number, insertions: readonly Insertion[]): number | null {
  let inserted = 0
  for (const { at, text } of insertions) {
    if (offset < at + inserted) break
    if (offset < at + inserted + text.length) return null
    inserted += text.length
  }
  return offset - inserted
}

/** Writes the component as TypeScript, under the names by which imports of `./Name.svelte` are found. */
function generate(component: string): readonly [file: string, Generated] {
  const source = readFileSync(component, 'utf8')
  const { code, map } = svelte2tsx(source, {
    filename: component,
    isTsFile: /<script[^>]*\blang="ts"/.test(source),
    mode: 'ts',
    version: VERSION
  })
  const insertions = deferDerived(code)
  const name = component.split('/').at(-1) ?? component
  const folder = join(generatedFolder, dirname(component))
  const file = join(folder, `++${name}.ts`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, withInsertions(code, insertions))
  writeFileSync(
    join(folder, name.replace(/svelte$/, 'd.svelte.ts')),
    `export { default } from './++${name}.ts'\nexport * from './++${name}.ts'\n`
  )
  const sourceMap = new SourceMap({ ...map, sourceRoot: '', sourcesContent: map.sourcesContent ?? [] })
  return [file.replaceAll('\\', '/'), { component, code, map: sourceMap, insertions }]
}

function writeTsconfig(generated: readonly string[]): void {
  const ambient = [
    resolve('svelte2tsx/svelte-shims-v4.d.ts'),
    join(dirname(resolve('svelte/package.json')), 'svelte-html.d.ts')
  ]
  const config = {
    extends: '../tsconfig.json',
    compilerOptions: { rootDirs: ['..', '.'], allowArbitraryExtensions: true },
    files: [...ambient, ...generated].map((file) => relative(generatedFolder, file).replaceAll('\\', '/')),
    include: ['../renderer/**/*.d.ts']
  }
  writeFileSync(join(generatedFolder, 'tsconfig.json'), JSON.stringify(config))
}

/** The place in the component; null if the code stands in the generated TypeScript only. */
function placeInComponent({ code, map, insertions }: Generated, byteOffset: number): Place | null {
  const bytes = Buffer.from(withInsertions(code, insertions))
  const offset = offsetBeforeInsertions(bytes.subarray(0, byteOffset).toString().length, insertions)
  if (offset === null) return null
  const before = code.slice(0, offset).split('\n')
  const line = before.length - 1
  const column = before.at(-1)?.length ?? 0
  const entry = map.findEntry(line, column)
  if (!('originalLine' in entry) || entry.generatedLine !== line || entry.generatedColumn !== column)
    return null
  return { line: entry.originalLine + 1, column: entry.originalColumn + 1 }
}

/** Throws if Oxlint cannot be started or prints no report. */
function lint(files: readonly string[]): readonly Diagnostic[] {
  const oxlint = join(dirname(resolve('oxlint/package.json')), 'bin/oxlint')
  const options = [
    '--config',
    rules,
    '--type-aware',
    '--no-ignore',
    '--disable-nested-config',
    '--format',
    'json'
  ]
  const { stdout, stderr, error } = spawnSync(process.execPath, [oxlint, ...options, ...files], {
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20
  })
  if (error !== undefined) throw error
  if (!stdout.startsWith('{')) throw new Error(`Oxlint printed no report:\n${stdout}${stderr}`)
  const report = JSON.parse(stdout) as {
    readonly diagnostics: readonly Diagnostic[]
    readonly number_of_files: number
  }
  if (report.number_of_files !== files.length)
    throw new Error(`Oxlint read ${report.number_of_files} of ${files.length} files`)
  return report.diagnostics
}

rmSync(generatedFolder, { recursive: true, force: true })
const components = readdirSync('renderer', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.svelte'))
  .map((name) => `renderer/${name.replaceAll('\\', '/')}`)
const generated = new Map(components.map(generate))
writeTsconfig([...generated.keys()])

const findings = lint([...generated.keys()]).flatMap(({ filename, labels, message, code = 'no rule' }) => {
  const file = generated.get(relative('.', filename).replaceAll('\\', '/'))
  const offset = labels[0]?.span.offset
  // A finding without a place is about the whole run, e.g. a tsconfig.json that cannot be read.
  if (file === undefined || offset === undefined) return [`${filename}: ${message} (${code})`]
  const place = placeInComponent(file, offset)
  return place === null ? [] : [`${file.component}:${place.line}:${place.column}: ${message} (${code})`]
})
for (const finding of findings.toSorted()) console.log(finding)
process.exitCode = findings.length > 0 ? 1 : 0
