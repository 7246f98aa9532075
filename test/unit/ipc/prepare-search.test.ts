import { afterEach, expect, it, vi } from 'vitest'
import { prepareSearch } from '../../../electron/ipc/commands/prepare-search.ts'
import type { EngineTickets } from '../../../electron/sync/types.ts'

afterEach(() => vi.restoreAllMocks())

it('prepares all texts before a search, and lets other work run between them', async () => {
  const order: string[] = []
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  function* foldForSearch(): Generator<undefined, void> {
    for (const name of ['first', 'second', 'third']) {
      order.push(name)
      now += 5
      yield
    }
  }
  setImmediate(() => order.push('other work'))
  await prepareSearch({ tickets: { foldForSearch } as unknown as EngineTickets })
  expect(order).toEqual(['first', 'second', 'other work', 'third'])
})
