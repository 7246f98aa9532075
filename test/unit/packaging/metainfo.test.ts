import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, type TestContext } from 'vitest'
import { publishedMetainfo, releasesIn, type Publication } from '../../../build/metainfo.ts'
import { root } from './packager.ts'

const run = promisify(execFile)
/** Output of the tool. Skips the test if the tool is not installed; CI on Linux must have it. */
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

  const publication: Publication = {
    version: '1.2.0',
    homepage: 'https://code.example/owner/bilet',
    bugs: 'https://code.example/owner/bilet/issues?a=1&b=2',
    changelog: '# Changelog\n\n## 1.2.0 - 2026-12-01\n\n- News\n\n## [1.1.0]\n\n- Older\n',
    date: '2026-12-02'
  }

  it('of a release is valid, and tells where it is published, what was released and how it looks', async (context) => {
    const published = publishedMetainfo(await readFile(path, 'utf8'), publication)
    expect(published).toContain(
      '<url type="bugtracker">https://code.example/owner/bilet/issues?a=1&amp;b=2</url>'
    )
    expect(published).toContain('<release version="1.2.0" date="2026-12-01"/>')
    expect(published).toContain('<release version="1.1.0" date="2026-12-02"/>')
    const [, picture = ''] = /raw\/v1\.2\.0\/([^<]+)<\/image>/.exec(published) ?? []
    expect((await readFile(join(root, picture))).length).toBeGreaterThan(1000)
    const folder = await mkdtemp(join(tmpdir(), 'bilet-metainfo-'))
    const file = join(folder, 'tr.bilet.app.metainfo.xml')
    try {
      await writeFile(file, published)
      expect(await validated(context, 'appstreamcli', 'validate', '--no-net', file)).toContain(
        'Validation was successful'
      )
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('is not made where the changelog tells of another version, or twice', async () => {
    const metainfo = await readFile(path, 'utf8')
    expect(() => publishedMetainfo(metainfo, { ...publication, version: '1.3.0' })).toThrow('1.3.0')
    expect(() => publishedMetainfo(publishedMetainfo(metainfo, publication), publication)).toThrow('already')
  })

  it('knows no release before the first', () => {
    expect(releasesIn('# Changelog\n\n## Unreleased\n\n- News\n', '2026-12-02')).toEqual([])
  })
})
