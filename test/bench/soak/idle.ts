/** Measures the idle app: real Electron with 1,000 tickets, in the tray, all windows closed. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildApp } from '../../../build/build.ts'
import { startDemoServer } from '../../support/demo/server.ts'
import { launchApp, startPlain } from '../../support/desktop/app.ts'
import { chooseElectron, ensurePackages, prepareStage } from '../../support/desktop/machine.ts'
import { DesktopSession } from '../../support/desktop/session.ts'
import { connect } from '../../support/desktop/steps.ts'

export interface Idle {
  readonly tickets: number
  readonly polls: number
  readonly seconds: number
  readonly processes: number
  readonly cpuSecondsPerMinute: number
  /** Proportional set size: shared pages are counted once. */
  readonly pssMb: number
  readonly rssMb: number
}

const tickets = 1000
const settleMs = 20_000
const watchedMs = 60_000
/** `sysconf(_SC_CLK_TCK)` on every Linux that Electron runs on. */
const ticksPerSecond = 100

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Ids of a process and its descendants. */
function family(root: number): readonly number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
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

function cpuSeconds(pids: readonly number[]): number {
  let ticks = 0
  for (const pid of pids) {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    ticks += Number(fields[11]) + Number(fields[12])
  }
  return ticks / ticksPerSecond
}

function memoryMb(pids: readonly number[], what: 'Pss' | 'Rss'): number {
  let kb = 0
  for (const pid of pids)
    kb += Number(
      new RegExp(`^${what}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]
    )
  return kb / 1000
}

export async function measureIdle(): Promise<Idle> {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  ensurePackages()
  const electron = await chooseElectron(root)
  await buildApp()
  const stage = prepareStage(root, electron)
  const session = await DesktopSession.open(stage)
  const demo = await startDemoServer({ token: 'a-token' })
  demo.fill(tickets, 3)
  try {
    const app = await launchApp({ stage, session })
    const inbox = await app.window(/Inbox/)
    await connect(inbox, demo, { version: 'v2' })
    await inbox.getByRole('option').first().waitFor()
    await app.quit()

    const { pid, ended } = startPlain({ stage, session, args: ['--hidden'] })
    await session.tray.tooltip()
    await wait(settleMs)
    const pids = family(pid)
    const [cpu, asked, from] = [cpuSeconds(pids), demo.requests.length, performance.now()]
    await wait(watchedMs)
    const seconds = (performance.now() - from) / 1000
    const idle = {
      tickets,
      polls: demo.requests.length - asked,
      seconds,
      processes: pids.length,
      cpuSecondsPerMinute: ((cpuSeconds(pids) - cpu) * 60) / seconds,
      pssMb: memoryMb(pids, 'Pss'),
      rssMb: memoryMb(pids, 'Rss')
    }
    await session.tray.click(/^Quit$/)
    await ended
    return idle
  } finally {
    await demo.close()
    await session.close()
  }
}
