import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import * as ascii from '../../electron/tickets/text/sent-form/ascii.ts'
import { app } from '../../renderer/lib/app.svelte.ts'
import SentAs from '../../renderer/ui/SentAs.svelte'

const user = userEvent.setup()
const open = (text: string, insistent = false): ReturnType<typeof render<typeof SentAs>> =>
  render(SentAs, { text, field: undefined, insistent })
const preview = (): HTMLElement => screen.getByRole('region', { name: 'Text as it will be sent' })

beforeEach(() => {
  app.locale = 'en'
})

test('one quiet line says how many letters are replaced; the text itself is shown on demand, all of it', async () => {
  const lines = Array.from({ length: 12 }, (_, i) => `satır ${i} ığüşöç`)
  open(lines.join('\n'))
  expect(screen.getByText(/Turkish letters will be replaced: 84 letters/)).toBeVisible()
  expect(screen.queryByRole('region')).toBeNull()
  expect(screen.queryByRole('status')).toBeNull()
  const button = screen.getByRole('button', { name: 'Preview' })
  expect(button).toHaveAttribute('aria-expanded', 'false')
  await user.click(button)
  expect(preview().textContent.split('\n')).toEqual(lines.map((_, i) => `satir ${i} igusoc`))
  expect(preview()).toHaveAttribute('tabindex', '0')
  await user.click(screen.getByRole('button', { name: 'Close preview' }))
  expect(screen.queryByRole('region')).toBeNull()
})

test('the preview is brought into view when it opens', async () => {
  const shown = vi.spyOn(Element.prototype, 'scrollIntoView')
  open('ığüşöç')
  await user.click(screen.getByRole('button', { name: 'Preview' }))
  await waitFor(() => expect(shown.mock.contexts).toEqual([preview()]))
})

test('nothing is said of a text that goes as it is', () => {
  const { container } = open('plain text')
  expect(container).toHaveTextContent('')
})

test('the preview is scrolled to the line of the caret, and follows it', async () => {
  const field = document.createElement('textarea')
  document.body.append(field)
  field.value = 'bir\niki\nüç ş'
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(40)
  // 20 px per line of text before the element.
  vi.spyOn(HTMLElement.prototype, 'offsetTop', 'get').mockImplementation(function (this: HTMLElement) {
    const before = this.parentElement?.textContent.slice(0, lengthBefore(this)) ?? ''
    return 20 * (before.split('\n').length - 1)
  })
  const lengthBefore = (mark: HTMLElement): number => {
    let length = 0
    for (let sibling = mark.previousSibling; sibling; sibling = sibling.previousSibling)
      length += sibling.textContent?.length ?? 0
    return length
  }
  field.focus()
  field.setSelectionRange(field.value.length, field.value.length)
  render(SentAs, { text: field.value, field, insistent: false })
  await user.click(screen.getByRole('button', { name: 'Preview' }))
  await waitFor(() => expect(preview().scrollTop).toBe(20))
  field.focus()
  field.setSelectionRange(4, 4)
  document.dispatchEvent(new Event('selectionchange'))
  await waitFor(() => expect(preview().scrollTop).toBe(0))
  field.remove()
})

test('what cannot be sent is a warning, with the characters', () => {
  open('Tamam 🚀 中')
  expect(screen.getByRole('status')).toHaveTextContent('2 characters cannot be sent: 🚀 中')
})

test('a word that may be a password is a warning, with what it becomes', () => {
  open('ŞİFRE=ğü$ olsun')
  expect(screen.getByRole('status')).toHaveTextContent('ŞİFRE=ğü$ → SIFRE=gu$')
})

test('a warning is said at once when one tries to send', () => {
  open('ŞİFRE=ğü$', true)
  expect(screen.getByRole('alert')).toHaveTextContent('send again')
})

test('a long text is turned when the typing rests, and not at every key', async () => {
  const turn = vi.spyOn(ascii, 'asciiPreview')
  const long = 'ş'.repeat(100_000)
  const { rerender } = open('kısa')
  const before = turn.mock.calls.length
  for (const key of ['a', 'b', 'c', 'd']) await rerender({ text: `${long}${key}` })
  expect(turn.mock.calls.length).toBe(before)
  await waitFor(() => expect(screen.getByText(/100,000 letters/)).toBeVisible(), { timeout: 3000 })
  expect(turn.mock.calls.length).toBe(before + 1)
})
