import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, type TestContext } from 'vitest'
import { root } from './packager.ts'

const run = promisify(execFile)
/** Answers what the tool says; skips where the machine has no such tool, which CI on Linux must have. */
async function validated(context: TestContext, tool: string, ...args: string[]): Promise<string> {
  try {
    const { stdout, stderr } = await run(tool, args)
    return stdout + stderr
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: unknown; stdout?: string; stderr?: string }
    if (code === 'ENOENT' && !(process.env.CI && process.platform === 'linux')) {
      console.log(`${tool} is not on this machine (Debian: appstream)`)
      context.skip(`no ${tool}`)
    }
    if (code === 'ENOENT') throw new Error(`${tool} is not on this machine`, { cause: error })
    throw new Error(`${tool}: ${stdout ?? ''}${stderr ?? ''}`, { cause: error })
  }
}

describe('the AppStream metadata', () => {
  const path = join(root, 'build/linux/tr.bilet.app.metainfo.xml')

  it('is valid', async (context) => {
    expect(await validated(context, 'appstreamcli', 'validate', '--no-net', path)).toContain(
      'Validation was successful'
    )
  })

  it('means the desktop file that is installed', async () => {
    const { desktopName } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      desktopName: string
    }
    expect(await readFile(path, 'utf8')).toContain(
      `<launchable type="desktop-id">${desktopName}</launchable>`
    )
  })
})
