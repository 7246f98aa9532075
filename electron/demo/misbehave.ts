import type { ServerResponse } from 'node:http'
import type { ApiVersion } from '../tickets/ticket.ts'
import type { Misbehaviour } from './api.ts'
import type { Habit } from './habits.ts'
import { send } from './send.ts'
import { doneBody, errorBody, listBody } from './wire.ts'

interface Exchange {
  readonly version: ApiVersion
  readonly isList: boolean
  /** Lets the request take effect and gives the answer that belongs to it. */
  take(): { readonly status: number; readonly body: unknown }
  /** Notes that it came and had no effect. */
  skip(): void
  later(run: () => void, ms: number): void
}

const page =
  '<!doctype html><html><head><title>Bakım</title></head><body><h1>Sistem bakımdadır</h1></body></html>'
const html = { 'Content-Type': 'text/html; charset=utf-8' }

/** What a habit does to a request that writes this text; null when it is taken as any other. */
export function ruleOfHabit({ refuses, writes }: Habit, text: string): Misbehaviour | null {
  if (refuses?.(text)) {
    const body =
      '<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center></body></html>'
    return { how: { kind: 'status', status: 403, headers: html, body } }
  }
  switch (writes) {
    case undefined:
      return null
    case 'unkept':
      return { how: { kind: 'unkept' } }
    case 'error':
      return { how: { kind: 'status', status: 500, commit: true } }
    case 'cut':
      return { how: { kind: 'cut-after' } }
  }
}

const unexpectedError = ({ version }: Exchange): string =>
  JSON.stringify(errorBody('Beklenmeyen bir hata oluştu.', version))

/** Answers as the rule says instead of as the API would. */
export async function respond(
  { delayMs, how }: Misbehaviour,
  response: ServerResponse,
  exchange: Exchange
): Promise<void> {
  if (delayMs) await new Promise<void>((resolve) => exchange.later(resolve, delayMs))
  switch (how.kind) {
    case 'delay':
      sendAnswer(response, exchange.take())
      return
    case 'broken-ticket':
      sendAnswer(response, withBrokenTicket(exchange.take()))
      return
    case 'cut-before':
    case 'cut-after':
      apply(exchange, how.kind === 'cut-after')
      response.socket?.destroy()
      return
    case 'hang':
      apply(exchange, how.commit)
      stall(response, how.sends ?? 'nothing', exchange)
      return
    case 'status':
      apply(exchange, how.commit)
      send(response, how.status, how.body ?? unexpectedError(exchange), how.headers)
      return
    case 'html':
      apply(exchange, how.commit)
      send(response, 200, page, html)
      return
    case 'truncated':
      sendHalf(response, wholeAnswer(exchange, how.commit ?? exchange.isList), how.cut)
      return
    case 'unkept':
      sendInstead(response, exchange, doneBody('İşlem başarıyla tamamlandı.', exchange.version))
      return
    case 'empty-list':
      sendInstead(response, exchange, listBody([], exchange.version))
      return
    case 'wrong-shape':
      sendInstead(response, exchange, { tickets: 'none', page: 1 })
      return
    case 'huge': {
      const ticket = { id: 1, message: 'x'.repeat(how.bytes) }
      sendInstead(response, exchange, listBody([ticket], exchange.version))
      return
    }
  }
}

type Sends = NonNullable<Extract<Misbehaviour['how'], { readonly kind: 'hang' }>['sends']>

/** Begins an answer that has no end. */
function stall(response: ServerResponse, sends: Sends, exchange: Exchange): void {
  const everySecond = (write: () => void): void => {
    if (response.destroyed) return
    write()
    exchange.later(() => everySecond(write), 1000)
  }
  switch (sends) {
    case 'nothing':
      return
    case 'headers-for-ever':
      response.socket?.write('HTTP/1.1 200 OK\r\n')
      everySecond(() => response.socket?.write('X-Wait: a moment\r\n'))
      return
    case 'only-headers':
      response.writeHead(200, { 'Content-Type': 'application/json' }).flushHeaders()
      return
    case 'byte-a-second':
      response.writeHead(200, { 'Content-Type': 'application/json' })
      everySecond(() => response.write(' '))
      return
  }
}

/** Lets the request take effect or notes that it had none. */
function apply(exchange: Exchange, commit = false): void {
  if (commit) exchange.take()
  else exchange.skip()
}

function sendAnswer(response: ServerResponse, { status, body }: ReturnType<Exchange['take']>): void {
  send(response, status, JSON.stringify(body))
}

/** Another answer, to a request without effect. */
function sendInstead(response: ServerResponse, exchange: Exchange, body: unknown): void {
  exchange.skip()
  send(response, 200, JSON.stringify(body))
}

/** The same list, with one more ticket whose fields have wrong types. */
function withBrokenTicket(answer: ReturnType<Exchange['take']>): ReturnType<Exchange['take']> {
  const list = answer.body as { readonly data?: unknown }
  if (Array.isArray(list.data))
    list.data.push({ id: 'none', date: 17, message: { text: 'x' }, status: null, replies: 'none' })
  return answer
}

function wholeAnswer(exchange: Exchange, commit: boolean): string {
  if (commit) return JSON.stringify(exchange.take().body)
  exchange.skip()
  return unexpectedError(exchange)
}

/** `cut`: with the length of the whole, and the connection ends in the middle. */
function sendHalf(response: ServerResponse, whole: string, cut: boolean): void {
  const half = whole.slice(0, Math.floor(whole.length / 2))
  if (!cut) {
    send(response, 200, half)
    return
  }
  const length = String(Buffer.byteLength(whole))
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': length })
  response.write(half, () => response.socket?.destroy())
}
