/**
 * `npm test`: runs all suites one after the other. `npm test -- unit desktop` runs only these. The last line of the output
 * is the sum, `N passed, N failed`. Fails if a test failed, or if a suite ran no test or exceeded its time limit.
 */
import { spawn } from 'node:child_process'
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
  /** Names of passed tests that failed at their first attempt. */
  readonly flaky: readonly string[]
}

const noTests: Count = { passed: 0, failed: 0, skipped: [], flaky: [] }

/** Limit for one suite: several times what the slowest one takes on two busy cores, so that only a hanging suite exceeds it. */
const timeoutMinutes = 25

const programs = { vitest: 'vitest/vitest.mjs', playwright: '@playwright/test/cli.js' } as const

/**
 * Returns the exit code. After `timeoutMinutes` the suite's process group is killed and the code is 1. The suite writes to
 * pipes, not to our output: a process that it left running would keep our output open.
 */
function run(
  command: keyof typeof programs,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {}
): Promise<number> {
  // Not the command in node_modules/.bin: on Windows that is a shell script, and the shell splits a path at a space.
  const child = spawn(process.execPath, [join(root, 'node_modules', programs[command]), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Makes a process group, which `kill` needs. On Windows it would open a console window.
    detached: process.platform !== 'win32',
    env: { ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }), ...process.env, ...env }
  })
  child.stdout.pipe(process.stdout, { end: false })
  child.stderr.pipe(process.stderr, { end: false })
  const kill = (): void => {
    if (child.pid === undefined || process.platform === 'win32') child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  }
  const stop = (): void => {
    kill()
    process.exit(1)
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  return new Promise((resolve) => {
    const tooLong = setTimeout(() => {
      console.log(`${command} did not end within ${timeoutMinutes} minutes`)
      kill()
    }, timeoutMinutes * 60_000)
    const end = (code: number | null): void => {
      clearTimeout(tooLong)
      process.off('SIGINT', stop).off('SIGTERM', stop)
      resolve(code ?? 1)
    }
    // `close` comes after the last output, but not while a process that the suite left behind keeps the pipes open.
    child.once('close', end)
    child.once('exit', (code) => setTimeout(end, 2_000, code))
  })
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

/** `projects`: names in `test/vitest.config.ts`. */
async function vitest(...projects: readonly string[]): Promise<Count> {
  const file = join(reports, `${projects.join('-')}.json`)
  const config = ['--config', 'test/vitest.config.ts', ...projects.map((name) => `--project=${name}`)]
  const status = await run('vitest', [
    'run',
    ...config,
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${file}`
  ])
  const report = read(file) as VitestReport | null
  if (!report) return { ...noTests, failed: 1 }
  const broken = report.numFailedTests === 0 && status !== 0 ? 1 : 0
  const skipped = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter((test) => test.status === 'skipped' || test.status === 'pending' || test.status === 'todo')
    .map(({ fullName }) => fullName)
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken, skipped, flaky: [] }
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

/** Title and first annotation of each test that ended so. */
function testsWith(
  suite: PlaywrightSuite,
  status: string
): readonly (readonly [string, string | undefined])[] {
  return [
    ...(suite.suites ?? []).flatMap((inner) => testsWith(inner, status)),
    ...(suite.specs ?? []).flatMap(({ title, tests }) =>
      tests
        .filter((test) => test.status === status)
        .map(({ annotations }) => [title, annotations[0]?.description] as const)
    )
  ]
}

async function playwright(): Promise<Count> {
  const file = join(reports, 'desktop.json')
  const args = ['test', '--config', 'test/desktop/playwright.config.ts', '--reporter=list,json']
  const status = await run('playwright', args, { PLAYWRIGHT_JSON_OUTPUT_FILE: file })
  const report = read(file) as PlaywrightReport | null
  if (!report) return { ...noTests, failed: 1 }
  const { expected, unexpected, flaky } = report.stats
  return {
    passed: expected + flaky,
    failed: unexpected === 0 && status !== 0 ? 1 : unexpected,
    skipped: testsWith(report, 'skipped').map(([title, why]) => `${title}: ${why ?? 'no reason given'}`),
    flaky: testsWith(report, 'flaky').map(([title]) => title)
  }
}

const suites: Readonly<Record<string, () => Promise<Count>>> = {
  unit: () => vitest('unit', 'unit-replacing-modules'),
  processes: () => vitest('processes'),
  properties: () => vitest('properties'),
  component: () => vitest('component'),
  desktop: playwright
}

let passed = 0
let failed = 0
const lines: string[] = []
const named = process.argv.slice(2)
const wanted = Object.keys(suites).filter((name) => name !== 'desktop' || process.platform === 'linux')
if (named.length > 0) wanted.splice(0, Infinity, ...named)
else if (!wanted.includes('desktop')) lines.push('  skipped: desktop, whose tests need Linux (Xvfb, D-Bus)')
for (const name of wanted) {
  const count = (await suites[name]?.()) ?? noTests
  passed += count.passed
  failed += count.failed
  lines.push(`${name}: ${count.passed} passed, ${count.failed} failed`)
  for (const skipped of count.skipped) lines.push(`  skipped: ${skipped}`)
  for (const flaky of count.flaky) lines.push(`  passed only the second time: ${flaky}`)
  if (count.passed + count.failed === 0) {
    failed += 1
    lines.push(`  the suite ${name} ran no test`)
  }
}
rmSync(reports, { recursive: true, force: true })
console.log(`\n${lines.join('\n')}`)
console.log(`${passed} passed, ${failed} failed`)
// Not `process.exitCode`: open handles would keep this process alive.
process.exit(failed === 0 ? 0 : 1)
