/** Log lines of an account: one per poll, with kind and counts, and errors of the code with their stack. */
import { describe, expect, it } from 'vitest'
import type { TicketApi } from '../../../electron/api/api.ts'
import { Account } from '../../../electron/sync/account.ts'
import type { PollDetails } from '../../../electron/sync/activity-log.ts'
import { Marks } from '../../../electron/sync/marks/marks.ts'
import { AccountWork } from '../../../electron/sync/work/account-work.ts'
import { SentLog } from '../../../electron/sync/outbox/sent-log.ts'
import { ServerModel } from '../../support/sync/server-model.ts'
import { Turns } from '../../../electron/sync/turns.ts'
import { VirtualTime } from '../../support/sync/virtual-time.ts'

const minute = 60_000

interface Logged {
  readonly outcome: string
  readonly details: PollDetails
}

/** A separate account with an empty cache, polled every minute. */
async function watched(change: (api: TicketApi) => Partial<TicketApi> = () => ({})) {
  const time = new VirtualTime()
  const server = new ServerModel(time)
  for (const id of [1, 2]) server.add(id)
  const polls: Logged[] = []
  const errors: { readonly where: string; readonly error: unknown }[] = []
  const api = server.api('v1')
  const ignore = (): void => undefined
  const account = new Account({
    id: 'one',
    version: 'v1',
    api: { ...api, ...change(api) },
    marks: new Marks(null),
    entries: [],
    sent: new SentLog(null),
    work: new AccountWork(null),
    clock: time,
    turns: new Turns(time),
    marksSettled: () => Promise.resolve(),
    random: () => 0,
    intervalSeconds: () => 60,
    paused: false,
    sentForm: () => 'ascii',
    log: {
      poll: (_, outcome, details) => polls.push({ outcome, details }),
      error: (where, error) => errors.push({ where, error })
    },
    password: () => ({ kind: 'no-keychain' }),
    hasDraft: () => false,
    tell: {
      marks: ignore,
      work: ignore,
      sent: () => true,
      outbox: () => true,
      tickets: ignore,
      ticketsNow: () => Promise.resolve(),
      ended: ignore,
      letterDamage: ignore,
      connection: ignore,
      rows: ignore,
      ticketEvents: ignore,
      signedOut: ignore
    }
  })
  await account.open(null)
  account.wake()
  await time.settle()
  return { account, errors, polls, server, time, outcomes: () => polls.map(({ outcome }) => outcome) }
}

describe('the log hears of a poll', () => {
  it('how many tickets came, and how many of them are others now', async () => {
    const { polls, server, time } = await watched()
    expect(polls[0]).toMatchObject({ outcome: 'tickets', details: { tickets: 2, changed: 2, events: 0 } })
    server.addReply(1, 'staff', 'Buyurun')
    await time.advance(minute)
    expect(polls[1]).toMatchObject({ outcome: 'tickets', details: { tickets: 2, changed: 1, events: 1 } })
    await time.advance(minute)
    expect(polls[2]).toMatchObject({ outcome: 'unchanged', details: { changed: 0, removed: 0 } })
  })

  it('that it failed, and of what kind', async () => {
    const { polls, server, time } = await watched()
    server.failingList = { kind: 'server-error', httpStatus: 503 }
    await time.advance(minute)
    expect(polls.at(-1)).toMatchObject({
      outcome: 'failed',
      details: { problem: { kind: 'server-error', httpStatus: 503 } }
    })
  })

  it('that a list was not believed, was given up by the person, or for sleep', async () => {
    const { account, outcomes, server, time } = await watched()
    server.listOverride = []
    await time.advance(minute)
    expect(outcomes().at(-1)).toBe('suspicious')
    server.listOverride = null
    server.latencyMs = () => 10_000
    await time.advance(20_000)
    account.stopLoading()
    await time.settle()
    expect(outcomes().at(-1)).toBe('stopped')
    await time.advance(3 * minute)
    const checked = account.check('asked')
    await time.settle()
    account.suspend()
    await checked
    expect(outcomes().at(-1)).toBe('interrupted')
  })

  it('how many milliseconds it took', async () => {
    const { polls, server, time } = await watched()
    server.latencyMs = () => 700
    await time.advance(2 * minute)
    expect(polls[1]?.details.ms).toBeGreaterThanOrEqual(700)
  })
})

describe('a mistake of the code', () => {
  it('is logged with its stack, shown as a problem, and makes no loop of requests', async () => {
    const mistake = new TypeError('undefined is not a function')
    let lists = 0
    const { account, errors, time } = await watched(() => ({
      list: () => {
        lists += 1
        return Promise.reject(mistake)
      }
    }))
    expect(errors).toEqual([{ where: 'account turn', error: mistake }])
    expect(account.connection().problem).toEqual({ kind: 'internal' })
    await time.advance(10 * minute)
    expect(lists).toBeLessThan(6)
    expect(errors).toHaveLength(lists)
  })
})
