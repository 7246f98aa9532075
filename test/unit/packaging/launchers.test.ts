/** The files by which a terminal on macOS and Windows runs the command line. */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { homebrewCask } from '../../../build/manifests.ts'
import { commandNames } from '../../../electron/cli/arguments/options.ts'
import { root } from './packager.ts'

describe('the launcher for macOS', () => {
  it('runs the bundle’s program with its arguments, also through links', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bilet-launcher-'))
    const contents = join(folder, 'Uygulamalar klasörü', 'Bilet.app', 'Contents')
    for (const name of ['MacOS', 'Resources']) mkdirSync(join(contents, name), { recursive: true })
    writeFileSync(join(contents, 'MacOS', 'Bilet'), '#!/bin/sh\nprintf "%s|" "$@"\nexit 7\n')
    copyFileSync(join(root, 'build/mac/bilet.sh'), join(contents, 'Resources', 'bilet.sh'))
    for (const file of ['MacOS/Bilet', 'Resources/bilet.sh']) chmodSync(join(contents, file), 0o755)
    symlinkSync(join(contents, 'Resources', 'bilet.sh'), join(folder, 'first'))
    symlinkSync('first', join(folder, 'bilet'))
    const script = '"$0" list "iki kelime" --json; echo $?'
    expect(execFileSync('sh', ['-c', script, join(folder, 'bilet')], { encoding: 'utf8' })).toBe(
      'list|iki kelime|--json|7\n'
    )
  })

  it('is what Homebrew links', () => {
    const release = {
      ...{ version: '1.0.0', homepage: 'https://example.invalid/bilet', date: '2026-11-30' },
      files: [{ name: 'Bilet-1.0.0-universal.dmg', sha256: 'a' }]
    }
    expect(homebrewCask(release)).toContain(
      'binary "#{appdir}/Bilet.app/Contents/Resources/bilet.sh", target: "bilet"'
    )
  })
})

describe('the launcher for Windows', () => {
  const text = readFileSync(join(root, 'build/windows/bilet.cmd'), 'latin1')

  it('has the line ends that cmd needs', () => {
    expect(text.split('\r\n').length).toBeGreaterThan(10)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  it('waits for commands and ends with their code; a start of the app it does not wait for', () => {
    const [, starts = ''] = /for %%a in \(([^)]*)\)/.exec(text) ?? []
    expect(starts.split(' ')).toEqual(['""', '--new', '--check', '--hidden', '--demo', '--smoke'])
    for (const name of commandNames) expect(starts).not.toContain(` ${name}`)
    expect(text).toContain('set "code=%ERRORLEVEL%"')
    expect(text.trimEnd().endsWith('exit /b %code%')).toBe(true)
  })
})
