/** What an import has changed. */
export interface ImportSummary {
  /** Number of accounts whose own data were added to. */
  readonly accounts: number
  /** Number of tickets with own data in them. */
  readonly tickets: number
  /** Names of accounts that are not here. Their data are kept, and applied when they are added. */
  readonly waiting: readonly string[]
}
