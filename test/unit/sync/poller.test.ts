import { describe, expect, it } from 'vitest'
import { Poller } from '../../../electron/sync/requests/poller.ts'
import type { Problem } from '../../../electron/tickets/problem.ts'
import { seededRandom } from '../../support/sync/random.ts'
import { Rig } from '../../support/sync/rig.ts'

const wall = Date.UTC(2026, 10, 24)
const seconds = (count: number): number => count * 1000
const minutes = (count: number): number => count * 60_000
const error: Problem = { kind: 'server-error', httpStatus: 500 }

const poller = (random: () => number = () => 0.5, interval = 60): Poller =>
  new Poller({ random, intervalSeconds: () => interval })

/** Milliseconds until the next request after a successful one at `now`. */
function afterSuccess(scheduler: Poller, now: number): number {
  scheduler.succeeded(now)
  return (scheduler.dueAt ?? Infinity) - now
}

describe('when the poller asks', () => {
  it('is the interval and up to a tenth more, never less', () => {
    expect(
      afterSuccess(
        poller(() => 0),
        0
      )
    ).toBe(seconds(60))
    expect(
      afterSuccess(
        poller(() => 0.5),
        0
      )
    ).toBe(seconds(63))
    expect(
      afterSuccess(
        poller(() => 0.999),
        0
      )
    ).toBeLessThan(seconds(66.1))
    expect(
      afterSuccess(
        poller(() => 0, 300),
        0
      )
    ).toBe(seconds(300))
  })

  it('is every 15 seconds for two minutes after the person wrote, then as before', () => {
    const scheduler = poller(() => 0)
    scheduler.succeeded(0)
    scheduler.noteWrite(seconds(10))
    expect(scheduler.isDue(seconds(10))).toBe(true)
    expect(afterSuccess(scheduler, seconds(10))).toBe(seconds(15))
    expect(afterSuccess(scheduler, seconds(129))).toBe(seconds(15))
    expect(afterSuccess(scheduler, seconds(130))).toBe(seconds(60))
  })

  it('is five times as seldom while slow, at most every ten minutes, and soon when it is over', () => {
    const scheduler = poller(() => 0)
    scheduler.setSlow(true, 0)
    expect(afterSuccess(scheduler, 0)).toBe(minutes(5))
    scheduler.setSlow(false, minutes(1))
    expect(scheduler.dueAt).toBe(minutes(2))
    const rare = poller(() => 0, 300)
    rare.setSlow(true, 0)
    expect(afterSuccess(rare, 0)).toBe(minutes(10))
    const rarest = poller(() => 0, 3600)
    rarest.setSlow(true, 0)
    expect(afterSuccess(rarest, 0), 'never faster than what was set').toBe(minutes(60))
  })

  it('is still quick after writing while slow', () => {
    const scheduler = poller(() => 0)
    scheduler.setSlow(true, 0)
    scheduler.noteWrite(0)
    expect(afterSuccess(scheduler, 0)).toBe(seconds(15))
  })

  it.each(['asked', 'opened', 'wake', 'online', 'wrote'] as const)('is at once when %s', (reason) => {
    const scheduler = poller()
    scheduler.requestStarted(0)
    scheduler.succeeded(0)
    scheduler.requestNow(seconds(30), reason)
    expect(scheduler.isDue(seconds(30))).toBe(true)
  })

  it('is once more for what was asked while a list was on its way, for that list may be older', () => {
    const scheduler = poller(() => 0)
    scheduler.requestStarted(0)
    scheduler.requestNow(200, 'asked')
    scheduler.succeeded(300)
    expect(scheduler.dueAt).toBe(500)
    scheduler.requestStarted(500)
    scheduler.succeeded(600)
    expect(scheduler.dueAt).toBe(seconds(60) + 600)
  })

  it('is not again when a window is opened again and again', () => {
    const scheduler = poller(() => 0)
    scheduler.requestStarted(0)
    scheduler.succeeded(0)
    for (let at = 100; at < seconds(10); at += 100) scheduler.requestNow(at, 'opened')
    expect(scheduler.dueAt).toBe(seconds(60))
  })

  it('is at most twice a second however often the person asks', () => {
    const scheduler = poller(() => 0)
    scheduler.requestStarted(0)
    scheduler.succeeded(0)
    scheduler.requestNow(100, 'asked')
    expect(scheduler.dueAt).toBe(500)
  })
})

