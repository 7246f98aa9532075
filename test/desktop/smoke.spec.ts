/** `--smoke`, with which the workflows test whether a build starts. The installed deb is tested in installed.spec.ts. */
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, releasedApp, test } from '../support/desktop/fixtures.ts'
import { writeWrapper, type Stage } from '../support/desktop/machine.ts'
import type { DesktopSession } from '../support/desktop/session.ts'

/** Returns the output; rejects unless the exit code is 0. */
async function smoke(stage: Stage, session: DesktopSession, packaged: boolean): Promise<string> {
  const program = packaged ? releasedApp() : stage.electron
  const path = writeWrapper(stage, `smoke-${packaged}`, program, session.env)
  const source = packaged ? [] : [join(stage.folder, 'app')]
  const args = [...source, '--smoke', '--lang=en-US', `--ozone-platform=${session.display}`]
  return (await promisify(execFile)(path, args, { cwd: stage.folder })).stdout
}

/** Files of the profile, and files with data from the ticket list. */
const left = async (session: DesktopSession): Promise<readonly string[]> => [
  ...readdirSync(session.home).filter((name) => name === '.config'),
  ...(await session.filesWith('272298'))
]

for (const packaged of [false, true])
  test(`${packaged ? 'the package' : 'the source'}, started with --smoke, shows window, tickets and icon, and leaves no profile`, async ({
    stage,
    session
  }) => {
    const output = await smoke(stage, session, packaged)
    expect(output).toMatch(/^smoke: window Inbox$/m)
    expect(output).toMatch(/^smoke: [1-9]\d* tickets$/m)
    expect(output).toMatch(/^smoke: tray there .*last: shown \S+\)$/m)
    expect(output).toMatch(/^smoke: passed$/m)
    expect(session.tray.registrations).toBeGreaterThan(0)
    expect(await left(session)).toEqual([])
  })

test.describe('on a desktop without a place for icons', () => {
  test.use({ desktop: { tray: false } })
  test('it says so, and passes', async ({ stage, session }) => {
    const output = await smoke(stage, session, true)
    expect(output).toMatch(/^smoke: tray missing /m)
    expect(output).toMatch(/^smoke: passed$/m)
  })
})
