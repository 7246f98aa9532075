/** Reminders of snoozed tickets and of tickets without an answer: each is told once, whatever clock and app do meanwhile. */
import { describe, expect, it } from 'vitest'
import { hour, minute } from '../../support/builders.ts'
import { connectedRig, type Rig } from '../../support/sync/rig.ts'

const kinds = (rig: Rig): readonly string[] => rig.ticketEvents.map(({ kind }) => kind)
const snooze = (rig: Rig, ms: number): Promise<unknown> =>
  rig.engine.tickets.setWork([rig.ref(1)], { snoozedUntil: rig.time.now() + ms })
const followUp = (rig: Rig, ms: number): Promise<unknown> =>
  rig.engine.tickets.setWork([rig.ref(1)], { followUpAt: rig.time.now() + ms })

async function poll(rig: Rig): Promise<void> {
  void rig.engine.control.check('asked')
  await rig.time.advance(1000)
}

describe('a snoozed ticket', () => {
  it('returns at its time and is told once', async () => {
    const rig = await connectedRig()
    await snooze(rig, hour)
    await rig.time.advance(hour - 1000)
    expect(kinds(rig)).toEqual([])
    expect(rig.row(1)?.work?.snoozedUntil).not.toBeNull()
    await rig.time.advance(1000)
    expect(rig.ticketEvents).toMatchObject([{ kind: 'snooze-over', ref: rig.ref(1) }])
    expect(rig.row(1)?.work).toBeNull()
    await rig.time.advance(3 * hour)
    await rig.crash()
    await rig.time.advance(hour)
    expect(kinds(rig)).toEqual(['snooze-over'])
  })

  it('returns soon after a sleep in which its time passed', async () => {
    const rig = await connectedRig()
    await snooze(rig, hour)
    rig.engine.control.suspend()
    // Timers stand still while the machine sleeps.
    rig.time.jump(8 * hour)
    expect(kinds(rig)).toEqual([])
    void rig.engine.control.check('wake')
    await rig.time.advance(0)
    expect(kinds(rig)).toEqual(['snooze-over'])
    await rig.time.advance(10 * minute)
    expect(kinds(rig)).toEqual(['snooze-over'])
  })

  it('returns within a minute after the clock was set ahead, and not again when it is set back', async () => {
    const rig = await connectedRig()
    await snooze(rig, 2 * hour)
    rig.time.jump(3 * hour)
    await rig.time.advance(minute)
    expect(kinds(rig)).toEqual(['snooze-over'])
    rig.time.jump(-3 * hour)
    await rig.time.advance(5 * hour)
    expect(kinds(rig)).toEqual(['snooze-over'])
  })

  it('returns after a restart if its time passed while the app was closed', async () => {
    const rig = await connectedRig()
    await rig.time.advance(10_000)
    await snooze(rig, hour)
    await rig.engine.control.stop()
    rig.time.jump(5 * hour)
    await rig.crash()
    await rig.time.advance(minute)
    expect(kinds(rig)).toEqual(['snooze-over'])
    await rig.crash()
    await rig.time.advance(minute)
    expect(kinds(rig)).toEqual(['snooze-over'])
  })

  it('is told after its ticket is read again where the cache was lost', async () => {
    const rig = await connectedRig()
    await snooze(rig, minute)
    await rig.engine.control.stop()
    rig.time.jump(hour)
    rig.forgetCaches()
    rig.server.failingList = { kind: 'server-error' }
    await rig.crash()
    await rig.time.advance(30 * minute)
    expect(kinds(rig)).toEqual([])
    rig.server.failingList = null
    await rig.time.advance(30 * minute)
    expect(kinds(rig)).toEqual(['snooze-over'])
  })

  it('that is muted returns without being told', async () => {
    const rig = await connectedRig()
    await rig.engine.tickets.setWork([rig.ref(1)], { muted: true })
    await snooze(rig, minute)
    rig.server.addReply(2, 'staff', 'Başka bilet')
    await rig.time.advance(10 * minute)
    expect(rig.row(1)?.work).toMatchObject({ muted: true, snoozedUntil: null })
    expect(kinds(rig)).toEqual(['reply'])
  })

  it.each([1, 2, 3, 4, 5, 6])('is told at most once where the app dies at step %s of it', async (step) => {
    const rig = await connectedRig()
    await rig.time.advance(10_000)
    await snooze(rig, minute)
    await rig.time.advance(minute - 1000)
    rig.crashAfter(step)
    await rig.time.advance(2000)
    if (rig.isCrashed) await rig.crash()
    await rig.time.advance(10 * minute)
    expect(kinds(rig).filter((kind) => kind === 'snooze-over').length).toBeLessThanOrEqual(1)
    expect(rig.row(1)?.work).toBeNull()
  })
})

