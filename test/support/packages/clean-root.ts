/**
 * A system of its own for a package: the root that `.ci/clean-root` prepared as `/`, in namespaces for mounts and
 * processes. What the desktop of the test has (display, session bus, the person's home) is shared with it.
 */
import { execFile, execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import type { Stage } from '../desktop/machine.ts'
import type { DesktopSession } from '../desktop/session.ts'

const run = promisify(execFile)

/** Where `.ci/run` has it prepared. */
const preparedRoot = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'bilet-clean-root')

/** Null: there can be one here. */
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

/** Makes `$1` the root, with `$2` of the old one in it, says when it is ready, and ends when the test does, also killed. */
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
  /** The first process inside, by its number outside. */
  readonly #inside: string

  private constructor(session: DesktopSession, folder: string, holder: ChildProcess) {
    this.#session = session
    this.folder = folder
    this.#holder = holder
    this.#inside = execFileSync('ps', ['-o', 'pid=', '--ppid', String(holder.pid)])
      .toString()
      .trim()
  }

  static async open(stage: Stage, session: DesktopSession): Promise<CleanRoot> {
    const folder = join(stage.folder, `root-${basename(session.home)}`)
    await run('cp', ['-a', join(preparedRoot, 'root'), folder])
    // The person by name, as everybody has one.
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
    return ['nsenter', [`--target=${this.#inside}`, '--mount', '--pid', '--', ...words]]
  }

  /** Copies a file to where `asRoot` finds it: the answer. */
  async bring(path: string): Promise<string> {
    const place = join('/root', basename(path))
    await run('cp', [path, join(this.folder, place)])
    return place
  }

  /** Answers what it printed; rejects with it when it failed. */
  async asRoot(...words: readonly string[]): Promise<string> {
    const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' }
    const { stdout, stderr } = await run(...this.#command(words), { env, maxBuffer: 1 << 26 })
    return stdout + stderr
  }

  /** As the person at this desktop. `said` grows while it runs. */
  start(...words: readonly string[]): {
    readonly said: () => string
    readonly ended: Promise<number | null>
  } {
    const env = Object.entries(this.#session.env).map(([name, value]) => `${name}=${value}`)
    const person = ['setpriv', '--reuid=person', '--regid=person', '--init-groups', '--', 'env', '-i', ...env]
    const child = spawn(...this.#command([...person, ...words]), { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
    return { said: () => said, ended: new Promise((resolve) => child.once('close', resolve)) }
  }

  /** As the person: what it printed. Rejects when it failed. */
  async asPerson(...words: readonly string[]): Promise<string> {
    const { said, ended } = this.start(...words)
    const code = await ended
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${said()}`)
    return said()
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
