/** Encodes the marks of an account as JSON in steps: those of tens of thousands of tickets would block the thread. */
import type { TicketId } from '../../tickets/ticket.ts'
import type { Marks } from './marks.ts'

/** Tickets encoded in a step, in some two milliseconds. */
const ticketsInStep = 1000

/** The JSON of `marks.stored()`. Marks that change between two steps may be encoded in either state. */
export function* encodeMarks(marks: Marks): Generator<undefined, string> {
  const ids = [...marks.markedIds]
  const tickets: string[] = []
  const facts: string[] = []
  for (let at = 0; at < ids.length; at += ticketsInStep) {
    const part = marks.storedOf([], ids.slice(at, at + ticketsInStep))
    tickets.push(membersOf(part.tickets))
    facts.push(membersOf(part.facts))
    yield
  }
  const { tickets: _tickets, facts: _facts, ...rest } = marks.storedOf([...marks.everSeen], noIds)
  const join = (members: readonly string[]): string => members.filter((text) => text !== '').join()
  return `{${membersOf(rest)},"tickets":{${join(tickets)}},"facts":{${join(facts)}}}`
}

const noIds: readonly TicketId[] = []

/** The members of an object as JSON, without its braces. */
const membersOf = (value: object): string => JSON.stringify(value).slice(1, -1)
