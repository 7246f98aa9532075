import type { ServerResponse } from 'node:http'
import type { ApiVersion } from '../tickets/ticket.ts'
import type { Misbehaviour } from './api.ts'
import type { Habit } from './habits.ts'
import { send } from './send.ts'
import { doneBody, errorBody, listBody } from './wire.ts'

interface Scene {
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

/** Answers as the rule says instead of as the API would. */
export async function respond(rule: Misbehaviour, response: ServerResponse, scene: Scene): Promise<void> {
  if (rule.delayMs) await new Promise<void>((resolve) => scene.later(resolve, rule.delayMs ?? 0))
  const { how } = rule
  const effect = (commit = false): void => {
    if (commit) scene.take()
    else scene.skip()
  }
  const cut = (): void => void response.socket?.destroy()
  const other = (body: unknown): void => {
    scene.skip()
    send(response, 200, JSON.stringify(body))
  }
  switch (how.kind) {
    case 'delay': {
      const { status, body } = scene.take()
      send(response, status, JSON.stringify(body))
      return
    }
    case 'cut-before':
      scene.skip()
      cut()
      return
    case 'cut-after':
      scene.take()
      cut()
      return
    case 'unkept':
      other(doneBody('İşlem başarıyla tamamlandı.', scene.version))
      return
    case 'hang':
      effect(how.commit)
      stall(response, how.sends ?? 'nothing', scene)
      return
    case 'status':
      effect(how.commit)
      send(
        response,
        how.status,
        how.body ?? JSON.stringify(errorBody('Beklenmeyen bir hata oluştu.', scene.version)),
        how.headers
      )
      return
    case 'html':
      effect(how.commit)
      send(response, 200, page, html)
      return
    case 'truncated': {
      const whole = JSON.stringify(take(scene, how.commit ?? scene.isList))
      const half = whole.slice(0, Math.floor(whole.length / 2))
      if (!how.cut) {
        send(response, 200, half)
        return
      }
      const length = String(Buffer.byteLength(whole))
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': length })
      response.write(half, cut)
      return
    }
    case 'empty-list':
      other(listBody([], scene.version))
      return
    case 'wrong-shape':
      other({ tickets: 'none', page: 1 })
      return
    case 'broken-ticket': {
      const { status, body } = scene.take()
      const list = body as { readonly data?: unknown }
      if (Array.isArray(list.data))
        list.data.push({ id: 'none', date: 17, message: { text: 'x' }, status: null, replies: 'none' })
      send(response, status, JSON.stringify(list))
      return
    }
    case 'huge':
      scene.skip()
      send(
        response,
        200,
        JSON.stringify(listBody([{ id: 1, message: 'x'.repeat(how.bytes) }], scene.version))
      )
      return
  }
}

type Sends = NonNullable<Extract<Misbehaviour['how'], { readonly kind: 'hang' }>['sends']>

/** Begins an answer that has no end. */
function stall(response: ServerResponse, sends: Sends, scene: Scene): void {
  const everySecond = (write: () => void): void => {
    if (response.destroyed) return
    write()
    scene.later(() => everySecond(write), 1000)
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

function take(scene: Scene, commit: boolean): unknown {
  if (commit) return scene.take().body
  scene.skip()
  return errorBody('Beklenmeyen bir hata oluştu.', scene.version)
}
