import { cleanup, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import General from '../../../renderer/settings/general/General.svelte'
import { refuse } from '../../support/fake-bridge.ts'
import { settingsOf, stateOf } from '../../support/builders.ts'
import { openPage } from '../../support/settings-page.ts'

const user = userEvent.setup()
const recorder = (): HTMLElement => screen.getByRole('button', { name: /^New-ticket shortcut/ })

test('a choice applies at once', async () => {
  const { settings } = await openPage(General)
  await user.selectOptions(screen.getByLabelText('Theme'), 'Dark')
  await user.selectOptions(screen.getByLabelText('Text size'), 'Twice as large')
  await user.selectOptions(screen.getByLabelText('Language'), 'Türkçe')
  await user.selectOptions(screen.getByLabelText('Check interval'), '5 minutes')
  await user.selectOptions(screen.getByLabelText('Tray and icon count'), 'Tickets waiting for you')
  await user.selectOptions(screen.getByLabelText('Time to undo sending'), '10 seconds')
  await user.click(screen.getByLabelText('Launch at login'))
  await user.click(screen.getByLabelText('Keep running in the tray when the window is closed'))
  expect(settings()).toMatchObject({
    theme: 'dark',
    textSize: 'double',
    language: 'tr',
    pollSeconds: 300,
    trayCounts: 'your-turn',
    undoSendSeconds: 10,
    launchAtLogin: true,
    closeToTray: false
  })
  expect(document.documentElement.style.fontSize).toBe('26px')
})

test('a choice that is refused shows the old state again and says why', async () => {
  const { lastError } = await openPage(General, {
    answer: (bridge) => bridge.answer('settings.change', () => refuse('storage-failed'))
  })
  await user.selectOptions(screen.getByLabelText('Theme'), 'Dark')
  await waitFor(() => expect(lastError()).toMatch(/could not be changed. Writing to disk failed/))
  expect(screen.getByLabelText('Theme')).toHaveValue('system')
  await user.click(screen.getByLabelText('Launch at login'))
  expect(screen.getByLabelText('Launch at login')).not.toBeChecked()
})

test('spelling is checked once one agreed to its dictionary, and can be switched off', async () => {
  const { settings } = await openPage(General)
  const box = screen.getByLabelText('Check spelling as you type')
  expect(box).not.toBeChecked()
  expect(screen.getByText(/downloaded from Google’s servers, once per language/)).toBeInTheDocument()
  await user.click(box)
  expect(settings().spelling).toBe('on')
  await waitFor(() => expect(box).toBeChecked())
  await user.click(box)
  expect(settings().spelling).toBe('off')
})

test('macOS has a spelling checker of its own, and nothing is fetched', async () => {
  await openPage(General, { state: { info: { ...stateOf().info, platform: 'darwin' } } })
  expect(screen.getByLabelText('Check spelling as you type')).toBeChecked()
  expect(screen.queryByText(/Google/)).toBeNull()
})

test('an interval that is not among the usual ones is offered as it is', async () => {
  await openPage(General, { state: { settings: settingsOf({ pollSeconds: 45 }) } })
  expect(screen.getByLabelText('Check interval')).toHaveDisplayValue('45 seconds')
})

test('a browser is not asked for what only a desktop has', async () => {
  await openPage(General, { state: { info: { ...stateOf().info, host: 'preview' } } })
  expect(screen.queryByLabelText('Launch at login')).toBeNull()
  expect(screen.queryByText('New-ticket shortcut')).toBeNull()
})

describe('going on without a tray', () => {
  test('is the person’s choice, on Linux only', async () => {
    const label = 'Keep running in the background when there is no tray'
    const { settings } = await openPage(General)
    const before = settings().stayWithoutTray
    expect(screen.getByLabelText(label)).toHaveAccessibleDescription(/Open Bilet again/)
    await user.click(screen.getByLabelText(label))
    expect(settings().stayWithoutTray).toBe(!before)
    cleanup()
    await openPage(General, { state: { info: { ...stateOf().info, platform: 'win32' } } })
    expect(screen.queryByLabelText(label)).toBeNull()
  })
})

describe('the shortcut', () => {
  test('is recorded from the keys that are pressed', async () => {
    const { settings } = await openPage(General)
    await user.click(recorder())
    expect(recorder()).toHaveTextContent('Press the keys… Esc cancels.')
    await user.keyboard('{Control>}{Alt>}b{/Alt}{/Control}')
    await waitFor(() => expect(settings().shortcut).toBe('Ctrl+Alt+B'))
    expect(recorder()).toHaveTextContent('Ctrl+Alt+B')
  })

  test('that another program has is said so, and the one before stays', async () => {
    const { bridge, lastError } = await openPage(General, {
      answer: (to) => to.answer('settings.change', () => refuse('shortcut-taken'))
    })
    await user.click(recorder())
    await user.keyboard('{Control>}{Alt>}b{/Alt}{/Control}')
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Ctrl+Alt+B is used by another program. Try other keys. Still using Ctrl+Alt+Shift+B.'
    )
    expect(recorder()).toHaveTextContent('Ctrl+Alt+Shift+B')
    expect(lastError()).toBeNull()
    expect(bridge.argsOf('settings.change')).toEqual([{ shortcut: 'Ctrl+Alt+B' }])
    await user.click(recorder())
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('that was taken when Bilet started is said so', async () => {
    await openPage(General, { state: { notices: [{ kind: 'shortcut-taken', detail: 'Ctrl+Alt+Shift+B' }] } })
    expect(screen.getByRole('alert')).toHaveTextContent('Ctrl+Alt+Shift+B is used by another program')
  })

  test('needs more than a letter, and Esc or Tab leave it as it was', async () => {
    const { bridge } = await openPage(General)
    await user.click(recorder())
    await user.keyboard('b')
    expect(screen.getByRole('alert')).toHaveTextContent('a key together with one of Ctrl, Alt, Super')
    await user.keyboard('{Escape}')
    expect(recorder()).toHaveTextContent('Ctrl+Alt+Shift+B')
    await user.click(recorder())
    await user.tab()
    expect(recorder()).not.toHaveFocus()
    expect(bridge.argsOf('settings.change')).toEqual([])
  })

  test('is asked for in the keys of a Mac there', async () => {
    await openPage(General, { state: { info: { ...stateOf().info, platform: 'darwin' } } })
    await user.click(recorder())
    await user.keyboard('b')
    expect(screen.getByRole('alert')).toHaveTextContent('one of ⌃, ⌥, ⌘')
  })

  test('on Wayland says what to add to the system’s own settings, and copies it', async () => {
    const info = { ...stateOf().info, newTicketCommand: 'bilet --new' }
    const { bridge } = await openPage(General, { state: { info } })
    expect(screen.getByText(/your desktop assigns shortcuts/)).toBeVisible()
    expect(screen.getByText('bilet --new')).toBeVisible()
    expect(screen.queryByRole('alert')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Copy' }))
    expect(bridge.argsOf('clipboard.write')).toEqual([{ text: 'bilet --new' }])
    expect(await screen.findByRole('button', { name: 'Copied.' })).toBeVisible()
  })

  test('elsewhere says nothing of the system’s settings', async () => {
    await openPage(General)
    expect(screen.queryByText(/your desktop assigns shortcuts/)).toBeNull()
  })

  test('that the system does not know is said in other words', async () => {
    await openPage(General, {
      answer: (to) => to.answer('settings.change', () => refuse('shortcut-invalid'))
    })
    await user.click(recorder())
    await user.keyboard('{Control>}{Alt>}b{/Alt}{/Control}')
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The system does not accept Ctrl+Alt+B. Try other keys. Still using Ctrl+Alt+Shift+B.'
    )
  })

  test('can be given up', async () => {
    const { settings } = await openPage(General)
    await user.click(screen.getByRole('button', { name: 'Remove' }))
    await waitFor(() => expect(settings().shortcut).toBe(''))
    expect(recorder()).toHaveTextContent('none')
  })
})
