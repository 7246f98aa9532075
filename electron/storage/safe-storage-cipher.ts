import type { Cipher, KeychainState } from './types.ts'

/** Electron's safeStorage, as far as it is needed. */
interface SafeStorage {
  isEncryptionAvailable(): boolean
  encryptString(plain: string): Buffer
  decryptString(encrypted: Buffer): string
  /** On Linux only. */
  getSelectedStorageBackend?(): string
  /** Newer Electrons. They answer without a keychain, too. */
  encryptStringAsync?(plain: string): Promise<Buffer>
  decryptStringAsync?(encrypted: Buffer): Promise<{ readonly result: string }>
}

/** The keychain gives nothing for the moment, which says nothing about the secret. */
export class KeychainLocked extends Error {}

/**
 * Stands before every secret inside the encryption. With another key some systems decrypt to noise, one time in
 * 256, instead of failing: noise does not begin like this.
 */
export const secretPrefix = 'bilet:'

/** `keychain`: how it is asked directly, where that is possible. */
export function safeStorageCipher(options: {
  readonly safeStorage: SafeStorage
  readonly isLinux: boolean
  readonly keychain: ((mayAsk: boolean) => Promise<KeychainState>) | null
}): Cipher {
  const { safeStorage, isLinux, keychain } = options

  async function encrypt(plain: string): Promise<Uint8Array> {
    if (safeStorage.encryptStringAsync) return safeStorage.encryptStringAsync(plain)
    // `unknown` is what is said before the app is ready.
    if (['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend?.() ?? ''))
      throw new Error('no keychain')
    return safeStorage.encryptString(plain)
  }

  async function decrypt(encrypted: Uint8Array): Promise<string> {
    const bytes = Buffer.from(encrypted)
    if (!safeStorage.decryptStringAsync) return safeStorage.decryptString(bytes)
    try {
      return (await safeStorage.decryptStringAsync(bytes)).result
    } catch (error) {
      // Electron has no other sign of it.
      if (error instanceof Error && error.message.includes('temporarily')) throw new KeychainLocked()
      throw error
    }
  }

  /** What a keychain says of itself is not enough: its helper may be gone, or the person refuse its key. */
  async function works(): Promise<boolean> {
    try {
      if (!safeStorage.encryptStringAsync && !safeStorage.isEncryptionAvailable()) return false
      const encrypted = Buffer.from(await encrypt(secretPrefix))
      // Chromium's password for machines without a keychain, which everybody knows.
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
