/** A proxy that requires credentials: the user is asked once, they are tried once, and stored if the user wants. */
import { describe, expect, test, vi } from 'vitest'
import type { Notice } from '../../../electron/tickets/views.ts'

vi.mock('electron', () => ({ app: {}, net: {} }))
const { createProxySignIn } = await import('../../../electron/desktop/security/proxy-sign-in.ts')
const { watchVault } = await import('../../../electron/desktop/security/secret-registry.ts')
const { failureOf } = await import('../../../electron/api/http/failures.ts')
const { memoryVault } = await import('../../support/sync/memory.ts')

type Options = Parameters<typeof createProxySignIn>[0]

/** A proxy that accepts only `right`, and sessions that cache accepted credentials, as Chromium's do. */
function network(right: { user: string; password: string } | null) {
  const passes = new Set<object>()
  const tried: string[] = []
  const sent: string[] = []
  let probes = 0
  const state = { right, isDown: false }
  const probe: Options['probe'] = (session, _url, answer) => {
    probes += 1
    for (let given = answer('proxy:3128'); given; given = answer('proxy:3128')) {
      tried.push(`${given.user}:${given.password}`)
      if (given.user === state.right?.user && given.password === state.right.password) {
        passes.add(session)
        break
      }
    }
    return Promise.resolve()
  }
  const send =
    (session: object): typeof fetch =>
    (input, init) => {
      if (state.isDown) return Promise.reject(new Error('net::ERR_CONNECTION_REFUSED'))
      if (state.right && !passes.has(session))
        return Promise.reject(new Error('net::ERR_TUNNEL_CONNECTION_FAILED'))
      sent.push(`${init?.method ?? 'GET'} ${typeof input === 'string' ? input : ''}`)
      return Promise.resolve(new Response('ok'))
    }
  return { probe, send, tried, sent, state, probes: () => probes }
}

function open(right: { user: string; password: string } | null) {
  const stored = new Map<string, string>()
  const seen = new Set<string>()
  const notices = new Map<string, Notice>()
  const proxies = network(right)
  const make = () =>
    createProxySignIn({
      vault: watchVault(
        memoryVault(stored, () => true),
        seen
      ),
      notices: {
        add: (notice) => void notices.set(notice.kind, notice),
        remove: (kind) => void notices.delete(kind)
      },
      probe: proxies.probe
    })
  const sessions = [{}, {}] as [never, never]
  return { make, sessions, stored, seen, shownNotices: () => [...notices.values()], ...proxies }
}
const right = { user: 'ayşe', password: 'gizli' }
const url = 'https://api.example.com/v1/tickets?token=x'
const asks = { kind: 'proxy-sign-in', detail: 'proxy:3128' }
const refuses = { kind: 'proxy-refused', detail: 'proxy:3128' }

describe('a proxy that wants a password', () => {
  test('causes a notice with nothing sent, and the person’s credentials let everything pass', async () => {
    const { make, sessions, send, shownNotices, sent, stored } = open(right)
    const proxy = make()
    const [reads, writes] = sessions.map((session) => proxy.through(session, send(session))) as [
      typeof fetch,
      typeof fetch
    ]
    const error: unknown = await reads(url).catch((why: unknown) => why)
    expect(failureOf(error)).toEqual({ problem: { kind: 'proxy-sign-in' }, neverSent: true })
    expect([shownNotices(), sent]).toEqual([[asks], []])
    proxy.signIn({ ...right, remember: false })
    await reads(url)
    await writes('https://api.example.com/v1/reply', { method: 'POST', body: 'a=b' })
    expect(sent).toEqual([`GET ${url}`, 'POST https://api.example.com/v1/reply'])
    expect(shownNotices()).toEqual([])
    expect(stored.size, 'for this run').toBe(0)
  })

  test('gets a wrong one only once, and the notice stays until it gets a right one', async () => {
    const { make, sessions, send, shownNotices, tried, sent } = open(right)
    const proxy = make()
    const [first, other] = sessions.map((session) => proxy.through(session, send(session))) as [
      typeof fetch,
      typeof fetch
    ]
    await expect(first(url)).rejects.toThrow('PROXY_AUTH')
    proxy.signIn({ user: 'ayşe', password: 'yanlış', remember: false })
    await Promise.allSettled([first(url), other(url), first(url), other(url)])
    expect([tried, shownNotices(), sent]).toEqual([['ayşe:yanlış'], [refuses], []])
    proxy.signIn({ ...right, remember: false })
    await Promise.all([first(url), other(url)])
    expect([shownNotices(), sent.length]).toEqual([[], 2])
  })

  test('gets what is stored in the keychain, in the next run, too, and logs never contain it', async () => {
    const { make, sessions, send, sent, shownNotices, seen } = open(right)
    const first = make()
    await first
      .through(
        sessions[0],
        send(sessions[0])
      )(url)
      .catch(() => undefined)
    first.signIn({ ...right, remember: true })
    expect(seen).toContain('gizli')
    const next = make()
    await next.through(sessions[1], send(sessions[1]))(url)
    expect([sent.length, shownNotices()]).toEqual([1, []])
    expect([next.known('proxy:3128'), next.known('other:1')]).toEqual([right, null])
  })

  test('that changed its password causes a notice that the old one was refused', async () => {
    const { make, sessions, send, state, shownNotices } = open(right)
    const first = make()
    await first
      .through(
        sessions[0],
        send(sessions[0])
      )(url)
      .catch(() => undefined)
    first.signIn({ ...right, remember: true })
    state.right = { user: 'ayşe', password: 'yeni' }
    await expect(make().through(sessions[1], send(sessions[1]))(url)).rejects.toThrow('PROXY_AUTH')
    expect(shownNotices()).toEqual([refuses])
  })
})

describe('a failure other than a password question', () => {
  test('is passed on, also a tunnel that fails for another reason', async () => {
    const { make, sessions, send, state, probes, shownNotices } = open(null)
    const get = make().through(sessions[0], send(sessions[0]))
    expect(await (await get(url)).text()).toBe('ok')
    state.isDown = true
    await expect(get(url)).rejects.toThrow('CONNECTION_REFUSED')
    expect(probes()).toBe(0)
    const quiet = createProxySignIn({
      vault: watchVault(
        memoryVault(new Map(), () => true),
        new Set()
      ),
      notices: { add: () => expect.unreachable(), remove: () => undefined },
      probe: () => Promise.resolve()
    })
    await expect(
      quiet.through(sessions[0], () => Promise.reject(new Error('net::ERR_TUNNEL_CONNECTION_FAILED')))(url)
    ).rejects.toThrow('TUNNEL_CONNECTION_FAILED')
    expect(shownNotices()).toEqual([])
  })
})

test('a 407 answer to a plain http request is the proxy’s question, not the server’s answer', async () => {
  const { make, sessions, shownNotices } = open(right)
  const get = make().through(sessions[0], () => Promise.resolve(new Response('no', { status: 407 })))
  await expect(get('http://127.0.0.1:1/')).rejects.toThrow('PROXY_AUTH')
  expect(shownNotices()).toEqual([asks])
})
