import { screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, onTestFinished } from 'vitest'
import Diagnostics from '../../../renderer/settings/about/Diagnostics.svelte'
import Privacy from '../../../renderer/settings/about/Privacy.svelte'
import Templates from '../../../renderer/settings/texts/Templates.svelte'
import Snippets from '../../../renderer/settings/texts/Snippets.svelte'
import { refuse } from '../../support/fake-bridge.ts'
import { accountOf, settingsOf } from '../../support/builders.ts'
import { openPage } from '../../support/settings-page.ts'

const user = userEvent.setup()
const button = (name: string): HTMLElement => screen.getByRole('button', { name })

describe('diagnostics', () => {
  const answer = (
    bridge: Parameters<NonNullable<Parameters<typeof openPage>[1]>['answer'] & object>[0]
  ): void => {
    bridge.answer('app.diagnostics', () => 'Bilet 0.1.0')
    bridge.answer('diagnostics.save', () => true)
  }
  test('are copied and saved as they are shown, and each says so', async () => {
    const { bridge } = await openPage(Diagnostics, { answer })
    await screen.findByText('Bilet 0.1.0')
    await user.click(button('Copy'))
    await waitFor(() => expect(screen.getByText('Copied.')).toBeVisible())
    expect(bridge.argsOf('clipboard.write')).toEqual([{ text: 'Bilet 0.1.0' }])
    await user.click(button('Save to a file'))
    await waitFor(() => expect(screen.getByText('Saved to the file.')).toBeVisible())
    expect(bridge.argsOf('diagnostics.save')).toEqual([{ text: 'Bilet 0.1.0' }])
  })

  test('that are not saved say nothing when the person cancelled, and why when they could not be', async () => {
    const { bridge, lastError } = await openPage(Diagnostics, { answer })
    await screen.findByText('Bilet 0.1.0')
    bridge.answer('diagnostics.save', () => false)
    await user.click(button('Save to a file'))
    expect(screen.queryByText('Saved to the file.')).toBeNull()
    bridge.answer('diagnostics.save', () => refuse('file-not-allowed'))
    await user.click(button('Save to a file'))
    await waitFor(() => expect(lastError()).toMatch(/no permission to write to this folder/))
  })

  test('have the other way of showing notifications, for who gets none', async () => {
    const { settings } = await openPage(Diagnostics, { answer })
    const delivery = screen.getByLabelText('Notification delivery')
    expect(delivery).toHaveDisplayValue('Automatic (recommended)')
    await user.selectOptions(delivery, 'Method 1')
    await waitFor(() => expect(settings().notifications.backend).toBe('electron'))
  })
})

describe('templates of new tickets', () => {
  test('are added with what a ticket begins with, edited and removed with undo', async () => {
    const { settings } = await openPage(Templates, {
      state: { settings: settingsOf({ templates: [] }), accounts: [accountOf()] }
    })
    expect(screen.getByText('No templates yet.')).toBeVisible()
    await user.click(button('Add template'))
    await user.type(screen.getByLabelText('Name'), 'Yeni IP')
    await user.type(screen.getByLabelText('Title'), 'Ek IP talebi')
    await user.type(screen.getByLabelText('Department'), 'Hosting Hizmetleri')
    await user.type(screen.getByLabelText('Service'), 'S952157')
    await user.type(screen.getByLabelText('Message'), 'Adres: {{ip}')
    await user.click(button('Add'))
    const template = {
      name: 'Yeni IP',
      title: 'Ek IP talebi',
      department: 'Hosting Hizmetleri',
      service: 'S952157',
      message: 'Adres: {ip}'
    }
    await waitFor(() => expect(settings().templates).toEqual([template]))
    await user.click(await screen.findByRole('button', { name: 'Edit Yeni IP' }))
    await user.clear(screen.getByLabelText('Title'))
    await user.click(button('Save'))
    await waitFor(() => expect(settings().templates).toEqual([{ ...template, title: '' }]))
    await user.click(await screen.findByRole('button', { name: 'Remove Yeni IP' }))
    await waitFor(() => expect(settings().templates).toEqual([]))
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(settings().templates).toHaveLength(1))
  })

  test('say what is missing or wrong, and are not stored', async () => {
    const { settings } = await openPage(Templates)
    await user.click(button('Add template'))
    await user.type(screen.getByLabelText('Service'), '95x')
    await user.click(button('Add'))
    expect(screen.getByText('This field is required.')).toBeVisible()
    expect(screen.getByText('Write a title or a message.')).toBeVisible()
    expect(screen.getByText(/A service number has digits only/)).toBeVisible()
    expect(settings().templates).toEqual([])
  })
})

