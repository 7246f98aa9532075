/** Temporary files of a test, and of processes that it starts and kills, lie in one folder, which goes with the test's file. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'bilet-test-'))
// As Node looks for it on Unix, and on Windows.
for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder

afterAll(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})
