/** `npm run check` runs all parts and reports which of them failed and why. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const tsx = pathToFileURL(join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href
const print = (text: string, code: number): string =>
  `node -e "console.log('${text}'); process.exitCode = ${code}"`

let project: string
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'bilet-check-'))
  const scripts = {
    'check:good': print('nothing to say', 0),
    'check:bad': print('line 7 is wrong', 1),
    'check:last': print('', 0),
    other: print('never', 1)
  }
  writeFileSync(join(project, 'package.json'), JSON.stringify({ scripts }))
})
afterAll(() => {
  rmSync(project, { recursive: true })
})

function check(...parts: readonly string[]): {
  readonly status: number | null
  /** Sorted, because the order in which the parts end is not fixed. */
  readonly lines: readonly string[]
} {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', tsx, join(root, 'build', 'check.ts'), ...parts],
    { cwd: project, encoding: 'utf8' }
  )
  return {
    status,
    lines: `${stdout}${stderr}`
      .trim()
      .split('\n')
      .map((line) => line.replace(/, [\d.]+ s$/, ''))
      .toSorted()
  }
}

it('runs every part, prints what a failed one said and fails with it', () => {
  const { status, lines } = check()
  expect(status).toBe(1)
  expect(lines).toEqual(['FAILED  bad', 'failed: bad', 'line 7 is wrong', 'passed  good', 'passed  last'])
})

it('runs the parts that are named, and no part that is not there', () => {
  expect(check('good', 'last')).toEqual({ status: 0, lines: ['passed  good', 'passed  last'] })
  expect(check('good', 'others')).toEqual({
    status: 1,
    lines: ['There is no part others, but good, bad, last']
  })
})
