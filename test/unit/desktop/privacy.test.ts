/** Reports and logs contain no personal data. */
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
  /** Texts of errors, and the parts that must be removed. */
  const privateTexts: readonly (readonly [text: string, ...gone: string[]])[] = [
    ['token gizli-anahtar refused', 'gizli-anahtar'],
    ['hello Deniz', 'Deniz'],

    // URLs and hosts, with any or no top-level domain.
    ['GET https://api.ni.net.tr/v1/tickets?token=abc failed', 'ni.net', 'abc', 'v1/'],
    ['wss://u:p@panel.example:8443/x#y', 'panel', 'u:p', '8443/'],
    ['Failed to parse URL from htp://intranet/rapor', 'intranet', 'rapor'],
    ['getaddrinfo ENOTFOUND api.ni.net.tr', 'api.', 'net', '.tr'],
    ['getaddrinfo ENOTFOUND sunucu.example.museum', 'sunucu', 'museum'],
    ['getaddrinfo EAI_AGAIN db01.ankara.internal', 'db01', 'ankara'],
    ['getaddrinfo ENOTFOUND müşteri.şirket', 'müşteri', 'şirket'],
    ['getaddrinfo ENOTFOUND xn--mteri-kva3b.com.tr.', 'xn--'],
    ['getaddrinfo ENOTFOUND fileserver', 'fileserver'],
    ['getaddrinfo ENOTFOUND open.server.support', 'server.support'],
    [
      "Hostname/IP does not match certificate's altnames: Host: a.b. is not in the cert's altnames: DNS:mail.kobi.dev",
      'kobi',
      'a.b'
    ],
    ['connect ECONNREFUSED 203.0.113.24:443', '203.0'],
    ['connect ECONNREFUSED 2001:db8::1:443', '2001', 'db8'],
    ['connect EHOSTUNREACH fe80::1ff:fe23:4567:890a%eth2', 'fe80', '890a', 'eth2'],
    ['connect ECONNREFUSED ::1:443', '::1'],
    ['mail to ayse.ozturk@example.com', 'ayse', 'example'],
    ['mailto:çiğdem@şirket.com.tr?subject=fatura', 'çiğdem', 'şirket', 'fatura'],
    ['bağlan: ssh root@sunucu', 'root', 'sunucu'],

    // Secrets, recognised by the word before them or by their format.
    ['Authorization: Bearer abcdefgh12345678', 'abcdefgh'],
    ['authorization: basic dXNlcjpwYXNz', 'dXNl'],
    ['Bearer abc123', 'abc123'],
    ['{"password":"hunter2"}', 'hunter2'],
    ['{"password":"open sesame"}', 'open', 'sesame'],
    ['password=open', 'open'],
    ['pwd: read', 'read'],
    ['parola=hunter2, şifre: hunter3', 'hunter2', 'hunter3'],
    ['Şifreniz: yeni', 'yeni'],
    ['ŞİFRE = Yeni1', 'Yeni1'],
    ['sifremiz hunter2', 'hunter2'],
    ['API anahtarı: q9w8e7r6', 'q9w8'],
    ['API Anahtarınız = open', 'open'],
    ['api_key=read&x=1', 'read'],
    ['kod: 482913', '482913'],
    ['Cookie: sid=write; path=/', 'write'],
    ['key 3f2b8c1d9e0a4f5b6c7d8e9f0a1b2c3d', '3f2b8c1d'],
    ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjMifQ.dBjftJeZ4CVP-mB92K', 'eyJ', 'dBjf', '92K'],
    ['AKIAIOSFODNN7EXAMPLE, ghp_16C7e42F292c6912E7710c838347Ae178B4a', 'AKIA', 'ghp', '16C7'],

    // File paths, in the home folder and elsewhere.
    ["EACCES: '/home/deniz/.config/bilet/settings.json'", '/home', 'deniz', '.config'],
    ["ENOENT: no such file or directory, open '/mnt/Müşteri A/rapor.json'", 'mnt', 'Müşteri', 'rapor'],
    ['EPERM: rename /srv/acme/tickets.json -> /media/yedek/x', 'srv', 'acme', 'media', 'yedek'],
    ['C:\\Users\\Ayşe Yılmaz\\AppData\\x.log is busy', 'Users', 'Ayşe', 'Yılmaz', 'AppData'],
    ['D:/Belgeler/teklif.docx', 'Belgeler', 'teklif'],
    ['\\\\sunucu\\paylasim\\acme.xlsx', 'sunucu', 'paylasim', 'acme'],
    ['file:///opt/acme/x.json', 'opt', 'acme'],
    ['~/Desktop/fatura.pdf ../acme/y', 'Desktop', 'fatura', 'acme'],

    // Texts by people, quoted or not.
    ['refused: "Merhaba, sunucuma bağlanamıyorum, yardım eder misiniz lütfen"', 'Merhaba', 'sunucuma'],
    ['SyntaxError: Unexpected token \'M\', "Merhaba Ayşe"... is not valid JSON', 'Merhaba', 'Ayşe'],
    ['The server says: “please close the account”', 'please', 'close the'],
    ['Unterminated "please close the account', 'please', 'close'],
    ['Ayşe Öztürk destek ekibi sunucunuzu yeniden başlattı', 'Ayşe', 'Öztürk', 'destek', 'başlattı'],
    ['MÜŞTERİ DENİZ ARSLAN 4 GÜN', 'MÜŞTERİ', 'ARSLAN'],
    ['Дело №7 合同', 'Дело', '合同'],

    // Personal numbers.
    ['ara: 0532 123 45 67', '0532', '123'],
    ['+90 (532) 123-45-67', '532', '45'],
    ['TC 12345678901', '12345678901'],
    ['TR33 0006 1005 1978 6457 8413 26', '0006', '8413'],
    ['4111-1111-1111-1111', '4111'],
    ['user 3f2b8c1d-9e0a-4f5b-8c7d-8e9f0a1b2c3d', '9e0a', '8e9f']
  ]
  test.each(privateTexts)('%j', (text, ...gone) => {
    const clean = redact(text, options)
    for (const part of gone) expect(clean).not.toContain(part)
  })

  test('leaves nothing private of a quoted text', () => {
    for (const [text, ...gone] of privateTexts) {
      for (const wrapped of [`Error: ${text}`, `(${text})`, `"${text}"`, `x\n${text}\ny`, `[${text}]`]) {
        const clean = redact(wrapped, options)
        for (const part of gone) expect(clean).not.toContain(part)
      }
    }
  })

  test('keeps what helps support', () => {
    for (const line of [
      'account 1 (3f2a9b1c): v1, bearer, secret stored, ok, problem none, fresh 2026-11-24T14:56:06.653Z, 0 unreadable tickets',
      'account 2 (9b1c3f2a): v2, pair, secret in memory, paused, signed-out, problem issuer-known-to-system, fresh never, 2 unreadable tickets',
      'poll 3f2a9b1c: failed, server-error (HTTP 503), 3 more times, slowest 1300 ms',
      'outbox queued → sending, on its way, attempt 1, reply, account 3f2a9b1c: 1a2b3c4d (ticket 272298)',
      'notification by electron: do-not-disturb',
      'storage: marks-3f2a9b1c.jsonl, storage-full',
      'start: Error: EACCES (EACCES)',
      'accounts.connect: TypeError: fetch failed; because Error: read ECONNRESET (ECONNRESET)',
      'Error: net::ERR_CERT_AUTHORITY_INVALID; because Error: UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'TypeError: Cannot read properties of undefined (reading 12)',
      'ENOSPC: no space left on device, write',
      'EEXIST: file already exists, mkdir',
      'error in account turn: RangeError: Maximum call stack size exceeded at Account.turn (main.mjs:12:34) at async main.mjs:1:2 at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
      'DBusError: org.freedesktop.DBus.Error.ServiceUnknown',
      'Bilet 0.1.0 starts'
    ])
      expect(redact(line, options)).toBe(line)
  })

  test('names the app’s own files, and replaces the rest by its kind', () => {
    expect(redact("EACCES: permission denied, open '/home/deniz/.config/bilet/settings.json'", options)).toBe(
      "EACCES: permission denied, open '<path>/settings.json'"
    )
    expect(redact('getaddrinfo ENOTFOUND api.ni.net.tr', options)).toBe('getaddrinfo ENOTFOUND <host>')
    expect(redact('connect ECONNREFUSED 203.0.113.24:443', options)).toBe('connect ECONNREFUSED <ip>:443')
    expect(redact('Error: Sayın Deniz Bey, hesabınız kapatıldı', options)).toBe('Error: … <secret> …')
  })

  test('applied twice changes nothing more', () => {
    for (const [text] of privateTexts) {
      const once = redact(text, options)
      expect(redact(once, options)).toBe(once)
    }
  })

  test('cuts very long lines, and is fast for hostile input', () => {
    expect(redact('a '.repeat(5000), options).length).toBeLessThan(600)
    for (const piece of [
      '"',
      "'",
      '«',
      '/',
      '\\',
      ':',
      '1:',
      '1 ',
      'a.',
      'at ',
      'password',
      '=',
      '<',
      '-1',
      '::',
      'x@'
    ])
      expect(redact(piece.repeat(100_000 / piece.length), options).length).toBeLessThan(600)
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

  test('contain versions, states and outcomes', () => {
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

  test('contain no sentence or long number from the system’s own description', () => {
    const session = 'wayland Müşteri "Acme" \n/home/deniz 3f2b8c1d9e0a4f5b6c7d8e9f0a1b2c3d'
    const text = diagnosticLines({ ...facts, session }, options).join('\n')
    expect(text).toContain('session wayland')
    expect(text).not.toMatch(/Müşteri|\/home|3f2b8c1d|"Acme"/)
  })

  test('do not tell whose machine it is', () => {
    const text = diagnosticLines(facts, options).join('\n')
    expect(text).not.toContain('203.0.113.24')
    expect(text).not.toContain('Deniz')
    expect(text).not.toContain('gizli-anahtar')
  })
})

describe('secrets that went through the vault', () => {
  const vaultWith = (secret: string): Vault => ({
    available: true,
    hasUnwritten: false,
    open: () => Promise.resolve(),
    settled: () => Promise.resolve(),
    put: () => 'stored',
    get: (key) => (key === 'known' ? { kind: 'secret', secret } : { kind: 'lost' }),
    isStored: () => true,
    keys: () => [],
    erase: () => undefined
  })

  test('are redacted in every line, each part of the credentials by itself', () => {
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

  test('contains all causes of an error', () => {
    const cause = Object.assign(new Error('reset'), { code: 'ECONNRESET' })
    expect(errorText(new TypeError('fetch failed', { cause }))).toBe(
      'TypeError: fetch failed; because Error: reset (ECONNRESET)'
    )
    expect(errorText({ secret: 'x' })).toBe('failed')
  })
})
