import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StorageReport } from '../../../electron/storage/files/file.ts'
import type { Cipher, KeychainState, Vault } from '../../../electron/storage/types.ts'
import { KeychainLocked, safeStorageCipher } from '../../../electron/storage/safe-storage-cipher.ts'
import { createVault } from '../../../electron/storage/vault.ts'
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
/** `noise`: with another key, decryption returns garbage instead of failing. */
const keychain = (key: number, with_: { readonly noise?: boolean } = {}): Cipher => ({
  state: () => Promise.resolve('open'),
  encrypt: (plain) => Promise.resolve(Buffer.concat([Buffer.from([key]), xor(Buffer.from(plain), key)])),
  decrypt: (encrypted) =>
    encrypted[0] !== key && !with_.noise
      ? Promise.reject(new Error('another keychain'))
      : Promise.resolve(xor(encrypted.slice(1), key).toString())
})
const saying = (state: KeychainState): Cipher => ({ ...keychain(42), state: () => Promise.resolve(state) })
const made = (cipher: Cipher | null): Vault =>
  createVault({ cipher, folder, report, clock: new VirtualTime() })
async function open(cipher: Cipher | null): Promise<Vault> {
  const vault = made(cipher)
  await vault.open(false)
  return vault
}
/** Stores a secret in one run of the app. */
async function store(secret: string): Promise<void> {
  const vault = await open(keychain(42))
  vault.put('a', secret, false)
  await vault.settled()
}
const file = (): Promise<string> => readFile(join(folder, 'secrets.json'), 'utf8')

describe('the vault', () => {
  it('keeps a secret across runs, never in the clear, and for its owner only', async () => {
    const vault = await open(keychain(42))
    expect(vault.put('a', 'token-1', false)).toBe('stored')
    expect(vault.get('a')).toEqual({ kind: 'secret', secret: 'token-1' })
    await vault.settled()
    expect((await open(keychain(42))).get('a')).toEqual({ kind: 'secret', secret: 'token-1' })
    expect(await file()).not.toContain('token-1')
    expect(await file()).not.toContain(Buffer.from('token-1').toString('base64').slice(0, 8))
    if (process.platform !== 'win32')
      expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600)
  })

  it.each([
    ['another one', keychain(17)],
    ['another one that decrypts to noise', keychain(17, { noise: true })],
    ['gone', null],
    ['not there', saying('missing')]
  ])(
    'reports a lost secret when the keychain is %s, and keeps it until the keychain is back',
    async (_, other) => {
      await store('token-1')
      expect((await open(other)).get('a')).toEqual({ kind: 'lost' })
      expect((await open(keychain(42))).get('a')).toEqual({ kind: 'secret', secret: 'token-1' })
    }
  )

  it('keeps a secret for this run in memory only, and removes an older one from disk', async () => {
    await store('token-1')
    const vault = await open(keychain(42))
    expect(vault.put('a', 'token-2', true)).toBe('memory')
    expect(vault.get('a')).toEqual({ kind: 'secret', secret: 'token-2' })
    expect((await open(keychain(42))).get('a')).toEqual({ kind: 'none' })
  })

  it('erases', async () => {
    await store('token-1')
    const vault = await open(keychain(42))
    vault.erase('a')
    expect(vault.get('a')).toEqual({ kind: 'none' })
    expect((await open(keychain(42))).get('a')).toEqual({ kind: 'none' })
  })

  it('does not restore what was erased or replaced while the keychain was busy', async () => {
    const vault = await open(keychain(42))
    vault.put('a', 'token-1', false)
    vault.put('b', 'token-1', false)
    vault.erase('a')
    vault.put('b', 'token-2', false)
    await vault.settled()
    const later = await open(keychain(42))
    expect(later.get('a')).toEqual({ kind: 'none' })
    expect(later.get('b')).toEqual({ kind: 'secret', secret: 'token-2' })
  })

  it('erases later what could not be erased at once', async () => {
    const [disk, clock] = [new MemoryDisk(), new VirtualTime()]
    const onDisk = (): Vault => createVault({ cipher: keychain(42), folder, report, clock, disk })
    const vault = onDisk()
    await vault.open(false)
    vault.put('a', 'token-1', false)
    vault.put('b', 'token-2', false)
    await vault.settled()
    disk.failure = diskError('ENOSPC')
    vault.erase('a')
    expect(vault.get('a')).toEqual({ kind: 'none' })
    expect(onDisk().keys()).toEqual(['a', 'b'])
    disk.failure = null
    await clock.advance(30_000)
    expect(onDisk().keys()).toEqual(['b'])
  })

  it('reports a later failure of the keychain, and does not return an older secret', async () => {
    let shut = false
    const later: Cipher = {
      ...keychain(42),
      encrypt: (plain) => (shut ? Promise.reject(new Error('gone')) : keychain(42).encrypt(plain))
    }
    const vault = await open(later)
    vault.put('a', 'token-1', false)
    await vault.settled()
    shut = true
    vault.put('a', 'token-2', false)
    await vault.settled()
    expect(reports).toEqual(['no-keychain'])
    expect(vault.put('b', 'token-3', false)).toBe('memory')
    expect(vault.isStored('a')).toBe(false)
    expect(vault.get('a')).toEqual({ kind: 'secret', secret: 'token-2' })
    expect((await open(keychain(42))).get('a')).toEqual({ kind: 'none' })
  })

  it('stores later what a keychain that was locked in the middle of a run could not take', async () => {
    let isLocked = false
    const locking: Cipher = {
      ...keychain(42),
      encrypt: (plain) => (isLocked ? Promise.reject(new KeychainLocked()) : keychain(42).encrypt(plain))
    }
    const vault = await open(locking)
    isLocked = true
    vault.put('a', 'token-1', false)
    expect(vault.hasUnwritten).toBe(true)
    await vault.settled()
    expect(reports).toEqual([])
    expect(vault.available).toBe(true)
    expect([vault.isStored('a'), vault.hasUnwritten]).toEqual([false, true])
    isLocked = false
    await vault.open(false)
    expect([vault.isStored('a'), vault.hasUnwritten]).toEqual([true, false])
    expect((await open(keychain(42))).get('a')).toEqual({ kind: 'secret', secret: 'token-1' })
  })

  it('does not wait for a keychain that does not answer, and reads its secrets once it does', async () => {
    await store('token-1')
    const clock = new VirtualTime()
    let answer: (state: KeychainState) => void = () => undefined
    const slow: Cipher = { ...keychain(42), state: () => new Promise((resolve) => (answer = resolve)) }
    const vault = createVault({ cipher: slow, folder, report, clock })
    let isOver = false
    const opening = vault.open(false).then(() => (isOver = true))
    await clock.advance(1000)
    expect(isOver).toBe(false)
    await clock.advance(1000)
    await opening
    expect(vault.get('a')).toEqual({ kind: 'locked' })
    answer('open')
    await new Promise(setImmediate)
    expect(vault.get('a')).toEqual({ kind: 'secret', secret: 'token-1' })
  })

  it('reports a damaged file', async () => {
    await writeFile(join(folder, 'secrets.json'), '{"version":1,"data":[tor')
    expect((await open(keychain(42))).get('a')).toEqual({ kind: 'none' })
    expect(reports).toEqual(['file-set-aside'])
  })
})

