/** The dependencies of deb and rpm match the libraries that the packaged program needs. */
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { preparedElectron } from '../../build/electron-runtime/find.ts'
import { linkedLibraries } from '../support/packages/linked.ts'
import { readConfig } from '../unit/packaging/packager.ts'

const run = promisify(execFile)
const { config } = await readConfig()
const debs = [config.deb?.depends ?? []].flat()
const rpms = [config.rpm?.depends ?? []].flat()

/** Parts of glibc, which every package may assume. */
const ofGlibc = /^(lib(c|m|dl|pthread|rt)|ld-linux-\w[\w-]*)\.so\./
/** Loaded at run time, not linked. Chromium crashes without the first; the others are for notifications and the keychain. */
const loaded = ['libX11-xcb.so.1', 'libnotify.so.4', 'libsecret-1.so.0'] as const

/** System libraries that the program and its own libraries link; null if there is no Electron for Linux. */
let linked: readonly string[] | null = null
beforeAll(async () => {
  const electron = process.platform === 'linux' ? await preparedElectron() : null
  if (!electron) return
  const names = readdirSync(electron.folder)
  const programs = names.filter((name) => /^electron$|^chrome_crashpad_handler$|\.so(\.\d+)*$/.test(name))
  const all = programs.flatMap((name) => linkedLibraries(join(electron.folder, name)))
  linked = [...new Set(all)].filter((name) => !names.includes(name))
})

function libraries(context: TestContext): readonly string[] {
  if (linked !== null) return linked
  console.log('What Electron links is not looked at: none for Linux is here yet (npx install-electron)')
  return context.skip('no Electron for Linux')
}

/** The installed Debian package of each library, without architecture. */
async function packagesOf(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  // dpkg fails if it does not know one of them, but prints the others.
  const { stdout } = await run('dpkg', ['-S', ...names.map((name) => `*/${name}`)]).catch(
    (error: unknown) => ({ stdout: (error as { readonly stdout?: string }).stdout ?? '' })
  )
  return new Map(
    [...stdout.matchAll(/^([^:\s]+)(?::\w+)?: .*\/([^/\n]+)$/gm)].map(([, from = '', name = '']) => [
      name,
      from
    ])
  )
}

describe('what the packages depend on', () => {
  it('is found in a program as the linker’s own tools find it', async (context) => {
    const electron = process.platform === 'linux' ? await preparedElectron() : null
    if (!electron) return context.skip('no Electron for Linux')
    const { stdout } = await run('ldd', [electron.executable])
    const all = [...stdout.matchAll(/^\t(\S+)/gm)].map(([, name]) => name)
    const direct = linkedLibraries(electron.executable)
    expect(direct.length).toBeGreaterThan(20)
    for (const name of direct.filter((library) => !library.startsWith('ld-linux')))
      expect(all).toContain(name)
  })

  it('is for the rpm every library by its own name', (context) => {
    const needed = [...libraries(context).filter((name) => !ofGlibc.test(name)), ...loaded]
    expect(needed.map((name) => `${name}()(64bit)`).filter((name) => !rpms.includes(name))).toEqual([])
  })

  it('is for the deb every package that this machine has such a library from', async (context) => {
    const alternatives = debs.map((dependency) => dependency.split('|').map((name) => name.trim()))
    const names = [...libraries(context), ...loaded]
    const from = await packagesOf(names)
    const unknown = names.filter((name) => !from.has(name))
    if (unknown.length > 0)
      console.log(`Not compared, from no package of this machine: ${unknown.join(', ')}`)
    const missing = [...from].filter(
      ([name, debPackage]) =>
        names.includes(name) && !alternatives.some((either) => either.includes(debPackage))
    )
    expect(missing).toEqual([])
  })

  it('is for both what opens links', () => {
    expect(debs).toContain('xdg-utils')
    expect(rpms).toContain('xdg-utils')
  })

  it('names for the deb, where a library was renamed, both names, and recommends what draws faster', () => {
    const renamed = debs.filter((dependency) => dependency.includes('t64'))
    expect(renamed).toHaveLength(7)
    for (const dependency of renamed) {
      const [fresh = '', old = ''] = dependency.split(' | ')
      expect(fresh).toBe(`${old}t64`)
    }
    expect(config.deb?.recommends).toEqual(['libgl1', 'libegl1'])
  })

  it('leaves out the copy of the AppStream file that is for AppImages, and owns its folder', () => {
    for (const { fpm = [] } of [config.deb ?? {}, config.rpm ?? {}]) {
      const list = fpm ?? []
      expect(list[list.indexOf('--exclude') + 1]).toBe('opt/Bilet/usr')
    }
    const rpm = config.rpm?.fpm ?? []
    expect(rpm[rpm.indexOf('--directories') + 1]).toBe('/opt/Bilet')
  })
})
