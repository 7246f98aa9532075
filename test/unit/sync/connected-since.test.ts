/** Accounts of versions that did not store when they were connected: older replies do not count as new, later ones do. */
import { describe, expect, it } from 'vitest'
import { connectedSince, type AccountEvidence } from '../../../electron/sync/accounts/connected-since.ts'
import { Marks } from '../../../electron/sync/marks/marks.ts'
import { parseDate } from '../../../electron/tickets/text/dates.ts'
import type { Ticket } from '../../../electron/tickets/ticket.ts'
import { Rig } from '../../support/sync/rig.ts'
import { httpApi } from '../../support/sync/http-server.ts'
import { makeTicket, ownReply } from '../tickets/make.ts'

const day = 86_400_000
const now = Date.UTC(2026, 10, 24, 9)
const old = (days: number): number => now - days * day

function evidence(given: Partial<AccountEvidence> & { readonly listAt?: number } = {}): AccountEvidence {
  const marks = new Marks(null)
  marks.listAt = given.listAt ?? null
  return { marks, cached: [], sentAt: [], now, ...given }
}

describe('the moment of connecting is a day before', () => {
  it('the oldest thing that was written from here', () => {
    expect(connectedSince(evidence({ sentAt: [old(20), old(90)], listAt: old(2) }))).toBe(old(91))
  })

  it('the last good list, where nothing was', () => {
    expect(connectedSince(evidence({ listAt: old(2) }))).toBe(old(3))
  })

  it('the first start, where nothing is known', () => {
    expect(connectedSince(evidence())).toBe(old(1))
  })

  it('the newest that the last list showed, where this machine’s clock says later', () => {
    const cached: Ticket[] = [
      makeTicket({ id: 1, createdAt: old(400), lastReplyAt: old(300) }),
      makeTicket({ id: 2, createdAt: old(100), lastReplyAt: null })
    ]
    expect(connectedSince(evidence({ cached, listAt: old(2) }))).toBe(old(101))
  })

  it('a ticket or a reply that was made here', () => {
    const own = { ...ownReply(7, 0), sentAt: old(60) }
    const marks = new Marks(null)
    marks.markOwnReply(1, '#7')
    const cached = [makeTicket({ id: 1, createdAt: old(400), lastReplyAt: old(1), replies: [own] })]
    expect(connectedSince(evidence({ marks, cached }))).toBe(old(61))
    marks.setLocalFacts(1, { title: 'T', departmentId: 2, service: '' })
    expect(connectedSince(evidence({ marks, cached }))).toBe(old(401))
  })

  it('a date of v1 that has no time is of its whole day', () => {
    const sentAt = parseDate('05-12-2018')
    const cached = [makeTicket({ id: 1, createdAt: sentAt, lastReplyAt: parseDate('20-11-2026') })]
    expect(connectedSince(evidence({ cached }))).toBe(parseDate('19-11-2026'))
  })

  it.each([
    ['in 1970, when its battery was empty', 0],
    ['in the future', now + 900 * day],
    ['nowhere', Number.NaN]
  ])('what this machine’s clock said counts for nothing while it stood %s', (_, at) => {
    expect(connectedSince(evidence({ sentAt: [at, old(20)] }))).toBe(old(21))
  })
})

describe('an account of an earlier version', () => {
  const minute = 60_000
  const hour = 60 * minute
  /** A connected account with a year of quiet threads, from whose files all newer fields are removed. */
  async function upgraded(version: 'v1' | 'v2', change: (text: string) => string): Promise<Rig> {
    const rig: Rig = new Rig(
      () => 0.5,
      () => httpApi(rig.server, rig.time, version)
    )
    for (let id = 1; id <= 5; id++) rig.server.add(id)
    await rig.time.advance(minute)
    for (let id = 1; id <= 5; id++) rig.server.addReply(id, 'staff', `Eski yanıt ${id}`)
    await rig.time.advance(400 * day)
    await rig.connect()
    await rig.time.advance(60 * minute)
    rig.server.addReply(1, 'staff', 'Yeni yanıt')
    await rig.time.advance(5 * minute)
    await rig.engine.tickets.markRead([rig.ref(1)])
    for (const [path, text] of rig.disk.files)
      if (path.endsWith('marks.json')) rig.disk.files.set(path, change(text))
    rig.ticketEvents.length = 0
    rig.server.failingList = { kind: 'unreachable' }
    await rig.crash()
    await rig.engine.control.opened()
    return rig
  }
  const withoutMoment = (text: string): string => text.replaceAll(/"connectedAt":\d+,/g, '')
  const withoutMoments = (text: string): string => withoutMoment(text).replaceAll(/"listAt":\d+,/g, '')

  describe.each([
    ['v1', 'without a moment', withoutMoment],
    ['v2', 'without a moment', withoutMoment],
    ['v2', 'without any date', withoutMoments]
  ] as const)('%s, %s', (version, _, change) => {
    it('tells nothing of old tickets and replies that appear later', async () => {
      const rig = await upgraded(version, change)
      const at = rig.server.serverNow() - 300 * day
      for (let id = 50; id < 60; id++) {
        rig.server.add(id)
        rig.server.addReply(id, 'staff', 'Eskiden')
        const made = rig.server.tickets.get(id)
        if (made)
          rig.server.put({
            ...made,
            createdAt: at,
            lastReplyAt: at + minute,
            replies: made.replies.map((reply) => ({ ...reply, sentAt: at + minute }))
          })
      }
      rig.server.failingList = null
      await rig.time.advance(10 * minute)
      expect([rig.ticketEvents, rig.engine.tickets.rows().filter((row) => row.unread > 0)]).toEqual([[], []])
    })

    it('tells what came while the app was closed, also in tickets that are new', async () => {
      const rig = await upgraded(version, change)
      rig.server.add(70)
      await rig.time.advance(minute)
      rig.server.addReply(70, 'staff', 'Kapalıyken geldi')
      rig.server.addReply(2, 'staff', 'Bu da')
      await rig.time.advance(minute)
      rig.server.failingList = null
      await rig.time.advance(10 * minute)
      expect(
        rig.ticketEvents.map((event) => ('excerpt' in event ? event.excerpt : event.kind)).sort()
      ).toEqual(['Bu da', 'Kapalıyken geldi'])
    })

    it('keeps the moment', async () => {
      const rig = await upgraded(version, change)
      const noted = (): unknown =>
        [...rig.disk.files]
          .filter(([path]) => path.endsWith('marks.json'))
          .map(([, text]) => /"connectedAt":(\d+)/.exec(text.split('\n').at(-1) ?? '')?.[1])
      const [first] = noted() as string[]
      expect(Number(first)).toBeGreaterThan(0)
      await rig.time.advance(hour)
      await rig.crash()
      await rig.engine.control.opened()
      await rig.engine.tickets.markUnread([rig.ref(1)])
      expect(noted()).toEqual([first])
    })
  })
})
