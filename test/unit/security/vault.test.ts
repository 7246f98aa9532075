import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StorageReport } from '../../../electron/storage/file.ts'
import type { Cipher, Vault } from '../../../electron/storage/port.ts'
import { createVault, safeStorageCipher } from '../../../electron/storage/vault.ts'
import { diskError, MemoryDisk } from '../../support/sync/memory.ts'
import { VirtualTime } from '../../support/sync/virtual-time.ts'

let folder: string
let reports: string[]
const report: StorageReport = (trouble) => {
  if (trouble) reports.push(trouble.kind)
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bilet-vault-'))
  reports = []
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const xor = (bytes: Uint8Array, key: number): Buffer => Buffer.from(bytes.map((byte) => byte ^ key))
/** `noise`: with another key it decrypts to something else, instead of failing. */
const keychain = (key: number, with_: { readonly noise?: boolean } = {}): Cipher => ({
  isAvailable: () => true,
  encrypt: (plain) => Buffer.concat([Buffer.from([key]), xor(Buffer.from(plain), key)]),
  decrypt(encrypted) {
    if (encrypted[0] !== key && !with_.noise) throw new Error('another keychain')
    return xor(encrypted.slice(1), key).toString()
  }
})
const open = (cipher: Cipher | null): Vault =>
  createVault({ cipher, folder, report, clock: new VirtualTime() })
const file = (): Promise<string> => readFile(join(folder, 'secrets.json'), 'utf8')

describe('the vault', () => {
  it('keeps a secret across runs, never in the clear, and for its owner only', async () => {
    expect(open(keychain(42)).put('a', 'token-1', false)).toBe('stored')
    expect(open(keychain(42)).get('a')).toEqual({ kind: 'secret', secret: 'token-1' })
    expect(await file()).not.toContain('token-1')
    expect(await file()).not.toContain(Buffer.from('token-1').toString('base64').slice(0, 8))
    if (process.platform !== 'win32')
      expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600)
  })

  it.each([
    ['another one', keychain(17)],
    ['another one that decrypts to noise', keychain(17, { noise: true })],
    ['gone', null],
    ['there, but shut', { ...keychain(42), isAvailable: () => false }]
  ])(
    'says that a secret is lost when the keychain is %s, and keeps it for the day it is back',
    (_, other) => {
      open(keychain(42)).put('a', 'token-1', false)
      expect(open(other).get('a')).toEqual({ kind: 'lost' })
      expect(open(keychain(42)).get('a')).toEqual({ kind: 'secret', secret: 'token-1' })
    }
  )

  it('keeps a secret for this run only in memory, and takes an older one off the disk', () => {
    const vault = open(keychain(42))
    vault.put('a', 'token-1', false)
    expect(vault.put('a', 'token-2', true)).toBe('memory')
    expect(vault.get('a')).toEqual({ kind: 'secret', secret: 'token-2' })
    expect(open(keychain(42)).get('a')).toEqual({ kind: 'none' })
  })

  it('erases', () => {
    const vault = open(keychain(42))
    vault.put('a', 'token-1', false)
    vault.erase('a')
    expect(vault.get('a')).toEqual({ kind: 'none' })
    expect(open(keychain(42)).get('a')).toEqual({ kind: 'none' })
  })

  it('takes off the disk later what could not be erased at once', async () => {
    const [disk, clock] = [new MemoryDisk(), new VirtualTime()]
    const onDisk = (): Vault => createVault({ cipher: keychain(42), folder, report, clock, disk })
    const vault = onDisk()
    vault.put('a', 'token-1', false)
    vault.put('b', 'token-2', false)
    disk.failure = diskError('ENOSPC')
    vault.erase('a')
    expect(vault.get('a')).toEqual({ kind: 'none' })
    expect(onDisk().keys()).toEqual(['a', 'b'])
    disk.failure = null
    await clock.advance(30_000)
    expect(onDisk().keys()).toEqual(['b'])
  })

  it('has no keychain where one says that it is there but fails at its first use', () => {
    const failing: Cipher = {
      ...keychain(42),
      encrypt: () => {
        throw new Error('locked')
      }
    }
    expect(open(failing).available).toBe(false)
    expect(open(failing).put('a', 'token-1', false)).toBe('memory')
  })

  it('says that a secret went to memory when the keychain fails later, and holds no older one for true', () => {
    let shut = false
    const later: Cipher = {
      ...keychain(42),
      encrypt(plain) {
        if (shut) throw new Error('locked meanwhile')
        return keychain(42).encrypt(plain)
      }
    }
    const vault = open(later)
    expect(vault.put('a', 'token-1', false)).toBe('stored')
    shut = true
    expect(vault.put('a', 'token-2', false)).toBe('memory')
    expect(vault.isStored('a')).toBe(false)
    expect(vault.get('a')).toEqual({ kind: 'secret', secret: 'token-2' })
    expect(open(keychain(42)).get('a')).toEqual({ kind: 'none' })
  })

  it('reports a damaged file instead of passing over it', async () => {
    await writeFile(join(folder, 'secrets.json'), '{"version":1,"data":[tor')
    expect(open(keychain(42)).get('a')).toEqual({ kind: 'none' })
    expect(reports).toEqual(['file-set-aside'])
  })
})

describe('safeStorage', () => {
  const safeStorage = (available: boolean, backend?: string) => ({
    isEncryptionAvailable: () => available,
    encryptString: (plain: string) => Buffer.from(plain),
    decryptString: (encrypted: Buffer) => encrypted.toString(),
    ...(backend === undefined ? {} : { getSelectedStorageBackend: () => backend })
  })

  it.each([
    ['gnome_libsecret', true],
    ['kwallet6', true],
    ['basic_text', false],
    ['unknown', false]
  ])('with the backend %s is a keychain: %s', (backend, expected) => {
    expect(safeStorageCipher(safeStorage(true, backend)).isAvailable()).toBe(expected)
  })

  it('off Linux, where no backend is named, is what it says it is', () => {
    expect(safeStorageCipher(safeStorage(true)).isAvailable()).toBe(true)
    expect(safeStorageCipher(safeStorage(false)).isAvailable()).toBe(false)
  })
})
