/** The log shows what happened to an entry and why, without any text by people. */
import { describe, expect, it } from 'vitest'
import { redact } from '../../../electron/desktop/security/redact.ts'
import { createEngineLog, shortId } from '../../../electron/sync/activity-log.ts'
import { connectedRig, Rig } from '../../support/sync/rig.ts'

const minutes = (count: number): number => count * 60_000
const words = 'Sunucuma bağlanamıyorum'

async function written(rig: Rig): Promise<string> {
  const queued = await rig.engine.outgoing.reply(rig.ref(1), words)
  if (!queued.ok) throw new Error(queued.error.kind)
  return shortId(queued.value.id)
}

/** State changes of the entry, in order, with their reasons. */
const historyOf = (rig: Rig, id: string): readonly string[] =>
  rig.log
    .filter((line) => line.startsWith('outbox ') && line.includes(id))
    .map((line) => line.replace(/^outbox /, '').replace(/, reply, account .*$/, ''))

describe('why was it', () => {
  it('sent twice: the first attempt was cut, a list proved it absent, the second was acknowledged', async () => {
    const rig = await connectedRig()
    rig.server.fates = ['cut-before']
    const id = await written(rig)
    await rig.time.advance(minutes(20))
    expect(historyOf(rig, id)).toEqual([
      'new → queued, written in a draft, attempt 0',
      'queued → sending, on its way, attempt 1',
      'sending → uncertain, nobody knows whether it arrived, connection-lost, attempt 1',
      'uncertain → queued, proven absent by a list, attempt 1',
      'queued → sending, on its way, attempt 2',
      'sending → sent, acknowledged by the server, attempt 2',
      'sent → shown, found by a list, attempt 2'
    ])
  })

  it('not sent twice: what was cut stood in the list', async () => {
    const rig = await connectedRig()
    rig.server.fates = ['cut-after']
    const id = await written(rig)
    await rig.time.advance(minutes(20))
    expect(historyOf(rig, id).slice(2)).toEqual([
      'sending → uncertain, nobody knows whether it arrived, connection-lost, attempt 1',
      'uncertain → shown, found by a list, connection-lost, attempt 1'
    ])
  })

  it('not sent: there was no network, and the person took it back', async () => {
    const rig = await connectedRig()
    rig.engine.control.setOnline(false)
    const id = await written(rig)
    await rig.time.advance(minutes(20))
    const [item] = rig.engine.outgoing.items()
    await rig.engine.outgoing.cancel(item?.id ?? '')
    expect(rig.log).toContain('network: gone')
    expect(historyOf(rig, id)).toEqual([
      'new → queued, written in a draft, attempt 0',
      'queued → gone, taken back by the person, attempt 0'
    ])
  })

  it('not sent: the server refused it', async () => {
    const rig = await connectedRig()
    rig.server.fates = ['refused']
    const id = await written(rig)
    await rig.time.advance(minutes(1))
    expect(historyOf(rig, id).at(-1)).toBe('sending → refused, refused, refused, attempt 1')
  })

  it('uncertain: the app ended while it was sent', async () => {
    const rig = await connectedRig()
    rig.server.latencyMs = () => 5000
    const id = await written(rig)
    await rig.time.advance(1000)
    await rig.crash()
    expect(historyOf(rig, id).at(-1)).toBe('sending → uncertain, found so at the start, attempt 1')
  })

  it('given up: the person decided', async () => {
    const rig = await connectedRig()
    rig.server.fates = ['cut-before', 'cut-before', 'cut-before', 'cut-before']
    const id = await written(rig)
    await rig.time.advance(minutes(90))
    expect(historyOf(rig, id).at(-1)).toMatch(/^uncertain → undecided, the person decides, cannot-tell, /)
    await rig.engine.outgoing.decide(rig.engine.outgoing.items()[0]?.id ?? '', 'discard', null)
    expect(historyOf(rig, id).at(-1)).toMatch(/^undecided → gone, the person says discard, /)
  })
})