describe('a vault whose keychain is locked', () => {
  /** A keychain that is unlocked on request if the owner gives the password. */
  function lockable(): { cipher: Cipher; asked: number; gives: boolean } {
    const it = { cipher: keychain(42), asked: 0, gives: false }
    let isOpen = false
    it.cipher = {
      ...keychain(42),
      state: (mayAsk) => {
        if (mayAsk) {
          it.asked += 1
          isOpen ||= it.gives
        }
        return Promise.resolve(isOpen ? 'open' : 'locked')
      }
    }
    return it
  }

  it('says so, and reads its secrets once it is open', async () => {
    await store('token-1')
    const owner = lockable()
    const vault = await open(owner.cipher)
    expect(vault.available).toBe(true)
    expect(vault.get('a')).toEqual({ kind: 'locked' })
    await vault.open(true)
    expect(vault.get('a')).toEqual({ kind: 'locked' })
    owner.gives = true
    await vault.open(true)
    expect(vault.get('a')).toEqual({ kind: 'secret', secret: 'token-1' })
    expect(owner.asked).toBe(2)
  })

  it('shows one password prompt at a time', async () => {
    const owner = lockable()
    const vault = await open(owner.cipher)
    await Promise.all([vault.open(true), vault.open(true)])
    expect(owner.asked).toBe(1)
  })

  it.each([
    ['to be kept', false],
    ['for this run only', true]
  ])('deletes nothing that it could not read, even if a new secret replaces it %s', async (_, only) => {
    await store('token-1')
    const vault = await open(lockable().cipher)
    expect(vault.put('a', 'token-2', only)).toBe('memory')
    await vault.settled()
    expect(vault.get('a')).toEqual({ kind: 'secret', secret: 'token-2' })
    expect((await open(keychain(42))).get('a')).toEqual({ kind: 'secret', secret: 'token-1' })
  })

  it('stores new secrets once it is open, except those for this run only', async () => {
    const owner = lockable()
    const vault = await open(owner.cipher)
    expect(vault.put('a', 'token-2', false)).toBe('memory')
    expect(vault.put('b', 'token-3', true)).toBe('memory')
    expect(vault.isStored('a')).toBe(false)
    owner.gives = true
    await vault.open(true)
    expect(vault.isStored('a')).toBe(true)
    const later = await open(keychain(42))
    expect(later.get('a')).toEqual({ kind: 'secret', secret: 'token-2' })
    expect(later.get('b')).toEqual({ kind: 'none' })
  })
})

