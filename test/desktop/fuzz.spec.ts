/**
 * Malformed calls of all commands from a real page. Main must keep running and answer each with an error as data. Every call
 * is invalid by construction, so that none takes effect. `SEED=random` uses another seed, `CALLS=…` sets their number.
 */
import type { Result } from '../../electron/ipc/contract.ts'
import { commands } from '../../electron/ipc/contract.ts'
import { problemKinds } from '../../electron/tickets/problem.ts'
import { expect, test } from '../support/desktop/fixtures.ts'
import { rowOf } from '../support/desktop/steps.ts'
import { seedOf } from '../support/seed.ts'
import { newTicketOf } from '../support/builders.ts'

const seed = seedOf('SEED')
const wanted = Number(process.env.CALLS ?? 51_000)

const ref = { accountId: 'a', ticketId: 272298 }
const draft = newTicketOf({ title: 't', departmentId: 1, service: 's', message: 'm' })
const auth = { kind: 'bearer', token: 't' }

/** A valid argument for each command, which is then made invalid. Undefined for commands without arguments. */
const samples: Readonly<Record<keyof typeof commands, Readonly<Record<string, unknown>> | undefined>> = {
  'app.state': undefined,
  'app.diagnostics': undefined,
  'diagnostics.save': { text: 'x' },
  'updates.act': { act: 'later' },
  'notices.dismiss': { kind: 'no-tray' },
  'notices.showFile': { name: 'outbox.json' },
  'proxy.signIn': { user: 'u', password: 'p', remember: false },
  'accounts.connect': { name: 'n', baseUrl: 'https://127.0.0.1:9', version: 'v2', auth, thisRunOnly: true },
  'accounts.cancelConnect': undefined,
  'accounts.demo': undefined,
  'accounts.reconnect': { accountId: 'a', auth, thisRunOnly: true, otherCustomer: 'ask' },
  'accounts.rename': { accountId: 'a', name: 'n' },
  'accounts.recolor': { accountId: 'a', color: 1 },
  'accounts.pause': { accountId: 'a', paused: true },
  'accounts.setRules': { accountId: 'a', rules: { notify: false } },
  'accounts.remove': { accountId: 'a' },
  'tickets.rows': { from: 0, count: 10 },
  'tickets.thread': ref,
  'tickets.newestUnread': undefined,
  'tickets.show': { ref },
  'tickets.read': { refs: [ref] },
  'tickets.unread': { refs: [ref] },
  'tickets.reply': { ref, text: 'x' },
  'tickets.replyAndClose': { ref, text: 'x' },
  'tickets.close': { refs: [ref] },
  'tickets.create': { accountId: 'a', draft, password: 'p' },
  'attachments.image': { ref, url: 'https://127.0.0.1:9/a.png' },
  'attachments.save': { ref, url: 'https://127.0.0.1:9/a.png' },
  'tickets.shown': { ref },
  'tickets.menu': { refs: [ref], x: 1, y: 1 },
  'tickets.openInPanel': { accountId: 'a', ticketId: 272298 },
  'tickets.withTag': { name: 'x' },
  'tickets.search': { query: 'x' },
  'tickets.export': { refs: [ref], format: 'json' },
  'tickets.cancelExport': undefined,
  'tickets.statistics': { period: 'all' },
  'outbox.retry': { id: 'x' },
  'outbox.cancel': { id: 'x' },
  'outbox.retryAll': { ids: ['x'] },
  'outbox.cancelAll': { ids: ['x'] },
  'outbox.decide': { id: 'x', decision: 'arrived', candidateKey: null },
  'outbox.writeAgain': { id: 'a' },
  'outbox.history': undefined,
  'drafts.reply': { ref, text: 'x' },
  'compose.start': undefined,
  'compose.next': { accountId: 'a' },
  'compose.draft': { accountId: 'a', draft },
  'compose.new': undefined,
  'drafts.list': undefined,
  'drafts.open': { id: 'x' },
  'drafts.discard': { kind: 'new-ticket', id: 'x' },
  'drafts.restore': undefined,
  'services.list': { accountId: 'a' },
  'sync.check': undefined,
  'sync.stopLoading': { accountId: 'a' },
  'network.changed': undefined,
  'tickets.setWork': { refs: [ref], change: { done: true, note: 'x', addTags: ['a'] } },
  'data.export': undefined,
  'data.import': undefined,
  'settings.change': { pollSeconds: 60 },
  'notifications.test': undefined,
  'window.open': { window: 'inbox' },
  'window.close': undefined,
  'window.leave': { view: '{}' },
  'window.view': undefined,
  'link.open': { url: 'https://example.com' },
  'clipboard.write': { text: 'x' },
  'clipboard.look': undefined,
  'clipboard.readToken': undefined
}

interface Tally {
  readonly calls: number
  readonly kinds: Readonly<Record<string, number>>
  readonly perCommand: Readonly<Record<string, number>>
  /** Calls that were not answered with an error as data: they succeeded or failed in another way. */
  readonly odd: readonly string[]
}