describe('a follow-up', () => {
  it('is due at its time, is told once and stays due until the staff replies', async () => {
    const rig = await connectedRig()
    await followUp(rig, hour)
    await rig.time.advance(hour)
    expect(rig.ticketEvents).toMatchObject([{ kind: 'follow-up', byRule: false }])
    await rig.crash()
    await rig.time.advance(hour)
    expect(rig.row(1)?.work).toMatchObject({ isFollowUpDue: true })
    rig.server.addReply(1, 'staff', 'Sonunda')
    await poll(rig)
    expect(rig.row(1)?.work).toBeNull()
    expect(kinds(rig)).toEqual(['follow-up', 'reply'])
  })

  it('is never due if the staff replies in time or the ticket is closed', async () => {
    const rig = await connectedRig()
    const at = rig.time.now() + hour
    await rig.engine.tickets.setWork([rig.ref(1), rig.ref(2)], { followUpAt: at })
    rig.server.addReply(1, 'staff', 'Hemen')
    rig.server.setStatus(2, 'Closed')
    await rig.time.advance(3 * hour)
    expect(kinds(rig)).not.toContain('follow-up')
    expect([rig.row(1)?.work, rig.row(2)?.work]).toEqual([null, null])
  })

  it('by a rule is due for each waiting ticket once, and again after the customer wrote again', async () => {
    const rig = await connectedRig()
    const told = (): number => kinds(rig).filter((kind) => kind === 'follow-up').length
    for (const id of [1, 2]) rig.server.addReply(id, 'customer', 'Bir sorum var')
    await poll(rig)
    rig.engine.accounts.setRules(rig.accountId, { followUp: [{ hours: 24, department: null }] })
    await rig.time.advance(23 * hour)
    expect(told()).toBe(0)
    await rig.time.advance(2 * hour)
    expect(told()).toBe(2)
    expect(rig.ticketEvents.at(-1)).toMatchObject({ kind: 'follow-up', byRule: true })
    expect(rig.row(1)?.work).toMatchObject({ isFollowUpDue: true })
    // The person says that it is all right.
    await rig.engine.tickets.setWork([rig.ref(2)], { followUpAt: null })
    await rig.crash()
    await rig.time.advance(48 * hour)
    expect(told()).toBe(2)
    rig.server.addReply(1, 'customer', 'Hâlâ bekliyorum')
    await poll(rig)
    expect(rig.row(1)?.work).toBeNull()
    await rig.time.advance(25 * hour)
    expect(told()).toBe(3)
  })

  it('by a rule never concerns tickets that are done, snoozed or answered', async () => {
    const rig = await connectedRig([1, 2, 3])
    for (const id of [1, 2, 3]) rig.server.addReply(id, 'customer', 'Bir sorum var')
    await poll(rig)
    rig.engine.accounts.setRules(rig.accountId, { followUp: [{ hours: 1, department: null }] })
    await rig.engine.tickets.setWork([rig.ref(1)], { done: true })
    await rig.engine.tickets.setWork([rig.ref(2)], { snoozedUntil: rig.time.now() + 100 * hour })
    rig.server.addReply(3, 'staff', 'Yanıt')
    await rig.time.advance(50 * hour)
    expect(kinds(rig)).toEqual(['reply'])
  })

  it('costs no timer where nobody waits for one', async () => {
    const rig = await connectedRig()
    rig.engine.accounts.pause(rig.accountId, true)
    await rig.time.advance(minute)
    const before = rig.time.fired
    await rig.time.advance(hour)
    const withoutReminders = rig.time.fired - before
    await followUp(rig, 10 * hour)
    await rig.time.advance(hour)
    expect(rig.time.fired - before - withoutReminders).toBe(withoutReminders + 60)
  })
})

