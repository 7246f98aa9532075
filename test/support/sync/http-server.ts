/** Serves the server model as HTTP answers, so that the real client with its parsing and errors is tested. */
import type { TicketApi } from '../../../electron/api/api.ts'
import { createTicketApi } from '../../../electron/api/client.ts'
import { doneBody, errorBody, listBody, formatTicket } from '../../../electron/demo/response-bodies.ts'
import type { Problem } from '../../../electron/tickets/problem.ts'
import { shortHash } from '../../../electron/tickets/thread/unread.ts'
import type { ApiVersion, Ticket } from '../../../electron/tickets/ticket.ts'
import type { Fate, ServerModel } from './server-model.ts'
import type { VirtualTime } from './virtual-time.ts'

const failed = (code: string): Error =>
  Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(code), { code }) })
const timedOut = (): Error => Object.assign(new Error('timed out'), { name: 'TimeoutError' })

/** The HTTP answer of a failing list; throws like `fetch`. */
function failure({ kind }: Problem, whole: string, version: ApiVersion): Response {
  switch (kind) {
    case 'timeout':
      throw timedOut()
    case 'unreachable':
      throw failed('ECONNREFUSED')
    case 'connection-lost':
      throw failed('ECONNRESET')
    case 'not-json':
      return new Response('<!doctype html><h1>Bakım</h1>', { headers: { 'Content-Type': 'text/html' } })
    case 'truncated':
      return new Response(whole.slice(0, Math.ceil(whole.length / 2)))
    case 'unauthorized':
      return new Response(JSON.stringify(errorBody('Yetkisiz', version)), { status: 401 })
    default:
      return new Response(JSON.stringify(errorBody('Hata', version)), { status: 500 })
  }
}

function ended(fate: Fate, version: ApiVersion, headers: Record<string, string>): Response {
  const refusal = (status: number): Response =>
    new Response(JSON.stringify(errorBody('Olmadı.', version)), { status, headers })
  switch (fate) {
    case 'good':
    case 'acknowledged-only':
      return new Response(JSON.stringify(doneBody('Oldu.', version)), { headers })
    case 'cut-before':
    case 'cut-after':
      throw failed('ECONNRESET')
    case 'unreachable':
      throw failed('ECONNREFUSED')
    case 'timeout-before':
    case 'timeout-late':
      throw timedOut()
    case 'error-before':
    case 'error-after':
      return refusal(500)
    case 'garbage-after':
      return new Response('<html>', { headers })
    case 'busy':
      return refusal(429)
    case 'unauthorized':
      return refusal(401)
    case 'forbidden':
      return refusal(403)
    case 'firewall':
      return new Response('<html><h1>403 Forbidden</h1></html>', {
        status: 403,
        headers: { ...headers, 'Content-Type': 'text/html' }
      })
    case 'refused':
      return refusal(422)
  }
}

/** The list with its tag; a 304 for a request that names the tag. */
function tagged(whole: string, asked: string | null, headers: Readonly<Record<string, string>>): Response {
  const tag = `"${shortHash(whole)}"`
  return asked === tag
    ? new Response(null, { status: 304, headers: { ...headers, ETag: tag } })
    : new Response(whole, { headers: { ...headers, ETag: tag } })
}

/**
 * An API client for `Rig` that talks to the server model over a fake `fetch`. The client runs on the real event loop; `time`
 * stops virtual time until it has finished. With `onListAsked` the server names ETags; it gets the tag that a request names.
 */
export function httpApi(
  server: ServerModel,
  time: VirtualTime,
  version: ApiVersion,
  onListAsked?: (tag: string | null) => void
): TicketApi {
  server.reads = (text) => text
  const written = (ticket: Ticket): unknown =>
    formatTicket(
      {
        id: ticket.id,
        createdAt: ticket.createdAt ?? 0,
        lastReplyAt: ticket.lastReplyAt ?? 0,
        status: ticket.status.text,
        message: ticket.message,
        attachment: '',
        replies: ticket.replies.map(({ id, author, name, sentAt, message }) => ({
          id: id ?? 0,
          admin: author === 'staff' ? name : ' ',
          sentAt: sentAt ?? 0,
          message,
          attachment: ''
        }))
      },
      version,
      server.behaviour
    )

  const answer: typeof fetch = async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input)
    const path = pathname.replace(/^\/v\d/, '')
    const headers = { Date: new Date(server.serverNow()).toUTCString() }
    if (path === '/tickets') {
      const read = await time.awaitVirtualTime(server.readList())
      const tickets = 'kind' in read ? [...server.tickets.values()] : read.tickets
      const whole = JSON.stringify(listBody(tickets.map(written), version))
      if ('kind' in read) return failure(read, whole, version)
      if (!onListAsked) return new Response(whole, { headers: read.headers })
      const tag = new Headers(init?.headers).get('If-None-Match')
      onListAsked(tag)
      return tagged(whole, tag, read.headers)
    }
    const form = new URLSearchParams(typeof init?.body === 'string' ? init.body : '')
    const [, closing] = /^\/tickets\/(\d+)\/close$/.exec(path) ?? []
    const id = Number(closing ?? form.get('id'))
    const text = form.get('reply') ?? form.get('message') ?? ''
    const [what, commit] = closing
      ? [`close ${id}`, () => server.close(id)]
      : path === '/tickets/reply'
        ? [`reply ${id} ${text}`, () => server.addReply(id, 'customer', text)]
        : [`create ${text}`, () => server.create(text)]
    const fate = await time.awaitVirtualTime(server.executeWrite(what, closing ? '' : text, commit))
    const wait = server.retryAfterMs
    return ended(fate, version, {
      ...headers,
      ...(wait === null ? {} : { 'Retry-After': String(Math.ceil(wait / 1000)) })
    })
  }

  const api = createTicketApi({
    baseUrl: `https://api.example.com/${version}`,
    version,
    credentials: { kind: 'bearer', token: 'token' },
    fetch: answer,
    writeFetch: answer,
    now: time.now
  })
  return {
    version,
    list: (...args) => time.awaitRealWork(api.list(...args)),
    create: (...args) => time.awaitRealWork(api.create(...args)),
    reply: (...args) => time.awaitRealWork(api.reply(...args)),
    close: (...args) => time.awaitRealWork(api.close(...args)),
    services: (...args) => time.awaitRealWork(api.services(...args))
  }
}
