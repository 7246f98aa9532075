/** What a command prints where, and its exit code. */
import type { Locale } from '../../tickets/locale.ts'
import type { Invocation, ParsedCommand } from '../arguments/parse.ts'
import { exitCodes, nagiosCodes, type ExitCode } from '../exit-codes.ts'
import { nagiosLine, nagiosResult } from '../output/nagios.ts'
import { printableJson } from '../output/printable.ts'
import { schemaVersion, type EntriesValue, type Output } from '../output/schema.ts'
import { entriesText, errorText, listText, showText, statusText } from '../output/text.ts'
import type { CommandProblem } from '../protocol/command-problem.ts'
import { problemText, usageText, type System } from '../words/problems.ts'
import type { CommandResult } from './result.ts'

export interface Page {
  readonly out: string
  readonly err: string
  readonly code: number
  /** Whether the exit code is one of a monitoring plugin. */
  readonly nagios: boolean
}

interface Format {
  /** Null: a failure that belongs to no command. */
  readonly command: ParsedCommand | null
  readonly json: boolean
  readonly locale: Locale
  readonly system: System
}

const json = (output: Output): string => `${printableJson(output)}\n`

function codeOfProblem(kind: CommandProblem['kind']): ExitCode {
  switch (kind) {
    case 'changed-text':
    case 'unknown-filter':
    case 'field-required':
    case 'field-invalid':
    case 'field-too-long':
    case 'not-utf8':
    case 'binary-text':
    case 'no-text':
    case 'text-too-long':
    case 'invalid-arguments':
      return exitCodes.usage
    case 'no-account':
    case 'unknown-account':
    case 'unknown-ticket':
    case 'unknown-entry':
    case 'unknown-department':
    case 'ambiguous-account':
    case 'ambiguous-ticket':
      return exitCodes.notFound
    case 'closing':
    case 'not-running':
    case 'cannot-start':
    case 'no-display':
    case 'no-answer':
    case 'not-permitted':
    case 'untrusted-app':
      return exitCodes.noApp
    case 'other-version':
      return exitCodes.otherVersion
    default:
      return exitCodes.failed
  }
}

const isNagios = (command: ParsedCommand | null): boolean =>
  command?.name === 'status' && command.nagios !== null

export function failurePage(
  problem: CommandProblem,
  { command, json: isJson, locale, system }: Format
): Page {
  const message = problemText(problem, locale, system)
  const exitCode = codeOfProblem(problem.kind)
  const nagios = isNagios(command)
  const code = nagios ? nagiosCodes.unknown : exitCode
  if (nagios) return { out: `${nagiosLine('unknown', message)}\n`, err: '', code, nagios }
  const error = { ...problem, message, exitCode }
  return {
    out: isJson ? json({ schema: schemaVersion, error }) : '',
    err: isJson ? '' : errorText(message, locale, exitCode === exitCodes.usage),
    ...{ code, nagios }
  }
}

export function usagePage(
  { error, json: isJson, nagios }: Extract<Invocation, { kind: 'wrong' }>,
  locale: Locale
): Page {
  const message = usageText(error, locale)
  const code = nagios ? nagiosCodes.unknown : exitCodes.usage
  if (nagios) return { out: `${nagiosLine('unknown', message)}\n`, err: '', code, nagios }
  const output = { kind: 'usage', message, detail: error.what, exitCode: exitCodes.usage } as const
  return {
    out: isJson ? json({ schema: schemaVersion, error: output }) : '',
    err: isJson ? '' : errorText(message, locale, true),
    ...{ code, nagios }
  }
}

/** The worst of the entries. Without waiting, being in the outbox is what was asked for. */
function codeOfEntries({ entries }: EntriesValue, waited: boolean): ExitCode {
  const results = entries.map(({ result }) => result)
  if (results.some((result) => result === 'refused' || result === 'cancelled')) return exitCodes.refused
  if (results.includes('undecided')) return exitCodes.undecided
  return waited && results.includes('waiting') ? exitCodes.waiting : exitCodes.done
}

export function resultPage(result: CommandResult, format: Format): Page {
  const { command, json: isJson, locale, system } = format
  const schema = schemaVersion
  const page = (out: string, code: number = exitCodes.done): Page => ({ out, err: '', code, nagios: false })
  switch (result.kind) {
    case 'list':
      return page(
        isJson ? json({ schema, command: 'list', ...result.value }) : listText(result.value, locale)
      )
    case 'show':
      return page(
        isJson ? json({ schema, command: 'show', ...result.value }) : showText(result.value, locale)
      )
    case 'status': {
      const limits = command?.name === 'status' ? command.nagios : null
      const nagios = limits && nagiosResult(result.value, limits, locale, system)
      const text = nagios ? `${nagios.line}\n` : statusText(result.value, locale, system)
      return {
        ...page(isJson ? json({ schema, command: 'status', ...result.value }) : text),
        ...(nagios ? { code: nagiosCodes[nagios.state], nagios: true } : {})
      }
    }
    case 'entries': {
      const name = command?.name
      const asked = name === 'reply' || name === 'new' || name === 'close' ? name : 'status'
      const output: Output = { schema, command: asked, ...result.value }
      const text = entriesText(result.value, locale, system)
      const code = codeOfEntries(result.value, result.waited)
      const early = result.problem
        ? errorText(problemText(result.problem, locale, system), locale, false)
        : ''
      return { ...page(isJson ? json(output) : text, code), err: early }
    }
  }
}
