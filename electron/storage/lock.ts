/** One copy of the app per folder: two would send everything twice. */
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { uptime } from 'node:os'
import { dirname } from 'node:path'
import { patiently, replaceFile } from './retry-while-busy.ts'

/** Locks of this very process; a lock with our number that is not among them was a dead process's. */
const held = new Set<string>()

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null)

/** When a process began, in the kernel's ticks: numbers are given again, beginnings are not. Linux only. */
function beginningOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in brackets, which may hold anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

/** When this machine began to run, as its clock says now; the clock may have been set since, by so much. */
const bootTime = (): number => Date.now() - uptime() * 1000
const clockSetMs = 300_000

function lives(path: string, content: string, bootedAt: number): boolean {
  const [first, beginning, booted] = content.split(' ')
  const pid = Number(first)
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  if (pid === process.pid) return held.has(path)
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it is there, but another person's.
    if (codeOf(error) !== 'EPERM') return false
  }
  if (process.platform === 'linux' && beginning) return beginningOf(pid) === beginning
  // Numbers are given again after a restart of the machine: a lock from before it is nobody's.
  return !booted || Number(booted) >= bootedAt - clockSetMs
}

/** False when it is there. Never seen half-written, where the file system has links. */
function createWhole(path: string, content: string): boolean {
  const own = `${path}.${process.pid}.new`
  writeFileSync(own, content, { mode: 0o600 })
  try {
    linkSync(own, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
  } finally {
    rmSync(own, { force: true })
  }
  try {
    writeFileSync(path, content, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

/**
 * False while a living process has it. Of those that find the same dead one's lock, only who holds the lock on that
 * very lock may replace it, and only while it is still there.
 */
function acquire(path: string, content: string, bootedAt: number): boolean {
  for (let attempt = 0; attempt < 3; attempt++) {
    if (createWhole(path, content)) return true
    const found = read(path)
    if (found === null) continue
    if (lives(path, found, bootedAt)) return false
    const replacing = `${path}.${found.replace(/\W+/g, '-').slice(0, 60)}`
    if (!acquire(replacing, content, bootedAt)) return false
    if (read(path) === found) {
      replaceFile(replacing, path)
      return true
    }
    rmSync(replacing, { force: true })
  }
  return false
}

/** Null while another living process holds it; a dead one's lock is taken over. Throws where nothing can be written. */
export function lockFile(path: string, bootedAt = bootTime()): (() => void) | null {
  mkdirSync(dirname(path), { recursive: true })
  const content = `${process.pid} ${beginningOf(process.pid) ?? ''} ${Math.round(bootedAt)}`
  // On Windows another copy may have it open, just to look who holds it.
  if (!patiently(() => acquire(path, content, bootedAt))) return null
  held.add(path)
  return () => {
    if (held.delete(path)) rmSync(path, { force: true })
  }
}
