/**
 * The largest accounts and the busiest moments: how long main is blocked at most, and how much memory it takes beside the
 * text of the lists. The core runs as in the app, with events serialized as for windows.
 */
import { setImmediate } from 'node:timers/promises'
import type { WholeListReader } from '../../electron/api/api.ts'
import { prepareSearch } from '../../electron/ipc/commands/prepare-search.ts'
import type { TicketRef } from '../../electron/tickets/ticket.ts'
import { answers, type Answers } from './answers.ts'
import { appRig, newFolder, removeFolder, type AppRig } from './app-rig.ts'
import { blocksDuring, longest } from './blocks.ts'
import { collect } from './cost.ts'
import { printTable } from './report.ts'

export interface WorstCaseFigures {
  readonly name: string
  /** Size of the lists, in MB. */
  readonly textMb: number
  readonly steps: readonly { readonly name: string; readonly longestBlockMs: number }[]
  /** Heap and buffers at the end after a collection, as a ratio to the size of the lists. */
  readonly heldPerText: number
}

interface WorstCase {
  readonly name: string
  /** The lists of the accounts. */
  lists(): readonly Answers[]
  /** What happens after the first lists have arrived. */
  readonly steps: readonly Step[]
}

interface Step {
  readonly name: string
  /** What the server does before, which is not measured. */
  readonly change?: (lists: readonly Answers[]) => void
  readonly act: (context: Context) => Promise<unknown>
}

interface Context {
  readonly rig: AppRig
  /** Polls all accounts, up to the windows and the cache. */
  readonly poll: () => Promise<void>
  readonly refs: () => readonly TicketRef[]
}

const succeed = async (outcome: Promise<{ readonly ok: boolean }>): Promise<void> => {
  if (!(await outcome).ok) throw new Error('a command failed')
}

const oneAnswered: Step = {
  name: 'one is answered in each account',
  change(lists) {
    for (const list of lists) list.change()
  },
  act: ({ poll }) => poll()
}
const openThread: Step = {
  name: 'a thread is opened',
  act({ rig, refs }) {
    const [ref] = refs()
    if (ref) rig.show(rig.core.engine.tickets.thread(ref))
    return Promise.resolve()
  }
}
const search: Step = {
  name: 'searches',
  async act({ rig }) {
    await prepareSearch(rig.core.engine)
    for (const query of ['gecikme', 'is:open yavaslik', 'bulunmaz']) {
      rig.show(rig.core.engine.tickets.search(query))
      await setImmediate()
    }
  }
}

const longThread = 1000
const unreadAtOnce = 1000
const outboxEntries = 300

const worstCases: readonly WorstCase[] = [
  {
    name: '10,000 tickets with 20 replies each',
    lists: () => [answers(10_000, 20, { length: 240 })],
    steps: [oneAnswered, openThread, search]
  },
  {
    name: 'five accounts with 5,000 tickets each',
    lists: () => [0, 1, 2, 3, 4].map((at) => answers(5000, 3, { firstId: at * 100_000 })),
    steps: [oneAnswered, search]
  },
  {
    name: `ten threads with ${longThread} replies each`,
    lists: () => [answers(10, longThread)],
    steps: [oneAnswered, openThread, search]
  },
  {
    name: `${unreadAtOnce} tickets answered at once, of 2,000`,
    lists: () => [answers(2000, 3)],
    steps: [
      {
        name: 'the list that shows it',
        change([list]) {
          list?.change(unreadAtOnce)
        },
        async act({ poll, rig }) {
          await poll()
          const unread = rig.core.engine.tickets.rows().filter((row) => row.unread > 0).length
          if (unread !== unreadAtOnce) throw new Error(`${unread} are unread`)
        }
      },
      {
        name: 'all are marked as read',
        act: ({ rig, refs }) => succeed(rig.core.engine.tickets.markRead(refs()))
      }
    ]
  },
  {
    name: `${outboxEntries} replies in the outbox, of 2,000 tickets`,
    lists: () => [answers(2000, 3)],
    steps: [
      {
        name: 'they are written, one by one',
        async act({ rig, refs }) {
          const { outgoing } = rig.core.engine
          for (const [i, ref] of refs().slice(0, outboxEntries).entries()) {
            await succeed(outgoing.reply(ref, `Yanıt ${i}: günlükler ektedir.`, undefined, 600_000))
            await setImmediate()
          }
        }
      },
      oneAnswered,
      {
        name: 'all are taken back',
        act({ rig }) {
          const { outgoing } = rig.core.engine
          return succeed(outgoing.cancelAll(outgoing.items().map(({ id }) => id)))
        }
      }
    ]
  }
]

const heldBytes = async (): Promise<number> => {
  // Ended work is released only after a turn of the event loop.
  for (let i = 0; i < 5; i++) {
    collect()
    await setImmediate()
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

async function measureCase(worst: WorstCase, readWhole: WholeListReader): Promise<WorstCaseFigures> {
  const lists = worst.lists()
  const folder = newFolder()
  const rig = appRig(folder, readWhole)
  const before = await heldBytes()
  const textBytes = (): number => lists.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const ownBytes = textBytes()
  const tokens = lists.map((_, at) => `token-${at}`)
  const serve = (): void => {
    for (const [at, { bytes }] of lists.entries()) rig.answers.set(tokens[at] ?? '', bytes)
  }
  const poll = async (): Promise<void> => {
    await rig.core.engine.control.check('asked')
    await rig.settled()
  }
  const refs = (): readonly TicketRef[] =>
    rig.core.engine.tickets.rows().map(({ accountId, id }) => ({ accountId, ticketId: id }))
  const steps: { name: string; longestBlockMs: number }[] = []
  const measureStep = async (name: string, act: () => Promise<unknown>): Promise<void> => {
    collect()
    steps.push({ name, longestBlockMs: longest(await blocksDuring(async () => void (await act()))) })
  }
  await rig.core.start()
  serve()
  await measureStep('the first lists, up to the cache', async () => {
    for (const token of tokens) await rig.connect(token)
    await rig.settled()
  })
  for (const { name, change, act } of worst.steps) {
    change?.(lists)
    serve()
    await measureStep(name, () => act({ rig, poll, refs }))
  }
  await rig.settled()
  // The lists of the server are no part of it, those made meanwhile neither.
  const heldPerText = ((await heldBytes()) - before - (textBytes() - ownBytes)) / textBytes()
  await rig.end()
  removeFolder(folder)
  return { name: worst.name, textMb: textBytes() / 1e6, steps, heldPerText }
}

const goals = { blockMs: 50, heldPerText: 3 } as const

/** Measures all cases, each after a smaller run that warms up the code. */
export async function measureWorstCases(readWhole: WholeListReader): Promise<readonly WorstCaseFigures[]> {
  const all: WorstCaseFigures[] = []
  const [, , , warmUp] = worstCases
  if (warmUp) await measureCase(warmUp, readWhole)
  for (const worst of worstCases) {
    const figures = await measureCase(worst, readWhole)
    all.push(figures)
    console.log(
      `${figures.name}, ${figures.textMb.toFixed(1)} MB: memory ${figures.heldPerText.toFixed(2)} × the text (goal ≤ ${goals.heldPerText})`
    )
    printTable(
      figures.steps.map(({ name, longestBlockMs }) => [
        `  ${name}`,
        `longest block ${longestBlockMs.toFixed(1)} ms`,
        longestBlockMs <= goals.blockMs ? '' : `over ${goals.blockMs}`
      ])
    )
  }
  return all
}
