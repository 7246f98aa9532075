/** Runs a command of the command line; before Chromium starts, so that it needs neither a display nor a window. */
import type { Locale } from '../../tickets/locale.ts'
import { parseArguments, type Invocation } from '../arguments/parse.ts'
import { exitCodes, nagiosCodes } from '../exit-codes.ts'
import { outputJsonSchema } from '../output/schema.ts'
import { printableJson } from '../output/printable.ts'
import type { System } from '../words/problems.ts'
import { helpText } from '../words/help.ts'
import { wordsOf } from '../words/words.ts'
import { localeWithoutApp } from './locale.ts'
import { failurePage, resultPage, usagePage, type Page } from './pages.ts'
import { reachApp, type AppStart, type ReachOptions } from './reach-app.ts'
import { requestOf } from './request.ts'
import { resultOf, waitForEntries } from './result.ts'
import { streamOf, write, writeOutput, type Streams } from './streams.ts'
import { failWith, type CommandOutcome } from '../protocol/command-problem.ts'

export interface CommandLineParts {
  /** Without the program and, from source, without the app's folder. */
  readonly args: readonly string[]
  /** Folder of the profile. Read by commands only: Electron creates it when it is asked for the path. */
  readonly profile: string
  readonly version: string
  readonly system: System
  /** How the app is started; its arguments without switches. */
  readonly start: AppStart
  readonly streams: Streams
}

/** Returns the exit code; null if the arguments are no command, but start the app. */
export async function runCommandLine(parts: CommandLineParts): Promise<number | null> {
  const invocation = parseArguments(parts.args)
  if (invocation.kind === 'start') return null
  const { version, profile, streams } = parts
  const localeOr = (locale: Locale | null): Locale => locale ?? localeWithoutApp(profile)
  switch (invocation.kind) {
    case 'help':
      await write(streams, 'stdout', helpText(localeOr(invocation.locale)))
      return exitCodes.done
    case 'version':
      await write(streams, 'stdout', `Bilet ${version}\n`)
      return exitCodes.done
    case 'json-schema':
      await write(streams, 'stdout', `${printableJson(outputJsonSchema())}\n`)
      return exitCodes.done
    case 'wrong': {
      const page = usagePage(invocation, localeOr(invocation.locale))
      await write(streams, 'stdout', page.out)
      await write(streams, 'stderr', page.err)
      return page.code
    }
    case 'run':
      return run(invocation, parts)
  }
}

type Run = Extract<Invocation, { kind: 'run' }>

async function run({ command, common, switches }: Run, parts: CommandLineParts): Promise<number> {
  const { system, profile, streams } = parts
  let locale = common.locale ?? localeWithoutApp(profile)
  const tell = (words: (locale: Locale) => string): void => {
    if (streamOf(streams, 'stderr')?.isTTY === true) void write(streams, 'stderr', `${words(locale)}\n`)
  }
  const finish = (page: Page): Promise<number> => print(page, common.output, parts, locale)
  const format = { command, json: common.json, system }

  const request = await requestOf(command, {
    streams,
    beforeReading: () => {
      if (streamOf(streams, 'stdin')?.isTTY === true) tell((language) => wordsOf(language).typeText)
    }
  })
  if (!request.ok) return finish(failurePage(request.error, { ...format, locale }))
  const options: ReachOptions = {
    profile,
    start: common.mayStart ? startWith(parts.start, switches) : null,
    timeoutMs: common.timeoutMs + (command.name === 'status' ? command.waitMs : 0),
    onStart: () => tell((language) => wordsOf(language).starting)
  }
  const reply = await reachApp(request.value, options)
  if ('locale' in reply) locale = common.locale ?? reply.locale
  const result = resultOf(request.value, reply)
  if (!result.ok) return finish(failurePage(result.error, { ...format, locale }))
  const final = await waitForEntries(result.value, command, options)
  return finish(resultPage(final, { ...format, locale }))
}

/** `--no-sandbox`, which some launchers of AppImages add, would keep the app from starting. */
const startWith = (start: AppStart, switches: readonly string[]): AppStart => ({
  ...start,
  args: [...start.args, ...switches.filter((one) => one !== '--no-sandbox')]
})

/** Fails on a full disk, for example; a reader that is gone has what it wanted. */
const writeToStandardOutput = async (streams: Streams, text: string): Promise<CommandOutcome<null>> =>
  (await write(streams, 'stdout', text)) ? { ok: true, value: null } : failWith('file-failed', 'stdout')

/** Writes the page and returns its exit code, or that of a failed write. */
async function print(
  { out, err, code, nagios }: Page,
  output: string | null,
  { streams, system }: CommandLineParts,
  locale: Locale
): Promise<number> {
  await write(streams, 'stderr', err)
  const toFile = output !== null && out !== ''
  const written = toFile ? writeOutput(output, out) : await writeToStandardOutput(streams, out)
  if (written.ok) return code
  const page = failurePage(written.error, { command: null, json: false, system, locale })
  await write(streams, 'stderr', page.err)
  return nagios ? nagiosCodes.unknown : page.code
}
