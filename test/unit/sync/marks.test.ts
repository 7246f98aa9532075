/** Written changes of marks are complete. */
import { expect, it } from 'vitest'
import { mergeMarks } from '../../../electron/storage/marks-schema.ts'
import { Marks } from '../../../electron/sync/marks/marks.ts'
import { rememberRecent } from '../../../electron/sync/marks/recent-choices.ts'
import { classifyStatus } from '../../../electron/tickets/status.ts'
import type { Ticket } from '../../../electron/tickets/ticket.ts'
import { seedOf } from '../../support/seed.ts'
import { seededRandom } from '../../support/sync/random.ts'
import { factsOf, replyOf, ticketOf } from '../../support/builders.ts'

const seed = seedOf('SEED')

it('the changes, one after the other, make the same as everything at once', () => {
  const random = seededRandom(seed)
  const below = (limit: number): number => Math.floor(random() * limit)
  const ticket = (): Ticket =>
    ticketOf({
      id: 1 + below(5),
      status: classifyStatus(['Open', 'Answered', 'Closed'][below(3)] ?? ''),
      replies: Array.from({ length: below(4) }, (_, i) => replyOf({ id: i + 1 }))
    })
  const marks = new Marks(null)
  const changes: readonly (() => void)[] = [
    () => marks.markAllSeen(ticket()),
    () => marks.markUnseen(ticket()),
    () => {
      const key = `#${below(4)}`
      marks.markNotified(1 + below(5), [{ key, content: `${below(9)}~abc`, sentAt: null }])
    },
    () => marks.noteLeft(ticket(), random() < 0.5),
    () => (marks.connectedAt = below(1000)),
    () => marks.acknowledgeStatus(ticket(), classifyStatus('Open')),
    () => marks.markOwnReply(1 + below(5), `#${below(4)}`),
    () => marks.setLocalFacts(1 + below(5), factsOf({ title: `T${below(9)}`, departmentId: below(9) })),
    () => rememberRecent(marks, below(9), String(below(9))),
    () => marks.observeId(below(99)),
    () => (marks.signedOut = random() < 0.5),
    () => (marks.listAt = below(1000)),
    () => (marks.baseline = true)
  ]
  let kept = marks.stored()
  for (let i = 0; i < 2000; i++) {
    for (let n = below(3); n >= 0; n--) changes[below(changes.length)]?.()
    kept = mergeMarks(kept, structuredClone(marks.takeChange()))
    const again = new Marks(kept).stored()
    expect(again, `SEED=${seed} repeats it`).toEqual(new Marks(marks.stored()).stored())
  }
})
