/** Variants of a valid cache file: larger, longer, damaged or hostile. */
import { linesOf } from '../../electron/storage/lines/ticket-lines.ts'
import type { Ticket } from '../../electron/tickets/ticket.ts'
import { replyOf } from './builders.ts'

export interface FoundCache {
  readonly name: string
  readonly content: () => string
  /** The expected notice: none, a part is lost, or everything is lost. */
  readonly notice: 'nothing' | 'damaged' | 'set-aside'
}

const emptyReply = '{"id":1,"author":"staff","name":"","sentAt":null,"message":"","attachments":[]},'
/** The status of the sample's first ticket, since another one would cause a notification. */
const emptyTicket =
  '{"id":1,"createdAt":null,"lastReplyAt":null,"status":{"kind":"answered","text":"Answered"},"message":"","attachments":[],"replies":[]}'

const emptyTickets = (count: number): string =>
  Array.from({ length: count }, (_, id) => emptyTicket.replace('1', `${id + 1}`)).join('\n')

function longTicket(replies: number): Ticket {
  const ticket = JSON.parse(emptyTicket) as Ticket
  return {
    ...ticket,
    // In no list, where a change would cause a notification.
    id: 900_000_001,
    replies: Array.from({ length: replies }, (_, i) =>
      replyOf({
        id: i + 1,
        author: i % 2 === 0 ? 'customer' : 'staff',
        name: 'Ayşe Öztürk',
        sentAt: Date.UTC(2026, 0, 1) + i * 60_000,
        message: `${i} ${'Günlükleri inceledik. '.repeat(15)}`,
        attachments: []
      })
    )
  }
}

/** `good`: the text of a valid cache. */
export function foundCaches(good: string): readonly FoundCache[] {
  const [head = '', line = ''] = good.split('\n')
  const withDamage = (text: string, i: number): string => (i % 25 === 7 ? text.slice(0, -20) : text)
  return [
    { name: 'empty', content: () => `${head}\n`, notice: 'nothing' },
    { name: 'good', content: () => good, notice: 'nothing' },
    {
      name: 'a ticket of 5,000 replies',
      content: () => `${head}\n${linesOf(longTicket(5000)).join('\n')}\n`,
      notice: 'nothing'
    },
    {
      name: 'every 25th line damaged',
      content: () => good.split('\n').map(withDamage).join('\n'),
      notice: 'damaged'
    },
    { name: '800,000 tickets', content: () => `${head}\n${emptyTickets(800_000)}`, notice: 'set-aside' },
    {
      name: 'a ticket of 700,000 replies',
      content: () =>
        `${head}\n${line.replace(/"replies":\[.*\]/, `"replies":[${emptyReply.repeat(700_000).slice(0, -1)}]`)}`,
      notice: 'set-aside'
    },
    {
      name: 'nested lists',
      content: () => `${head}\n${`${'['.repeat(4000)}\n`.repeat(900)}${'['.repeat(1_000_000)}`,
      notice: 'set-aside'
    },
    { name: 'one line of 40 MB', content: () => `${head}\n${'['.repeat(40_000_000)}`, notice: 'set-aside' }
  ]
}
