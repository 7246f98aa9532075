import type { NewTicket, Service, Ticket } from '../../tickets/ticket.ts'

/** The fields of a form; optional fields without a value are absent. */
export type FormFields = Readonly<Record<string, string>>

/**
 * Everything that differs between versions of the API, except what the domain needs: the departments
 * (`tickets/departments.ts`) and whether texts must be ASCII (`tickets/text/sent-form/sent-form.ts`). Both documented versions
 * have the same paths for tickets.
 */
export interface ApiDialect {
  /** Path prefix of every request, e.g. `/v1`. Lower case. */
  readonly basePath: `/${string}`
  /**
   * Whether the answer to a write reports success. Null if it reports neither success nor failure: the outcome of the write is
   * then unknown.
   */
  readonly readSuccess: (body: unknown) => boolean | null
  /** The elements of a list. Throws ApiProblem: `refused` if the answer reports failure, `unexpected-shape` if it has no list. */
  readonly readData: (body: unknown) => readonly unknown[]
  /** One element of the ticket list, with its replies. Throws UnreadableTicket. */
  readonly readTicket: (element: unknown) => Ticket
  /** The form that opens a ticket. */
  readonly newTicketForm: (draft: NewTicket, serverPassword: string) => FormFields
  readonly replyForm: (ticketId: number, text: string) => FormFields
  /** Path of the customer's services and reader of one (null: unreadable); null if no list is documented. */
  readonly services: {
    readonly path: `/${string}`
    readonly readService: (element: unknown) => Service | null
  } | null
}
