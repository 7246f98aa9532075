/** What `npm ci` changes in Git: it sets build/hooks as hooks folder in clones of this project only. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly scripts: { readonly prepare: string }
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'Bilet kanca ığüşöç '))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

/** Without the machine's Git configuration, and without the variables that Git sets when it runs these tests from a hook. */
const env: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  GIT_CONFIG_GLOBAL: join(tmpdir(), 'there-is-none'),
  GIT_CONFIG_NOSYSTEM: '1'
}
const git = (where: string, ...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: where, env, encoding: 'utf8' }).trim()
const hooksOf = (where: string): string =>
  spawnSync('git', ['config', '--local', 'core.hooksPath'], {
    cwd: where,
    env,
    encoding: 'utf8'
  }).stdout.trim()

function prepare(where: string, more: NodeJS.ProcessEnv = {}): void {
  const { status, stdout, stderr } = spawnSync(scripts.prepare, {
    cwd: where,
    env: { ...env, ...more },
    shell: true,
    encoding: 'utf8'
  })
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' })
}

function makeFolder(...names: readonly string[]): string {
  const path = join(folder, ...names)
  mkdirSync(path, { recursive: true })
  return path
}

describe('npm ci', () => {
  it('points a clone at the hooks of the project', () => {
    git(folder, 'init', '--quiet')
    prepare(folder)
    expect(hooksOf(folder)).toBe('build/hooks')
  })

  it.each([[[]], [['core.hooksPath', '.husky']]])(
    'leaves the hooks of a repository as they are that the project lies in (%j)',
    (own) => {
      git(folder, 'init', '--quiet')
      if (own.length > 0) git(folder, 'config', ...own)
      prepare(makeFolder('tools', 'bilet'))
      expect(hooksOf(folder)).toBe(own[1] ?? '')
    }
  )

  it('leaves a repository as it is in whose hook it runs', () => {
    git(folder, 'init', '--quiet')
    prepare(makeFolder('tools', 'bilet'), { GIT_DIR: join(folder, '.git') })
    expect(hooksOf(folder)).toBe('')
  })

  it('points a work tree, and a submodule, whose `.git` is a file, at the hooks of the project', () => {
    const original = makeFolder('original')
    git(original, 'init', '--quiet')
    git(
      original,
      '-c',
      'user.name=A',
      '-c',
      'user.email=a@example.org',
      'commit',
      '--quiet',
      '--allow-empty',
      '-m',
      'A'
    )
    git(original, 'worktree', 'add', '--quiet', join(folder, 'tree'))
    prepare(join(folder, 'tree'))
    expect(hooksOf(join(folder, 'tree'))).toBe('build/hooks')

    const outer = makeFolder('outer')
    git(outer, 'init', '--quiet')
    git(outer, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', original, 'bilet')
    expect(hooksOf(join(outer, 'bilet'))).toBe('')
    prepare(join(outer, 'bilet'))
    expect(hooksOf(join(outer, 'bilet'))).toBe('build/hooks')
    expect(hooksOf(outer)).toBe('')
  })

  it('says nothing where there is no repository', () => {
    prepare(folder)
  })

  it.skipIf(process.platform === 'win32')('says nothing where there is no Git', () => {
    const bin = makeFolder('bin')
    symlinkSync(process.execPath, join(bin, 'node'))
    symlinkSync('/bin/sh', join(bin, 'sh'))
    const project = makeFolder('project')
    writeFileSync(join(project, '.git'), '')
    prepare(project, { PATH: bin })
  })
})