describe('the export of every ticket', () => {
  test('shows how far it is and how many there were', async () => {
    let finish: (count: number | null) => void = () => undefined
    const { bridge } = await openPage(Privacy, {
      answer: (to) => to.answer('tickets.export', () => new Promise<number | null>((end) => (finish = end)))
    })
    await user.click(button('Export as JSON'))
    bridge.emit('progress', { kind: 'export', done: 50, total: 200 })
    expect(await screen.findByRole('progressbar')).toHaveAttribute('value', '50')
    expect(screen.getByText('50 of 200 tickets exported')).toBeVisible()
    expect(button('Export as Markdown')).toBeDisabled()
    finish(200)
    await waitFor(() => expect(screen.getByText('200 tickets exported.')).toBeVisible())
    expect(screen.queryByRole('progressbar')).toBeNull()
    expect(bridge.argsOf('tickets.export')).toEqual([{ refs: null, format: 'json' }])
  })

  test('can be stopped; then it says that no file was saved, and the focus stays', async () => {
    let finish: (count: number | null) => void = () => undefined
    const { bridge } = await openPage(Privacy, {
      answer: (to) => {
        to.answer('tickets.export', () => new Promise<number | null>((end) => (finish = end)))
        to.answer('tickets.cancelExport', () => {
          finish(null)
          return null
        })
      }
    })
    await user.click(button('Export as Markdown'))
    bridge.emit('progress', { kind: 'export', done: 1, total: 200 })
    await user.click(await screen.findByRole('button', { name: 'Stop' }))
    await waitFor(() => expect(screen.getByText(/export was stopped; no file was saved/)).toBeVisible())
    await waitFor(() => expect(button('Export as Markdown')).toHaveFocus())
  })

  test('that cannot be written says why and what to do', async () => {
    const { lastError } = await openPage(Privacy, {
      answer: (to) => to.answer('tickets.export', () => refuse('file-no-room'))
    })
    await user.click(button('Export as JSON'))
    await waitFor(() =>
      expect(lastError()).toMatch(/The disk is full; the file was not saved. Free up some space/)
    )
  })
})

describe.each([
  ['a saved reply', Snippets, 'Add saved reply'],
  ['a template', Templates, 'Add template']
] as const)('the form of %s', (_, page, add) => {
  test('is closed by Esc, and the settings around it stay open', async () => {
    const reached: string[] = []
    const onKey = (event: KeyboardEvent): void => void reached.push(event.key)
    window.addEventListener('keydown', onKey)
    onTestFinished(() => window.removeEventListener('keydown', onKey))
    await openPage(page)
    await user.click(button(add))
    await user.type(screen.getByLabelText('Name'), 'A{Escape}')
    expect(screen.queryByLabelText('Name')).toBeNull()
    await waitFor(() => expect(button(add)).toHaveFocus())
    expect(reached).toEqual(['A'])
  })
})

describe('saved replies', () => {
  test('are added, changed and removed, and a removal can be undone', async () => {
    const { settings } = await openPage(Snippets)
    await user.click(button('Add saved reply'))
    expect(screen.getByLabelText('Name')).toHaveFocus()
    await user.click(button('Add'))
    expect(screen.getAllByText('This field is required.')).toHaveLength(2)
    await user.type(screen.getByLabelText('Name'), 'Hello')
    await user.type(screen.getByLabelText('Text'), 'Merhaba')
    await user.click(button('Add'))
    await waitFor(() => expect(settings().snippets.at(-1)).toEqual({ name: 'Hello', text: 'Merhaba' }))
    await user.click(button('Edit Hello'))
    await user.type(screen.getByLabelText('Name'), '!')
    await user.click(button('Save'))
    await waitFor(() => expect(settings().snippets.at(-1)?.name).toBe('Hello!'))
    await user.click(button('Remove Thanks'))
    await waitFor(() => expect(button('Undo')).toHaveFocus())
    expect(settings().snippets.map(({ name }) => name)).toEqual(['Access given', 'Hello!'])
    await user.keyboard('{Enter}')
    await waitFor(() => expect(settings().snippets[0]?.name).toBe('Thanks'))
  })
})

describe('settings and own data', () => {
  test('are exported, and say so only when a file was written', async () => {
    const { bridge, lastError } = await openPage(Privacy)
    bridge.answer('data.export', () => true)
    await user.click(button('Export to a file'))
    expect(await screen.findByText('Exported to the file.')).toBeVisible()
    bridge.answer('data.export', () => false)
    await user.click(button('Export to a file'))
    await waitFor(() => expect(screen.queryByText('Exported to the file.')).toBeNull())
    bridge.answer('data.export', () => refuse('file-not-allowed'))
    await user.click(button('Export to a file'))
    await waitFor(() => expect(lastError()).toMatch(/no permission to write to this folder/))
  })

  test('are imported, and what waits for an account is named', async () => {
    const { bridge, lastError } = await openPage(Privacy)
    bridge.answer('data.import', () => ({ accounts: 1, tickets: 12, waiting: ['Ajans Beta'] }))
    await user.click(button('Import from a file'))
    expect(await screen.findByText(/what was kept about 12 tickets/)).toBeVisible()
    expect(screen.getByText(/used once they are added: Ajans Beta/)).toBeVisible()
    bridge.answer('data.import', () => refuse('import-damaged'))
    await user.click(button('Import from a file'))
    await waitFor(() => expect(lastError()).not.toBeNull())
    expect(screen.queryByText(/12 tickets/)).toBeNull()
    expect(button('Import from a file')).toBeEnabled()
  })
})
