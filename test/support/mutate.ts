/** Mutations of an answer by servers, proxies and bad connections, for the fuzz tests of the parser and the engine. */
import type { ApiVersion } from '../../electron/tickets/ticket.ts'
import { v1Ticket, v2List, v2Ticket } from '../unit/api/serve.ts'
import { seededRandom } from './sync/random.ts'

/** Random choices from a seed. */
export class RandomSource {
  readonly #random: () => number
  constructor(start: number) {
    this.#random = seededRandom(start)
  }
  below(limit: number): number {
    return Math.floor(this.#random() * limit)
  }
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T
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
/** A list of each version, from which the mutations are made. */
export const samples: Readonly<Record<ApiVersion, unknown>> = {
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
export const isContainer = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** The value and every object and list inside it. */
const containers = (value: unknown): Json[] =>
  isContainer(value) ? [value, ...Object.values(value).flatMap(containers)] : []

const unexpectedValue = (dice: RandomSource): unknown =>
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
    () => ({ 0: { id: 9, message: 'x' }, 2: { id: 11 } }),
    () => ({ date: '2024-04-24 16:32:14.000000', timezone_type: 3, timezone: 'Europe/Istanbul' }),
    () => dice.pick([1713965534, '1713965534', 1713965534000]),
    () => [
      { filename: 'a.png', index: 0 },
      { name: 'b', url: 'https://a.example/b' }
    ],
    () => ({ id: 3, name: 'Ayşe' }),
    () => ({ id: 1, message: {} }),
    () => 'x'.repeat(dice.below(5000))
  ])()

/** Changes fields: other type, missing, renamed, swapped or misplaced. */
function mutateMeaning(sample: unknown, dice: RandomSource): Uint8Array {
  const value = structuredClone(sample)
  for (let times = 1 + dice.below(3); times > 0; times--) {
    const target = dice.pick(containers(value)) as Record<string, unknown>
    const keys = Object.keys(target)
    const [key, other] = [dice.pick(keys), dice.pick(keys)] as [string | undefined, string | undefined]
    if (key === undefined || other === undefined) continue
    const kind = dice.below(5)
    if (kind === 0) target[key] = unexpectedValue(dice)
    else if (kind === 1) Reflect.deleteProperty(target, key)
    else if (kind === 2) [target[key], target[other]] = [target[other], target[key]]
    else if (kind === 3 && !Array.isArray(target)) {
      target[`${key}s`] = target[key]
      Reflect.deleteProperty(target, key)
    } else if (kind === 4) target[key] = { [key]: target[key] }
  }
  return Buffer.from(JSON.stringify(value))
}

/** Changes bytes: flipped, truncated, doubled, another encoding, deep nesting, a web page around or instead. */
function mutateBytes(sample: unknown, dice: RandomSource): Uint8Array {
  const bytes = Buffer.from(JSON.stringify(sample))
  switch (dice.below(11)) {
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
    case 7:
      return Buffer.from(
        `<br />\n<b>Warning</b>: x[0] in <b>/a.php</b> on line <b>3</b><br />\n${bytes.toString()}`
      )
    case 8:
      return Buffer.from(bytes.toString().replace(dice.pick([/\]/g, /\}/g]), (end) => `,${end}`))
    case 9:
      return Buffer.from(bytes.toString('latin1').replace(/[\u0080-\uffff]+/g, 'þ'), 'latin1')
    default:
      return Buffer.from(
        bytes.toString().replace(/\d+/g, (number) => (dice.below(8) ? number : number.repeat(9)))
      )
  }
}

export const mutate = (sample: unknown, dice: RandomSource): Uint8Array =>
  (dice.below(2) ? mutateMeaning : mutateBytes)(sample, dice)

interface WireReply {
  id?: number
  admin: string
  date: string
  message: string
}

const shifted = (date: string, dice: RandomSource): string =>
  date.replace(
    / (\d\d):/,
    (_, hour: string) => ` ${String((Number(hour) + dice.pick([1, 3, 23])) % 24).padStart(2, '0')}:`
  )

/** Changes threads as ticket systems do: other ids, times and texts; replies truncated, doubled, hidden or moved. */
export function mutateThreads(sample: unknown, dice: RandomSource): Uint8Array {
  const list = structuredClone(sample) as {
    data: { replies: WireReply[]; lastreply?: string; status: string }[]
  }
  for (let times = 1 + dice.below(4); times > 0; times--) {
    const ticket = dice.pick(list.data)
    const other = dice.pick(list.data)
    const { replies } = ticket
    const change = (to: (reply: WireReply, i: number) => WireReply): void => {
      ticket.replies = replies.map((reply, i) => (dice.below(3) ? to(reply, i) : reply))
    }
    dice.pick<() => void>([
      () => {
        change(({ id: _, ...reply }) => reply)
      },
      () => {
        change((reply) => ({ ...reply, id: 1 + dice.below(20) }))
      },
      () => {
        change((reply) => ({ ...reply, date: shifted(reply.date, dice) }))
      },
      () => {
        change((reply) => ({ ...reply, date: reply.date.slice(0, 10) }))
      },
      () => {
        change((reply) => ({ ...reply, date: '' }))
      },
      () => {
        change((reply) => ({ ...reply, message: reply.message.replaceAll(/[ğüşıöç]/g, 'Ã¼') }))
      },
      () => {
        change((reply) => ({ ...reply, admin: dice.pick([' ', '', 'Ayşe', reply.admin]) }))
      },
      () => {
        ticket.replies = replies.flatMap((reply) => [
          { ...reply, message: reply.message.slice(0, 5) },
          { ...reply, id: dice.below(40), admin: dice.pick([' ', 'Ali']), message: reply.message.slice(5) }
        ])
      },
      () => {
        ticket.replies = [...replies, ...replies.map((reply) => ({ ...reply, id: 50 + dice.below(9) }))]
      },
      () => {
        ticket.replies = replies.slice(dice.below(2), 1 + dice.below(3))
      },
      () => {
        ticket.replies = [...replies].reverse()
      },
      () => {
        ticket.replies = []
        other.replies = [...other.replies, ...replies]
      },
      () => {
        if (ticket.lastreply !== undefined) ticket.lastreply = shifted(ticket.lastreply, dice)
      },
      () => {
        ticket.status = dice.pick(['Open', 'Answered', 'Customer-Reply', 'Kapalı'])
      },
      () => {
        if (list.data.length > 2) list.data.splice(dice.below(list.data.length), 1)
      }
    ])()
  }
  return Buffer.from(JSON.stringify(list))
}
