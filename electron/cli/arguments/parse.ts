/** Understands a command line. */
import { filters, type Filter } from '../../tickets/list/filters.ts'
import { locales, type Locale } from '../../tickets/locale.ts'
import type { TicketId } from '../../tickets/ticket.ts'
import {
  commandNames,
  isSystemArgument,
  isSystemSwitch,
  optionsOf,
  startOptions,
  type CommandName
} from './options.ts'
import { OptionReader, UsageException } from './option-reader.ts'
import { tokenize, type Tokens, type UsageError } from './tokens.ts'

/** Unread tickets from which `status --nagios` warns or is critical; null: never. */
export interface NagiosLimits {
  readonly warning: number | null
  readonly critical: number | null
}

/** `text`, null: it is read from standard input. `waitMs`, null: the command ends when the message is in the outbox. */
export type ParsedCommand =
  | {
      readonly name: 'list'
      readonly query: string
      readonly filter: Filter
      readonly account: string | null
      readonly limit: number
      readonly refresh: boolean
    }
  | {
      readonly name: 'show'
      readonly ticket: TicketId
      readonly account: string | null
      readonly refresh: boolean
      readonly markRead: boolean
      readonly showSecrets: boolean
    }
  | {
      readonly name: 'reply'
      readonly ticket: TicketId
      readonly account: string | null
      readonly text: string | null
      readonly close: boolean
      readonly allowChanges: boolean
      readonly waitMs: number | null
    }
  | {
      readonly name: 'new'
      readonly account: string | null
      readonly department: string | null
      readonly service: string
      readonly title: string
      readonly text: string | null
      readonly serverIp: string
      readonly serverUser: string
      readonly passwordFile: string | null
      readonly allowChanges: boolean
      readonly waitMs: number | null
    }
  | {
      readonly name: 'close'
      readonly tickets: readonly TicketId[]
      readonly account: string | null
      readonly waitMs: number | null
    }
  | {
      readonly name: 'status'
      /** Outbox entries to ask about; empty: the status of the app. */
      readonly ids: readonly string[]
      readonly refresh: boolean
      readonly nagios: NagiosLimits | null
      readonly waitMs: number
    }

export interface CommonOptions {
  readonly json: boolean
  /** Null: the language of the app or the system. */
  readonly locale: Locale | null
  /** File to write to, in place of standard output. */
  readonly output: string | null
  readonly mayStart: boolean
  /** Milliseconds for starting the app and its answer, without the waiting of `--wait`. */
  readonly timeoutMs: number
}

export type Invocation =
  /** No command: the app is started, or told something. */
  | { readonly kind: 'start' }
  | { readonly kind: 'help' | 'version' | 'json-schema'; readonly locale: Locale | null }
  | {
      readonly kind: 'wrong'
      readonly error: UsageError
      readonly locale: Locale | null
      readonly json: boolean
      readonly nagios: boolean
    }
  | {
      readonly kind: 'run'
      readonly command: ParsedCommand
      readonly common: CommonOptions
      /** Chromium's switches, for an app that has to be started. */
      readonly switches: readonly string[]
    }

const isCommand = (word: string | undefined): word is CommandName =>
  commandNames.some((name) => name === word)

const localeIn = (args: readonly string[]): Locale | null => {
  const at = args.findIndex((arg) => /^--lang(?:=|$)/.test(arg))
  const value = args[at]?.includes('=') === true ? args[at].slice('--lang='.length) : args[at + 1]
  return at === -1 ? null : (locales.find((locale) => value?.toLowerCase().startsWith(locale)) ?? null)
}

/** `args`: without the program and, from source, without the app's folder. */
export function parseArguments(args: readonly string[]): Invocation {
  // Only the first word can be a command. That of a link is the link, whatever follows it.
  const at = args.findIndex((arg) => !arg.startsWith('-'))
  const word = args[at]
  if (word === 'help') return { kind: 'help', locale: localeIn(args) }
  return isCommand(word)
    ? parseCommand(word, [...args.slice(0, at), ...args.slice(at + 1)])
    : parseStart(args, word)
}