describe('after an error the poller waits', () => {
  /** Delays in milliseconds after `count` successive errors. */
  function delays(random: () => number, count: number, interval = 60): number[] {
    const scheduler = poller(random, interval)
    const all: number[] = []
    for (let now = 0, i = 0; i < count; i++) {
      scheduler.failed(now, wall + now, error)
      const due = scheduler.dueAt ?? Infinity
      all.push(due - now)
      now = due
    }
    return all
  }

  it('longer and longer, anywhere between nothing and 15 minutes', () => {
    const random = seededRandom(7)
    const many = Array.from({ length: 400 }, () => delays(random, 12))
    const mean = (n: number): number => many.reduce((sum, all) => sum + (all[n] ?? 0), 0) / many.length
    expect(mean(0)).toBeLessThan(mean(1))
    expect(mean(1)).toBeLessThan(mean(2))
    expect(mean(2)).toBeLessThan(mean(3))
    const late = many.flatMap((all) => all.slice(5))
    expect(Math.max(...late)).toBeLessThanOrEqual(minutes(15))
    // Full jitter: delays cover the whole range.
    expect(Math.max(...late)).toBeGreaterThan(minutes(13))
    expect(Math.min(...late)).toBeLessThan(minutes(2))
    expect(Math.max(...many.map(([first = 0]) => first))).toBeLessThanOrEqual(minutes(1))
  })

  it.each([30, 60, 300])(
    'so that no hour has more than 12 attempts, whatever chance says (every %s s)',
    (interval) => {
      const chances = [() => 0, () => 0.999999, () => 0.5, ...[1, 2, 3, 4, 5].map(seededRandom)]
      let turn = 0
      chances.push(() => turn++ % 2)
      for (const chance of chances) {
        const at: number[] = [0]
        for (const delay of delays(chance, 60, interval)) at.push((at.at(-1) ?? 0) + delay)
        for (const begin of at)
          expect(at.filter((time) => time >= begin && time < begin + minutes(60)).length).toBeLessThanOrEqual(
            12
          )
      }
    }
  )

  it('no longer than 15 minutes, however often the person asked in vain', () => {
    const scheduler = poller(() => 0.999)
    for (let i = 0; i < 50; i++) scheduler.failed(i * 1000, wall, error)
    expect((scheduler.dueAt ?? Infinity) - 49_000).toBeLessThanOrEqual(minutes(15))
  })

  it('as long as Retry-After says, also when asked; then it is forgotten', () => {
    const scheduler = poller(() => 0)
    scheduler.failed(0, wall, { kind: 'rate-limited', retryAt: wall + minutes(40) })
    scheduler.requestNow(seconds(30), 'asked')
    scheduler.noteWrite(seconds(31))
    expect(scheduler.isDue(minutes(39))).toBe(false)
    expect(scheduler.isDue(minutes(40))).toBe(true)
    scheduler.succeeded(minutes(40))
    expect(scheduler.dueAt).toBe(minutes(41))
  })

  it('a day at most, and not at all for a moment that is past', () => {
    const mistaken = poller(() => 0)
    mistaken.failed(0, wall, { kind: 'rate-limited', retryAt: wall + minutes(60 * 24 * 365) })
    expect(mistaken.dueAt).toBe(minutes(60 * 24))
    const past = poller(() => 0.5)
    past.failed(0, wall, { kind: 'server-error', retryAt: wall - minutes(5) })
    expect(past.dueAt).toBeLessThanOrEqual(minutes(1))
  })

  it('for new credentials where there are none', () => {
    const scheduler = poller()
    scheduler.failed(0, wall, { kind: 'no-credentials' })
    for (const reason of ['asked', 'opened', 'wake', 'online', 'wrote'] as const)
      scheduler.requestNow(minutes(5), reason)
    scheduler.noteWrite(minutes(5))
    scheduler.setSlow(true, minutes(5))
    scheduler.setSlow(false, minutes(6))
    expect(scheduler.dueAt).toBeNull()
    expect(scheduler.isDue(minutes(600))).toBe(false)
    scheduler.credentialsChanged(minutes(600))
    expect(scheduler.isDue(minutes(600))).toBe(true)
  })

  it.each(['unauthorized', 'forbidden'] as const)(
    'for %s as for any error, tells it after a while, and then asks slowly for ever',
    (kind) => {
      const scheduler = poller(() => 0.999)
      const asked: number[] = []
      let refusedAt: number | null = null
      for (let now = 0; now < minutes(24 * 60); now = scheduler.dueAt ?? Infinity) {
        asked.push(now)
        scheduler.failed(now, wall + now, { kind })
        if (scheduler.isRefused) refusedAt ??= now
      }
      expect(asked[1]).toBeLessThanOrEqual(minutes(1))
      expect(refusedAt).toBeGreaterThanOrEqual(minutes(10))
      expect(refusedAt).toBeLessThanOrEqual(minutes(30))
      const gaps = asked.slice(1).map((at, i) => at - (asked[i] ?? 0))
      expect(Math.max(...gaps.slice(-20))).toBeLessThanOrEqual(minutes(61))
      expect(asked.length).toBeGreaterThan(24)
      expect(asked.length).toBeLessThan(24 * 6)
      scheduler.succeeded(minutes(24 * 60))
      expect(scheduler.isRefused).toBe(false)
    }
  )

  it('no longer because the person asked, the machine woke or a window was opened meanwhile', () => {
    const scheduler = poller(() => 0.5)
    scheduler.succeeded(0)
    scheduler.requestStarted(minutes(1))
    scheduler.failed(minutes(1), wall, error)
    const planned = scheduler.dueAt
    for (const [afterMs, reason] of [
      [600, 'asked'],
      [1_200, 'asked'],
      [1_800, 'asked'],
      [2_400, 'asked'],
      [3_000, 'asked'],
      [9_000, 'wake'],
      [15_000, 'online']
    ] as const) {
      const now = minutes(1) + afterMs
      scheduler.requestNow(now, reason)
      expect(scheduler.isDue(now), reason).toBe(true)
      scheduler.requestStarted(now)
      scheduler.failed(now, wall, error)
      expect(scheduler.dueAt).toBe(planned)
    }
  })

  it('for Retry-After to the second, whatever failed before', () => {
    const scheduler = poller(() => 0.999)
    scheduler.failed(0, wall, error)
    scheduler.failed(minutes(1), wall + minutes(1), error)
    const now = minutes(3)
    scheduler.failed(now, wall + now, { kind: 'rate-limited', retryAt: wall + now + seconds(120) })
    expect(scheduler.dueAt).toBe(now + seconds(120))
  })

  it('longer than a Retry-After of nothing that comes again and again', () => {
    const scheduler = poller(() => 0.5)
    let now = 0
    for (let i = 0; i < 10; i++) {
      scheduler.failed(now, wall + now, { kind: 'server-error', retryAt: wall + now })
      now = scheduler.dueAt ?? Infinity
    }
    expect(now).toBeGreaterThan(minutes(10))
  })

  it('the first step again after one good answer', () => {
    const scheduler = poller(() => 0.999)
    for (let i = 0; i < 8; i++) scheduler.failed(0, wall, error)
    scheduler.succeeded(0)
    scheduler.failed(0, wall, error)
    expect(scheduler.dueAt).toBeLessThanOrEqual(minutes(1))
  })
})

