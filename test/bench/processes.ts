/** Memory, processor time and context switches of a process and its descendants, from Linux' /proc. */
import { readdirSync, readFileSync } from 'node:fs'

/** What a process of Electron does; `main` is the browser process. */
export type Role = 'main' | 'page' | 'gpu' | 'network' | 'zygote' | 'other'
export const roles: readonly Role[] = ['main', 'page', 'gpu', 'network', 'zygote', 'other']

export interface Usage {
  /** Proportional set size in MB: a page shared by several processes is divided between them. */
  readonly pssMb: number
  /** Since the process started. */
  readonly cpuSeconds: number
  /** Voluntary and involuntary context switches of all its threads since they started. */
  readonly switches: number
}

export type UsageByRole = Readonly<Record<Role, Usage & { readonly processes: number }>>

/** The name before the parent's id in /proc/PID/stat may contain spaces. */
function parentOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

/** Ids of a process and its descendants. */
export function family(root: number): readonly number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      parents.set(Number(name), parentOf(Number(name)))
    } catch {
      // The process has ended meanwhile.
    }
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid)
    return pid === root || (parent !== undefined && parent > 1 && isBelow(parent))
  }
  return [...parents.keys()].filter(isBelow)
}

function roleOf(pid: number): Role {
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  const type = /--type=([\w-]+)/.exec(command)?.[1]
  if (type === undefined) return 'main'
  if (type === 'renderer') return 'page'
  if (type === 'gpu-process') return 'gpu'
  if (type === 'zygote') return 'zygote'
  return command.includes('NetworkService') ? 'network' : 'other'
}

/**
 * Sums over all threads, since the counters in /proc/PID/status are those of the main thread only. The scheduler's times
 * are in nanoseconds; an idle app uses less than one tick of `stat` in a minute.
 */
function usageOf(pid: number): Usage {
  let [switches, computed] = [0, 0]
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      const folder = `/proc/${pid}/task/${thread}`
      for (const [, count] of readFileSync(`${folder}/status`, 'utf8').matchAll(/ctxt_switches:\s+(\d+)/g))
        switches += Number(count)
      computed += Number(readFileSync(`${folder}/schedstat`, 'utf8').split(' ')[0])
    } catch {
      // The thread has ended meanwhile.
    }
  }
  const memory = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  return {
    pssMb: Number(/^Pss:\s+(\d+)/m.exec(memory)?.[1]) / 1000,
    cpuSeconds: computed / 1e9,
    switches
  }
}

/** What a process and its descendants use, by what they do. */
export function usageByRole(root: number): UsageByRole {
  const usage = Object.fromEntries(
    roles.map((role) => [role, { pssMb: 0, cpuSeconds: 0, switches: 0, processes: 0 }])
  ) as Record<Role, { -readonly [Key in keyof UsageByRole[Role]]: number }>
  for (const pid of family(root)) {
    try {
      const [role, used] = [roleOf(pid), usageOf(pid)]
      usage[role].pssMb += used.pssMb
      usage[role].cpuSeconds += used.cpuSeconds
      usage[role].switches += used.switches
      usage[role].processes += 1
    } catch {
      // The process has ended meanwhile.
    }
  }
  return usage
}

export const sumOf = (usage: UsageByRole, what: 'pssMb' | 'cpuSeconds' | 'switches' | 'processes'): number =>
  roles.reduce((sum, role) => sum + usage[role][what], 0)
