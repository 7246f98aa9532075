/** Runs `bilet COMMAND` as a process, as the test's user. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { outputSchema, type Output } from '../../../electron/cli/output/schema.ts'
import { writeWrapper, type Stage } from './machine.ts'
import type { DesktopSession } from './session.ts'

export interface CommandOptions {
  readonly stage: Stage
  readonly session: DesktopSession
  readonly args: readonly string[]
  /** Standard input; without it there is none. */
  readonly input?: string | Buffer
  /** Executable of the packaged app; if not set, the app runs from source. */
  readonly packaged?: string
  /** Name of the profile folder inside the session. */
  readonly profile?: string
  /** Environment of the command; default: that of the session. */
  readonly env?: Readonly<Record<string, string>>
  /** Another user, as whom the command runs. */
  readonly user?: string
}

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export function startCommand(options: CommandOptions): ChildProcess {
  const { stage, session, packaged, profile = 'profile', env = session.env } = options
  const userData = join(session.home, profile)
  mkdirSync(userData, { recursive: true })
  if (stage.user && !options.user) execFileSync('chown', [stage.user, userData])
  const as = options.user === undefined ? stage : { ...stage, user: options.user }
  const program = writeWrapper(as, `command-${options.user ?? 'own'}`, packaged ?? stage.electron, env)
  return spawn(
    program,
    [
      ...(packaged === undefined ? [join(stage.folder, 'app')] : []),
      ...options.args,
      `--user-data-dir=${userData}`,
      '--password-store=basic',
      `--ozone-platform=${session.display}`
    ],
    { cwd: stage.folder, stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] }
  )
}

/** What the command printed, and its exit code. Lines of Chromium about a missing bus are left out. */
export function endOf(child: ChildProcess, input?: string | Buffer): Promise<Ended> {
  const [out, err]: [Buffer[], Buffer[]] = [[], []]
  child.stdout?.on('data', (part: Buffer) => out.push(part))
  child.stderr?.on('data', (part: Buffer) => err.push(part))
  // The command may end before it has read everything.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(input)
  const textOf = (parts: readonly Buffer[]): string => Buffer.concat(parts).toString('utf8')
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve({ code, out: textOf(out), err: textOf(err).replace(/^\[\d+:.*\n/gm, '') })
    })
  })
}

export const runCommand = (options: CommandOptions): Promise<Ended> =>
  endOf(startCommand(options), options.input)

/** The printed JSON, held to its schema. */
export const outputOf = ({ out }: Ended): Output => outputSchema.parse(JSON.parse(out))

/** Process id of the app that runs with this profile. */
const pidOf = (session: DesktopSession, profile: string): number =>
  Number(/-(\d+)$/.exec(readlinkSync(join(session.home, profile, 'SingletonLock')))?.[1])

/** Ends the app that runs with this profile, and waits for it. */
export async function endApp(
  session: DesktopSession,
  signal: NodeJS.Signals,
  profile = 'profile'
): Promise<void> {
  const pid = pidOf(session, profile)
  process.kill(pid, signal)
  const isAlive = (): boolean => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }
  while (isAlive()) await new Promise((resolve) => setTimeout(resolve, 50))
}
