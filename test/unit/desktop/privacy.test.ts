/** What leaves the machine in a report or stays in a log says nothing about the person. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { diagnosticLines, type DiagnosticFacts } from '../../../electron/desktop/lifecycle/diagnostics.ts'
import { createLog, errorText } from '../../../electron/desktop/lifecycle/log.ts'
import { watchVault } from '../../../electron/desktop/security/secret-registry.ts'
import type { Vault } from '../../../electron/storage/types.ts'
import { redact } from '../../../electron/desktop/security/redact.ts'

const options = { secrets: ['gizli-anahtar', 'Deniz'], home: '/home/deniz' }

describe('redaction', () => {
  test.each([
    ['token gizli-anahtar refused', 'gizli-anahtar'],
    ['GET https://api.ni.net.tr/v1/tickets?token=abc failed', 'ni.net.tr'],
    ['getaddrinfo ENOTFOUND api.ni.net.tr', 'ni.net.tr'],
    ['connect ECONNREFUSED 203.0.113.24:443', '203.0.113.24'],
    ['connect ECONNREFUSED 2001:db8::1:443', '2001:db8'],
    ['connect ECONNREFUSED ::1:443', '::1'],
    ['mail to ayse.ozturk@example.com', 'ayse'],
    ['Authorization: Bearer abcdefgh12345678', 'abcdefgh12345678'],
    ['{"password":"hunter2"}', 'hunter2'],
    ['parola=hunter2, şifre: hunter2', 'hunter2'],
    ["EACCES: '/home/deniz/.config/bilet/settings.json'", '/home/deniz'],
    ['hello Deniz', 'Deniz'],
    ['key 3f2b8c1d9e0a4f5b6c7d8e9f0a1b2c3d', '3f2b8c1d'],
    ['refused: "Merhaba, sunucuma bağlanamıyorum, yardım eder misiniz lütfen"', 'sunucuma']
  ])('%j loses %j', (text, gone) => {
    expect(redact(text, options)).not.toContain(gone)
  })

  test('keeps what helps', () => {
    for (const line of [
      'account 1: v1, bearer, secret stored, ok, problem none, fresh 2026-11-24T14:56:06.653Z',
      'notification by electron: do-not-disturb',
      'start: Error: EACCES (EACCES)',
      'TypeError: Cannot read properties of undefined (reading 12)'
    ])
      expect(redact(line, options)).toBe(line)
  })

  test('cuts endless lines', () => {
    expect(redact('a '.repeat(5000), options).length).toBeLessThan(600)
  })
})

describe('diagnostics', () => {
  const facts: DiagnosticFacts = {
    version: '0.1.0',
    versions: { electron: '45.4.1', chrome: '150.0.1.2', node: '24.1.0' },
    platform: 'linux',
    arch: 'x64',
    systemVersion: '6.1.0',
    locale: 'tr-TR',
    session: 'wayland GNOME',
    tray: 'missing (StatusNotifier, last: not shown yet)',
    keychain: 'gnome-libsecret (last: stored)',
    notifier: 'electron',
    power: { onBattery: true, locked: false, online: true, asleep: false },
    engine: ['account 1: v1, bearer, offline, problem unreachable for gizli-anahtar'],
    updates: 'off: started from source',
    shortcut: 'taken',
    notifications: ['electron: shown'],
    log: ['error start: connect ECONNREFUSED 203.0.113.24:443 for Deniz']
  }

  test('say what runs and how it went', () => {
    const text = diagnosticLines(facts, options).join('\n')
    expect(text).toContain('Bilet 0.1.0, Electron 45.4.1, Chromium 150.0.1.2, Node 24.1.0')
    expect(text).toContain(
      'tray missing (StatusNotifier, last: not shown yet), keychain gnome-libsecret (last: stored), shortcut taken'
    )
    expect(text).toContain('power: battery, screen open, network there, awake')
    expect(text).toContain('account 1: v1, bearer, offline, problem unreachable')
    expect(text).toContain('notifications first by electron')
    expect(text).toContain('updates off: started from source')
    expect(text).toContain('notification by electron: shown')
  })

  test('say nothing of whose machine it is', () => {
    const text = diagnosticLines(facts, options).join('\n')
    expect(text).not.toContain('203.0.113.24')
    expect(text).not.toContain('Deniz')
    expect(text).not.toContain('gizli-anahtar')
  })
})

describe('secrets that went through the vault', () => {
  const vaultWith = (secret: string): Vault => ({
    available: true,
    open: () => Promise.resolve(),
    settled: () => Promise.resolve(),
    put: () => 'stored',
    get: (key) => (key === 'known' ? { kind: 'secret', secret } : { kind: 'lost' }),
    isStored: () => true,
    keys: () => [],
    erase: () => undefined
  })

  test('are struck from every line, each part of the credentials by itself', () => {
    const seen = new Set<string>()
    const vault = watchVault(vaultWith(JSON.stringify(['pair', 'erişim-1', 'gizli-2'])), seen)
    expect(vault.lastOutcome()).toBeNull()
    vault.get('known')
    vault.put('password', 'sunucu-şifresi', false)
    const line = redact('erişim-1 gizli-2 sunucu-şifresi pair', { secrets: [...seen], home: '/' })
    expect(line).toBe('<secret> <secret> <secret> pair')
    expect(vault.lastOutcome()).toBe('stored')
    vault.get('other')
    expect(vault.lastOutcome()).toBe('lost')
  })
})

describe('the log', () => {
  test('is redacted, rotated, and bounded', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bilet-log-'))
    try {
      const log = createLog(folder, () => options)
      log.info('first gizli-anahtar')
      const line = 'word '.repeat(90)
      for (let count = 0; count < 4500; count++) log.info(line)
      const files = readdirSync(folder).sort()
      expect(files).toEqual(['main.1.log', 'main.2.log', 'main.log'])
      for (const file of files) {
        const text = readFileSync(join(folder, file), 'utf8')
        expect(text.length).toBeLessThan(700_000)
        expect(text).not.toContain('gizli-anahtar')
      }
      expect(log.newest()).toHaveLength(200)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('says why, down to the first cause', () => {
    const cause = Object.assign(new Error('reset'), { code: 'ECONNRESET' })
    expect(errorText(new TypeError('fetch failed', { cause }))).toBe(
      'TypeError: fetch failed; because Error: reset (ECONNRESET)'
    )
    expect(errorText({ secret: 'x' })).toBe('failed')
  })
})
