/**
 * What the three linters find in Svelte's files: ESLint, Oxlint in modules, and Oxlint in components by way of svelte2tsx.
 * A comment `finds RULE RULE` names what must be found in its line. Nothing else may be.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import tsEslint from 'typescript-eslint'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const inModules = (...path: readonly string[]): string => join(root, 'node_modules', ...path)
const tsx = pathToFileURL(inModules('tsx', 'dist', 'loader.mjs')).href

const files: Readonly<Record<string, string>> = {
  'renderer/Child.svelte': `<script lang="ts">
  interface Props {
    onsave: () => void
  }
  const { onsave }: Props = $props()
</script>

<button onclick={onsave}>Save</button>
`,
  'renderer/Faulty.svelte': `<script lang="ts">
  import Child from './Child.svelte'

  interface Props {
    kind: 'open' | 'closed'
    title: string
    unread: number
  }
  const { kind, title }: Props = $props() // finds no-unused-props
  const unused = 1 // finds no-unused-vars
  const parsed: any = $derived(JSON.parse(title)) // finds no-explicit-any
  let typed = $state(false)
  async function save(): Promise<void> {
    typed = true
    await Promise.resolve()
  }
  function start(): void {
    save() // finds no-floating-promises
    if (save()) typed = false // finds no-misused-promises no-unnecessary-condition
    setTimeout(async () => save(), 0) // finds no-misused-promises
  }
  function label(): string {
    switch (kind) { // finds switch-exhaustiveness-check
      case 'open':
        return 'açık'
    }
    return title ?? '' // finds no-unnecessary-condition
  }
  const isShort = $derived(title !== null && title.length < 10) // finds no-unnecessary-condition
</script>

{#if isShort}<p>Kısa başlık: {title}, şöyle: {title as string}</p>{/if}<!-- finds no-unnecessary-type-assertion -->
{#if typed === true}{label()}{/if}<!-- finds no-unnecessary-boolean-literal-compare -->
<button onclick={() => { save() }}>Başlığı güncelle</button><!-- finds no-floating-promises -->
<Child onsave={save} /><!-- finds no-misused-promises -->
<button onclick={start}>{parsed}</button>
{#each title as letter}{letter}{/each}<!-- finds require-each-key -->
`,
  'renderer/fields.svelte.ts': `export class Fields {
  text = $state('')
  kind = $state<'open' | 'closed'>('open')
  anything: any = $state(null) // finds no-explicit-any
  async save(): Promise<void> {
    const unused = 1 // finds no-unused-vars
    await Promise.resolve()
  }
  start(): void {
    this.save() // finds no-floating-promises
    setTimeout(async () => this.save(), 0) // finds no-misused-promises
    if (this.text === undefined) return // finds no-unnecessary-condition
    switch (this.kind) { // finds switch-exhaustiveness-check
      case 'open':
    }
    this.text = this.anything.text // finds no-unsafe-assignment no-unsafe-member-access
  }
}
`,
  // Where a variable is declared, TypeScript takes it for what it is set to; what is derived is computed again later.
  'renderer/Correct.svelte': `<script lang="ts">
  import Child from './Child.svelte'

  let open = $state(false)
  let chosen: string | null = $state(null)
  const label = $derived(open && chosen !== null ? chosen : 'Seç')
  const labels = $derived.by(() => (open ? [label] : []))
  function choose(): void {
    open = true
    chosen = 'şu'
  }
  async function save(): Promise<void> {
    await Promise.resolve()
    open = false
  }
</script>

{#each labels as text (text)}<p>{text}</p>{/each}
<button onclick={choose} disabled={chosen !== null}>{label}</button>
<button onclick={save}>Kaydet</button>
<Child onsave={() => void save()} />
`
}

interface Rule {
  readonly meta: { readonly docs?: { readonly requiresTypeChecking?: boolean } }
}

let project: string
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'bilet-lint-'))
  mkdirSync(join(project, 'renderer'))
  symlinkSync(inModules(), join(project, 'node_modules'), 'junction')
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({ extends: join(root, 'tsconfig.json'), include: ['renderer'] })
  )
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text)
})
afterAll(() => {
  rmSync(project, { recursive: true })
})

function run(...args: readonly string[]): string {
  const { stdout, stderr, error } = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' })
  if (error !== undefined) throw error
  expect(stderr).toBe('')
  return stdout
}

/** `no-floating-promises` of `typescript(no-floating-promises)` and of `@typescript-eslint/no-floating-promises`. */
const plainRule = (rule: string): string => /[\w-]+(?=\)?$)/.exec(rule)?.[0] ?? rule

