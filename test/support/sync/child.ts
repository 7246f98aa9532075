/**
 * A process that is nothing but the engine, to be killed. Lines on stdin: a reply's text. Lines on stdout:
 * `ready`, then `queued <text>` once a reply is durable, then `idle` whenever nothing waits to be sent.
 */
import { createInterface } from 'node:readline'
import { createTicketApi } from '../../../electron/api/client.ts'
import { createVault } from '../../../electron/storage/vault.ts'
import { createEngine } from '../../../electron/sync/engine.ts'
import { scaledClock } from './scaled-clock.ts'

const [folder = '', origin = '', token = '', start = '0', scale = '1'] = process.argv.slice(2)
const clock = scaledClock(Number(start), Number(scale))
const ticketId = 272298
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const now = (): number => clock.now()

const mask = (bytes: Uint8Array): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a))
const cipher = {
  isAvailable: () => true,
  encrypt: (plain: string) => mask(Buffer.from(plain)),
  decrypt: (encrypted: Uint8Array) => mask(encrypted).toString()
}

const engine = createEngine({
  folder,
  vault: createVault({ cipher, folder, report: () => undefined, clock }),
  clock,
  random: Math.random,
  pollSeconds: () => 30,
  createApi: ({ baseUrl, version, credentials }) =>
    createTicketApi({ baseUrl, version, credentials, fetch, writeFetch: fetch, timeoutMs: 250, now }),
  events: {
    accounts: () => undefined,
    rows: () => undefined,
    findings: () => undefined,
    notices: () => undefined,
    outbox: (items) => {
      if (items.length === 0) say('idle')
    }
  }
})

async function main(): Promise<void> {
  await engine.start()
  let account = engine.accounts()[0]
  while (!account) {
    const connected = await engine.connect({
      name: 'Test',
      baseUrl: origin,
      version: 'v2',
      credentials: { kind: 'bearer', token },
      thisRunOnly: false
    })
    if (connected.ok) account = connected.value
  }
  const ref = { accountId: account.id, ticketId }
  say('ready')
  if (engine.outbox().length === 0) say('idle')
  for await (const text of createInterface({ input: process.stdin })) {
    const queued = await engine.reply(ref, text)
    say(queued.ok ? `queued ${text}` : `refused ${queued.error.kind}`)
  }
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
