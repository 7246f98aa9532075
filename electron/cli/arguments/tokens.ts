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
      // A mistyped option would be ignored, and its value taken for a ticket or a text.
      if (!isSystemSwitch(name) || isLikeOption(name, table))
        return { problem: { kind: 'unknown-option', what: `--${name}` } }
      switches.push(arg)
    } else if (kind === 'flag' && value !== undefined)
      return { problem: { kind: 'unexpected-value', what: `--${name}` } }
    else if (kind === 'value' && value === undefined) {
      const next = rest.shift()
      if (next === undefined || next.startsWith('--'))
        return { problem: { kind: 'missing-value', what: `--${name}` } }
      options.set(name, next)
    } else {
      // `--wait 30` would close ticket 30, or send "30".
      const [next = ''] = rest
      if (kind === 'optional' && value === undefined && /^\d+$/.test(next))
        return { problem: { kind: 'invalid-value', what: `--${name} ${next} (--${name}=${next})` } }
      options.set(name, value ?? '')
    }
  }
  return { tokens: { options, words, switches } }
}

const withoutDashes = (name: string): string => name.replaceAll('-', '')

/** Whether the name of a switch of several words is that of an option but for dashes and one or two letters. */
const isLikeOption = (name: string, table: OptionTable): boolean =>
  name.includes('-') &&
  Object.keys(table).some((option) => differences(withoutDashes(name), withoutDashes(option)) <= 2)

/** Letters to add, remove or replace to get from one name to the other. */
function differences(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i)
  for (const [i, letter] of Array.from(one).entries()) {
    const next = [i + 1]
    for (const [j, wanted] of Array.from(other).entries())
      next.push(
        Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === wanted ? 0 : 1))
      )
    row = next
  }
  return row[other.length] ?? 0
}
