import { app } from '../../lib/app.svelte.ts'

/** Of several accounts the one whose tickets are listed; null for all. Kept in the settings. */
export class ListedAccount {
  /** In this run; before, the settings say which. Empty for all. */
  #chosen = $state<string | null>(null)
  readonly id = $derived.by(() => {
    const wanted = this.#chosen ?? app.settings?.inboxAccount ?? ''
    return app.accounts.length > 1 && app.accounts.some(({ id }) => id === wanted) ? wanted : null
  })

  choose(id: string | null): void {
    this.#chosen = id ?? ''
    // What cannot be kept holds for this run.
    void app.change({ inboxAccount: id ?? '' })
  }
}
