import type { ServerResponse } from 'node:http'
import type { ApiVersion } from '../../../electron/tickets/ticket.ts'
import type { InjectedFault } from './api.ts'
import type { ServerBehaviour } from './server-behaviours.ts'
import { send } from '../../../electron/demo/send.ts'
import { doneBody, errorBody, listBody } from '../../../electron/demo/response-bodies.ts'

interface Exchange {
  readonly version: ApiVersion
  readonly isList: boolean
  /** Executes the request and returns the API's answer. */
  execute(): { readonly status: number; readonly body: unknown }
  /** Records the request without executing it. */
  recordIgnored(): void
  schedule(run: () => void, ms: number): void
}

const maintenancePage =
  '<!doctype html><html><head><title>Bakım</title></head><body><h1>Sistem bakımdadır</h1></body></html>'
const htmlHeaders = { 'Content-Type': 'text/html; charset=utf-8' }

/** The fault that a behaviour causes for a request that writes this text; null for none. */
export function faultOfBehaviour({ refuses, writes }: ServerBehaviour, text: string): InjectedFault | null {
  if (refuses?.(text)) {
    const body =
      '<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center></body></html>'
    return { effect: { kind: 'status', status: 403, headers: htmlHeaders, body } }
  }
  switch (writes) {
    case undefined:
      return null
    case 'acknowledged-only':
      return { effect: { kind: 'acknowledged-only' } }
    case 'error':
      return { effect: { kind: 'status', status: 500, commit: true } }
    case 'cut':
      return { effect: { kind: 'cut-after' } }
  }
}

const unexpectedError = ({ version }: Exchange): string =>
  JSON.stringify(errorBody('Beklenmeyen bir hata oluştu.', version))

/** Answers a request with an injected fault instead of the API's answer. */
export async function respondWithFault(
  { delayMs, effect }: InjectedFault,
  response: ServerResponse,
  exchange: Exchange
): Promise<void> {
  if (delayMs) await new Promise<void>((resolve) => exchange.schedule(resolve, delayMs))
  switch (effect.kind) {
    case 'delay':
      sendAnswer(response, exchange.execute())
      return
    case 'broken-ticket':
      sendAnswer(response, withBrokenTicket(exchange.execute()))
      return
    case 'cut-before':
    case 'cut-after':
      executeOrIgnore(exchange, effect.kind === 'cut-after')
      response.socket?.destroy()
      return
    case 'hang':
      executeOrIgnore(exchange, effect.commit)
      sendWithoutEnd(response, effect.sends ?? 'nothing', exchange)
      return
    case 'status':
      executeOrIgnore(exchange, effect.commit)
      send(response, effect.status, effect.body ?? unexpectedError(exchange), effect.headers)
      return
    case 'html':
      executeOrIgnore(exchange, effect.commit)
      send(response, 200, maintenancePage, htmlHeaders)
      return
    case 'truncated':
      sendHalf(response, completeAnswer(exchange, effect.commit ?? exchange.isList), effect.cut)
      return
    case 'acknowledged-only':
      sendWithoutExecuting(response, exchange, doneBody('İşlem başarıyla tamamlandı.', exchange.version))
      return
    case 'empty-list':
      sendWithoutExecuting(response, exchange, listBody([], exchange.version))
      return
    case 'wrong-shape':
      sendWithoutExecuting(response, exchange, { tickets: 'none', maintenancePage: 1 })
      return
    case 'huge': {
      const ticket = { id: 1, message: 'x'.repeat(effect.bytes) }
      sendWithoutExecuting(response, exchange, listBody([ticket], exchange.version))
      return
    }
  }
}

type HangingAnswer = NonNullable<Extract<InjectedFault['effect'], { readonly kind: 'hang' }>['sends']>

/** Starts an answer and never completes it. */
function sendWithoutEnd(response: ServerResponse, sends: HangingAnswer, exchange: Exchange): void {
  const everySecond = (write: () => void): void => {
    if (response.destroyed) return
    write()
    exchange.schedule(() => everySecond(write), 1000)
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

function executeOrIgnore(exchange: Exchange, commit = false): void {
  if (commit) exchange.execute()
  else exchange.recordIgnored()
}

function sendAnswer(response: ServerResponse, { status, body }: ReturnType<Exchange['execute']>): void {
  send(response, status, JSON.stringify(body))
}

function sendWithoutExecuting(response: ServerResponse, exchange: Exchange, body: unknown): void {
  exchange.recordIgnored()
  send(response, 200, JSON.stringify(body))
}

/** The same list plus one ticket whose fields have wrong types. */
function withBrokenTicket(answer: ReturnType<Exchange['execute']>): ReturnType<Exchange['execute']> {
  const list = answer.body as { readonly data?: unknown }
  if (Array.isArray(list.data))
    list.data.push({ id: 'none', date: 17, message: { text: 'x' }, status: null, replies: 'none' })
  return answer
}

function completeAnswer(exchange: Exchange, commit: boolean): string {
  if (commit) return JSON.stringify(exchange.execute().body)
  exchange.recordIgnored()
  return unexpectedError(exchange)
}

/** `cut`: announces the length of the whole body and closes the connection after half of it. */
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
