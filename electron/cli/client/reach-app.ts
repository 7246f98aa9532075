/** Sends a request to the running app, after starting it if necessary. */
import { spawn } from 'node:child_process'
import type { Reply } from '../protocol/messages.ts'
import { failWith, type Failure } from '../protocol/command-problem.ts'
import { endpointFolder, findEndpoint } from '../protocol/endpoint.ts'
import type { Request } from '../protocol/requests.ts'
import { callApp, type CallResult } from './call.ts'
import { takeStartLock, type LockFile, type StartLock } from './start-lock.ts'

/** Milliseconds between two looks whether a started app listens. */
const lookEveryMs = 100

export interface AppStart {
  readonly program: string
  /** Without the app: its folder if Electron runs from source, and Chromium's switches. */
  readonly args: readonly string[]
  /** Whether there is a graphical session to start it in. */
  readonly hasDisplay: boolean
  readonly lockFile: LockFile
}

export interface ReachOptions {
  readonly profile: string
  /** Null: the app may not be started. */
  readonly start: AppStart | null
  /** Milliseconds, for starting the app and its answer. */
  readonly timeoutMs: number
  /** Called when the app has to be started. */
  readonly onStart: () => void
}

export async function reachApp(request: Request, options: ReachOptions): Promise<Reply | Failure> {
  const { profile, start, timeoutMs } = options
  const until = Date.now() + timeoutMs
  const first = await callRunning(profile, request, timeoutMs)
  if (first !== 'absent') return first
  if (!start) return failWith('not-running')
  if (!start.hasDisplay) return failWith('no-display')
  options.onStart()
  let child: Child | null = null
  let lock: StartLock | null = null
  try {
    while (Date.now() < until) {
      if (!child && (lock = takeStartLock(profile, start.lockFile))) {
        child = startHidden(start)
        if (child.pid !== undefined) lock.handTo(child.pid)
      }
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
      const result = await callRunning(profile, request, until - Date.now())
      if (result !== 'absent') return result
      // Code 0: another start was faster, and has taken over.
      const code = child?.exitCode() ?? null
      if (code !== null && code !== 0) return failWith('cannot-start', String(code))
    }
    return failWith('no-answer')
  } finally {
    lock?.release()
  }
}

async function callRunning(profile: string, request: Request, timeoutMs: number): Promise<CallResult> {
  const found = findEndpoint(profile)
  switch (found.kind) {
    case 'none':
      return 'absent'
    case 'not-permitted':
      return failWith('not-permitted', endpointFolder(profile))
    case 'found':
      return callApp(found.endpoint, request, timeoutMs)
  }
}

interface Child {
  /** Undefined if the program could not be started. */
  readonly pid: number | undefined
  exitCode(): number | null
}

/** The app stays when the command and its terminal end. */
function startHidden({ program, args }: AppStart): Child {
  const child = spawn(program, [...args, '--hidden'], { detached: true, stdio: 'ignore' })
  let failed: number | null = null
  child.once('error', () => {
    failed = -1
  })
  child.once('exit', (code) => {
    failed ??= code ?? -1
  })
  child.unref()
  return { pid: child.pid, exitCode: () => failed }
}
