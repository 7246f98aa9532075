import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import type { UpdateView } from '../../../electron/ipc/contract.ts'
import { refuse } from '../../support/fake-bridge.ts'
import { rowOf, stateOf } from '../../support/builders.ts'
import { button, openInbox, type OpenInbox } from '../../support/inbox.ts'

const at = (kind: 'available' | 'downloading' | 'ready' | 'failed'): UpdateView => ({
  kind,
  version: '0.2.0',
  notes: 'Finds attachments.'
})
const published: UpdateView = {
  kind: 'published',
  version: '0.2.0',
  notes: 'Finds attachments.',
  page: 'https://example.invalid/releases/tag/v0.2.0'
}
const buttons = [
  'Download',
  'Open the download page',
  'Try again',
  'Restart and install',
  'Skip this version',
  'Later'
] as const
const offered = (): readonly string[] =>
  buttons.filter((name) => screen.queryByRole('button', { name }) !== null)
const opened = (update: UpdateView, platform = 'linux'): Promise<OpenInbox> =>
  openInbox({
    rows: [rowOf()],
    state: stateOf({ update, info: { ...stateOf().info, platform } })
  })

describe('an update', () => {
  test.each([
    ['available', 'A new version is available: 0.2.0', ['Download', 'Skip this version', 'Later']],
    ['downloading', 'Downloading Bilet 0.2.0…', []],
    ['ready', 'installed when you quit', ['Restart and install', 'Skip this version', 'Later']],
    ['failed', 'could not be downloaded', ['Try again', 'Skip this version', 'Later']]
  ] as const)('that is %s says so, and offers what can be done then', async (kind, words, choices) => {
    await opened(at(kind))
    expect(screen.getByText(new RegExp(words))).toBeVisible()
    expect(offered()).toEqual(choices)
  })

  test('that this package cannot install is told of, and leads to where it is', async () => {
    const { user, bridge } = await opened(published)
    expect(screen.getByText(/0\.2\.0 is out/)).toBeVisible()
    expect(offered()).toEqual(['Open the download page', 'Skip this version', 'Later'])
    expect(button('Open the download page')).toHaveAttribute(
      'title',
      'https://example.invalid/releases/tag/v0.2.0'
    )
    bridge.answer('updates.act', () => published)
    await user.click(button('Open the download page'))
    await waitFor(() => expect(bridge.argsOf('updates.act')).toEqual([{ act: 'page' }]))
  })

  test('takes one line; what is new is read on demand', async () => {
    const { user } = await opened(at('available'))
    expect(screen.queryByText('Finds attachments.')).toBeNull()
    await user.click(button('What’s new'))
    expect(screen.getByText('Finds attachments.')).toBeVisible()
    expect(button('What’s new')).toHaveAttribute('aria-expanded', 'true')
    await user.click(button('What’s new'))
    expect(screen.queryByText('Finds attachments.')).toBeNull()
  })

  test('does on a Mac not promise to come when Bilet quits', async () => {
    await opened(at('ready'), 'darwin')
    expect(screen.getByText(/0\.2\.0 was downloaded/)).not.toHaveTextContent('when you quit')
  })

  test('goes from step to step as it is pressed, and says what went wrong', async () => {
    const { user, bridge } = await opened(at('available'))
    bridge.answer('updates.act', () => at('downloading'))
    await user.click(button('Download'))
    await waitFor(() => expect(offered()).toEqual([]))
    bridge.emit('update', at('ready'))
    await waitFor(() => expect(offered()).toEqual(['Restart and install', 'Skip this version', 'Later']))
    bridge.answer('updates.act', () => refuse('storage-full'))
    await user.click(button('Restart and install'))
    expect(await screen.findByRole('alert')).toHaveTextContent('The disk is full')
    bridge.answer('updates.act', () => ({ kind: 'off' }))
    await user.click(button('1/2 Next message'))
    await user.click(button('Later'))
    await waitFor(() => expect(offered()).toEqual([]))
    expect(bridge.argsOf('updates.act').map(({ act }) => act)).toEqual(['download', 'install', 'later'])
  })

  test('of which there is none says nothing', async () => {
    await opened({ kind: 'off' })
    expect(offered()).toEqual([])
  })
})
