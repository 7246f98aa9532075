/** One temporary folder for a test file and the processes it starts; removed after the test file. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'bilet-test-'))
// The variables that Node reads on Unix and on Windows.
for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder

afterAll(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})
