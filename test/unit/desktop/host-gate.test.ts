/** The hosts that main contacts for a window, and the questions it asks before. */
import { describe, expect, test } from 'vitest'
import { ApiProblem } from '../../../electron/api/api-problem.ts'
import {
  createHostGate,
  defaultHost,
  type HostPurpose
} from '../../../electron/desktop/security/host-gate.ts'
import { oneQuestionAtATime } from '../../../electron/desktop/security/one-question.ts'
import { newConnection } from '../../../renderer/onboarding/connection.ts'

function gateWith({
  accounts = [],
  answer = true
}: { readonly accounts?: readonly string[]; readonly answer?: boolean } = {}) {
  const asked: string[] = []
  const sent: string[] = []
  const gate = createHostGate({
    accountAddresses: () => accounts,
    ask: (host, purpose) => {
      asked.push(`${purpose} ${host}`)
      return Promise.resolve(answer)
    }
  })
  /** Result of a request by main to this address. */
  const send = async (address: string, purpose: HostPurpose = 'account'): Promise<string> => {
    const fetch = gate.through((input) => {
      sent.push(input instanceof Request ? input.url : String(input))
      return Promise.resolve(new Response('x'))
    }, purpose)
    try {
      await fetch(address)
      return 'sent'
    } catch (error) {
      return error instanceof ApiProblem && error.neverSent ? error.problem.kind : String(error)
    }
  }
  return { gate, asked, sent, send }
}

describe('before main talks to a host', () => {
  test.each([
    'api.ni.net.tr',
    'https://api.ni.net.tr/v2',
    ' HTTPS://API.NI.NET.TR ',
    'https://api.ni.net.tr./v1',
    'https://api.ni.net.tr:443'
  ])('%j is Netinternet’s own, and is not asked about', async (address) => {
    const { gate, asked } = gateWith({ answer: false })
    expect(await gate.ask(address, 'account')).toBe(true)
    expect(asked).toEqual([])
  })

  test('the form offers the default host', () => {
    expect(newConnection('bearer').address).toBe(`https://${defaultHost}`)
  })

  test.each([
    ['evil.example', 'evil.example'],
    ['https://api.ni.net.tr.evil.example', 'api.ni.net.tr.evil.example'],
    ['https://evil.example/api.ni.net.tr', 'evil.example'],
    ['https://evil.example\\@api.ni.net.tr', 'evil.example'],
    ['https://ni.net.tr', 'ni.net.tr'],
    ['https://api.ni.net.tr:8443/v1', 'api.ni.net.tr:8443'],
    ['http://127.0.0.1:4000', '127.0.0.1:4000'],
    ['http://localhost', 'localhost'],
    ['http://[::1]:81/', '[::1]:81'],
    ['https://2130706433/', '127.0.0.1'],
    ['https://аpi.ni.net.tr', 'xn--pi-6kc.ni.net.tr']
  ])('%j is asked about by the host that is actually contacted', async (address, host) => {
    const { gate, asked, send } = gateWith({ answer: false })
    expect(await gate.ask(address, 'account')).toBe(false)
    expect(asked).toEqual([`account ${host}`])
    expect(await send(address.includes('://') ? address : `https://${address}`)).toBe('host-refused')
  })

  test.each(['', 'https://', 'ftp://evil.example', 'http://evil.example', 'https://a:b@evil.example'])(
    '%j is no usable address, so nothing is asked and nothing is sent',
    async (address) => {
      const { gate, asked, sent, send } = gateWith()
      expect(await gate.ask(address, 'account')).toBe(true)
      expect(asked).toEqual([])
      expect(await send(address)).toBe('host-refused')
      expect(sent).toEqual([])
    }
  )

  test('an account’s host is allowed, with its port and its scheme', async () => {
    const { gate, asked, send } = gateWith({ accounts: ['https://panel.example:8443/v1', ''], answer: false })
    expect(await gate.ask('https://panel.example:8443/v2', 'account')).toBe(true)
    expect(await gate.ask('https://panel.example:8443/file.png', 'file')).toBe(true)
    expect(asked).toEqual([])
    expect(await gate.ask('https://panel.example/v1', 'account')).toBe(false)
    expect(await send('http://panel.example:8443/v1')).toBe('host-refused')
  })

  test('a yes counts for this host and port, and for this purpose', async () => {
    const { gate, asked, send } = gateWith()
    expect(await gate.ask('https://files.example/a', 'file')).toBe(true)
    expect(await send('https://files.example/b', 'file')).toBe('sent')
    expect(await send('https://files.example/v1/tickets')).toBe('host-refused')
    expect(await send('https://files.example:8443/b', 'file')).toBe('host-refused')
    await gate.ask('https://files.example/c', 'file')
    await gate.ask('https://files.example', 'account')
    expect(asked).toEqual(['file files.example', 'account files.example'])
  })

  test('a no is not remembered: who typed the address may try again', async () => {
    const { gate, asked } = gateWith({ answer: false })
    await gate.ask('evil.example', 'account')
    await gate.ask('evil.example', 'account')
    expect(asked).toHaveLength(2)
  })

  test('the demo server is allowed because the app started it, not because of its address', async () => {
    const { gate, asked, send } = gateWith({ answer: false })
    gate.allowOwnServer('http://127.0.0.1:4000')
    expect(await send('http://127.0.0.1:4000/v2/tickets')).toBe('sent')
    expect(await send('http://127.0.0.1:4001/v2/tickets')).toBe('host-refused')
    expect(await gate.ask('http://127.0.0.1:4001', 'account')).toBe(false)
    expect(asked).toEqual(['account 127.0.0.1:4001'])
  })
})

describe('questions', () => {
  test('are asked one at a time: the same one shares its answer, another one is not asked', async () => {
    const once = oneQuestionAtATime()
    const open: ((answer: boolean) => void)[] = []
    const show = (): Promise<boolean> => new Promise((resolve) => open.push(resolve))
    const first = once('a', show)
    const same = once('a', show)
    expect(await once('b', show)).toBeNull()
    expect(open).toHaveLength(1)
    open[0]?.(true)
    expect(await Promise.all([first, same])).toEqual([true, true])
    const next = once('b', show)
    open[1]?.(true)
    expect(await next).toBe(true)
  })

  test('can be asked again after a dialog that failed', async () => {
    const once = oneQuestionAtATime()
    await expect(once('a', () => Promise.reject(new Error('no display')))).rejects.toThrow('no display')
    expect(await once('b', () => Promise.resolve(true))).toBe(true)
  })
})
