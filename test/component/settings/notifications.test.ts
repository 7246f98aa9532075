import { fireEvent, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import Notifications from '../../../renderer/settings/notifications/Notifications.svelte'
import { refuse } from '../../support/fake-bridge.ts'
import { accountOf, hour, settingsOf } from '../../support/builders.ts'
import { openPage } from '../../support/settings-page.ts'

const user = userEvent.setup()
const rules = settingsOf().notifications

test('kinds, sound and all of them are turned off one by one', async () => {
  const { settings } = await openPage(Notifications)
  await user.click(screen.getByLabelText('Status change'))
  await user.click(screen.getByLabelText('Sound'))
  expect(settings().notifications).toMatchObject({ reply: true, status: false, closed: true, sound: false })
  await user.click(screen.getByLabelText('Show notifications'))
  expect(screen.getByLabelText('New reply')).toBeDisabled()
})

test('quiet hours have a beginning and an end; a time that is emptied or refused comes back', async () => {
  const { settings, bridge } = await openPage(Notifications)
  expect(screen.queryByLabelText('From')).toBeNull()
  await user.click(screen.getByLabelText('Quiet hours'))
  const from = await screen.findByLabelText('From')
  await fireEvent.change(from, { target: { value: '23:30' } })
  expect(settings().notifications.quiet).toEqual({ enabled: true, from: '23:30', to: '08:00' })
  await fireEvent.change(from, { target: { value: '' } })
  expect(from).toHaveValue('23:30')
  bridge.answer('settings.change', () => refuse('storage-failed'))
  await fireEvent.change(from, { target: { value: '21:00' } })
  await waitFor(() => expect(from).toHaveValue('23:30'))
})

test('working hours are those of each weekday, and a day may have none', async () => {
  const { settings } = await openPage(Notifications)
  await user.click(screen.getByLabelText('Only during working hours'))
  const from = await screen.findByLabelText('Monday: From')
  expect(screen.queryByLabelText('Sunday: From')).toBeNull()
  await fireEvent.change(from, { target: { value: '08:15' } })
  await user.click(screen.getByLabelText('Sunday'))
  await fireEvent.change(await screen.findByLabelText('Sunday: To'), { target: { value: '12:00' } })
  await user.click(screen.getByLabelText('Friday'))
  const { enabled, days } = settings().notifications.workingHours
  expect(enabled).toBe(true)
  expect(days).toMatchObject({
    mon: { on: true, from: '08:15' },
    fri: { on: false },
    sun: { on: true, to: '12:00' }
  })
  await fireEvent.change(from, { target: { value: '' } })
  expect(from).toHaveValue('08:15')
})

test('rules tell of which status, department and sender one is notified', async () => {
  const { settings } = await openPage(Notifications)
  await user.click(screen.getByRole('button', { name: 'Add a rule' }))
  const rule = await screen.findByRole('listitem', { name: 'Rule 1' })
  await waitFor(() => expect(within(rule).getByLabelText('Status')).toHaveFocus())
  await user.selectOptions(within(rule).getByLabelText('Status'), 'On hold')
  await user.selectOptions(within(rule).getByLabelText('Department'), 'Muhasebe')
  await user.type(within(rule).getByLabelText('Name of who replied'), 'Ayşe{Tab}')
  await user.selectOptions(within(rule).getByLabelText('Then'), 'Notify me')
  expect(settings().notifications.rules).toEqual([
    { status: 'on-hold', department: 'Muhasebe', sender: 'Ayşe', notify: true }
  ])
  await user.click(screen.getByRole('button', { name: 'Remove rule 1' }))
  expect(settings().notifications.rules).toEqual([])
  await waitFor(() => expect(screen.getByRole('button', { name: 'Add a rule' })).toHaveFocus())
})

test('a notice before a renewal is offered where an account’s API lists services', async () => {
  const { settings } = await openPage(Notifications, {
    state: { accounts: [accountOf(), accountOf({ id: 'b', listsServices: true })] }
  })
  await user.selectOptions(screen.getByLabelText('Notify before a service renews'), '7 days before')
  expect(settings().renewalNoticeDays).toBe(7)
})

test('no notice before a renewal is offered where no API lists services', async () => {
  await openPage(Notifications, { state: { accounts: [accountOf()] } })
  expect(screen.queryByLabelText('Notify before a service renews')).toBeNull()
})

describe('a pause', () => {
  test.each([
    ['One hour', () => Date.now() + hour],
    ['Until tomorrow', () => new Date().setHours(24, 0, 0, 0)]
  ])('for %s ends at that time, and the focus stays', async (name, end) => {
    const { settings } = await openPage(Notifications)
    await user.click(screen.getByRole('button', { name }))
    const until = settings().notifications.pausedUntil
    expect(Math.abs(Number(until) - end())).toBeLessThan(5000)
    expect(screen.getByText(/^Paused until .*\d\d:\d\d\.$/)).toBeVisible()
    await waitFor(() => expect(screen.getByRole('button', { name: 'Turn notifications on' })).toHaveFocus())
  })

  test('without an end lasts until it is ended', async () => {
    const { settings } = await openPage(Notifications)
    await user.click(screen.getByRole('button', { name: 'Until I turn them on' }))
    expect(settings().notifications.pausedUntil).toBe('until-on')
    await user.click(await screen.findByRole('button', { name: 'Turn notifications on' }))
    expect(settings().notifications.pausedUntil).toBeNull()
    expect(screen.getByText('Notifications are on.')).toBeVisible()
  })

  test('that is over is none', async () => {
    const settings = settingsOf({ notifications: { ...rules, pausedUntil: Date.now() - 1000 } })
    await openPage(Notifications, { state: { settings } })
    expect(screen.getByText('Notifications are on.')).toBeVisible()
  })
})

describe('a test notification', () => {
  test.each([
    ['shown', 'The notification was shown.'],
    ['do-not-disturb', 'Do Not Disturb mode is on'],
    ['no-permission', 'does not allow notifications'],
    ['no-helper', 'has no notification service'],
    ['failed', 'did not accept'],
    ['timed-out', 'did not respond'],
    ['something new', 'It is not clear whether']
  ])('that ended as %s says so', async (outcome, words) => {
    await openPage(Notifications, { answer: (bridge) => bridge.answer('notifications.test', () => outcome) })
    await user.click(screen.getByRole('button', { name: 'Send a test notification' }))
    await waitFor(() => expect(screen.getByText(new RegExp(words))).toBeVisible())
    expect(screen.getByRole('button', { name: 'Send a test notification' })).toBeEnabled()
  })
})
