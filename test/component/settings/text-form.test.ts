import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { app } from '../../../renderer/lib/app.svelte.ts'
import Rules from '../../../renderer/settings/rules/Rules.svelte'
import TextForm from '../../../renderer/settings/rules/TextForm.svelte'
import { accountOf } from '../../support/builders.ts'

beforeEach(() => {
  app.locale = 'en'
})

test.each([
  [accountOf({ version: 'v1' }), 'Automatic (API v1: replaced)'],
  [accountOf({ version: 'v2', sentForm: 'as-written' }), 'Automatic (as written)'],
  [accountOf({ version: 'v2', damagesLetters: true }), 'Automatic (letters damaged)']
])('the field says what automatic comes to', (account, words) => {
  render(TextForm, { account, onset: () => Promise.resolve(true) })
  expect(screen.getByLabelText('Turkish letters')).toHaveDisplayValue(words)
})

test('another form is set as the account’s rule', async () => {
  const onset = vi.fn(() => Promise.resolve(true))
  render(TextForm, { account: accountOf(), onset })
  await userEvent.setup().selectOptions(screen.getByLabelText('Turkish letters'), 'Always send as written')
  expect(onset).toHaveBeenCalledWith({ textForm: 'as-written' })
})

test('the field stands among the account’s rules', () => {
  render(Rules, { account: accountOf(), showProblem: () => undefined, atPanel: false })
  expect(screen.getByLabelText('Turkish letters')).toBeVisible()
})
