/** Gives tickets of the preview what people keep about them: states, own titles, tags and notes. */
import { WebSocket } from 'ws'
import type { Args, CommandName, Result, Value } from '../../../electron/ipc/contract.ts'
import type { TicketRef } from '../../../electron/tickets/ticket.ts'

/** Where the preview's page keeps the secret of its socket. */
const storageKey = 'bilet-preview'

/** Sends the windows' commands to the preview, over the socket that its page uses. */
class PreviewClient {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, (result: Result<unknown>) => void>()
  #nextId = 1

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data: Buffer) => {
      const { id, result } = JSON.parse(data.toString()) as { id?: number; result?: Result<unknown> }
      if (id !== undefined && result) this.#waiting.get(id)?.(result)
    })
  }

  static async open(origin: string, secret: string): Promise<PreviewClient> {
    const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/bridge`, [secret], { origin })
    await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject))
    return new PreviewClient(socket)
  }

  /** Throws if the command fails. */
  async invoke<Name extends CommandName>(name: Name, args: Args<Name>): Promise<Value<Name>> {
    const id = this.#nextId++
    const result = await new Promise<Result<unknown>>((resolve) => {
      this.#waiting.set(id, resolve)
      this.#socket.send(JSON.stringify({ id, name, args }))
    })
    this.#waiting.delete(id)
    if (!result.ok) throw new Error(`${name}: ${result.error.kind}`)
    return result.value as Value<Name>
  }

  close(): void {
    this.#socket.close()
  }
}

const tagNames = [
  'vip',
  'acil',
  'fatura',
  'sunucu-1',
  'sunucu-2',
  'yedekleme',
  'alan adı',
  'e-posta'
] as const
const inDays = (days: number): number => Date.now() + days * 86_400_000

/** The state that the group with this number gets; each of the four has a quarter of the tickets. */
function stateOf(group: number): Args<'tickets.setWork'>['change'] {
  switch (group % 4) {
    case 0:
      return { done: true }
    case 1:
      return { snoozedUntil: inDays(1 + (group % 9)) }
    case 2:
      return { pinned: true, title: `Kendi başlığım ${group}: taşıma planı` }
    default:
      return { followUpAt: inDays(1 + (group % 5)), muted: group % 8 === 3 }
  }
}

/** One to three tags. */
const tagsOf = (group: number): string[] =>
  Array.from({ length: 1 + (group % 3) }, (_, i) => tagNames[(group + 3 * i) % tagNames.length] ?? '')

/** Tickets that one command changes. */
const inGroup = 20

/** Sets states, tags and notes of so many tickets, spread evenly over the list. `storage`: that of the preview's page. */
export async function setOwnData(
  origin: string,
  storage: readonly (readonly [string, string])[],
  tickets: number
): Promise<void> {
  const client = await PreviewClient.open(origin, new Map(storage).get(storageKey) ?? '')
  await client.invoke('settings.change', { tags: tagNames.map((name, color) => ({ name, color })) })
  const rows = await client.invoke('tickets.rows', { from: 0, count: 20_000 })
  const every = Math.floor(rows.length / tickets)
  const refs = rows
    .filter((_, i) => i % every === 0)
    .slice(0, tickets)
    .map(({ accountId, id }): TicketRef => ({ accountId, ticketId: id }))
  for (let group = 0; group * inGroup < refs.length; group++)
    await client.invoke('tickets.setWork', {
      // Not neighbours, so that each part of the list shows all states.
      refs: refs.filter((_, i) => i % Math.ceil(refs.length / inGroup) === group),
      change: {
        ...stateOf(group),
        addTags: tagsOf(group),
        note: `Müşteri ${group} aradı, yedek sunucuya taşınacak. Yarın yeniden bakılacak; parola kasada.`
      }
    })
  const changed = await client.invoke('tickets.rows', { from: 0, count: 20_000 })
  const count = changed.filter(({ work }) => work !== null && work.tags.length > 0).length
  if (count !== tickets) throw new Error(`${count} of ${tickets} tickets have own data`)
  client.close()
}
