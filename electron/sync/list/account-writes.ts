/** Writes the files of an account. */
export interface AccountWrites {
  /** Writes the marks synchronously. */
  marks(): void
  /** Writes what the person keeps about tickets, durably. */
  work(): void
  /** Writes the log of finished entries, before the outbox removes them. False if it is not durable. */
  sent(): boolean
  /** False if it is not durable. */
  outbox(): boolean
  /** Schedules writing the tickets. */
  tickets(): void
  /** Resolves when the tickets are written, or writing failed. */
  ticketsNow(): Promise<void>
  /** Erases the passwords of entries that will not be sent again. */
  ended(entryIds: readonly string[]): void
  /** Notifies that the server damages letters; already in the marks. */
  letterDamage(): void
}
