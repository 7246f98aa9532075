/** The app's demo server for tests: records requests, injects faults, and deviates from the documentation on demand. */
import {
  SampleServer,
  type HandledRequest,
  type PendingCall,
  type SampleServerOptions
} from '../../../electron/demo/sample-server.ts'
import { unansweredTicketId } from '../../../electron/demo/sample.ts'
import type { Call } from '../../../electron/demo/routes.ts'
import type { Parameters } from '../../../electron/demo/parameters.ts'
import type { TicketId } from '../../../electron/tickets/ticket.ts'
import type { DemoOptions, DemoServer, DemoTicketInput, InjectedFault, RecordedRequest } from './api.ts'
import { faultOfBehaviour, respondWithFault } from './faults.ts'
import { MisbehavingTickets } from './misbehaving-tickets.ts'
import type { ServerBehaviour } from './server-behaviours.ts'

class TestServer extends SampleServer implements DemoServer {
  readonly requests: RecordedRequest[] = []
  readonly #tickets: MisbehavingTickets
  #faults: { readonly fault: InjectedFault; left: number }[] = []

  constructor(options: SampleServerOptions, tickets: MisbehavingTickets) {
    super(options, tickets)
    this.#tickets = tickets
  }

  injectFault(fault: InjectedFault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 })
  }

  clearFaults(): void {
    this.#faults = []
  }

  setBehaviour(behaviour: ServerBehaviour | null): void {
    this.#tickets.setBehaviour(behaviour)
  }

  requireToken(token: string): void {
    this.acceptedToken = token
  }

  staffReply(id: TicketId, admin: string, message: string): void {
    this.#tickets.staffReply(id, admin, message)
  }

  addTicket({ message, status = 'open', replies = [], attachment }: DemoTicketInput): TicketId {
    return this.#tickets.add(message, status, replies, attachment)
  }

  setStatus(id: TicketId, status: string): void {
    this.#tickets.setStatus(id, status)
  }

  fill(count: number, replies: number): void {
    this.#tickets.fill(count, replies)
  }

  tickets(): ReturnType<DemoServer['tickets']> {
    return this.#tickets
      .tickets()
      .map(({ id, status, replies, message }) => ({ id, status, replies: replies.length, message }))
  }

  reopen(): Promise<void> {
    return this.listen(this.port)
  }

  protected override handled({ request, path, parameters, committed }: HandledRequest): void {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)])
    )
    this.requests.push({ method: request.method ?? 'GET', path, headers, parameters, committed })
  }

  protected override answer(call: PendingCall): Promise<void> | void {
    const { route, parameters, response, execute, ignore } = call
    const fault = this.#faultFor(route.call, parameters)
    if (!fault) return super.answer(call)
    return respondWithFault(fault, response, {
      version: route.version,
      isList: route.call === 'list',
      execute,
      recordIgnored: ignore,
      schedule: (run, ms) => this.schedule(run, ms)
    })
  }

  #faultFor(call: Call, { reply, message }: Parameters): InjectedFault | null {
    const found = this.#faults.find(
      ({ fault: { on = 'any' }, left }) => left > 0 && (on === 'any' || on === call)
    )
    const { behaviour } = this.#tickets
    const isRead = call === 'list' || call === 'services'
    if (!found) return isRead || !behaviour ? null : faultOfBehaviour(behaviour, reply ?? message ?? '')
    found.left -= 1
    return found.fault
  }
}

/** Starts the server on 127.0.0.1. Rejects if the port is taken. */
export async function startDemoServer(options: DemoOptions = {}): Promise<DemoServer> {
  const { now = Date.now, sample = true, behaviour = null } = options
  const tickets = new MisbehavingTickets(now, sample)
  tickets.setBehaviour(behaviour)
  const server = new TestServer(options, tickets)
  await server.listen(options.port ?? 0)
  server.scheduleStaffReply(unansweredTicketId)
  return server
}
