import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Handlers } from '../../../electron/ipc/dispatch.ts'
import { serveBridge, type WebBridge } from '../../../electron/preview/web.ts'

let bridge: WebBridge
let origin: string

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bilet-web-'))
  await writeFile(join(folder, 'inbox.html'), '<title>Inbox</title>')
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'assets', 'inbox-a1b2.js'), '1')
  await writeFile(join(folder, '..', 'outside.html'), 'secret')
  const handlers = { 'tickets.rows': () => ({ ok: true, value: [] }) } as unknown as Handlers
  bridge = await serveBridge({ folder, port: 0, handlers, report: () => undefined })
  origin = new URL(bridge.address).origin
})
afterEach(() => bridge.close())

const ticket = (): string => new URL(bridge.address).hash.slice(1)

/** Exchanges a ticket for the secret, as the entry page does. */
const enter = (bearer: string, headers: Record<string, string> = { origin }): Promise<Response> =>
  fetch(`${origin}/enter`, { method: 'POST', headers: { Authorization: `Bearer ${bearer}`, ...headers } })
const secret = async (): Promise<string> => (await enter(ticket())).text()

function upgrade(protocols: readonly string[], headers: Record<string, string>): Promise<'open' | 'refused'> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/bridge`, [...protocols], { headers })
    socket.on('open', () => {
      socket.close()
      resolve('open')
    })
    socket.on('error', () => resolve('refused'))
  })
}

describe('the preview in a browser', () => {
  it('trades the ticket of its address for the secret once', async () => {
    const first = await enter(ticket())
    expect(first.status).toBe(200)
    expect((await first.text()).length).toBeGreaterThan(40)
    expect((await enter(ticket())).status).toBe(403)
  })

  it.each(['', 'x', 'ĝ'.repeat(43), 'x'.repeat(43), 'x'.repeat(8000)])(
    'takes no other ticket, and the right one is not used up by it',
    async (other) => {
      expect((await enter(encodeURIComponent(other))).status).toBe(403)
      expect((await enter(ticket())).status).toBe(200)
    }
  )

  it('hands the secret to no other page, not even with the ticket', async () => {
    expect((await enter(ticket(), { origin: 'http://127.0.0.1:1' })).status).toBe(403)
    expect((await enter(ticket(), {})).status).toBe(403)
    expect((await enter(ticket())).status).toBe(200)
  })

  it('has the ticket where the browser sends it to nobody, and sets no cookie', async () => {
    expect(new URL(bridge.address).search).toBe('')
    for (const address of [bridge.address, `${origin}/enter.js`, `${origin}/inbox.html`]) {
      const answer = await fetch(address)
      expect(answer.headers.get('set-cookie')).toBeNull()
      expect(await answer.text()).not.toContain(ticket())
    }
    expect((await enter(ticket())).headers.get('set-cookie')).toBeNull()
  })

  it('shows its pages with a strict policy', async () => {
    const page = await fetch(`${origin}/inbox.html`)
    expect(await page.text()).toContain('Inbox')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect((await fetch(`${origin}/`)).headers.get('content-security-policy')).toContain("script-src 'self'")
  })

  it('lets a file be kept whose name changes with what is in it, and no page', async () => {
    const kept = async (path: string): Promise<string | null> =>
      (await fetch(origin + path)).headers.get('cache-control')
    expect(await kept('/assets/inbox-a1b2.js')).toContain('immutable')
    expect(await kept('/inbox.html')).toBe('no-store')
    expect(await kept('/assets/none.js')).toBe('no-store')
  })

  it('serves nothing outside its folder', async () => {
    for (const path of ['/../outside.html', '/%2e%2e/outside.html', '/..%2foutside.html', '/%00.html'])
      expect(await rawStatus(path)).toBeGreaterThanOrEqual(400)
  })

  it('answers to no other host name, so that no foreign page can reach it', async () => {
    expect(await rawStatus('/inbox.html', 'evil.example')).toBe(403)
    expect(await rawStatus('/', 'localhost')).toBe(403)
  })

  it('opens its bridge only to its own page with the secret', async () => {
    const known = await secret()
    expect(await upgrade([known], { origin })).toBe('open')
    expect(await upgrade([known], { origin: 'https://evil.example' })).toBe('refused')
    expect(await upgrade([known], { origin: 'http://127.0.0.1:1' })).toBe('refused')
    expect(await upgrade([known], { origin, host: 'evil.example' })).toBe('refused')
  })

  it('opens it to nobody without the secret, however it is sent', async () => {
    const known = await secret()
    const others = [[], ['x'], [known.slice(0, -1)], [`${known}x`], ['x', known], [known.toLowerCase()]]
    for (const protocols of others) expect(await upgrade(protocols, { origin })).toBe('refused')
    expect(await upgrade([], { origin, cookie: `bilet=${known}; bilet-preview=${known}` })).toBe('refused')
    expect(await upgrade([], { origin, authorization: `Bearer ${known}` })).toBe('refused')
  })

  it('answers a command and carries events', async () => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/bridge`, [await secret()], {
      headers: { origin }
    })
    const messages: unknown[] = []
    await new Promise((resolve) => socket.once('open', resolve))
    const next = (): Promise<void> =>
      new Promise((resolve) =>
        socket.once('message', (data) => {
          messages.push(JSON.parse((data as Buffer).toString()))
          resolve()
        })
      )
    const answered = next()
    socket.send(JSON.stringify({ id: 1, name: 'tickets.rows', args: { from: 0, count: 10 } }))
    await answered
    const nextEvent = next()
    bridge.send('compose', null)
    await nextEvent
    expect(messages).toEqual([
      { id: 1, result: { ok: true, value: [] } },
      { event: 'compose', payload: null }
    ])
    socket.close()
  })
})

function rawStatus(path: string, host = new URL(origin).host): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin)
    request({ hostname, port, path, headers: { host } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })
}