describe('a reminder that falls in quiet time', () => {
  const quietRig = async (ids?: readonly number[]): Promise<Rig> => {
    const rig = await connectedRig(ids)
    rig.holdsBack = () => true
    return rig
  }

  it('is told once when that ends, while its ticket has returned in time', async () => {
    const rig = await quietRig()
    await snooze(rig, hour)
    await rig.time.advance(8 * hour)
    expect(kinds(rig)).toEqual([])
    expect(rig.row(1)?.work).toBeNull()
    rig.holdsBack = () => false
    await rig.time.advance(minute)
    expect(rig.ticketEvents).toMatchObject([{ kind: 'snooze-over', ref: rig.ref(1) }])
    await rig.time.advance(8 * hour)
    await rig.crash()
    await rig.time.advance(hour)
    expect(kinds(rig)).toEqual(['snooze-over'])
  })

  it('is told after a restart, a sleep, and a clock that was set', async () => {
    const rig = await quietRig([1, 2, 3])
    await snooze(rig, hour)
    await rig.time.advance(2 * hour)
    await rig.engine.control.stop()
    rig.time.jump(5 * hour)
    await rig.crash()
    await rig.time.advance(minute)
    expect(kinds(rig), 'a restart in quiet time').toEqual([])
    rig.holdsBack = () => false
    await rig.crash()
    await rig.time.advance(minute)
    expect(kinds(rig), 'a restart').toEqual(['snooze-over'])
    rig.holdsBack = () => true
    await rig.engine.tickets.setWork([rig.ref(2)], { snoozedUntil: rig.time.now() + minute })
    await rig.time.advance(hour)
    rig.engine.control.suspend()
    rig.time.jump(8 * hour)
    rig.holdsBack = () => false
    void rig.engine.control.check('wake')
    await rig.time.advance(0)
    expect(kinds(rig), 'a sleep').toEqual(['snooze-over', 'snooze-over'])
    rig.holdsBack = () => true
    await rig.engine.tickets.setWork([rig.ref(3)], { snoozedUntil: rig.time.now() + minute })
    await rig.time.advance(hour)
    rig.time.jump(-5 * hour)
    rig.holdsBack = () => false
    await rig.time.advance(minute)
    expect(kinds(rig), 'a clock set back').toHaveLength(3)
  })

  it('is told at once when a pause is ended by hand', async () => {
    const rig = await quietRig()
    await snooze(rig, minute)
    await rig.time.advance(hour)
    rig.holdsBack = () => false
    rig.engine.control.settingsChanged()
    await rig.time.advance(0)
    expect(kinds(rig)).toEqual(['snooze-over'])
  })

  it('by a rule or by the person is told with the others that fell due', async () => {
    const rig = await quietRig([1, 2, 3])
    rig.server.addReply(1, 'customer', 'Bir sorum var')
    await poll(rig)
    rig.engine.accounts.setRules(rig.accountId, { followUp: [{ hours: 1, department: null }] })
    await rig.engine.tickets.setWork([rig.ref(2)], { followUpAt: rig.time.now() + hour })
    await rig.engine.tickets.setWork([rig.ref(3)], { snoozedUntil: rig.time.now() + hour })
    await rig.time.advance(10 * hour)
    expect(kinds(rig)).toEqual([])
    expect(rig.row(1)?.work).toMatchObject({ isFollowUpDue: true })
    rig.holdsBack = () => false
    await rig.time.advance(minute)
    const told = rig.ticketEvents.map((event) =>
      'byRule' in event ? `${event.kind} ${event.ref.ticketId}${event.byRule ? ' by rule' : ''}` : ''
    )
    // After its snooze the rule holds for the third, too: one notification tells both.
    const both = ['follow-up 3 by rule', 'snooze-over 3']
    expect(told.toSorted()).toEqual(['follow-up 1 by rule', 'follow-up 2', ...both])
    await rig.time.advance(10 * hour)
    expect(rig.ticketEvents).toHaveLength(4)
  })

  it('waits only where its own account and kind are held back', async () => {
    const rig = await quietRig()
    rig.holdsBack = ({ kind }) => kind === 'follow-up'
    await followUp(rig, minute)
    await rig.engine.tickets.setWork([rig.ref(1)], { snoozedUntil: rig.time.now() + minute })
    await rig.time.advance(hour)
    expect(kinds(rig)).toEqual(['snooze-over'])
  })

  it.each<readonly [string, (rig: Rig) => unknown]>([
    ['the staff has answered', (rig: Rig) => rig.server.addReply(1, 'staff', 'Yanıt')],
    ['it was done', (rig: Rig) => rig.engine.tickets.setWork([rig.ref(1)], { done: true })],
    ['it was snoozed again', (rig: Rig) => snooze(rig, 100 * hour)]
  ])('is not told if meanwhile %s', async (_, change) => {
    const rig = await quietRig()
    await snooze(rig, minute)
    await rig.time.advance(hour)
    await change(rig)
    await poll(rig)
    rig.holdsBack = () => false
    await rig.time.advance(hour)
    expect(kinds(rig)).not.toContain('snooze-over')
  })

  it.each(['closed', 'taken back'])('of a follow-up is not told if it was %s meanwhile', async (what) => {
    const rig = await quietRig()
    await followUp(rig, minute)
    await rig.time.advance(hour)
    if (what === 'closed') rig.server.setStatus(1, 'Closed')
    else await rig.engine.tickets.setWork([rig.ref(1)], { followUpAt: null })
    await poll(rig)
    rig.holdsBack = () => false
    await rig.time.advance(hour)
    expect(kinds(rig)).not.toContain('follow-up')
  })

  it.each([1, 2, 3, 4, 5, 6])(
    'is told at most once where the app dies at step %s of telling',
    async (step) => {
      const rig = await quietRig()
      await rig.time.advance(10_000)
      await snooze(rig, minute)
      await rig.time.advance(hour)
      rig.holdsBack = () => false
      rig.crashAfter(step)
      await rig.time.advance(minute)
      if (rig.isCrashed) await rig.crash()
      await rig.time.advance(10 * minute)
      expect(kinds(rig).filter((kind) => kind === 'snooze-over')).toHaveLength(rig.ticketEvents.length)
      expect(rig.ticketEvents.length).toBeLessThanOrEqual(1)
    }
  )
})