async function connected(random: () => number = () => 0.5): Promise<Rig> {
  const rig = new Rig(random)
  for (const id of [1, 2, 3]) rig.server.add(id)
  await rig.connect()
  await rig.time.advance(minutes(1))
  return rig
}

describe('an account', () => {
  it.each([0, 0.5, 0.999])(
    'asks at most 61 times in an idle hour, and nothing else wakes the machine (%s)',
    async (chance) => {
      const rig = await connected(() => chance)
      const [lists, fired] = [rig.server.lists, rig.time.fired]
      await rig.time.advance(minutes(60))
      expect(rig.server.lists - lists).toBeGreaterThan(50)
      expect(rig.server.lists - lists).toBeLessThanOrEqual(61)
      expect(rig.time.fired - fired, 'one timer per request').toBe(rig.server.lists - lists)
    }
  )

  it.each([0, 0.5, 0.999])(
    'asks at most 12 times in an hour of 500s, whatever chance (%s) says',
    async (chance) => {
      const rig = await connected(() => chance)
      rig.server.failingList = error
      const before = rig.server.lists
      await rig.time.advance(minutes(60))
      expect(rig.server.lists - before).toBeGreaterThan(2)
      expect(rig.server.lists - before).toBeLessThanOrEqual(12)
    }
  )

  it('that has something to send asks no more than that in an hour of 500s', async () => {
    const rig = await connected()
    rig.server.failingList = error
    rig.server.fates = ['error-before']
    await rig.engine.outgoing.reply(rig.ref(1), 'Bekleyen')
    const before = rig.server.lists
    await rig.time.advance(minutes(60))
    expect(rig.server.lists - before).toBeLessThanOrEqual(12)
    expect(rig.server.writes).toHaveLength(1)
  })

  it('asks nothing in an hour asleep, once on waking, and then as always', async () => {
    const rig = await connected()
    rig.engine.control.suspend()
    const before = rig.server.lists
    await rig.time.advance(minutes(60))
    expect(rig.server.lists - before).toBe(0)
    void rig.engine.control.check('wake')
    await rig.time.advance(seconds(50))
    expect(rig.server.lists - before).toBe(1)
    await rig.time.advance(minutes(10))
    expect(rig.server.lists - before).toBeLessThanOrEqual(11)
  })

  it('makes no burst after a sleep that nobody announced: one request, whatever was missed', async () => {
    const rig = await connected()
    const before = rig.server.lists
    await rig.time.sleep(minutes(600))
    expect(rig.server.lists - before).toBe(1)
    void rig.engine.control.check('wake')
    void rig.engine.control.check('online')
    void rig.engine.control.check('opened')
    await rig.time.advance(seconds(50))
    expect(rig.server.lists - before).toBeLessThanOrEqual(2)
  })

  it('never has two requests on their way, whoever asks for what', async () => {
    const rig = await connected(seededRandom(3))
    rig.server.latencyMs = () => 2000
    for (let i = 0; i < 40; i++) {
      void rig.engine.control.check((['asked', 'wake', 'online', 'opened'] as const)[i % 4] ?? 'asked')
      if (i % 3 === 0) await rig.engine.outgoing.reply(rig.ref(1), `Yanıt ${i}`)
      if (i % 7 === 0) void rig.engine.accounts.services(rig.accountId)
      if (i % 10 === 5)
        void rig.engine.accounts.reconnect(rig.accountId, { kind: 'bearer', token: `${i}` }, false)
      await rig.time.advance(700)
    }
    await rig.time.advance(minutes(10))
    expect(rig.server.repliesOf(1)).toHaveLength(14)
    expect(rig.server.maxInFlight).toBe(1)
  })

  it('asks nothing while paused, and at once when it goes on', async () => {
    const rig = await connected()
    rig.engine.accounts.pause(rig.accountId, true)
    const before = rig.server.lists
    await rig.engine.control.check('asked')
    await rig.time.advance(minutes(60))
    expect(rig.server.lists).toBe(before)
    expect(rig.engine.accounts.list()[0]?.connection.state).toBe('paused')
    rig.engine.accounts.pause(rig.accountId, false)
    await rig.time.advance(1000)
    expect(rig.server.lists - before).toBe(1)
  })
})
