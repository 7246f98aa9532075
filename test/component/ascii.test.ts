import { render, screen, waitFor } from '@testing-library/svelte'
import { expect, test, vi } from 'vitest'
import * as turkish from '../../electron/tickets/text/turkish.ts'
import Ascii from '../../renderer/ui/Ascii.svelte'

test('the text as it is sent can be scrolled by keyboard when it is longer than its place, else it is no stop', async () => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(90)
  const lines = vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(90)
  const { rerender } = render(Ascii, { text: 'kısa', note: 'Sent like this' })
  const shown = screen.getByText((_, element) => element?.tagName === 'PRE')
  await waitFor(() => expect(shown).toHaveTextContent('kisa'))
  expect(shown).not.toHaveAttribute('tabindex')
  lines.mockReturnValue(400)
  await rerender({ text: 'çok uzun '.repeat(90) })
  await waitFor(() => expect(shown).toHaveAttribute('tabindex', '0'))
})

test('a long text is shown as it is sent when the typing rests, and not turned at every key', async () => {
  const turn = vi.spyOn(turkish, 'asciiPreview')
  const long = 'ş'.repeat(100_000)
  const { rerender } = render(Ascii, { text: 'kısa', note: 'Sent like this' })
  const before = turn.mock.calls.length
  for (const key of ['a', 'b', 'c', 'd']) await rerender({ text: `${long}${key}` })
  expect(turn.mock.calls.length).toBe(before)
  const shown = screen.getByText((_, element) => element?.tagName === 'PRE')
  await waitFor(() => expect(shown.textContent.length).toBe(100_001), { timeout: 3000 })
  expect(turn.mock.calls.length).toBe(before + 1)
  expect(shown.textContent.endsWith('sd')).toBe(true)
})
