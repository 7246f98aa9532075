/** Reads the workflows like GitHub, as far as the tests need it. */
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
  /** One of our own workflows to call. Such a job has no steps. */
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
  /** Comment at the start of the file. */
  readonly head: string
  /** All used actions, each with the comment after it. */
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
  /** Major version of Node, from `setup-node`. */
  readonly node: string
  readonly commands: string
}

/** Expands a job to one run per row of its matrix, with `matrix.…` replaced. */
export function onEachSystem(job: Job): readonly Run[] {
  const rows = job.strategy?.matrix.include ?? [{}]
  return rows.map((row) => {
    const filled = (text: string): string =>
      text.replace(/\$\{\{\s*matrix\.(\w+)\s*\}\}/g, (_, key: string) => row[key] ?? '')
    const lines = job.steps.flatMap(({ run = '' }) => run.split('\n')).map(filled)
    // Includes the commands of our own script.
    const script = readFileSync(join(root, '.ci', 'run'), 'utf8')
    const commands = lines.map((line) => (/(^| )\.ci\/run$/.test(line) ? script : line)).join('\n')
    const node = job.steps.flatMap(({ with: { 'node-version': version } = {} }) => version ?? []).map(String)
    return { system: filled(job['runs-on']).replace(/-.*/, ''), node: filled(node.join()), commands }
  })
}
