import type { TicketId } from '../../tickets/ticket.ts'
import type { UsageError } from './tokens.ts'

/** Thrown by the reader and caught where the command line is parsed. */
export class UsageException extends Error {
  constructor(
    readonly kind: UsageError['kind'],
    readonly what: string
  ) {
    super(kind)
  }
}

/** Seconds that `--wait` waits without a value. */
const defaultWaitSeconds = 120

/** Reads the values of options. Throws a UsageException for a wrong one. */
export class OptionReader {
  readonly #options: ReadonlyMap<string, string>

  constructor(options: ReadonlyMap<string, string>) {
    this.#options = options
  }

  has(name: string): boolean {
    return this.#options.has(name)
  }

  text(name: string): string | null {
    const value = this.#options.get(name)
    if (value === '') throw new UsageException('missing-value', `--${name}`)
    return value ?? null
  }

  required(name: string): string {
    const value = this.text(name)
    if (value === null) throw new UsageException('missing-argument', `--${name}`)
    return value
  }

  choice<T extends string>(name: string, choices: readonly T[]): T | null {
    const value = this.text(name)
    if (value === null) return null
    const chosen = choices.find((choice) => choice === value)
    if (chosen === undefined)
      throw new UsageException('invalid-value', `--${name}=${value} (${choices.join(', ')})`)
    return chosen
  }

  number(name: string, min: number, max: number): number | null {
    const value = this.text(name)
    if (value === null) return null
    const number = Number(value)
    if (!/^\d+$/.test(value) || number < min || number > max)
      throw new UsageException('invalid-value', `--${name}=${value} (${min}–${max})`)
    return number
  }

  /** Milliseconds of `--wait` or `--wait=SECONDS`; null without it. */
  wait(): number | null {
    if (!this.has('wait')) return null
    if (this.#options.get('wait') === '') return defaultWaitSeconds * 1000
    return (this.number('wait', 0, 3600) ?? defaultWaitSeconds) * 1000
  }

  /** `272298` or `#272298`. */
  ticket(word: string | undefined): TicketId {
    if (word === undefined) throw new UsageException('missing-argument', 'TICKET')
    const [, digits] = /^#?(\d{1,12})$/.exec(word) ?? []
    if (digits === undefined || Number(digits) === 0) throw new UsageException('invalid-value', word)
    return Number(digits)
  }

  tickets(words: readonly string[]): readonly TicketId[] {
    const [first, ...others] = words
    return [this.ticket(first), ...others.map((word) => this.ticket(word))]
  }

  /** The text of a message: the only word or `--text`; null: standard input (`-`). */
  messageText(words: readonly string[]): string | null {
    const [word, ...others] = words
    this.noMore(others)
    const option = this.#options.get('text')
    if (word !== undefined && option !== undefined) throw new UsageException('too-many-arguments', word)
    const text = word ?? option ?? '-'
    return text === '-' ? null : text
  }

  noMore([word]: readonly string[]): void {
    if (word !== undefined) throw new UsageException('too-many-arguments', word)
  }
}
