/**
 * The engine in a separate process, killed with SIGKILL at random moments and restarted on the same folder, with servers of
 * all behaviours in turn.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serverBehaviours, type ServerBehaviour } from '../support/demo/server-behaviours.ts'
import { startDemoServer } from '../support/demo/server.ts'
import type { InjectedFault } from '../support/demo/api.ts'
import { apiVersions } from '../../electron/tickets/ticket.ts'
import { seedOf } from '../support/seed.ts'
import { toAscii } from '../../electron/tickets/text/sent-form/ascii.ts'
import type { OutboxItem } from '../../electron/tickets/views.ts'
import { seededRandom } from '../support/sync/random.ts'
import { scaledNow } from '../support/sync/scaled-clock.ts'

/** Per API version. */
const kills = Number(process.env.KILLS ?? 100)
const seed = seedOf('SEED')
/** The clock's speed: 6 minutes take 0.9 s. */
const scale = 400
/** Kills before the server changes its behaviour. */
const killsPerBehaviour = 5
/** 0 is a new ticket. */
const targets = [272298, 272298, 272291, 0]
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bilet-kill-'))
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('../support/sync/child.ts', import.meta.url)),
      outDir: folder,
      target: 'node20',
      rolldownOptions: { output: { format: 'cjs', entryFileNames: 'child.cjs' } }
    }
  })
}, 60_000)
afterAll(() => {
  // Windows releases the files of a killed process with a delay.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

const markup = ' <VirtualHost *:80> "x" satırı & C:\\new'

const faultEffects: readonly InjectedFault['effect'][] = [
  { kind: 'cut-before' },
  { kind: 'cut-after' },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 500, commit: true },
  { kind: 'html', commit: true },
  { kind: 'hang', commit: true },
  { kind: 'hang', commit: false },
  { kind: 'truncated', cut: true, commit: true }
]

it.each(apiVersions)(
  '%s: loses nothing and posts nothing twice',
  async (version) => {
    const random = seededRandom(seed)
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
    const start = Date.now()
    const server = await startDemoServer({ now: () => scaledNow(start, scale) })
    const sampleReplies = new Map(server.tickets().map(({ id, replies }) => [id, replies]))
    const durable: string[] = []
    const asked = new Map<number, string[]>(targets.map((target) => [target, []]))
    const children: ChildProcess[] = []
    /** Texts that the server acknowledged but did not store: they are sent again, perhaps after later ones. */
    const resent = new Set<string>()
    const times = { asked: 0, similar: 0 }
    let behaviour: ServerBehaviour = { name: 'unchanged' }
    const drawn = new Set<string>()
    /** The note that was durable last, and those that were asked for since. */
    let notes: readonly string[] = ['']
    const lostNotes: string[] = []

    const arrivals = (target: number): readonly string[] =>
      server.requests
        .filter(({ committed, path, parameters }) =>
          committed && target === 0
            ? path.endsWith('/create')
            : committed && path.endsWith('/reply') && parameters.id === String(target)
        )
        // Texts sent to v2 have Turkish letters.
        .map(({ parameters }) => toAscii(parameters.reply ?? parameters.message ?? ''))

    /** Decides as a person who has checked the panel. */
    function decide(child: ChildProcess, { id, action, question, acknowledgedAt }: OutboxItem): void {
      if (action.kind === 'close') return
      const [target, text] =
        action.kind === 'reply' ? [action.ticketId, action.text] : [0, action.draft.message]
      const isThere = arrivals(target).includes(toAscii(text))
      times.asked += 1
      if (question?.kind === 'similar') times.similar += 1
      const candidate =
        question?.kind === 'similar'
          ? question.candidates.find((candidate) => candidate.text.includes(text))
          : null
      if (!isThere && acknowledgedAt !== null) resent.add(toAscii(text))
      child.stdin?.write(
        `decide ${id} ${isThere ? 'arrived' : 'send-again'} ${isThere ? (candidate?.key ?? '-') : '-'}\n`
      )
    }

    /** Starts the engine; `on` gets each line of output. */
    function run(on: (line: string) => void): ChildProcess {
      const args = [
        join(folder, 'child.cjs'),
        join(folder, version),
        server.origin,
        server.token,
        version,
        String(start),
        String(scale),
        String(seed + children.length)
      ]
      const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
      child.stdin.on('error', () => undefined)
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.startsWith('noted ')) notes = [line.slice(6)]
        if (line.startsWith('kept ') && !notes.includes(line.slice(5))) lostNotes.push(line)
        if (line.startsWith('queued ')) durable.push(toAscii(line.slice(7)))
        if (line.startsWith('asks ')) decide(child, JSON.parse(line.slice(5)) as OutboxItem)
        on(line)
      })
      children.push(child)
      return child
    }
    const gone = (child: ChildProcess): Promise<unknown> =>
      new Promise((resolve) => child.once('close', resolve))

    for (let n = 0; n < kills; n++) {
      const target = pick(targets)
      if (n % killsPerBehaviour === 0) {
        behaviour = pick(serverBehaviours)
        drawn.add(behaviour.name)
        server.setBehaviour(behaviour)
      }
      if (random() < 0.5)
        server.injectFault({ on: target === 0 ? 'create' : 'reply', effect: pick(faultEffects) })
      const text = `Metin ${n}${random() < 0.5 ? markup : ''}`
      // Kill around the time when the entry becomes durable, or while it is sent.
      const [moment, delay] = [random() < 0.4 ? 'ready' : `queued ${text}`, Math.floor(random() * 60)]
      const child = run((line) => {
        if (line === 'ready') {
          asked.get(target)?.push(toAscii(text))
          notes = [...notes, text]
          child.stdin?.write(`${target} ${text}\n`)
        }
        // A refused entry is not durable and prints nothing more.
        if (line === moment || line.startsWith('refused ')) setTimeout(() => child.kill('SIGKILL'), delay)
      })
      await gone(child)
    }

    server.clearFaults()
    const { writes: _, refuses: __, ...rest } = behaviour
    server.setBehaviour(rest)
    const last = run((line) => {
      if (line === 'idle') last.kill('SIGKILL')
    })
    await gone(last)
    await server.close()

    const arrived = new Map([...asked.keys()].map((target) => [target, arrivals(target)]))
    const all = [...arrived.values()].flat()
    const lost = durable.filter((text) => !all.includes(text))
    const twice = all.filter((text, i) => all.indexOf(text) !== i)
    console.log(
      `${version}: ${kills} kills, ${drawn.size} behaviours, ${durable.length} durable, ${lost.length} lost, ${twice.length} doubled, ` +
        `${times.asked} asked, ${times.similar} of them “is this yours?” (seed ${seed})`
    )
    const repeat = `SEED=${seed} makes the same choices`
    expect(durable.length, `texts that got as far as the disk; ${repeat}`).toBeGreaterThan(kills / 4)
    expect({ lost, twice, lostNotes }, repeat).toEqual({ lost: [], twice: [], lostNotes: [] })
    for (const [target, texts] of arrived) {
      // New tickets have no order; the replies of a ticket do.
      if (target === 0) continue
      const inOrder = (all: readonly string[] = []): readonly string[] =>
        all.filter((text) => !resent.has(text))
      expect(inOrder(texts), repeat).toEqual(
        inOrder(asked.get(target)?.filter((text) => texts.includes(text)))
      )
      expect(server.tickets().find(({ id }) => id === target)?.replies, repeat).toBe(
        texts.length + (sampleReplies.get(target) ?? 0)
      )
    }
  },
  600_000
)
