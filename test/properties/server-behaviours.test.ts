/** Counts posts, requests and delays for servers with stale lists, or that store without confirming, or confirm without storing. */
import { describe, expect, it } from 'vitest'
import {
  serverBehaviourNamed,
  serverBehaviours,
  type ServerBehaviour
} from '../support/demo/server-behaviours.ts'
import { rewrites } from '../support/demo/rewrites.ts'
import { apiVersions, type ApiVersion } from '../../electron/tickets/ticket.ts'
import { Rig } from '../support/sync/rig.ts'
import type { Fate } from '../support/sync/server-model.ts'
import { httpApi } from '../support/sync/http-server.ts'
import { newTicketOf } from '../support/builders.ts'

type Write = 'reply' | 'create'

const minute = 60_000
const draft = newTicketOf({ title: 'T', departmentId: 20, service: '952157' })
const text = 'Diskler doldu, alan ekler misiniz?'
const writes: readonly Write[] = ['reply', 'create']
const cases = writes.flatMap((write) => apiVersions.map((version) => [version, write] as const))

interface Measured {
  readonly posts: number
  /** Requests to the server in the hour after the message was sent. */
  readonly requestsPerHour: number
  /** Minutes until the server stored the message; null for never. */
  readonly arrivedAfter: number | null
  readonly state: string
  readonly attempts: number
}

/** Sends one message and waits for an hour in which questions are not answered. */
async function hour(
  behaviour: ServerBehaviour,
  version: ApiVersion,
  write: Write,
  fates: readonly Fate[]
): Promise<Measured> {
  const rig: Rig = new Rig(
    () => 0.5,
    () => httpApi(rig.server, rig.time, version)
  )
  const { server, time } = rig
  for (const id of [1, 2]) server.add(id)
  server.addReply(1, 'staff', 'Buyurun')
  server.setBehaviour(behaviour)
  await rig.connect({ version })
  await time.advance(10 * minute)
  const [lists, writes] = [server.lists, server.writes.length]
  server.fates = [...fates]
  if (write === 'reply') await rig.engine.outgoing.reply(rig.ref(1), text)
  else await rig.engine.outgoing.create(rig.accountId, { ...draft, message: text }, '')
  const posts = (): number => (write === 'reply' ? server.repliesOf(1) : server.created).length
  let arrivedAfter: number | null = null
  for (let passed = 1; passed <= 60; passed++) {
    await time.advance(minute)
    if (posts() > 0) arrivedAfter ??= passed
  }
  return {
    posts: posts(),
    requestsPerHour: server.lists - lists + server.writes.length - writes,
    arrivedAfter,
    state: rig.engine.outgoing.items()[0]?.state ?? rig.engine.outgoing.history()[0]?.end ?? 'nothing',
    attempts: server.writes.length - writes
  }
}

const lagging = serverBehaviours.filter(({ staleList }) => staleList !== undefined)
const behaviours = serverBehaviours.slice(rewrites.length)
/** One request per minute, plus a few around each send. */
const maxRequests = 100

describe('measured in an hour after one message', () => {
  it('a list that lags up to five minutes: what arrived is not sent again, what did not goes within ten minutes', async () => {
    const table: Record<string, Record<string, string>> = {}
    for (const behaviour of [{ name: 'no lag' }, ...lagging])
      for (const [version, write] of cases) {
        const arrived = await hour(behaviour, version, write, ['cut-after'])
        const lost = await hour(behaviour, version, write, ['cut-before'])
        table[behaviour.name] = {
          ...table[behaviour.name],
          [`${write} ${version}`]:
            `${arrived.posts} (${arrived.state}), ${lost.posts} after ${lost.arrivedAfter} min, ` +
            `${arrived.requestsPerHour} and ${lost.requestsPerHour} requests`
        }
        expect([behaviour.name, arrived.posts, lost.posts]).toEqual([behaviour.name, 1, 1])
        expect(lost.arrivedAfter, behaviour.name).toBeLessThanOrEqual(10)
        expect(Math.max(arrived.requestsPerHour, lost.requestsPerHour), behaviour.name).toBeLessThan(
          maxRequests
        )
      }
    console.log('Posts of a message whose answer was lost, and of one that was lost itself:')
    console.table(table)
  })

  it('every behaviour: one post at most, and few requests, while nobody answers', async () => {
    const table: Record<string, Record<string, string>> = {}
    for (const behaviour of behaviours)
      for (const [version, write] of cases) {
        const { posts, state, attempts, requestsPerHour } = await hour(behaviour, version, write, [])
        table[behaviour.name] = {
          ...table[behaviour.name],
          [`${write} ${version}`]: `${posts} of ${attempts} (${state}), ${requestsPerHour} requests`
        }
        expect(posts, behaviour.name).toBeLessThanOrEqual(1)
        expect(requestsPerHour, behaviour.name).toBeLessThan(maxRequests)
      }
    console.log('Posts of attempts, how it ended, requests in the hour:')
    console.table(table)
  })

  it.each(cases)(
    '%s, %s: what always fails is tried a few times, then the person decides',
    async (version, write) => {
      const fates = Array.from({ length: 60 }, (): Fate => 'error-before')
      const { posts, attempts, state, requestsPerHour } = await hour(
        { name: 'broken' },
        version,
        write,
        fates
      )
      console.log(
        `always 500, nothing kept, ${version} ${write}: ${attempts} attempts, ${requestsPerHour} requests, then ${state}`
      )
      expect([posts, state]).toEqual([0, 'undecided'])
      expect(attempts).toBeLessThanOrEqual(3)
      expect(requestsPerHour).toBeLessThan(maxRequests)
    }
  )

  it.each(cases)(
    '%s, %s: what is stored and answered with 500 every time is posted once',
    async (version, write) => {
      const { posts, attempts } = await hour(
        serverBehaviourNamed('stores and answers 500'),
        version,
        write,
        []
      )
      expect([posts, attempts]).toEqual([1, 1])
    }
  )
})
