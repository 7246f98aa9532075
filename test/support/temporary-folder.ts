/** One temporary folder for a test file and the processes it starts; removed after the test file. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'bilet-test-'))
// The variables that Node reads on Unix and on Windows.
const variables = ['TMPDIR', 'TEMP', 'TMP'] as const
const before = variables.map((name) => [name, process.env[name]] as const)
for (const name of variables) process.env[name] = folder

afterAll(() => {
  // The next test file may run in the same process.
  for (const [name, value] of before)
    if (value === undefined) Reflect.deleteProperty(process.env, name)
    else process.env[name] = value
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})