describe('safeStorage', () => {
  const isWhole = Buffer.from('v11')
  const sync = (available: boolean, backend?: string) => ({
    isEncryptionAvailable: () => available,
    encryptString: (plain: string) => Buffer.concat([isWhole, Buffer.from(plain)]),
    decryptString: (encrypted: Buffer) => encrypted.subarray(3).toString(),
    ...(backend === undefined ? {} : { getSelectedStorageBackend: () => backend })
  })
  /** As in newer Electron versions: encryption is always available, and the result starts with the key's version. */
  const newer = (prefix: string) => ({
    ...sync(false, 'unknown'),
    encryptStringAsync: (plain: string) => Promise.resolve(Buffer.from(prefix + plain)),
    decryptStringAsync: (encrypted: Buffer) => Promise.resolve({ result: encrypted.subarray(3).toString() })
  })
  const stateOf = (safeStorage: ReturnType<typeof sync>, isLinux = true): Promise<KeychainState> =>
    safeStorageCipher({ safeStorage, isLinux, keychain: null }).state(false)

  it.each([
    ['gnome_libsecret', 'open'],
    ['kwallet6', 'open'],
    ['basic_text', 'missing'],
    ['unknown', 'missing']
  ])('with the backend %s is a keychain that is %s', async (backend, expected) => {
    expect(await stateOf(sync(true, backend))).toBe(expected)
  })

  it('on macOS and Windows names no backend, and has a keychain, even if locked', async () => {
    expect(await stateOf(sync(true), false)).toBe('open')
    expect(await stateOf(sync(false), false)).toBe('locked')
  })

  it.each([
    ['v11', true, 'open'],
    ['v12', true, 'open'],
    // Chromium's built-in password, which protects nothing.
    ['v10', true, 'missing'],
    ['v10', false, 'open']
  ])('that answers later and encrypts with %s, on Linux: %s, is %s', async (prefix, isLinux, expected) => {
    expect(await stateOf(newer(prefix), isLinux)).toBe(expected)
  })

  it('is not used before the keychain is open, because it would block until somebody types a password', async () => {
    let touched = false
    const safeStorage = {
      ...sync(true),
      isEncryptionAvailable: () => {
        touched = true
        return true
      }
    }
    let isOpen = false
    const cipher = safeStorageCipher({
      safeStorage,
      isLinux: true,
      keychain: () => Promise.resolve(isOpen ? 'open' : 'locked')
    })
    expect(await cipher.state(false)).toBe('locked')
    expect(touched).toBe(false)
    isOpen = true
    expect(await cipher.state(false)).toBe('open')
  })

  it('that cannot decrypt at the moment is locked, not lost', async () => {
    await store('token-1')
    const busy = {
      ...newer('v11'),
      decryptStringAsync: (encrypted: Buffer) =>
        encrypted.toString().startsWith('v11')
          ? Promise.resolve({ result: encrypted.subarray(3).toString() })
          : Promise.reject(
              new Error('safeStorage.decryptStringAsync is temporarily unavailable. Please try again.')
            )
    }
    const vault = await open(safeStorageCipher({ safeStorage: busy, isLinux: true, keychain: null }))
    expect(vault.get('a')).toEqual({ kind: 'locked' })
  })

  it('that cannot encrypt at the moment is locked, not missing', async () => {
    const message = 'safeStorage.encryptStringAsync is temporarily unavailable. Please try again.'
    const busy = { ...newer('v11'), encryptStringAsync: () => Promise.reject(new Error(message)) }
    const cipher = safeStorageCipher({ safeStorage: busy, isLinux: true, keychain: null })
    await expect(cipher.encrypt('token-1')).rejects.toBeInstanceOf(KeychainLocked)
  })
})
