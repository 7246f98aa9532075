import { app } from '../../lib/app.svelte.ts'

/** The account whose tickets are listed; null for all accounts. Stored in the settings. */
export class ListedAccount {
  /** The choice since the app started; until then the settings hold it. Empty for all. */
  #chosen = $state<string | null>(null)
  readonly id = $derived.by(() => {
    const wanted = this.#chosen ?? app.settings?.inboxAccount ?? ''
    return app.accounts.length > 1 && app.accounts.some(({ id }) => id === wanted) ? wanted : null
  })

  choose(id: string | null): void {
    this.#chosen = id ?? ''
    // If it cannot be stored, the choice holds until the app ends.
    void app.change({ inboxAccount: id ?? '' })
  }
}