/** A start of the app. Words that are neither links nor like a command are ignored, as the systems pass some. */
function parseStart(args: readonly string[], word: string | undefined): Invocation {
  const locale = localeIn(args)
  const wrong = (kind: UsageError['kind'], what: string): Invocation => ({
    ...{ kind: 'wrong', locale, json: args.includes('--json'), nagios: args.includes('--nagios') },
    error: { kind, what, command: null }
  })
  if (word !== undefined && /^\p{L}[\p{L}\d_-]*$/u.test(word)) return wrong('unknown-command', word)
  for (const arg of args) {
    const [, name] = /^--([^=]+)/.exec(arg) ?? []
    if (arg === '-h' || name === 'help') return { kind: 'help', locale }
    if (name === 'version' || name === 'json-schema') return { kind: name, locale }
    if (isSystemArgument(arg)) continue
    if (name !== undefined) {
      if (!Object.hasOwn(startOptions, name) && !isSystemSwitch(name))
        return wrong('unknown-option', `--${name}`)
    } else if (/^-[^-]/.test(arg)) return wrong('unknown-option', arg)
  }
  return { kind: 'start' }
}

function parseCommand(command: CommandName, args: readonly string[]): Invocation {
  const locale = localeIn(args)
  const wrong = (error: Pick<UsageError, 'kind' | 'what'>): Invocation => ({
    ...{ kind: 'wrong', locale, json: args.includes('--json'), nagios: args.includes('--nagios') },
    error: { ...error, command }
  })
  const split = tokenize(args, optionsOf(command), command === 'list')
  if ('problem' in split) return wrong(split.problem)
  const { tokens } = split
  if (tokens.options.has('help')) return { kind: 'help', locale }
  if (tokens.options.has('version')) return { kind: 'version', locale }
  try {
    const reader = new OptionReader(tokens.options)
    return {
      kind: 'run',
      command: commandOf(command, reader, tokens),
      common: commonOf(reader),
      switches: tokens.switches
    }
  } catch (error) {
    if (error instanceof UsageException) return wrong(error)
    throw error
  }
}

const commonOf = (reader: OptionReader): CommonOptions => ({
  json: reader.has('json'),
  locale: reader.choice('lang', locales),
  output: reader.text('output'),
  mayStart: !reader.has('no-start'),
  timeoutMs: (reader.number('timeout', 1, 3600) ?? 60) * 1000
})

const defaultLimit = 100

function commandOf(command: CommandName, reader: OptionReader, { words }: Tokens): ParsedCommand {
  const account = reader.text('account')
  const waitMs = reader.wait()
  switch (command) {
    case 'list':
      return {
        name: command,
        ...{ account, query: words.join(' '), refresh: reader.has('refresh') },
        filter: reader.choice('filter', filters) ?? 'all',
        limit: reader.number('limit', 1, 20_000) ?? defaultLimit
      }
    case 'show':
      reader.noMore(words.slice(1))
      return {
        name: command,
        ...{ account, ticket: reader.ticket(words[0]), refresh: reader.has('refresh') },
        ...{ markRead: reader.has('mark-read'), showSecrets: reader.has('show-secrets') }
      }
    case 'reply':
      return {
        name: command,
        ...{ account, waitMs, ticket: reader.ticket(words[0]), text: reader.messageText(words.slice(1)) },
        ...{ close: reader.has('close'), allowChanges: reader.has('allow-changes') }
      }
    case 'new':
      return {
        name: command,
        ...{ account, waitMs, department: reader.text('department'), service: reader.text('service') ?? '' },
        ...{ title: reader.required('title'), text: reader.messageText(words) },
        ...{ serverIp: reader.text('server-ip') ?? '', serverUser: reader.text('server-user') ?? '' },
        passwordFile: reader.text('server-password-file'),
        allowChanges: reader.has('allow-changes')
      }
    case 'close':
      return { name: command, account, waitMs, tickets: reader.tickets(words) }
    case 'status':
      return {
        name: command,
        ...{ ids: words, refresh: reader.has('refresh'), waitMs: waitMs ?? 0 },
        nagios: reader.has('nagios')
          ? { warning: reader.number('warning', 0, 1e6) ?? 1, critical: reader.number('critical', 0, 1e6) }
          : null
      }
  }
}
