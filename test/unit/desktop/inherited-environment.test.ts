import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dropInheritedPackage } from '../../../electron/desktop/lifecycle/inherited-environment.ts'

let folder: string
const lies = (...path: readonly string[]): string => {
  const file = join(folder, ...path)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, '')
  return file
}
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bilet-environment-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

function left(env: Record<string, string>, execPath: string): Record<string, string | undefined> {
  const copy = { ...env }
  dropInheritedPackage(copy, execPath, join(folder, 'temporary'))
  return copy
}
const portable = {
  PORTABLE_EXECUTABLE_FILE: 'D:\\Bilet.exe',
  PORTABLE_EXECUTABLE_DIR: 'D:\\',
  PORTABLE_EXECUTABLE_APP_FILENAME: 'bilet'
}

describe('a launcher’s environment variable', () => {
  it('is kept for the AppImage that this program runs from, also through a symbolic link', () => {
    const execPath = lies('mount', 'bilet')
    symlinkSync(join(folder, 'mount'), join(folder, 'link'))
    for (const APPDIR of [join(folder, 'mount'), join(folder, 'link'), `${join(folder, 'mount')}/`]) {
      const env = { APPIMAGE: '/home/a/Bilet.AppImage', APPDIR, PATH: '/bin' }
      expect(left(env, execPath)).toEqual(env)
    }
  })

  it.each([
    ['of another AppImage', 'obsidian'],
    ['of one whose folder begins with the same letters', 'moun'],
    ['of one that is not mounted any more', 'gone']
  ])('is dropped when it was inherited from a launcher %s', (_what, mount) => {
    const execPath = lies('mount', 'bilet')
    const env = {
      APPIMAGE: '/home/a/Obsidian.AppImage',
      APPDIR: join(folder, mount),
      ARGV0: 'x',
      OWD: '/home/a',
      PATH: '/bin'
    }
    expect(left(env, execPath)).toEqual({ PATH: '/bin' })
  })

  it('is dropped if nothing says what was mounted', () => {
    expect(left({ APPIMAGE: '/home/a/Obsidian.AppImage' }, lies('opt', 'bilet'))).toEqual({})
  })

  it('is kept for a portable program that unpacked itself, and dropped for an installed one', () => {
    expect(left(portable, lies('temporary', 'ns1.tmp', 'app', 'bilet.exe'))).toEqual(portable)
    expect(left(portable, lies('installed', 'bilet.exe'))).toEqual({})
  })
})
