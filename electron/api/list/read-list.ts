/** Reads a list incrementally: known tickets are not parsed again, and the event loop gets regular turns. */
import { isUtf8 } from 'node:buffer'
import { parseJson } from '../../tickets/json.ts'
import type { ApiVersion, Ticket } from '../../tickets/ticket.ts'
import type { BrokenTicket, WholeListReader } from '../api.ts'
import { dialects } from '../dialects/index.ts'
import { piecesOf } from './pieces.ts'
import { TicketCollector } from './ticket-collector.ts'

export interface ReadList {
  readonly tickets: readonly Ticket[]
  readonly broken: readonly BrokenTicket[]
  /** Readable tickets by the hash of their bytes; empty for an answer of an unusual form. */
  readonly pieces: ReadonlyMap<bigint, Ticket>
}

interface ReadDependencies {
  readonly hash: (bytes: Uint8Array) => bigint
  readonly yieldToEventLoop: () => Promise<void>
  readonly readWhole: WholeListReader
  /** As in the options of the API. */
  readonly keep?: ((ticket: Ticket) => Ticket) | undefined
}

/** Bytes parsed, or known tickets found, before yielding to the event loop: a few milliseconds of work. */
const yieldAfter = { bytes: 128 * 1024, tickets: 500 } as const

/**
 * Same result as `parseTickets`, which it falls back to for unusual or malformed answers. `known`: tickets by the hash of
 * their bytes. Throws ApiProblem.
 */
export async function readList(
  bytes: Uint8Array,
  version: ApiVersion,
  known: ReadonlyMap<bigint, Ticket>,
  { hash, yieldToEventLoop, readWhole, keep }: ReadDependencies
): Promise<ReadList> {
  const whole = async (): Promise<ReadList> => ({ ...(await readWhole(bytes, version)), pieces: new Map() })
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!isUtf8(buffer)) return whole()
  await yieldToEventLoop()

  const dialect = dialects[version]
  const { readTicket } = dialect
  const collector = new TicketCollector(
    keep ? { readTicket: (element) => keep(readTicket(element)) } : { readTicket }
  )
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
      const element = parseJson(buffer.toString('utf8', begin, end))
      if (element === undefined) return whole()
      const ticket = collector.read(element)
      if (ticket) pieces.set(key, ticket)
      work += (end - begin) / yieldAfter.bytes
    }
    if (work < 1) continue
    work = 0
    await yieldToEventLoop()
  }
  const envelope = next.value === null ? undefined : parseJson(next.value)
  if (envelope === undefined) return whole()
  // Throws if the answer reports failure or contains no list. What it adds stands for tickets that are not in the list.
  for (const element of dialect.readData(envelope)) collector.read(element)
  await yieldToEventLoop()
  const result = collector.result()
  // Of two tickets with the same id, only the one that was kept may be found again by its hash.
  if (pieces.size > result.tickets.length)
    for (const [key, ticket] of pieces) if (!collector.has(ticket)) pieces.delete(key)
  return { ...result, pieces }
}
