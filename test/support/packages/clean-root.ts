/**
 * A clean system in which packages are installed: the folder that `.ci/clean-root` prepared, as `/` of separate mount and
 * process namespaces. It shares the test's desktop session (display, session bus, home folder).
 */
import { execFile, execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import type { Stage } from '../desktop/machine.ts'
import type { DesktopSession } from '../desktop/session.ts'

const run = promisify(execFile)

/** The folder that `.ci/run` prepares. */
const preparedRoot = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'bilet-clean-root')

/** Why no clean system can be started here; null if it can. */
export function whyNoCleanRoot(): string | null {
  if (process.getuid?.() !== 0) return 'namespaces with a root of their own need root'
  if (!existsSync(join(preparedRoot, 'made-of'))) return 'no clean system was prepared (.ci/run does)'
  const namespaces = spawnSync('unshare', [
    '--mount',
    '--pid',
    '--fork',
    'mount',
    '-t',
    'tmpfs',
    'none',
    '/mnt'
  ])
  return namespaces.status === 0 ? null : 'this machine forbids namespaces'
}

/** Shell script: makes `$1` the root folder, mounts the old `$2` in it, prints `ready`, and ends with the test, also when that is killed. */
const enterRoot = `set -e
mount --rbind "$1" "$1"; cd "$1"
mount -t tmpfs tmpfs dev; mkdir dev/shm dev/pts; mount -t tmpfs -o mode=1777 tmpfs dev/shm
for name in null zero full random urandom tty; do : > dev/$name; mount --bind /dev/$name dev/$name; done
ln -s /proc/self/fd dev/fd
mkdir -p ".$2"; mount --bind "$2" ".$2"
mount -t proc proc proc
mkdir -p .old; pivot_root . .old; cd /; umount -l .old; rmdir .old
echo ready
exec cat >/dev/null`

export class CleanRoot {
  readonly folder: string
  readonly #session: DesktopSession
  readonly #holder: ChildProcess
  /** Id of the first process inside, in the outer namespace. */
  readonly #innerPid: string

  private constructor(session: DesktopSession, folder: string, holder: ChildProcess) {
    this.#session = session
    this.folder = folder
    this.#holder = holder
    this.#innerPid = execFileSync('ps', ['-o', 'pid=', '--ppid', String(holder.pid)])
      .toString()
      .trim()
  }

  static async open(stage: Stage, session: DesktopSession): Promise<CleanRoot> {
    const folder = join(stage.folder, `root-${basename(session.home)}`)
    await run('cp', ['-a', join(preparedRoot, 'root'), folder])
    // Creates an account with the id of the test's user.
    await run('chroot', [
      folder,
      'useradd',
      '--uid',
      await userId(stage),
      '--home-dir',
      session.home,
      'person'
    ])
    const args = ['--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private']
    const holder = spawn('unshare', [...args, 'bash', '-c', enterRoot, 'bash', folder, session.home], {
      stdio: ['pipe', 'pipe', 'inherit']
    })
    await new Promise<void>((resolve, reject) => {
      holder.stdout.once('data', () => resolve())
      holder.once('exit', () => reject(new Error('The clean system did not start')))
    })
    return new CleanRoot(session, folder, holder)
  }

  #command(words: readonly string[]): readonly [string, string[]] {
    return ['nsenter', [`--target=${this.#innerPid}`, '--mount', '--pid', '--', ...words]]
  }

  /** Copies a file into the system and returns its path there. */
  async bring(path: string): Promise<string> {
    const place = join('/root', basename(path))
    await run('cp', [path, join(this.folder, place)])
    return place
  }

  /** Runs a command as root and returns its output; rejects with the output if it fails. */
  async asRoot(...words: readonly string[]): Promise<string> {
    const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' }
    const { stdout, stderr } = await run(...this.#command(words), { env, maxBuffer: 1 << 26 })
    return stdout + stderr
  }

  /** Starts a command as the test's user. `output` returns what it has printed so far, errors and Chromium's lines included. */
  start(...words: readonly string[]): {
    readonly output: () => string
    readonly stdout: () => string
    readonly ended: Promise<number | null>
  } {
    const env = Object.entries(this.#session.env).map(([name, value]) => `${name}=${value}`)
    const person = ['setpriv', '--reuid=person', '--regid=person', '--init-groups', '--', 'env', '-i', ...env]
    const child = spawn(...this.#command([...person, ...words]), { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let stdout = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    return {
      output: () => output,
      stdout: () => stdout,
      ended: new Promise((resolve) => child.once('close', resolve))
    }
  }

  /** Runs a command as the test's user and returns its output; rejects with the output if it fails. */
  async asPerson(...words: readonly string[]): Promise<string> {
    const { output, ended } = this.start(...words)
    const code = await ended
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${output()}`)
    return output()
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#holder.once('exit', resolve))
    this.#holder.kill('SIGKILL')
    await ended
    await run('rm', ['-rf', '--one-file-system', this.folder])
  }
}

async function userId({ user }: Stage): Promise<string> {
  const { stdout } = await run('id', ['-u', ...(user === null ? [] : [user])])
  return stdout.trim()
}
