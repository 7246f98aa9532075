import log from 'electron-log/node'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { redact, type RedactOptions } from '../security/redact.ts'

export interface Log {
  /** `what`: where the error occurred, e.g. a command's name. Of the error its text is logged, redacted. */
  readonly error: (what: string, error: unknown) => void
  readonly info: (line: string) => void
  /** The newest lines of this run, oldest first. */
  readonly newest: () => readonly string[]
}

const maxFileBytes = 512 * 1024
/** `main.log`, `main.1.log`, `main.2.log`. */
const maxFiles = 3
const maxRememberedLines = 200

/** One line for any thrown value, causes included because they tell the reason. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : 'failed'
  const { code } = error as { code?: unknown }
  const own = `${error.name}: ${error.message}${typeof code === 'string' ? ` (${code})` : ''}`
  return error.cause === undefined ? own : `${own}; because ${errorText(error.cause)}`
}

/** Log files in `folder`, rotated by size. `options` is called for every line, because the secrets change. */
export function createLog(folder: string, options: () => RedactOptions): Log {
  const { file, console: screen } = log.transports
  const path = (index: number): string => join(folder, index === 0 ? 'main.log' : `main.${index}.log`)
  file.resolvePathFn = () => path(0)
  // electron-log requires an app name even if the path is given; without it nothing is written in a bundle.
  file.setAppName('Bilet')
  file.level = 'info'
  file.maxSize = maxFileBytes
  file.format = '{y}-{m}-{d} {h}:{i}:{s}.{ms} {level} {text}'
  file.archiveLogFn = () => {
    try {
      rmSync(path(maxFiles - 1), { force: true })
      for (let index = maxFiles - 2; index >= 0; index--)
        if (existsSync(path(index))) renameSync(path(index), path(index + 1))
    } catch {
      // If the file cannot be rotated it keeps growing, which is better than no log.
    }
  }
  screen.level = 'error'
  const lines: string[] = []
  const write = (level: 'info' | 'error', text: string): void => {
    const line = redact(text, options()).replaceAll('\n', ' ')
    lines.push(`${level} ${line}`)
    if (lines.length > maxRememberedLines) lines.shift()
    log[level](line)
  }
  return {
    info: (line) => write('info', line),
    error: (what, error) => write('error', `${what}: ${errorText(error)}`),
    newest: () => lines
  }
}

/** Logs uncaught errors, which are bugs; the app keeps running. */
export function logUncaught(log: Log): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      log.error('main', error)
    })
}
