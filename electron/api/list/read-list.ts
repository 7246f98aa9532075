/** From the bytes of a list to tickets, reading only what was not read before, a little at a time. */
import { isUtf8 } from 'node:buffer'
import type { ApiVersion, Ticket } from '../../tickets/ticket.ts'
import type { BrokenTicket, WholeListReader } from '../api.ts'
import { dialects } from '../dialects/index.ts'
import { piecesOf } from './pieces.ts'
import { TicketCollector } from './ticket-collector.ts'

export interface ReadList {
  readonly tickets: readonly Ticket[]
  readonly broken: readonly BrokenTicket[]
  /** Every readable ticket by the hash of its bytes; empty for an answer of an unusual form. */
  readonly pieces: ReadonlyMap<bigint, Ticket>
}

interface ReadDependencies {
  readonly hash: (bytes: Uint8Array) => bigint
  readonly yieldToEventLoop: () => Promise<void>
  readonly readWhole: WholeListReader
}

/** Bytes parsed, and known tickets found again, between two turns of the event loop: a few milliseconds' worth of each. */
const yieldAfter = { bytes: 128 * 1024, tickets: 500 } as const

const tryParse = (text: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return null
  }
}

/**
 * Answers the same as `parseTickets`, which is asked wherever the bytes are not plain enough, also for what is wrong with
 * them. `known` are tickets by the hash of their bytes. Throws ApiProblem.
 */
export async function readList(
  bytes: Uint8Array,
  version: ApiVersion,
  known: ReadonlyMap<bigint, Ticket>,
  { hash, yieldToEventLoop, readWhole }: ReadDependencies
): Promise<ReadList> {
  const whole = async (): Promise<ReadList> => ({ ...(await readWhole(bytes, version)), pieces: new Map() })
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!isUtf8(buffer)) return whole()
  await yieldToEventLoop()

  const dialect = dialects[version]
  const collector = new TicketCollector(dialect)
  const pieces = new Map<bigint, Ticket>()
  const found = piecesOf(buffer)
  let work = 0
  let next = found.next()
  for (; !next.done; next = found.next()) {
    const [begin, end] = next.value
    const key = hash(buffer.subarray(begin, end))
    const knownTicket = known.get(key)
    if (knownTicket) {
      collector.add(knownTicket)
      pieces.set(key, knownTicket)
      work += 1 / yieldAfter.tickets
    } else {
      const parsed = tryParse(buffer.toString('utf8', begin, end))
      if (!parsed) return whole()
      const ticket = collector.read(parsed.value)
      if (ticket) pieces.set(key, ticket)
      work += (end - begin) / yieldAfter.bytes
    }
    if (work < 1) continue
    work = 0
    await yieldToEventLoop()
  }
  const envelope = next.value === null ? null : tryParse(next.value)
  if (!envelope) return whole()
  // Throws for an answer that says no or is no list, whatever its tickets are.
  dialect.readData(envelope.value)
  await yieldToEventLoop()
  const result = collector.result()
  // Of two with the same number only the one that counts is known by its bytes.
  if (pieces.size > result.tickets.length)
    for (const [key, ticket] of pieces) if (!collector.has(ticket)) pieces.delete(key)
  return { ...result, pieces }
}
