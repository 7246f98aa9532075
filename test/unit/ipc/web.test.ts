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

async function signIn(): Promise<string> {
  const answer = await fetch(bridge.address, { redirect: 'manual' })
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

function upgrade(headers: Record<string, string>): Promise<'open' | 'refused'> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/bridge`, { headers })
    socket.on('open', () => {
      socket.close()
      resolve('open')
    })
    socket.on('error', () => resolve('refused'))
  })
}

describe('the preview in a browser', () => {
  it('lets the token of its address in once', async () => {
    const first = await fetch(bridge.address, { redirect: 'manual' })
    expect(first.status).toBe(303)
    expect(first.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/)
    expect((await fetch(bridge.address, { redirect: 'manual' })).status).toBe(403)
  })

  it('shows pages only to the browser that used it, with a strict policy', async () => {
    expect((await fetch(`${origin}/inbox.html`)).status).toBe(403)
    const page = await fetch(`${origin}/inbox.html`, { headers: { cookie: await signIn() } })
    expect(await page.text()).toContain('Inbox')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('lets a file be kept whose name changes with what is in it, and no page', async () => {
    const headers = { cookie: await signIn() }
    const kept = async (path: string): Promise<string | null> =>
      (await fetch(origin + path, { headers })).headers.get('cache-control')
    expect(await kept('/assets/inbox-a1b2.js')).toContain('immutable')
    expect(await kept('/inbox.html')).toBe('no-store')
    expect(await kept('/assets/none.js')).toBe('no-store')
  })

  it('serves nothing outside its folder', async () => {
    const cookie = await signIn()
    for (const path of ['/../outside.html', '/%2e%2e/outside.html', '/..%2foutside.html', '/%00.html'])
      expect(await rawStatus(path, cookie)).toBeGreaterThanOrEqual(400)
  })

  it('answers to no other host name, so that no foreign page can reach it', async () => {
    expect(await rawStatus('/inbox.html', await signIn(), 'evil.example')).toBe(403)
  })

  it('opens its bridge only to its own page', async () => {
    const cookie = await signIn()
    expect(await upgrade({ cookie, origin })).toBe('open')
    expect(await upgrade({ cookie, origin: 'https://evil.example' })).toBe('refused')
    expect(await upgrade({ origin })).toBe('refused')
  })

  it('answers a command and carries events', async () => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/bridge`, {
      headers: { cookie: await signIn(), origin }
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
    const told = next()
    bridge.send('compose', null)
    await told
    expect(messages).toEqual([
      { id: 1, result: { ok: true, value: [] } },
      { event: 'compose', payload: null }
    ])
    socket.close()
  })
})

function rawStatus(path: string, cookie: string, host = new URL(origin).host): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin)
    request({ hostname, port, path, headers: { cookie, host } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })
}
