/** Mutated answers: whatever a server, a proxy or a bad line makes of an answer, nothing known may be lost by it. */
import { describe, expect, it } from 'vitest'
import { ApiProblem } from '../../../electron/api/problems.ts'
import { parseTickets } from '../../../electron/api/wire.ts'
import { problemKinds } from '../../../electron/tickets/problem.ts'
import { segments } from '../../../electron/tickets/segments.ts'
import type { ApiVersion, Ticket } from '../../../electron/tickets/ticket.ts'
import { v1Ticket, v2List, v2Ticket } from './serve.ts'

const runs = 60_000
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)

/** mulberry32: small, and the same everywhere. */
function randomFrom(start: number): () => number {
  let state = start | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

class Dice {
  readonly #random: () => number
  constructor(start: number) {
    this.#random = randomFrom(start)
  }
  below(limit: number): number {
    return Math.floor(this.#random() * limit)
  }
  pick<T>(of: readonly T[]): T {
    return of[this.below(of.length)] as T
  }
}

const reply = (id: number, admin: string): unknown => ({
  id,
  admin,
  user: 'Deniz',
  date: '2024-04-24 16:32:14',
  message: `Yanıt ${id}: ğüşıöç`,
  attachment: 'a.png'
})
const samples: Readonly<Record<ApiVersion, unknown>> = {
  v1: {
    data: [
      v1Ticket,
      { ...v1Ticket, id: '5', status: 'Open', message: 'Beş', replies: [reply(1, 'Ayşe')] },
      { ...v1Ticket, id: 6, status: 'Yanıtlandı', message: 'Altı', lastreply: '01-12-18 10:30:09' }
    ]
  },
  v2: v2List(v2Ticket, { ...v2Ticket, id: 7, message: 'Yedi', replies: [reply(2, ' '), reply(3, 'Ali')] })
}

type Json = Record<string, unknown> | unknown[]
const isContainer = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** Every object and list inside, with itself. */
const containers = (value: unknown): Json[] =>
  isContainer(value) ? [value, ...Object.values(value).flatMap(containers)] : []

const strange = (dice: Dice): unknown =>
  dice.pick<() => unknown>([
    () => null,
    () => dice.pick([true, false]),
    () => dice.pick([0, -1, 1.5, 1e308, -1e308, 2 ** 53, 2 ** 53 + 2, 5]),
    () =>
      dice.pick(['', ' ', '0', '-1', '1e3', '99999999999999999999', '__proto__', 'constructor', '\ud800']),
    () =>
      dice.pick(['<script>alert(1)</script>', '&#0;&toString;', '\u202e\u0000', '30-11--0001', '99-99-99']),
    () => [],
    () => ({}),
    () => [[[]]],
    () => ({ id: 1, message: {} }),
    () => 'x'.repeat(dice.below(5000))
  ])()

/** Changes the meaning: a field of another type, missing, renamed, swapped, moved into the wrong place. */
function mutateMeaning(sample: unknown, dice: Dice): Uint8Array {
  const value = structuredClone(sample)
  for (let times = 1 + dice.below(3); times > 0; times--) {
    const target = dice.pick(containers(value)) as Record<string, unknown>
    const keys = Object.keys(target)
    const [key, other] = [dice.pick(keys), dice.pick(keys)] as [string | undefined, string | undefined]
    if (key === undefined || other === undefined) continue
    const kind = dice.below(5)
    if (kind === 0) target[key] = strange(dice)
    else if (kind === 1) Reflect.deleteProperty(target, key)
    else if (kind === 2) [target[key], target[other]] = [target[other], target[key]]
    else if (kind === 3 && !Array.isArray(target)) {
      target[`${key}s`] = target[key]
      Reflect.deleteProperty(target, key)
    } else if (kind === 4) target[key] = { [key]: target[key] }
  }
  return Buffer.from(JSON.stringify(value))
}

/** Changes the bytes: flipped, cut, doubled, of another encoding, nested deeply, a page around or instead. */
function mutateBytes(sample: unknown, dice: Dice): Uint8Array {
  const bytes = Buffer.from(JSON.stringify(sample))
  switch (dice.below(8)) {
    case 0:
    case 1:
      for (let times = 1 + dice.below(4); times > 0; times--) {
        const at = dice.below(bytes.length)
        bytes[at] = (bytes[at] ?? 0) ^ (1 << dice.below(8))
      }
      return bytes
    case 2:
      return bytes.subarray(0, dice.below(bytes.length))
    case 3:
      bytes[dice.below(bytes.length)] = dice.pick([0xff, 0xc0, 0x80, 0xfe, 0x00])
      return bytes
    case 4: {
      const depth = dice.below(2000)
      const deep = `${'['.repeat(depth)}1${']'.repeat(depth)}`
      return Buffer.from(bytes.toString().replace('""', () => deep))
    }
    case 5:
      return Buffer.from(
        dice.pick([
          '',
          'null',
          '[]',
          '<!doctype html><title>x</title>',
          `<pre>${bytes.toString()}</pre>`,
          '{"data":'
        ])
      )
    case 6: {
      const from = dice.below(bytes.length)
      const piece = bytes.subarray(from, from + dice.below(40))
      const at = dice.below(bytes.length)
      return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)])
    }
    default:
      return Buffer.from(
        bytes.toString().replace(/\d+/g, (number) => (dice.below(8) ? number : number.repeat(9)))
      )
  }
}

