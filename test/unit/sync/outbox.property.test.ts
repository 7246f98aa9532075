/** Nothing lost, nothing twice, nothing out of order, whatever happens to requests, network, clock and process. */
import { describe, expect, it } from 'vitest'
import { Rig } from '../../support/sync/rig.ts'
import { seededRandom } from '../../support/sync/random.ts'
import type { Fate } from '../../support/sync/server-model.ts'

const schedules = Number(process.env.SCHEDULES ?? 10_000)
const firstSeed = Number(process.env.SEED ?? Date.now() % 1_000_000_000)
const only = process.env.SEED !== undefined

const fates: readonly Fate[] = [
  'good',
  'cut-before',
  'cut-after',
  'error-before',
  'error-after',
  'garbage-after',
  'timeout-before',
  'timeout-late',
  'unreachable',
  'busy'
]
const texts = ['Teşekkürler.', 'Tamam', 'Şu an çalışıyor mu?', 'Merhaba,\r\n\r\niki satır — “tırnak”']
const plain: Readonly<Record<string, string>> = {
  'Teşekkürler.': 'Tesekkurler.',
  Tamam: 'Tamam',
  'Şu an çalışıyor mu?': 'Su an calisiyor mu?',
  'Merhaba,\r\n\r\niki satır — “tırnak”': 'Merhaba,\n\niki satir - "tirnak"'
}
const day = 86_400_000

interface Verdict {
  readonly lost: number
  readonly duplicated: number
  readonly disordered: number
}

const countOf = (list: readonly string[], one: string): number => list.filter((each) => each === one).length

async function play(seed: number): Promise<Verdict> {
  const random = seededRandom(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const rig = new Rig(random)
  rig.server.latencyMs = () => Math.floor(random() * 3000)
  for (const id of [1, 2]) rig.server.add(id)
  const connecting = rig.connect()
  await rig.time.advance(20_000)
  await connecting

  const replies = new Map<number, string[]>([
    [1, []],
    [2, []]
  ])
  const closedLast = new Set<number>()
  const created: string[] = []
  const steps = 4 + Math.floor(random() * 10)
  for (let step = 0; step < steps; step++) {
    const what = random()
    const ticket = pick([1, 2])
    if (random() < 0.6) rig.server.fates.push(pick(fates))
    if (what < 0.4) {
      const text = pick(texts)
      const queued = await rig.engine.reply(rig.ref(ticket), text)
      if (queued.ok) {
        replies.get(ticket)?.push(plain[text] ?? text)
        closedLast.delete(ticket)
      }
    } else if (what < 0.48) {
      if ((await rig.engine.close(rig.ref(ticket))).ok) closedLast.add(ticket)
    } else if (what < 0.58) {
      const message = pick(texts)
      const draft = { title: 'T', departmentId: 2, service: '1', message, serverIp: '', serverUser: '' }
      const queued = await rig.engine.create(rig.accountId, draft, random() < 0.3 ? 'secret' : '')
      if (queued.ok) created.push(plain[message] ?? message)
    } else if (what < 0.66) await rig.crash()
    else if (what < 0.72)
      rig.server.listFailures.push({ kind: pick(['timeout', 'not-json', 'truncated', 'server-error']) })
    else if (what < 0.78) rig.engine.setOnline(random() < 0.5)
    else if (what < 0.84) {
      if (random() < 0.5) rig.engine.suspend()
      else void rig.engine.check('wake')
    } else if (what < 0.9) rig.time.jump(Math.floor((random() - 0.5) * 3 * day))
    else if (what < 0.95) {
      rig.server.say(ticket, 'staff', `Yanıt ${step}`)
      // Staff who answer open it again.
      closedLast.delete(ticket)
    }
    await rig.time.advance(Math.floor(random() * pick([500, 5_000, 40_000, 200_000])))
  }

  rig.server.fates = []
  rig.server.listFailures = []
  rig.engine.setOnline(true)
  void rig.engine.check('wake')
  await rig.time.advance(2 * 3_600_000)

  let lost = 0
  let duplicated = 0
  let disordered = 0
  const compare = (wanted: readonly string[], got: readonly string[], ordered: boolean): void => {
    for (const text of new Set([...wanted, ...got])) {
      const difference = countOf(got, text) - countOf(wanted, text)
      if (difference < 0) lost -= difference
      if (difference > 0) duplicated += difference
    }
    if (ordered && wanted.length === got.length && wanted.join('\0') !== got.join('\0')) disordered++
  }
  for (const [id, wanted] of replies) compare(wanted, rig.server.said(id), true)
  const made = [...rig.server.tickets.values()].filter(({ id }) => id >= 100)
  compare(
    created,
    made.map(({ message }) => message.split('\n\n-----')[0] ?? ''),
    false
  )
  for (const id of closedLast) if (rig.server.tickets.get(id)?.status.kind !== 'closed') lost++
  lost += rig.engine.outbox().length
  return { lost, duplicated, disordered }
}

describe('the outbox', () => {
  it('loses nothing, posts nothing twice and keeps the order, on random schedules', async () => {
    const sum = { lost: 0, duplicated: 0, disordered: 0 }
    const bad: string[] = []
    const count = only ? 1 : schedules
    for (let i = 0; i < count; i++) {
      const verdict = await play(firstSeed + i)
      sum.lost += verdict.lost
      sum.duplicated += verdict.duplicated
      sum.disordered += verdict.disordered
      if (verdict.lost + verdict.duplicated + verdict.disordered > 0)
        bad.push(`SEED=${firstSeed + i}: ${JSON.stringify(verdict)}`)
    }
    console.log(
      `${count} schedules, ${sum.lost} lost, ${sum.duplicated} duplicated, ${sum.disordered} out of order (seed ${firstSeed})`
    )
    expect(bad.slice(0, 10), 'seeds that repeat it').toEqual([])
  }, 600_000)
})
