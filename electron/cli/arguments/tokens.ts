/** Splits a command line into options and words. */
import { isSystemSwitch, type CommandName, type OptionTable } from './options.ts'

/** What is wrong with a command line. */
export interface UsageError {
  readonly kind:
    | 'unknown-command'
    | 'unknown-option'
    | 'missing-value'
    | 'unexpected-value'
    | 'invalid-value'
    | 'missing-argument'
    | 'too-many-arguments'
  /** The command, option or argument as typed, or the name of the missing one. */
  readonly what: string
  /** The command; null if there is none. */
  readonly command: CommandName | null
}

export interface Tokens {
  /** By name; an option without value has the value ''. The last one counts. */
  readonly options: ReadonlyMap<string, string>
  readonly words: readonly string[]
  /** Switches of Chromium, for an app that has to be started. */
  readonly switches: readonly string[]
}

type Problem = Pick<UsageError, 'kind' | 'what'>

/** `dashWords`: words may begin with a dash, like the excluded words of a search. */
export function tokenize(
  args: readonly string[],
  table: OptionTable,
  dashWords: boolean
): { readonly tokens: Tokens } | { readonly problem: Problem } {
  const options = new Map<string, string>()
  const words: string[] = []
  const switches: string[] = []
  const rest = [...args]
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      words.push(...rest)
      break
    }
    if (!arg.startsWith('--')) {
      if (arg === '-h') options.set('help', '')
      else if (arg.startsWith('-') && arg !== '-' && !dashWords)
        return { problem: { kind: 'unknown-option', what: arg } }
      else words.push(arg)
      continue
    }
    const [, name = '', value] = /^--([^=]*)(?:=([^]*))?$/.exec(arg) ?? []
    const kind = Object.hasOwn(table, name) ? table[name] : undefined
    if (kind === undefined) {
      if (!isSystemSwitch(name)) return { problem: { kind: 'unknown-option', what: `--${name}` } }
      switches.push(arg)
    } else if (kind === 'flag' && value !== undefined)
      return { problem: { kind: 'unexpected-value', what: `--${name}` } }
    else if (kind === 'value' && value === undefined) {
      const next = rest.shift()
      if (next === undefined || next.startsWith('--'))
        return { problem: { kind: 'missing-value', what: `--${name}` } }
      options.set(name, next)
    } else options.set(name, value ?? '')
  }
  return { tokens: { options, words, switches } }
}
