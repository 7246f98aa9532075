/** The engine in a process of its own, killed with SIGKILL at any moment, started again on the same folder. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startDemoServer } from '../../../electron/demo/server.ts'
import type { Misbehaviour } from '../../../electron/demo/api.ts'
import { seededRandom } from '../../support/sync/random.ts'
import { scaledNow } from '../../support/sync/scaled-clock.ts'

const kills = Number(process.env.KILLS ?? 200)
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000)
/** A fair wait of a minute is over in 300 ms. */
const scale = 200
const ticketId = 272298
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bilet-kill-'))
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: new URL('../../support/sync/child.ts', import.meta.url).pathname,
      outDir: folder,
      target: 'node20',
      rolldownOptions: { output: { format: 'cjs', entryFileNames: 'child.cjs' } }
    }
  })
}, 60_000)
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const hows: readonly Misbehaviour['how'][] = [
  { kind: 'cut-before' },
  { kind: 'cut-after' },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 500, commit: true },
  { kind: 'html', commit: true },
  { kind: 'hang', commit: true },
  { kind: 'hang', commit: false },
  { kind: 'truncated', cut: true, commit: true }
]

it('loses nothing and posts nothing twice', async () => {
  const random = seededRandom(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const start = Date.now()
  const server = await startDemoServer({ now: () => scaledNow(start, scale) })
  const durable: string[] = []
  const asked: string[] = []
  const children: ChildProcess[] = []

  /** Starts it; `on` hears every line. */
  function run(on: (line: string) => void): ChildProcess {
    const args = [
      join(folder, 'child.cjs'),
      join(folder, 'profile'),
      server.origin,
      server.token,
      String(start),
      String(scale)
    ]
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    child.stdin.on('error', () => undefined)
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('queued ')) durable.push(line.slice(7))
      on(line)
    })
    children.push(child)
    return child
  }
  const gone = (child: ChildProcess): Promise<unknown> =>
    new Promise((resolve) => child.once('close', resolve))

  for (let n = 0; n < kills; n++) {
    if (random() < 0.5) server.misbehave({ on: 'reply', how: pick(hows) })
    const text = `Reply ${n}`
    // Around becoming durable, or while it is being sent.
    const [moment, delay] = [random() < 0.4 ? 'ready' : `queued ${text}`, Math.floor(random() * 60)]
    const child = run((line) => {
      if (line === 'ready') {
        asked.push(text)
        child.stdin?.write(`${text}\n`)
      }
      if (line === moment) setTimeout(() => child.kill('SIGKILL'), delay)
    })
    await gone(child)
  }

  server.behave()
  const last = run((line) => {
    if (line === 'idle') last.kill('SIGKILL')
  })
  await gone(last)
  await server.close()

  const arrived = server.requests
    .filter(({ path, committed }) => path.endsWith('/reply') && committed)
    .map(({ parameters }) => parameters.reply ?? '')
  const lost = durable.filter((text) => !arrived.includes(text))
  const twice = arrived.filter((text, i) => arrived.indexOf(text) !== i)
  const inOrder = asked.filter((text) => arrived.includes(text))
  console.log(
    `${kills} kills, ${durable.length} durable, ${lost.length} lost, ${twice.length} duplicated (seed ${seed})`
  )
  const repeat = `SEED=${seed} repeats it`
  expect(durable.length, `replies that got as far as the disk; ${repeat}`).toBeGreaterThan(kills / 4)
  expect({ lost, twice }, repeat).toEqual({ lost: [], twice: [] })
  expect(arrived, repeat).toEqual(inOrder)
  expect(server.tickets().find(({ id }) => id === ticketId)?.replies, repeat).toBe(arrived.length)
}, 300_000)