const isMoment = (value: unknown): boolean => value === null || Number.isSafeInteger(value)

const unclean =
  // eslint-disable-next-line no-control-regex -- these may not come through
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])/

/** Every promise that a ticket makes to the rest of the app. Null when all are kept. */
function broken(ticket: Ticket): string | null {
  if (!Number.isSafeInteger(ticket.id) || ticket.id <= 0) return 'id'
  if (!isMoment(ticket.createdAt) || !isMoment(ticket.lastReplyAt)) return 'date'
  if (typeof ticket.status.text !== 'string' || unclean.test(ticket.status.text)) return 'status'
  for (const { message, attachments } of [ticket, ...ticket.replies]) {
    if (typeof message !== 'string' || unclean.test(message)) return 'message'
    for (const one of attachments) if (one.kind === 'link' && !/^https?:/.test(one.url)) return 'attachment'
  }
  for (const { id, author, name, sentAt } of ticket.replies) {
    if (id !== null && !(Number.isSafeInteger(id) && id > 0)) return 'reply id'
    if (author === 'staff' && name === '') return 'name'
    if (unclean.test(name) || name.includes('\n') || !isMoment(sentAt)) return 'reply'
  }
  return null
}

/** The bytes' own JSON, read without any of the app's rules; null where it is none. */
function rawTickets(bytes: Uint8Array): readonly Record<string, unknown>[] {
  const body = JSON.parse(Buffer.from(bytes).toString()) as { data: unknown[] }
  return body.data.filter((one) => isContainer(one) && !Array.isArray(one)) as Record<string, unknown>[]
}

/** What a list claims must stand in its bytes: no thread emptied, no reply given to somebody else. */
function invented(ticket: Ticket, raw: readonly Record<string, unknown>[]): string | null {
  const source = raw.findLast(({ id }) => /^\d{1,16}$/.test(String(id)) && Number(id) === ticket.id)
  if (!source) return 'no such ticket in the answer'
  const replies = (source.replies ?? []) as Record<string, unknown>[]
  const isExplicit = source.replies === null || Array.isArray(source.replies)
  if (!isExplicit || replies.length !== ticket.replies.length) return 'replies'
  if (typeof source.message !== 'string' || typeof source.status !== 'string') return 'text'
  const staff = replies.filter(
    ({ admin }) => typeof admin === 'string' && /[^\s\p{Cc}\p{Cf}]/u.test(admin)
  ).length
  const claimed = ticket.replies.filter(({ author }) => author === 'staff').length
  return claimed > staff ? 'staff' : null
}

describe.each(['v1', 'v2'] as const)('%s', (version) => {
  it(`survives ${runs} mutated answers: each is a failure of a known kind or tickets that keep every promise`, () => {
    console.log(`fuzz ${version}: FUZZ_SEED=${seed}`)
    const sample = samples[version]
    const seen = { tickets: 0, broken: 0, failed: new Map<string, number>() }
    for (let run = 0; run < runs; run++) {
      const dice = new Dice(seed + run * 2 + (version === 'v1' ? 0 : 1))
      const bytes = (dice.below(2) ? mutateMeaning : mutateBytes)(sample, dice)
      const where = `FUZZ_SEED=${seed}, run ${run}`
      try {
        const answer = parseTickets(bytes, version)
        const raw = answer.tickets.length > 0 ? rawTickets(bytes) : []
        for (const ticket of answer.tickets) {
          const fault = broken(ticket) ?? invented(ticket, raw)
          if (fault !== null) expect.fail(`${fault}: ${JSON.stringify(ticket)} (${where})`)
        }
        if (new Set(answer.tickets.map(({ id }) => id)).size !== answer.tickets.length)
          expect.fail(`an id twice (${where})`)
        if (answer.tickets.length === 0 && rawData(bytes).length > 0)
          expect.fail(`a full list became an empty one (${where})`)
        if (run % 50 === 0) for (const { message } of answer.tickets) segments(message)
        seen.tickets += answer.tickets.length
        seen.broken += answer.broken.length
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error
        const { kind } = error.problem
        if (!problemKinds.includes(kind)) expect.fail(`${kind} is no kind (${where})`)
        seen.failed.set(kind, (seen.failed.get(kind) ?? 0) + 1)
      }
    }
    // All kinds of ends were met; else the mutations are not what they were meant to be.
    expect(seen.tickets).toBeGreaterThan(runs / 10)
    expect(seen.broken).toBeGreaterThan(runs / 100)
    expect([...seen.failed.keys()].sort()).toEqual(
      expect.arrayContaining(['not-json', 'truncated', 'unexpected-shape'])
    )
  }, 120_000)
})

function rawData(bytes: Uint8Array): readonly unknown[] {
  return (JSON.parse(Buffer.from(bytes).toString()) as { data: unknown[] }).data
}
