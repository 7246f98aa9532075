/** The servers of the simulation, in a process of their own. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { TicketId } from '../../../electron/tickets/ticket.ts'
import type { Act, Answer, Deed, Setup } from './protocol.ts'

export interface Servers {
  /** `http://127.0.0.1:PORT` of each account. */
  readonly origins: readonly string[]
  /** Resolves with the tickets that the list of the account has then, newest first. */
  act(account: number, now: number, deed: Deed): Promise<readonly TicketId[]>
  end(): Promise<void>
}

interface Waiting {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

export async function startServers(setup: Setup): Promise<Servers> {
  const program = fileURLToPath(new URL('server-process.ts', import.meta.url))
  const child = fork(program, [JSON.stringify(setup)], {
    execArgv: process.execArgv.filter((flag) => !flag.startsWith('--cpu-prof')),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc']
  })
  const waiting: Waiting[] = []
  child.on('message', (answer) => waiting.shift()?.resolve(answer as Answer))
  child.once('exit', () => {
    for (const { reject } of waiting) reject(new Error('The process of the servers has ended'))
  })
  const answer = (): Promise<Answer> => new Promise((resolve, reject) => waiting.push({ resolve, reject }))
  const { origins = [] } = await answer()
  return {
    origins,
    async act(account, now, deed) {
      child.send({ account, now, deed } satisfies Act)
      return (await answer()).ids ?? []
    },
    async end() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    }
  }
}
