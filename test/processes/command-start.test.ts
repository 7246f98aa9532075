/** A command that is ended while it starts the app. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'

const moduleOf = (path: string): string => new URL(`../../electron/${path}`, import.meta.url).href
const started: ChildProcess[] = []
const apps: number[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  for (const pid of apps.splice(0))
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended.
    }
})

const within = { timeout: 60_000 }

it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  'by %s leaves the app to the next one, which starts no second one while the first is starting',
  async (signal) => {
    const folder = mkdtempSync(join(tmpdir(), 'bilet-command-'))
    const profile = join(folder, 'profile')
    const lock = join(profile, 'command-start.lock')
    const log = join(folder, 'starts')
    const looks = join(folder, 'looks')
    // Stands in for an app that takes long to listen. `exec`: its process is the one that was started.
    const app = join(folder, 'app')
    writeFileSync(app, `#!/bin/sh\necho $$ >> '${log}'\nexec sleep 600\n`)
    chmodSync(app, 0o755)
    const script = `const { runCommandLine } = await import(${JSON.stringify(moduleOf('cli/client/run.ts'))})
      const { appendFileSync } = await import('node:fs')
      const locks = await import(${JSON.stringify(moduleOf('storage/files/lock.ts'))})
      const lockFile = (path, expired) => {
        const lock = locks.lockFile(path, expired)
        appendFileSync(${JSON.stringify(looks)}, process.pid + ' ' + lock.kind + '\\n')
        return lock
      }
      process.exit(await runCommandLine({
        args: ['status', '--timeout=60'], profile: ${JSON.stringify(profile)}, version: '1', system: 'linux',
        start: { program: ${JSON.stringify(app)}, args: [], hasDisplay: true, lockFile }, streams: process
      }))`
    const command = (): ChildProcess => {
      const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
        stdio: ['ignore', 'ignore', 'inherit']
      })
      started.push(child)
      return child
    }
    const starts = (): readonly number[] =>
      existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').map(Number) : []
    const holder = (): number => Number(readFileSync(lock, 'utf8').split(' ')[0])
    const appAt = (at: number): Promise<number> =>
      vi.waitFor(() => {
        const pid = starts()[at] ?? 0
        expect(pid).toBeGreaterThan(0)
        expect(holder()).toBe(pid)
        apps.push(pid)
        return pid
      }, within)

    const first = command()
    const pid = await appAt(0)
    const ended = once(first, 'exit')
    first.kill(signal)
    await ended
    expect(holder(), 'the app is still starting').toBe(pid)

    const others = [command(), command()]
    await vi.waitFor(() => {
      const text = readFileSync(looks, 'utf8')
      for (const { pid: id } of others) expect(text).toContain(`${id} holder`)
    }, within)
    expect(starts()).toHaveLength(1)
    process.kill(pid, 'SIGKILL')
    const next = await appAt(1)
    expect(next).not.toBe(pid)
    expect(starts()).toHaveLength(2)
  },
  120_000
)
