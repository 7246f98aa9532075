/** Standard input and output of a command, and the file of `--output`. */
import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import type { Readable, Writable } from 'node:stream'
import { maxTextLength } from '../../tickets/limits.ts'
import { failWith, type CommandOutcome } from '../protocol/command-problem.ts'

/** Bytes after which reading ends: the longest text in UTF-8, with room for what is removed from it. */
const maxInputBytes = maxTextLength * 4

/** Escape sequences of terminals, such as colours. */
// eslint-disable-next-line no-control-regex -- they begin with a control character
const escapeSequences = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g
// eslint-disable-next-line no-control-regex -- matches control characters in order to remove them
const controls = /[\u0001-\u0008\u000b-\u001f\u007f-\u009f]/g

/** A text as it is sent: line ends as `\n`, without colours and other control characters. */
export function cleanInput(text: string): CommandOutcome<string> {
  if (text.includes('\0')) return failWith('binary-text')
  const clean = text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .replace(escapeSequences, '')
    .replace(controls, '')
    .replace(/\s+$/, '')
  if (clean.trim() === '') return failWith('no-text')
  return clean.length > maxTextLength ? failWith('text-too-long') : { ok: true, value: clean }
}

function decoded(bytes: Uint8Array): CommandOutcome<string> {
  try {
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return failWith('not-utf8')
  }
}

/** Reads standard input to its end, or until it is too long. */
export async function readInput(streams: Streams): Promise<CommandOutcome<string>> {
  const input = streamOf(streams, 'stdin')
  if (input === null) return failWith('no-text')
  const parts: Buffer[] = []
  let length = 0
  try {
    for await (const part of input as AsyncIterable<Buffer | string>) {
      const bytes = typeof part === 'string' ? Buffer.from(part) : part
      parts.push(bytes)
      length += bytes.length
      if (length > maxInputBytes) return failWith('text-too-long')
    }
  } catch {
    // A closed standard input, as some services have.
    return failWith('no-text')
  }
  const text = decoded(Buffer.concat(parts))
  return text.ok ? cleanInput(text.value) : text
}

/** The first line of a file with a password. */
export function readPassword(file: string): CommandOutcome<string> {
  try {
    const text = decoded(readFileSync(file))
    return text.ok ? { ok: true, value: text.value.split(/\r?\n/)[0] ?? '' } : text
  } catch {
    return failWith('file-failed', file)
  }
}

/** The streams of a process. A program without console on Windows may throw when it is asked for one. */
export interface Streams {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Writable
  readonly stderr: Writable & { readonly isTTY?: boolean }
}

export function streamOf<Name extends keyof Streams>(streams: Streams, name: Name): Streams[Name] | null {
  try {
    return streams[name]
  } catch {
    return null
  }
}

/** Resolves with false if the text could not be written; not if its reader is gone, as after `| head -1`. */
export function write(streams: Streams, name: 'stdout' | 'stderr', text: string): Promise<boolean> {
  const stream = streamOf(streams, name)
  if (stream === null || text === '') return Promise.resolve(true)
  const isGone = (error: NodeJS.ErrnoException): boolean => error.code === 'EPIPE' || error.code === 'EOF'
  return new Promise((resolve) => {
    stream.once('error', (error) => resolve(isGone(error)))
    stream.write(text, (error) => {
      if (!error) resolve(true)
    })
  })
}

/** A file that exists: where it really is, and how it is kept. */
function existing(
  file: string
): { readonly path: string; readonly isFile: boolean; readonly mode: number } | null {
  try {
    const path = realpathSync(file)
    const stat = statSync(path)
    return { path, isFile: stat.isFile(), mode: stat.mode & 0o777 }
  } catch {
    return null
  }
}

/**
 * Replaces the file at once, so that no reader sees half of it; a link keeps its target, and a file its permissions. What is no
 * file, such as `/dev/null` or a pipe, is written to.
 */
export function writeOutput(file: string, text: string): CommandOutcome<null> {
  const old = existing(file)
  const path = old?.path ?? file
  const unfinished = `${path}.${randomBytes(4).toString('hex')}.tmp`
  try {
    if (old?.isFile === false) writeFileSync(path, text)
    else {
      writeFileSync(unfinished, text, { flag: 'wx', ...(old ? { mode: old.mode } : {}) })
      renameSync(unfinished, path)
    }
    return { ok: true, value: null }
  } catch {
    rmSync(unfinished, { force: true })
    return failWith('file-failed', file)
  }
}