/** Runs inside the page. */
async function fuzz(input: {
  readonly seed: number
  readonly calls: number
  readonly samples: Readonly<Record<string, unknown>>
}): Promise<Tally> {
  const { bilet } = window as unknown as {
    bilet: { invoke(name: unknown, args?: unknown): Promise<Result<unknown>> }
  }
  // The mulberry32 generator.
  let state = input.seed | 0
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(random() * limit)
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T
  const deep = (depth: number): unknown => (depth === 0 ? 'x' : { x: deep(depth - 1) })
  const text = (length: number): string =>
    String.fromCharCode(...Array.from({ length }, () => below(0x10000)))

  /** Values that no field accepts: fields are strings, booleans, integers, lists or records. */
  const wrong: readonly (() => unknown)[] = [
    () => Number.NaN,
    () => Number.POSITIVE_INFINITY,
    () => -random() - 1.5,
    () => 1.5,
    () => 2 ** 60 + random(),
    () => new Date(below(1e12)),
    () => new Uint8Array(below(64)),
    () => new Map([['accountId', 'a']]),
    () => new Error('x'),
    () => /x/,
    () => [[[[]]]],
    () => [text(8), null, {}],
    () => ({ length: 1, 0: 'a' }),
    () => ({ toString: 'x', valueOf: 'y' }),
    () => JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}') as unknown,
    () => deep(1 + below(40))
  ]
  const whole: readonly (() => unknown)[] = [
    ...wrong,
    () => text(below(40)),
    () => below(1000),
    () => true,
    () => ''
  ]

  /** Copies the value and makes one field invalid, removes it, or adds an unknown one, at any depth. */
  function spoil(value: unknown): unknown {
    if (Array.isArray(value)) {
      if (random() < 0.3 || value.length === 0) return pick(wrong)()
      return [...(value as unknown[]).slice(0, -1), spoil(value.at(-1))]
    }
    if (typeof value !== 'object' || value === null) return pick(wrong)()
    const copy: Record<string, unknown> = { ...value }
    const keys = Object.keys(copy)
    const key = pick(keys)
    const how = random()
    // All fields of a settings change are optional, so removing one would not make it invalid.
    if (how < 0.2 && key !== 'pollSeconds') {
      const left = Object.fromEntries(Object.entries(copy).filter(([name]) => name !== key))
      return left
    }
    if (how < 0.4)
      return { ...copy, [pick(['x', 'toString', '__proto', 'hasOwnProperty', text(4)])]: below(9) }
    // Longer than any field accepts, including what a window shows.
    if (how < 0.404) return { ...copy, [key]: 'x'.repeat(4_000_001) }
    return { ...copy, [key]: spoil(copy[key]) }
  }

  const names = Object.keys(input.samples)
  const unknown = [
    '',
    'toString',
    '__proto__',
    'constructor',
    'app',
    'app.state ',
    'APP.STATE',
    'tickets.*',
    'quit',
    'bilet:event'
  ]
  const kinds: Record<string, number> = {}
  const perCommand: Record<string, number> = {}
  const odd: string[] = []
  let calls = 0
  let turn = 0

  async function call(name: unknown, args: unknown): Promise<void> {
    const shown = typeof name === 'string' ? name : typeof name
    perCommand[shown] = (perCommand[shown] ?? 0) + 1
    calls += 1
    try {
      const answer = await bilet.invoke(name, args)
      if (answer.ok || typeof answer.error.kind !== 'string')
        odd.push(`${shown}: ${JSON.stringify(answer).slice(0, 200)}`)
      else kinds[answer.error.kind] = (kinds[answer.error.kind] ?? 0) + 1
    } catch (error) {
      odd.push(`${shown}: ${String(error)}`)
    }
  }

  while (calls < input.calls && odd.length < 20) {
    const batch: Promise<void>[] = []
    for (let index = 0; index < 250; index++) {
      // In turn, so that all commands get the same number of calls.
      const name = names[turn++ % names.length] ?? ''
      const sample = input.samples[name]
      const how = random()
      if (how < 0.05)
        batch.push(call(pick<unknown>([...unknown, text(6), 7, true, [name], { name }]), sample))
      else if (how < 0.3 || sample === undefined || sample === null) batch.push(call(name, pick(whole)()))
      else batch.push(call(name, spoil(sample)))
    }
    await Promise.all(batch)
  }
  return { calls, kinds, perCommand, odd }
}

test('main stays up under malformed calls of every command, and answers each with a typed error', async ({
  session,
  launch
}) => {
  console.log(`SEED=${seed} CALLS=${wanted}`)
  expect(Object.keys(samples).sort()).toEqual(Object.keys(commands).sort())
  const app = await launch({ args: ['--demo'] })
  const inbox = await app.window(/Inbox/)
  await expect(rowOf(inbox, 272298)).toBeVisible()
  await app.electron.evaluate(({ shell, dialog }) => {
    // Prevents effects outside the test in case a call is accepted.
    shell.openExternal = () => Promise.reject(new Error('not in this test'))
    dialog.showSaveDialog = () => Promise.resolve({ canceled: true, filePath: '' })
  })
  const before = await app.electron.evaluate(() => process.pid)

  const tally = await inbox.evaluate(fuzz, { seed, calls: wanted, samples })
  const least = Object.keys(commands).reduce(
    (min, name) => Math.min(min, tally.perCommand[name] ?? 0),
    Infinity
  )
  console.log(
    `${tally.calls} calls, at least ${least} of each command, answers: ${JSON.stringify(tally.kinds)}`
  )
  expect(tally.odd).toEqual([])
  expect(tally.calls).toBeGreaterThanOrEqual(wanted)
  expect(least).toBeGreaterThan(wanted / Object.keys(commands).length / 2)
  expect(
    Object.keys(tally.kinds).filter((kind) => !(problemKinds as readonly string[]).includes(kind))
  ).toEqual([])
  // An internal error is our mistake, whatever the arguments were.
  expect(tally.kinds.internal ?? 0).toBe(0)

  await expect(rowOf(inbox, 272298)).toBeVisible()
  expect(await app.electron.evaluate(() => process.pid)).toBe(before)
  expect(await inbox.evaluate(async () => (await window.bilet?.invoke('app.state'))?.ok)).toBe(true)
  expect(await inbox.evaluate(() => 'admin' in {})).toBe(false)
  expect(await app.electron.evaluate(() => 'admin' in {})).toBe(false)
  expect(await session.tray.tooltip()).toContain('Bilet')
})
