/** Who may talk to the running app by the command line's socket, and what it survives. */
import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { containing, matching } from '../../support/cli/matchers.ts'
import { findEndpoint, proofOf, randomNonce, type Endpoint } from '../../../electron/cli/protocol/endpoint.ts'
import { maxRequestBytes, protocolVersion } from '../../../electron/cli/protocol/requests.ts'
import { bilet, runApp, temporaryProfile, type RunningApp } from '../../support/cli/running-app.ts'

let app: RunningApp
beforeEach(async () => {
  app = await runApp()
})
afterEach(() => app.close())

const endpointOf = (profile: string): Endpoint => {
  const found = findEndpoint(profile)
  if (found.kind !== 'found') throw new Error(found.kind)
  return found.endpoint
}

/** A connection that says these lines; resolves with everything that it hears until it is cut. */
function say(address: string, lines: (heard: string) => readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const socket: Socket = connect(address)
    let heard = ''
    let said = 0
    const speak = (): void => {
      for (const line of lines(heard).slice(said)) {
        said++
        socket.write(line)
      }
    }
    socket.on('connect', speak)
    socket.on('data', (data) => {
      heard += data.toString('utf8')
      speak()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(heard))
  })
}

const hello = (nonce: string): string => `${JSON.stringify({ protocol: protocolVersion, nonce })}\n`

/** Says hello, and then a request with the given proof, or the right one. */
function request(endpoint: Endpoint, body: unknown, proof?: string): Promise<string> {
  const nonce = randomNonce()
  return say(endpoint.address, (heard) => {
    if (heard === '') return [hello(nonce)]
    const [welcome = ''] = heard.split('\n')
    const { nonce: appNonce } = JSON.parse(welcome) as { readonly nonce: string }
    const right = proofOf('command', endpoint, nonce, appNonce)
    return [hello(nonce), `${JSON.stringify({ proof: proof ?? right, request: body })}\n`]
  })
}

const answerOf = (heard: string): unknown => JSON.parse(heard.split('\n')[1] ?? 'null')

