/** The workflows as GitHub reads them, as far as tests ask. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isScalar, parseDocument, visit } from 'yaml'
import { root } from './packager.ts'

export interface Step {
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, unknown>>
}

export interface Job {
  /** A workflow of ours that is called; then there are no steps. */
  readonly uses?: string
  readonly 'runs-on': string
  readonly needs?: string
  readonly environment?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly 'timeout-minutes'?: number
  readonly strategy?: {
    readonly matrix: { readonly include: readonly Readonly<Record<string, string>>[] }
  }
  readonly steps: readonly Step[]
}

interface Workflow {
  readonly on: unknown
  readonly permissions?: unknown
  readonly jobs: Readonly<Record<string, Job>>
}

export interface Read extends Workflow {
  readonly text: string
  /** What stands at the head of the file. */
  readonly head: string
  /** Every action that is used, with the comment behind it. */
  readonly uses: readonly { readonly action: string; readonly comment: string }[]
}

export function readWorkflow(name: string): Read {
  const text = readFileSync(join(root, '.github', 'workflows', name), 'utf8')
  const document = parseDocument(text)
  if (document.errors.length > 0) throw new Error(`${name}: ${document.errors.join()}`)
  const uses: { action: string; comment: string }[] = []
  visit(document, {
    Pair(_, { key, value }) {
      if (isScalar(key) && key.value === 'uses' && isScalar(value) && !String(value.value).startsWith('./'))
        uses.push({ action: String(value.value), comment: value.comment?.trim() ?? '' })
    }
  })
  const head = /^(#.*\n)*/.exec(text)?.[0] ?? ''
  return { ...(document.toJS() as Workflow), text, head, uses }
}

interface Run {
  readonly system: string
  /** The major version, of what `setup-node` is told. */
  readonly node: string
  readonly commands: string
}

/** The job once per row of its matrix, `matrix.…` filled in. */
export function onEachSystem(job: Job): readonly Run[] {
  const rows = job.strategy?.matrix.include ?? [{}]
  return rows.map((row) => {
    const filled = (text: string): string =>
      text.replace(/\$\{\{\s*matrix\.(\w+)\s*\}\}/g, (_, key: string) => row[key] ?? '')
    const lines = job.steps.flatMap(({ run = '' }) => run.split('\n')).map(filled)
    // What a script of ours does counts as done.
    const script = readFileSync(join(root, '.ci', 'run'), 'utf8')
    const commands = lines.map((line) => (/(^| )\.ci\/run$/.test(line) ? script : line)).join('\n')
    const node = job.steps.flatMap(({ with: { 'node-version': version } = {} }) => version ?? []).map(String)
    return { system: filled(job['runs-on']).replace(/-.*/, ''), node: filled(node.join()), commands }
  })
}
