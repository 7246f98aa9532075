import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import type { Statistics as Numbers } from '../../electron/tickets/list/statistics.ts'
import { app } from '../../renderer/lib/app.svelte.ts'
import { setBridge } from '../../renderer/lib/bridge/bridge.ts'
import Statistics from '../../renderer/statistics/Statistics.svelte'
import { accountOf, hour, minute, stateOf, statisticsOf } from '../support/builders.ts'
import { FakeBridge, refuse } from '../support/fake-bridge.ts'

const user = userEvent.setup()

async function open(
  answer: () => Numbers,
  accounts = [accountOf({ id: 'a', name: 'Alfa' })]
): Promise<{ readonly bridge: FakeBridge; readonly close: ReturnType<typeof vi.fn> }> {
  const bridge = new FakeBridge({
    'app.state': () => stateOf({ accounts }),
    'tickets.statistics': answer
  })
  setBridge(bridge)
  await app.start()
  const close = vi.fn()
  render(Statistics, { onclose: close })
  await waitFor(() => expect(bridge.argsOf('tickets.statistics')).toHaveLength(1))
  return { bridge, close }
}
const rowsOf = (name: string): readonly string[] =>
  [...screen.getByRole('table', { name }).querySelectorAll('tbody tr')].map((row) =>
    [...row.querySelectorAll('th, td')].map((cell) => cell.textContent).join(' | ')
  )

describe('the statistics', () => {
  test('stand in tables beside the bars: over time, by account, person, day and hour', async () => {
    await open(
      () =>
        statisticsOf({
          accounts: [
            { accountId: 'a', tickets: 5, medianFirstMs: 11 * minute, medianLastMs: 2 * hour },
            { accountId: 'b', tickets: 1, medianFirstMs: null, medianLastMs: null }
          ],
          people: [
            { name: 'Ayşe Öztürk', replies: 7, medianResponseMs: 5 * minute },
            { name: null, replies: 2, medianResponseMs: null }
          ]
        }),
      [accountOf({ id: 'a', name: 'Alfa' }), accountOf({ id: 'b', name: 'Beta' })]
    )
    await screen.findByRole('table', { name: 'Opened tickets' })
    expect(rowsOf('Opened tickets')).toEqual([
      expect.stringMatching(/^Sep.* \| 4$/),
      expect.stringMatching(/^Oct.* \| 0$/),
      expect.stringMatching(/^Nov.* \| 2$/)
    ])
    expect(rowsOf('Response times by account')).toEqual([
      'Alfa | 5 | 11 min | 2 h',
      'Beta | 1 | no reply yet | no reply yet'
    ])
    expect(rowsOf('By who replied')).toEqual(['Ayşe Öztürk | 7 | 5 min', 'Name not known | 2 | not known'])
    expect(rowsOf('By day of the week')[0]).toBe('Monday | 0 | 7')
    expect(rowsOf('By hour')).toHaveLength(24)
    expect(rowsOf('By hour')[9]).toBe('09:00 | 9 | 1')
    // The API does not report departments.
    expect(screen.queryByRole('table', { name: 'Response times by department' })).toBeNull()
  })

  test('have a period, which is asked for and stays chosen', async () => {
    const { bridge } = await open(() => statisticsOf())
    await user.click(screen.getByRole('button', { name: 'Last 7 days' }))
    expect(screen.getByRole('button', { name: 'Last 7 days', pressed: true })).toBeVisible()
    expect(screen.getByRole('button', { name: 'Last 12 months', pressed: false })).toBeVisible()
    await waitFor(() => expect(bridge.argsOf('tickets.statistics').at(-1)).toEqual({ period: '7d' }))
  })

  test('are counted anew when a list or an account changed, with the old numbers in view until then', async () => {
    let finish: ((numbers: Numbers) => void) | null = null
    let tickets = 6
    const { bridge } = await open(() => statisticsOf({ tickets }))
    await screen.findByText('6', { selector: 'dd' })
    tickets = 7
    bridge.answer('tickets.statistics', () => new Promise<Numbers>((end) => (finish = end)))
    bridge.emit('rows', { accountId: 'a', changed: [], removed: [] })
    bridge.emit('rows', { accountId: 'a', changed: [], removed: [] })
    await waitFor(() => expect(finish).not.toBeNull())
    expect(bridge.argsOf('tickets.statistics')).toHaveLength(2)
    expect(screen.getByText('6', { selector: 'dd' })).toBeVisible()
    ;(finish as unknown as (numbers: Numbers) => void)(statisticsOf({ tickets: 7 }))
    await screen.findByText('7', { selector: 'dd' })
    bridge.emit('accounts', [accountOf({ id: 'a' }), accountOf({ id: 'b' })])
    await waitFor(() => expect(bridge.argsOf('tickets.statistics')).toHaveLength(3))
  })

  test('of a period without tickets say so, and why they could not be counted', async () => {
    const { bridge } = await open(() => statisticsOf({ tickets: 0, replies: 0 }))
    await screen.findByText('No tickets in this period.')
    await user.click(screen.getByRole('button', { name: 'All' }))
    await screen.findByText(/^No tickets yet/)
    bridge.answer('tickets.statistics', () => refuse('internal'))
    await user.click(screen.getByRole('button', { name: 'Last 12 months' }))
    expect(await screen.findByRole('alert')).toBeVisible()
  })

  test('close with Esc', async () => {
    const { close } = await open(() => statisticsOf())
    await user.keyboard('{Escape}')
    expect(close).toHaveBeenCalledOnce()
  })
})
