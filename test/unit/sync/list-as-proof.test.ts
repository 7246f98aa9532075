/** Only a list that came as a whole proves what became of a message. */
import { expect, it } from 'vitest'
import { Rig } from '../../support/sync/rig.ts'
import { httpApi } from '../../support/sync/http-server.ts'

const minute = 60_000

it('a list is asked for without a validator while a written message waits for proof, and with one before and after', async () => {
  const asked: ('whole' | 'if changed')[] = []
  const rig: Rig = new Rig(undefined, (_now, { version }) =>
    httpApi(rig.server, rig.time, version, (tag) => asked.push(tag === null ? 'whole' : 'if changed'))
  )
  rig.server.add(1)
  rig.server.addReply(1, 'staff', 'Merhaba')
  await rig.connect()
  await rig.time.advance(2 * minute)
  expect(asked.slice(0, 2)).toEqual(['whole', 'if changed'])

  asked.length = 0
  // The connection is lost after the server got the reply, and its lists do not show it yet.
  rig.server.fates = ['cut-after']
  rig.server.listOverride = [...rig.server.tickets.values()]
  const sent = rig.engine.outgoing.reply(rig.ref(1), 'Disk doldu, bakar mısınız?', undefined, 0)
  await rig.time.advance(2 * minute)
  expect((await sent).ok).toBe(true)
  expect(rig.engine.outgoing.items().map(({ state }) => state)).toEqual(['uncertain'])
  expect(asked.length).toBeGreaterThan(1)
  expect(new Set(asked)).toEqual(new Set(['whole']))

  rig.server.listOverride = null
  while (rig.engine.outgoing.items().length > 0) await rig.time.advance(minute)
  asked.length = 0
  await rig.time.advance(3 * minute)
  expect(asked.length).toBeGreaterThan(0)
  expect(new Set(asked)).toEqual(new Set(['if changed']))
})
