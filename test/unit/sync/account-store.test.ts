/** The files of one account on a real disk. */
import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { AccountStore } from '../../../electron/sync/accounts/account-store.ts'
import { Marks } from '../../../electron/sync/marks/marks.ts'
import { VirtualTime } from '../../support/sync/virtual-time.ts'

it('go with the account, and what was still to be written does not bring them back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bilet-account-'))
  const clock = new VirtualTime()
  const troubles: unknown[] = []
  const report = (trouble: unknown): void => {
    if (trouble) troubles.push(trouble)
  }
  const [one, other] = ['one', 'other'].map((id) => new AccountStore({ folder, clock, report }, id))
  for (const store of [one, other]) {
    store?.writeMarks(new Marks(null))
    store?.writeTickets(() => ({ tickets: [], fingerprint: null }))
    await store?.flush()
  }
  expect(readdirSync(join(folder, 'accounts', 'one')).sort()).toEqual(['marks.json', 'tickets.ndjson'])
  one?.writeTickets(() => ({ tickets: [], fingerprint: 'later' }))
  await one?.remove()
  await clock.advance(60_000)
  expect(existsSync(join(folder, 'accounts', 'one'))).toBe(false)
  expect(readdirSync(join(folder, 'accounts', 'other'))).toHaveLength(2)
  expect(troubles).toEqual([])
})