it('a mistake in the poll loop leaves its stack', async () => {
  let isBroken = false
  const broken = (): never => {
    throw new TypeError('x is not a function')
  }
  const rig: Rig = new Rig(
    () => 0.5,
    (_, { version }) => {
      const api = rig.server.api(version)
      return { ...api, list: (...args) => (isBroken ? broken() : api.list(...args)) }
    }
  )
  await rig.connect()
  isBroken = true
  await rig.time.advance(minutes(2))
  expect(rig.engine.accounts.list()[0]?.connection.problem?.kind).toBe('internal')
  const line = rig.log.find((text) => text.startsWith('error in '))
  expect(line).toMatch(/^error in account turn: TypeError: x is not a function\nat /)
  expect(line).toContain('activity-log.test.ts:')
})

it('every poll is in it, with its outcome; repeated ones as a number', async () => {
  const rig = await connectedRig()
  const before = rig.log.length
  await rig.time.advance(minutes(50))
  rig.server.addReply(1, 'staff', 'Merhaba')
  rig.server.listFailures = [{ kind: 'timeout' }]
  await rig.time.advance(minutes(3))
  const polls = rig.log.slice(before).filter((line) => line.startsWith('poll '))
  expect(polls.map((line) => line.replace(/^poll [^ ]+: /, ''))).toEqual([
    'unchanged, 2 tickets, 0 ms',
    expect.stringMatching(/^unchanged, 2 tickets, \d\d more times, slowest 0 ms$/),
    'failed, timeout, 0 ms',
    'tickets, 2 tickets, 1 changed, 1 events, 0 ms',
    'unchanged, 2 tickets, 0 ms'
  ])
})

it('many entries of one command share lines', async () => {
  const rig = await connectedRig(Array.from({ length: 30 }, (_, index) => index + 1))
  const before = rig.log.length
  await rig.engine.outgoing.close(
    rig.engine.tickets.rows().map(({ accountId, id: ticketId }) => ({ accountId, ticketId })),
    5000
  )
  expect(rig.log.slice(before)).toHaveLength(3)
  expect(rig.log.at(-1)?.length).toBeLessThan(500)
})

it('holds ids and kinds only: nothing is left to be redacted', async () => {
  const rig = await connectedRig()
  rig.server.addReply(1, 'staff', 'Merhaba Ayşe')
  rig.server.fates = ['cut-before', 'refused']
  await written(rig)
  await rig.time.advance(minutes(30))
  rig.engine.accounts.rename(rig.accountId, 'Şirket hesabı')
  await rig.engine.accounts.remove(rig.accountId)
  expect(rig.log.length).toBeGreaterThan(5)
  for (const line of rig.log) expect(redact(line, { secrets: ['token'], home: '/home/ayse' })).toBe(line)
  expect(rig.log.join('\n')).not.toMatch(/Sunucuma|Merhaba|Ayşe|Şirket|example\.com/)
})

it('what a listener throws is in it, with its stack', async () => {
  const rig = await connectedRig()
  rig.changes.push = () => {
    const missing: { readonly rows?: string[] } = {}
    return (missing as { rows: string[] }).rows.length
  }
  await rig.engine.tickets.markUnread([rig.ref(1)])
  rig.server.addReply(1, 'staff', 'Merhaba')
  await rig.time.advance(minutes(2))
  const line = rig.log.find((text) => text.startsWith('error in listener of rows: '))
  expect(line).toMatch(/TypeError: Cannot read properties of undefined \(reading 'length'\)\nat /)
  expect(line).toContain('activity-log.test.ts:')
})

it('tells of the folder that another copy holds, and that it is taken over', async () => {
  const rig = await connectedRig()
  rig.disk.isHeld = true
  rig.disk.holder = { sign: 'first', computer: 'laptop' }
  const before = rig.log.length
  await rig.crash()
  await rig.time.advance(minutes(10))
  const lines = rig.log.slice(before).filter((line) => line.startsWith('folder: '))
  expect(lines).toEqual([
    'folder: held by another copy of the app on another computer',
    'folder: lock taken',
    'folder: taken over from the other copy of the app',
    'folder: 1 accounts, 0 entries in the outbox'
  ])
})

