import type { NewTicket, Service, Ticket } from '../../tickets/ticket.ts'

/** The fields of a form; an optional one that was not given is not there. */
export type FormFields = Readonly<Record<string, string>>

/**
 * What one version of the API is. Whatever differs between versions stands in here, but for the departments
 * (`tickets/departments.ts`), which the domain needs. Both documented versions have the same paths for tickets.
 */
export interface ApiDialect {
  /** Follows the server's root in every address, e.g. `/v1`. Lower case. */
  readonly basePath: `/${string}`
  /**
   * Did the answer to a write say that it worked? Null when it says neither, which leaves the outcome of the write
   * unknown.
   */
  readonly readSuccess: (body: unknown) => boolean | null
  /** The elements of a list. Throws ApiProblem: `refused` when the answer says no, `unexpected-shape` for no list. */
  readonly readData: (body: unknown) => readonly unknown[]
  /** One element of the ticket list, with its replies. Throws UnreadableTicket. */
  readonly readTicket: (element: unknown) => Ticket
  /** The form that opens a ticket. */
  readonly newTicketForm: (draft: NewTicket, serverPassword: string) => FormFields
  readonly replyForm: (ticketId: number, text: string) => FormFields
  /** Where the customer's services are listed and how one is read (null: unreadable); null where no list is documented. */
  readonly services: {
    readonly path: `/${string}`
    readonly readService: (element: unknown) => Service | null
  } | null
}
