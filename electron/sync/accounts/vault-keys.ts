import type { Vault } from '../../storage/types.ts'

/** What the vault's keys that begin with `prefix` end with. */
export const idsUnder = (vault: Vault, prefix: string): readonly string[] =>
  vault.keys().flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []))

/** Erases what is kept under `prefix` of any other id. */
export function eraseUnneeded(vault: Vault, prefix: string, ids: readonly string[]): void {
  const needed = new Set(ids)
  for (const id of idsUnder(vault, prefix)) if (!needed.has(id)) vault.erase(prefix + id)
}
