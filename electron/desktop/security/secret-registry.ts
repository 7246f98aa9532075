import { parseJson } from '../../tickets/json.ts'
import type { Vault } from '../../storage/types.ts'

export interface WatchedVault extends Vault {
  /** The keychain's last result; null if it was not used yet. */
  lastOutcome(): 'stored' | 'memory' | 'secret' | 'none' | 'locked' | 'lost' | null
}

/**
 * The secret parts of stored credentials, a JSON list that starts with their kind; the name of a header is not secret.
 */
function partsOf(secret: string): readonly string[] {
  const list = parseJson(secret)
  if (!Array.isArray(list)) return [secret]
  const parts = list.slice(list[0] === 'header' ? 2 : 1).filter((part) => typeof part === 'string')
  // The whole text, too: a password may look like such a list.
  return [secret, ...parts]
}

/** `secrets` collects every secret of this run for redaction. */
export function watchVault(vault: Vault, secrets: Set<string>): WatchedVault {
  let last: ReturnType<WatchedVault['lastOutcome']> = null
  const remember = (secret: string): void => {
    for (const part of partsOf(secret)) secrets.add(part)
  }
  return {
    get available() {
      return vault.available
    },
    get hasUnwritten() {
      return vault.hasUnwritten
    },
    open: (mayAsk) => vault.open(mayAsk),
    put(key, secret, thisRunOnly) {
      remember(secret)
      last = vault.put(key, secret, thisRunOnly)
      return last
    },
    get(key) {
      const found = vault.get(key)
      if (found.kind === 'secret') remember(found.secret)
      last = found.kind
      return found
    },
    isStored: (key) => vault.isStored(key),
    keys: () => vault.keys(),
    erase: (key) => vault.erase(key),
    settled: () => vault.settled(),
    lastOutcome: () => last
  }
}
