import { render, screen, waitFor } from '@testing-library/svelte'
import { expect, test, vi } from 'vitest'
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
