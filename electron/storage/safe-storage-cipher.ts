import type { Cipher, KeychainState } from './types.ts'

/** The part of Electron's safeStorage that is used. */
interface SafeStorage {
  isEncryptionAvailable(): boolean
  encryptString(plain: string): Buffer
  decryptString(encrypted: Buffer): string
  /** Linux only. */
  getSelectedStorageBackend?(): string
  /** Newer Electron versions only. These also resolve without a keychain. */
  encryptStringAsync?(plain: string): Promise<Buffer>
  decryptStringAsync?(encrypted: Buffer): Promise<{ readonly result: string }>
}

/** The keychain is temporarily unavailable; the secret may be intact. */
export class KeychainLocked extends Error {}

/**
 * Prefix of every encrypted secret. With a wrong key some systems decrypt to noise in one of 256 cases instead of
 * failing; noise does not have this prefix.
 */
export const secretPrefix = 'bilet:'

/** Throws KeychainLocked for an error that will pass, of which Electron has no other indication; others as they are. */
function throwAsLocked(error: unknown): never {
  if (error instanceof Error && error.message.includes('temporarily')) throw new KeychainLocked()
  throw error
}

/** `keychain`: direct access to the keychain, if possible. */
export function safeStorageCipher(options: {
  readonly safeStorage: SafeStorage
  readonly isLinux: boolean
  readonly keychain: ((mayAsk: boolean) => Promise<KeychainState>) | null
}): Cipher {
  const { safeStorage, isLinux, keychain } = options

  async function encrypt(plain: string): Promise<Uint8Array> {
    if (safeStorage.encryptStringAsync)
      return safeStorage.encryptStringAsync(plain).catch((error: unknown) => throwAsLocked(error))
    // Electron returns `unknown` before the app is ready.
    if (['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend?.() ?? ''))
      throw new Error('no keychain')
    return safeStorage.encryptString(plain)
  }

  async function decrypt(encrypted: Uint8Array): Promise<string> {
    const bytes = Buffer.from(encrypted)
    if (!safeStorage.decryptStringAsync) return safeStorage.decryptString(bytes)
    return (await safeStorage.decryptStringAsync(bytes).catch((error: unknown) => throwAsLocked(error)))
      .result
  }

  /** Encrypts once to test the keychain: its helper may be missing, or the person may deny access. */
  async function works(): Promise<boolean> {
    try {
      if (!safeStorage.encryptStringAsync && !safeStorage.isEncryptionAvailable()) return false
      const encrypted = Buffer.from(await encrypt(secretPrefix))
      // Chromium's publicly known password for machines without a keychain.
      if (isLinux && encrypted.toString('latin1', 0, 3) === 'v10') return false
      return (await decrypt(encrypted)) === secretPrefix
    } catch {
      return false
    }
  }

  return {
    encrypt,
    decrypt,
    async state(mayAsk) {
      const state = (await keychain?.(mayAsk)) ?? 'open'
      if (state !== 'open' || (await works())) return state
      // macOS and Windows always have one.
      const refused = keychain ? await keychain(false) : isLinux ? 'missing' : 'locked'
      return refused === 'open' ? 'missing' : refused
    }
  }
}