it('tells of a cache that was set aside, without its account’s name', async () => {
  const rig = await connectedRig()
  await rig.time.advance(minutes(1))
  rig.cachesRead = new Promise(() => undefined)
  await rig.crash()
  await rig.time.advance(minutes(1))
  expect(rig.log).toContain('notice: cache-set-aside')
})

describe('polls', () => {
  const setUp = () => {
    const lines: string[] = []
    const clock = { now: 0 }
    const log = createEngineLog(
      (line) => lines.push(line),
      () => clock.now
    )
    const poll = (...args: Parameters<typeof log.poll>): void => {
      log.poll(...args)
      clock.now += minutes(1)
    }
    return { lines, log, poll }
  }

  it('that bring nothing are counted, and written once an hour', () => {
    const { lines, poll } = setUp()
    for (let count = 0; count < 24 * 60; count++) poll('account-1', 'unchanged', { ms: 120 + (count % 60) })
    expect(lines.length).toBeLessThan(26)
    expect(lines.slice(0, 2)).toEqual([
      'poll account-: unchanged, 120 ms',
      'poll account-: unchanged, 60 more times, slowest 179 ms'
    ])
  })

  it('that end in another way are written at once, with how often it was as before', () => {
    const { lines, poll } = setUp()
    for (let count = 0; count < 4; count++) poll('account-1', 'unchanged', { ms: 100 })
    poll('account-1', 'failed', { ms: 30_000, problem: { kind: 'server-error', httpStatus: 502 } })
    poll('account-1', 'tickets', { ms: 400, tickets: 12, changed: 1, events: 1 })
    poll('account-1', 'tickets', { ms: 400, tickets: 12, changed: 1, events: 1 })
    expect(lines).toEqual([
      'poll account-: unchanged, 100 ms',
      'poll account-: unchanged, 3 more times, slowest 100 ms',
      'poll account-: failed, server-error (HTTP 502), 30000 ms',
      'poll account-: tickets, 12 tickets, 1 changed, 1 events, 400 ms',
      'poll account-: tickets, 12 tickets, 1 changed, 1 events, 400 ms'
    ])
  })
})

describe('an error', () => {
  const lineOf = (error: unknown): string => {
    const lines: string[] = []
    createEngineLog(
      (line) => lines.push(line),
      () => 0
    ).error('account turn', error)
    return lines.join()
  }

  it('of the code keeps its message and where it was, without a folder', () => {
    const error = new TypeError('x is not a function')
    error.stack = [
      'TypeError: x is not a function',
      '    at Account.turn (file:///home/ayse/Bilet/dist/main.js:12:34)',
      '    at async C:\\Users\\Ayşe Öz\\Bilet\\main.js:5:6',
      '    at async Promise.all (index 0)'
    ].join('\n')
    expect(lineOf(error)).toBe(
      [
        'error in account turn: TypeError: x is not a function',
        'at Account.turn (main.js:12:34)',
        'at async main.js:5:6',
        'at async Promise.all (index 0)'
      ].join('\n')
    )
  })

  it('that may quote what was read keeps its kind, code and where it was only', () => {
    const read = (): unknown => JSON.parse('Sunucum çalışmıyor')
    let caught: unknown
    try {
      read()
    } catch (error) {
      caught = Object.assign(new Error('Sunucum', { cause: error }), { code: 'EBROKEN' })
    }
    expect(lineOf(caught)).toMatch(
      /^error in account turn: Error \(EBROKEN\)\nat [^]*because of SyntaxError\nat /
    )
    expect(lineOf(caught)).not.toContain('Sunucum')
    expect(lineOf('Sunucum')).toBe('error in account turn: thrown string')
  })
})
