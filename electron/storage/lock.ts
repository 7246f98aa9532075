/** One copy of the app per folder: two would send everything twice. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { uptime } from 'node:os'
import { dirname } from 'node:path'

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

/** Null while another living process holds it; a dead one's lock is taken over. Throws where nothing can be written. */
export function lockFile(path: string, bootedAt = bootTime()): (() => void) | null {
  mkdirSync(dirname(path), { recursive: true })
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const content = `${process.pid} ${beginningOf(process.pid) ?? ''} ${Math.round(bootedAt)}`
      writeFileSync(path, content, { flag: 'wx', mode: 0o600 })
      held.add(path)
      return () => {
        if (held.delete(path)) rmSync(path, { force: true })
      }
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    }
    if (!takeAwayStale(path, bootedAt)) return null
  }
  return null
}

/** False when it is alive. Renamed first and looked at again: another copy may take it over at the same time. */
function takeAwayStale(path: string, bootedAt: number): boolean {
  const away = `${path}.${process.pid}`
  try {
    const content = readFileSync(path, 'utf8')
    if (lives(path, content, bootedAt)) return false
    renameSync(path, away)
    if (readFileSync(away, 'utf8') !== content) {
      renameSync(away, path)
      return false
    }
    rmSync(away, { force: true })
  } catch (error) {
    // Gone meanwhile: free to try.
    if (codeOf(error) !== 'ENOENT') throw error
  }
  return true
}
