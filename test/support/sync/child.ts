/**
 * A process that runs only the engine, so that tests can kill it. Lines on stdin: `<ticket> <text>`, where ticket 0 is a new one,
 * and `decide <id> <decision> <candidate's key or ->`. Lines on stdout: `kept <text>` with the note of ticket 272298, `ready`,
 * then `noted <text>` once the text is the note of that ticket, `queued <text>` once it is durable,
 * then `idle` whenever no entry waits to be sent, and `asks <JSON of an entry>` for every undecided entry.
 */
import { createInterface } from 'node:readline'
import { createTicketApi } from '../../../electron/api/client.ts'
import { fileTicketCache } from '../../../electron/storage/ticket-cache.ts'
import { createVault } from '../../../electron/storage/vault.ts'
import { createEngine } from '../../../electron/sync/engine.ts'
import type { ApiVersion } from '../../../electron/tickets/ticket.ts'
import { seededRandom } from './random.ts'
import { scaledClock } from './scaled-clock.ts'
import { connectInputOf, newTicketOf } from '../builders.ts'

const [folder = '', origin = '', token = '', version = 'v2', start = '0', scale = '1', seed = '0'] =
  process.argv.slice(2)
const clock = scaledClock(Number(start), Number(scale))
const draft = newTicketOf({ title: 'T', departmentId: 20, service: '952157' })
const print = (line: string): void => void process.stdout.write(`${line}\n`)
const now = (): number => clock.now()

const mask = (bytes: Uint8Array): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a))
const cipher = {
  state: () => Promise.resolve('open' as const),
  encrypt: (plain: string) => Promise.resolve(mask(Buffer.from(plain))),
  decrypt: (encrypted: Uint8Array) => Promise.resolve(mask(encrypted).toString())
}

const engine = createEngine({
  folder,
  vault: createVault({ cipher, folder, report: () => undefined, clock }),
  clock,
  // Real time, since the clock is scaled but the disk is not faster.
  cache: (path) => fileTicketCache(path),
  random: seededRandom(Number(seed)),
  pollSeconds: () => 30,
  createApi: ({ baseUrl, version, credentials }) =>
    createTicketApi({ baseUrl, version, credentials, fetch, writeFetch: fetch, silenceMs: 250, now }),
  events: {
    accounts: () => undefined,
    rows: () => undefined,
    ticketEvents: () => undefined,
    notices: () => undefined,
    outbox: () => {
      report()
    }
  }
})

/** The ticket that gets every text as its note. */
const notedTicket = 272298

const asked = new Set<string>()

function report(): void {
  const items = engine.outgoing.items()
  if (items.length === 0) print('idle')
  for (const item of items) {
    const question = JSON.stringify([item.id, item.attempts, item.question])
    if (item.state !== 'undecided' || asked.has(question)) continue
    asked.add(question)
    print(`asks ${JSON.stringify(item)}`)
  }
}

async function main(): Promise<void> {
  await engine.control.start()
  let account = engine.accounts.list()[0]
  while (!account) {
    const connected = await engine.accounts.connect(
      connectInputOf({
        baseUrl: origin,
        version: version as ApiVersion,
        credentials: { kind: 'bearer', token }
      })
    )
    if (connected.ok) account = connected.value
  }
  const noteOf = (): string => engine.ownData.exported()[0]?.tickets[String(notedTicket)]?.note ?? ''
  print(`kept ${noteOf()}`)
  print('ready')
  report()
  for await (const line of createInterface({ input: process.stdin })) {
    const [, id, decision, key] = /^decide (\S+) (arrived|send-again) (\S+)$/.exec(line) ?? []
    if (id !== undefined) {
      await engine.outgoing.decide(
        id,
        decision === 'arrived' ? 'arrived' : 'send-again',
        key === '-' ? null : (key ?? null)
      )
      continue
    }
    const [, ticket, text = ''] = /^(\d+) (.*)$/.exec(line) ?? []
    const ticketId = Number(ticket)
    const notedRef = { accountId: account.id, ticketId: notedTicket }
    const noted = await engine.tickets.setWork([notedRef], { note: text, title: text.slice(0, 20) })
    if (noted.ok) print(`noted ${text}`)
    const queued =
      ticketId === 0
        ? await engine.outgoing.create(account.id, { ...draft, message: text }, '')
        : await engine.outgoing.reply({ accountId: account.id, ticketId }, text)
    print(queued.ok ? `queued ${text}` : `refused ${queued.error.kind}`)
  }
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
