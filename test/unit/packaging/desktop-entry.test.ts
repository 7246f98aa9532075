import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { desktopEntry, root } from './packager.ts'

const run = promisify(execFile)
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bilet-entry-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Answers what the tool says; skips where the machine has no such tool, which CI on Linux must have. */
async function validated(context: TestContext, tool: string, ...args: string[]): Promise<string> {
  try {
    const { stdout, stderr } = await run(tool, args)
    return stdout + stderr
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: unknown; stdout?: string; stderr?: string }
    if (code === 'ENOENT' && !(process.env.CI && process.platform === 'linux')) {
      console.log(`${tool} is not on this machine (Debian: desktop-file-utils, appstream)`)
      context.skip(`no ${tool}`)
    }
    if (code === 'ENOENT') throw new Error(`${tool} is not on this machine`, { cause: error })
    throw new Error(`${tool}: ${stdout ?? ''}${stderr ?? ''}`, { cause: error })
  }
}

describe.each(['deb', 'appimage'] as const)('the desktop file of the %s', (target) => {
  it('is valid', async (context) => {
    const path = join(folder, `${target}.desktop`)
    await writeFile(path, await desktopEntry(target))
    expect(await validated(context, 'desktop-file-validate', path)).toBe('')
  })

  it('has the actions, the scheme, both languages, and starts with the sandbox on', async () => {
    const entry = await desktopEntry(target)
    expect(entry).toContain('MimeType=x-scheme-handler/bilet;')
    expect(entry).toMatch(/^Actions=new;check;$/m)
    expect(entry).toMatch(
      /\[Desktop Action new\]\nName=New ticket\nName\[tr\]=Yeni bilet\nExec=bilet --new\n/
    )
    expect(entry).toMatch(
      /\[Desktop Action check\]\nName=Check now\nName\[tr\]=Şimdi yenile\nExec=bilet --check\n/
    )
    expect(entry).toMatch(/^Comment=Netinternet support tickets in the tray$/m)
    expect(entry).toMatch(/^Comment\[tr\]=Netinternet destek biletleri sistem tepsisinde$/m)
    expect(entry).toMatch(target === 'deb' ? /^Exec=\/opt\/Bilet\/bilet %U$/m : /^Exec=AppRun %U$/m)
    expect(entry).not.toContain('no-sandbox')
  })
})

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
    expect(await desktopEntry('deb')).toMatch(/^StartupWMClass=tr\.bilet\.app$/m)
  })
})
