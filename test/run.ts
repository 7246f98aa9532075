/**
 * `npm test`: every suite, one after the other. Its last line is `N passed, N failed`, summed; it fails when
 * anything failed, or when a suite ran no test. `npm test -- unit desktop` runs some of them.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = mkdtempSync(join(tmpdir(), 'bilet-tests-'))

interface Count {
  readonly passed: number
  readonly failed: number
  /** Name and reason. */
  readonly skipped: readonly string[]
}

const nothing: Count = { passed: 0, failed: 0, skipped: [] }

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): number {
  const { status } = spawnSync(join(root, 'node_modules', '.bin', command), args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env }
  })
  return status ?? 1
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numFailedTestSuites: number
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

function vitest(project: string): Count {
  const file = join(reports, `${project}.json`)
  const config = ['--config', 'test/vitest.config.ts', '--project', project]
  const status = run('vitest', [
    'run',
    ...config,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`
  ])
  const report = read(file) as VitestReport | null
  if (!report) return { ...nothing, failed: 1 }
  const broken = report.numFailedTests === 0 && status !== 0 ? 1 : 0
  const skipped = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status: of }) => of === 'skipped' || of === 'pending' || of === 'todo')
    .map(({ fullName }) => fullName)
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken, skipped }
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[]
  readonly specs?: readonly {
    readonly title: string
    readonly tests: readonly {
      readonly annotations: readonly { readonly description?: string }[]
      readonly status: string
    }[]
  }[]
}

interface PlaywrightReport extends PlaywrightSuite {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number }
}

const skippedIn = (suite: PlaywrightSuite): readonly string[] => [
  ...(suite.suites ?? []).flatMap(skippedIn),
  ...(suite.specs ?? []).flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'skipped')
      .map(({ annotations }) => `${title}: ${annotations[0]?.description ?? 'no reason given'}`)
  )
]

function playwright(): Count {
  const file = join(reports, 'desktop.json')
  const args = ['test', '--config', 'test/desktop/playwright.config.ts', '--reporter=list,json']
  const status = run('playwright', args, { PLAYWRIGHT_JSON_OUTPUT_FILE: file })
  const report = read(file) as PlaywrightReport | null
  if (!report) return { ...nothing, failed: 1 }
  const failed = report.stats.unexpected + report.stats.flaky
  return {
    passed: report.stats.expected,
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: skippedIn(report)
  }
}

const suites: Readonly<Record<string, () => Count>> = {
  unit: () => vitest('unit'),
  component: () => vitest('component'),
  desktop: playwright
}

const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(suites)
let passed = 0
let failed = 0
const lines: string[] = []
for (const name of wanted) {
  const count = suites[name]?.() ?? nothing
  passed += count.passed
  failed += count.failed
  lines.push(`${name}: ${count.passed} passed, ${count.failed} failed`)
  for (const skipped of count.skipped) lines.push(`  skipped: ${skipped}`)
  if (count.passed + count.failed === 0) {
    failed += 1
    lines.push(`  the suite ${name} ran no test`)
  }
}
rmSync(reports, { recursive: true, force: true })
console.log(`\n${lines.join('\n')}`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