function findingsOfEslint(): readonly string[] {
  const config = join(root, 'eslint.config.js')
  const output = run(
    inModules('eslint', 'bin', 'eslint.js'),
    '--config',
    config,
    '--format',
    'json',
    'renderer'
  )
  const results = JSON.parse(output) as readonly {
    readonly filePath: string
    readonly messages: readonly {
      readonly line: number
      readonly ruleId: string | null
      readonly message: string
    }[]
  }[]
  return results.flatMap(({ filePath, messages }) =>
    messages.map(
      ({ line, ruleId, message }) =>
        `${relative(project, filePath).replaceAll('\\', '/')}:${line} ${plainRule(ruleId ?? message)}`
    )
  )
}

function findingsOfOxlint(): readonly string[] {
  const config = join(root, '.oxlintrc.json')
  const output = run(inModules('oxlint', 'bin', 'oxlint'), '--config', config, '--format', 'json', 'renderer')
  const { diagnostics } = JSON.parse(output) as {
    readonly diagnostics: readonly {
      readonly filename: string
      readonly code: string
      readonly labels: readonly { readonly span: { readonly line: number } }[]
    }[]
  }
  return diagnostics.map(
    ({ filename, code, labels }) => `${filename}:${labels[0]?.span.line} ${plainRule(code)}`
  )
}

function findingsInComponents(): readonly string[] {
  return run('--import', tsx, join(root, 'build', 'lint', 'components.ts'))
    .trim()
    .split('\n')
    .map((finding) => {
      const [, place, rule = finding] = /^(.*?:\d+):\d+: .* \((.*)\)$/.exec(finding) ?? []
      return `${place} ${plainRule(rule)}`
    })
}

it('reports each fault of a component and of a module with runes, and nothing else', () => {
  const expected = Object.entries(files).flatMap(([name, text]) =>
    text
      .split('\n')
      .flatMap((line, i) =>
        (/finds ([\w -]+?)(?: -->)?$/.exec(line)?.[1]?.split(' ') ?? []).map(
          (rule) => `${name}:${i + 1} ${rule}`
        )
      )
  )
  const found = new Set([...findingsOfEslint(), ...findingsOfOxlint(), ...findingsInComponents()])
  expect([...found].toSorted()).toEqual(expected.toSorted())
}, 180_000)

it('applies every rule with types that typescript-eslint calls strict', () => {
  const rules = Reflect.get(tsEslint.plugin, 'rules') as Readonly<Record<string, Rule | undefined>>
  const withTypes = tsEslint.configs.strictTypeChecked
    .flatMap((config) => Object.entries(config.rules ?? {}))
    .flatMap(([name, level]) => (level === 'off' ? [] : [plainRule(name)]))
    .filter((rule) => rules[rule]?.meta.docs?.requiresTypeChecking === true)
  const applied = readFileSync(join(root, '.oxlintrc.json'), 'utf8')
  expect(withTypes.length).toBeGreaterThan(40)
  // Oxlint does not have it.
  expect(withTypes.filter((rule) => !applied.includes(`"typescript/${rule}": `))).toEqual([
    'no-unsafe-class-instance-assignment'
  ])
})