describe('the socket', () => {
  it('and its folder and file are for their owner alone', () => {
    const folder = join(app.profile, 'command-line')
    const modeOf = (path: string): number => statSync(path).mode & 0o777
    expect([folder, join(folder, 'socket'), join(folder, 'endpoint.json')].map(modeOf)).toEqual([
      0o700, 0o600, 0o600
    ])
  })

  it('answers who proves to know the secret of this run', async () => {
    expect(
      answerOf(await request(endpointOf(app.profile), { command: 'status', refresh: false }))
    ).toMatchObject({
      ok: true
    })
  })

  it('tells nothing to anybody else, and the secret to nobody', async () => {
    const endpoint = endpointOf(app.profile)
    const heard = [
      await request(endpoint, { command: 'status', refresh: false }, 'a'.repeat(64)),
      await request({ ...endpoint, secret: 'b'.repeat(64) }, { command: 'status', refresh: false }),
      // The app's own proof, sent back.
      await say(endpoint.address, (said) => {
        const { proof = '' } = JSON.parse(said.split('\n')[0] || '{}') as { readonly proof?: string }
        return [hello(randomNonce()), ...(said === '' ? [] : [`${JSON.stringify({ proof, request: {} })}\n`])]
      })
    ]
    for (const said of heard) {
      expect(said.trim().split('\n')).toHaveLength(1)
      expect(JSON.parse(said)).toEqual({
        ...{ protocol: protocolVersion, version: '0.1.0' },
        nonce: matching(/^[0-9a-f]{64}$/),
        proof: matching(/^[0-9a-f]{64}$/)
      })
      expect(said).not.toContain(endpoint.secret)
    }
    for (const first of ['GET / HTTP/1.1\r\n\r\n', '{}\n', 'null\n', '\0\n'])
      expect(await say(endpoint.address, () => [first])).toBe('')
  })

  it.each([
    ['an unknown command', { command: 'quit' }],
    ['a field too many', { command: 'status', refresh: false, more: 1 }],
    ['a wrong type', { command: 'close', tickets: ['1'], account: null }],
    [
      'a text that is too long',
      { command: 'list', query: 'x'.repeat(1001), filter: 'all', account: null, limit: 1, refresh: false }
    ],
    ['nothing', null]
  ])('refuses %s', async (_name, body) => {
    expect(answerOf(await request(endpointOf(app.profile), body))).toMatchObject({
      ok: false,
      error: { kind: 'invalid-arguments' }
    })
  })

  it('stops reading a request that is too large', async () => {
    const said = await request(endpointOf(app.profile), 'x'.repeat(maxRequestBytes * 2))
    expect(answerOf(said)).toMatchObject({ ok: false, error: { kind: 'text-too-long' } })
    expect(await app.bilet(['status'])).toMatchObject({ code: 0 })
  })

  it('cuts who says nothing', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const silent = say(endpointOf(app.profile).address, () => [])
      const over = { yet: false }
      void silent.then(() => (over.yet = true))
      while (!over.yet) {
        await new Promise(setImmediate)
        vi.advanceTimersByTime(1000)
      }
      expect(await silent).toBe('')
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('the command', () => {
  it('sends nothing to a program that cannot prove to be the app', async () => {
    const profile = temporaryProfile()
    const folder = join(profile, 'command-line')
    mkdirSync(folder, { mode: 0o700 })
    const address = join(folder, 'socket')
    const heard: string[] = []
    const impostor = createServer((socket) => {
      socket.on('data', (data) => heard.push(data.toString('utf8')))
      const answer = {
        protocol: protocolVersion,
        version: '0.1.0',
        nonce: 'c'.repeat(64),
        proof: 'd'.repeat(64)
      }
      socket.write(`${JSON.stringify(answer)}\n`)
    })
    await new Promise<void>((resolve) => impostor.listen(address, resolve))
    writeFileSync(join(folder, 'endpoint.json'), JSON.stringify({ address, secret: 'e'.repeat(64) }), {
      mode: 0o600
    })
    expect(await bilet(profile, ['reply', '1', 'gizli', '--lang=en'])).toMatchObject({
      code: 4,
      err: containing('not your Bilet')
    })
    expect(heard.join('')).not.toContain('gizli')
    await new Promise((resolve) => impostor.close(resolve))
  })

  it('tells that the app is of another version', async () => {
    const { address, secret } = endpointOf(app.profile)
    const profile = temporaryProfile()
    const folder = join(profile, 'command-line')
    mkdirSync(folder, { mode: 0o700 })
    const later = createServer((socket) => {
      socket.once('data', (data) => {
        const { nonce } = JSON.parse(data.toString('utf8')) as { readonly nonce: string }
        const own = 'c'.repeat(64)
        const proof = proofOf('app', { address, secret }, nonce, own)
        socket.write(`${JSON.stringify({ protocol: 99, version: '9.0.0', nonce: own, proof, more: true })}\n`)
      })
    })
    const path = join(folder, 'socket')
    await new Promise<void>((resolve) => later.listen(path, resolve))
    writeFileSync(join(folder, 'endpoint.json'), JSON.stringify({ address: path, secret }), { mode: 0o600 })
    const said = await bilet(profile, ['status', '--lang=en'])
    expect([said.code, said.err]).toEqual([8, containing('9.0.0')])
    await new Promise((resolve) => later.close(resolve))
  })

  it('refuses a profile that others can read', async () => {
    chmodSync(join(app.profile, 'command-line'), 0o755)
    const said = await app.bilet(['status'])
    expect([said.code, said.err]).toEqual([4, matching(/belongs to another user.*sudo -H -u/)])
    chmodSync(join(app.profile, 'command-line'), 0o700)
  })

  it('tells that the app is closing', async () => {
    app.beginQuit()
    expect(await app.bilet(['status'])).toMatchObject({ code: 4, err: containing('quitting') })
    const error = JSON.parse((await app.bilet(['list', '--json'])).out) as unknown
    expect(error).toMatchObject({ error: { kind: 'closing', exitCode: 4 } })
  })

  it('tells that the app is not running, is not to be started, or cannot be', async () => {
    const profile = temporaryProfile()
    const start = (args: readonly string[], hasDisplay: boolean): ReturnType<typeof bilet> =>
      bilet(profile, ['status', '--lang=en', ...args], '', hasDisplay)
    expect(await start(['--no-start'], true)).toMatchObject({
      code: 4,
      err: containing('not running')
    })
    expect(await start([], false)).toMatchObject({
      code: 4,
      err: containing('no graphical session')
    })
    expect(await start([], true)).toMatchObject({ code: 4, err: containing('exit code 1') })
    expect(await bilet(profile, ['status', '--no-start', '--lang=tr'])).toMatchObject({
      err: containing('Uygulama çalışmıyor')
    })
  })
})

describe('what a crash leaves behind', () => {
  it('is taken for an app that is not running, and is replaced by the next start', async () => {
    const profile = temporaryProfile()
    const folder = join(profile, 'command-line')
    mkdirSync(folder, { mode: 0o700 })
    const old = { address: join(folder, 'socket'), secret: 'f'.repeat(64) }
    writeFileSync(join(folder, 'endpoint.json'), JSON.stringify(old), { mode: 0o600 })
    // A file in the place of the socket, and a half-written file.
    writeFileSync(old.address, '')
    writeFileSync(join(folder, 'endpoint.json.new'), '{')
    expect(await bilet(profile, ['status', '--no-start'])).toMatchObject({ code: 4 })
    const next = await runApp({ profile })
    expect((await next.bilet(['status'])).code).toBe(0)
    expect(endpointOf(profile).secret).not.toBe(old.secret)
    await next.close()
    expect(existsSync(folder)).toBe(false)
  })
})

it('a profile with a long path has its socket elsewhere, in a folder of its own', async () => {
  const profile = join(temporaryProfile(), 'ş'.repeat(60))
  mkdirSync(profile)
  const next = await runApp({ profile })
  expect((await next.bilet(['status'])).code).toBe(0)
  const { address } = endpointOf(profile)
  expect(Buffer.byteLength(address)).toBeLessThanOrEqual(103)
  expect(statSync(join(address, '..')).mode & 0o777).toBe(0o700)
  await next.close()
  expect(existsSync(join(address, '..'))).toBe(false)
})

it('an app in Turkish is answered for in Turkish, whatever the terminal speaks', async () => {
  const next = await runApp({ locale: 'tr' })
  expect((await next.bilet(['list'])).err).toContain('Bağlı hesap yok')
  expect((await next.bilet(['list', '--lang=en'])).err).toContain('No account')
  await next.close()
})
