import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import type { TextSize } from '../../electron/tickets/text-size.ts'
import Guide from '../../renderer/help/Guide.svelte'
import News from '../../renderer/help/News.svelte'
import Report from '../../renderer/help/Report.svelte'
import { app } from '../../renderer/lib/app.svelte.ts'
import { setBridge } from '../../renderer/lib/bridge/bridge.ts'
import { takeWindowKeys } from '../../renderer/lib/window-keys.ts'
import { stateOf } from '../support/builders.ts'
import { FakeBridge, refuse } from '../support/fake-bridge.ts'

const user = userEvent.setup()
const button = (name: string): HTMLElement => screen.getByRole('button', { name })

async function start(state = stateOf()): Promise<FakeBridge> {
  const bridge = new FakeBridge({ 'app.state': () => state, 'app.diagnostics': () => 'Bilet 0.1.0' })
  bridge.answer('clipboard.write', () => null)
  bridge.answer('link.open', () => null)
  setBridge(bridge)
  await app.start()
  return bridge
}

describe('the guide', () => {
  test('stands in the person’s language, and its contents lead to its parts', async () => {
    await start({ ...stateOf(), locale: 'tr' })
    render(Guide, { onclose: vi.fn() })
    const contents = await screen.findByRole('navigation', { name: 'Konular' })
    await user.click(within(contents).getByRole('button', { name: 'Bildirimler' }))
    expect(screen.getByRole('heading', { name: 'Bildirimler' })).toHaveFocus()
  })

  test('is searched by Ctrl+F, Turkish letters folded; Esc ends the search, then the guide', async () => {
    await start({ ...stateOf(), locale: 'tr' })
    const close = vi.fn()
    render(Guide, { onclose: close })
    const article = await screen.findByRole('article')
    await user.keyboard('{Control>}f{/Control}')
    expect(screen.getByRole('searchbox')).toHaveFocus()
    await user.keyboard('duraklat')
    await waitFor(() => expect(article.querySelectorAll('mark').length).toBeGreaterThan(0))
    expect(screen.getByRole('status')).toHaveTextContent(/^\d+ sonuç$/)
    expect(article.querySelectorAll('mark[data-current]')).toHaveLength(1)
    await user.keyboard('{Escape}')
    await waitFor(() => expect(article.querySelectorAll('mark')).toHaveLength(0))
    expect(close).not.toHaveBeenCalled()
    await user.keyboard('{Escape}')
    expect(close).toHaveBeenCalledOnce()
  })
})

test('what is new shows the changes in the person’s language', async () => {
  await start({ ...stateOf(), locale: 'tr' })
  render(News, { onclose: vi.fn() })
  expect(await screen.findByText(/^İlk sürüm/)).toBeVisible()
})

describe('a report of a problem', () => {
  const open = async (reportTo: string | null = 'mailto:help@example.com'): Promise<FakeBridge> => {
    const state = stateOf()
    const bridge = await start({ ...state, info: { ...state.info, reportTo } })
    render(Report, { onclose: vi.fn() })
    await screen.findByText('Bilet 0.1.0')
    return bridge
  }
  const mailed = (bridge: FakeBridge): URL => {
    const { url } = bridge.argsOf('link.open').at(-1) as { readonly url: string }
    return new URL(url)
  }

  test('goes into a mail draft with what the person wrote and what is shown', async () => {
    const bridge = await open()
    await user.type(screen.getByLabelText('What happened?'), 'It froze & hid.')
    await user.click(button('Open an e-mail draft'))
    await screen.findByText('The draft is open in your e-mail program.')
    expect(mailed(bridge).protocol).toBe('mailto:')
    expect(mailed(bridge).pathname).toBe('help@example.com')
    expect(mailed(bridge).searchParams.get('body')).toBe('It froze & hid.\r\n\r\nBilet 0.1.0')
    expect(bridge.argsOf('clipboard.write')).toEqual([])
  })

  test('too long for an address goes onto the clipboard, and the draft and the window say so', async () => {
    const bridge = await open()
    const long = 'ş'.repeat(1000)
    await user.click(screen.getByLabelText('What happened?'))
    await user.paste(long)
    await user.click(button('Open an e-mail draft'))
    await screen.findByText(/the clipboard, paste it there/)
    expect(mailed(bridge).href.length).toBeLessThanOrEqual(2000)
    expect(mailed(bridge).searchParams.get('body')).toMatch(/paste it here/)
    expect(bridge.argsOf('clipboard.write')).toEqual([{ text: `${long}\n\nBilet 0.1.0` }])
  })

  test('goes by the clipboard to a page, where that is the address', async () => {
    const bridge = await open('https://example.com/bilet/issues')
    await user.click(button('Copy and open the report page'))
    await screen.findByText(/paste it into the page/)
    expect(bridge.argsOf('clipboard.write')).toEqual([{ text: 'Bilet 0.1.0' }])
    expect(bridge.argsOf('link.open')).toEqual([{ url: 'https://example.com/bilet/issues' }])
  })

  test('without an address says so, and offers only what works', async () => {
    await open(null)
    expect(screen.getByText(/no address for reports/)).toBeVisible()
    expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual([
      'Copy',
      'Save to a file',
      'Close'
    ])
  })

  test('is copied and saved as shown, and says why when it cannot be', async () => {
    const bridge = await open()
    await user.click(button('Copy'))
    await screen.findByText('Copied.')
    bridge.answer('diagnostics.save', () => refuse('file-not-allowed'))
    await user.click(button('Save to a file'))
    expect(await screen.findByRole('alert')).toHaveTextContent(/no permission/)
    expect(screen.queryByText('Saved to the file.')).toBeNull()
  })
})

describe('the keys of a window', () => {
  test.each<[keys: string, from: TextSize, to: TextSize]>([
    ['{Control>}+{/Control}', 'normal', 'large'],
    ['{Control>}={/Control}', 'normal', 'large'],
    ['{Control>}-{/Control}', 'normal', 'small'],
    ['{Control>}0{/Control}', 'double', 'normal'],
    ['{Control>}+{/Control}', 'double', 'double']
  ])('%s make the text of %s %s', async (keys, from, to) => {
    const state = stateOf()
    const bridge = await start({ ...state, settings: { ...state.settings, textSize: from } })
    bridge.answer('settings.change', () => state.settings)
    const stop = takeWindowKeys()
    await user.keyboard(keys)
    stop()
    expect(bridge.argsOf('settings.change')).toEqual([{ textSize: to }])
  })

  test.each(['{F5}', '{Control>}r{/Control}'])(
    '%s refreshes, and does not load the page anew',
    async (keys) => {
      const bridge = await start()
      bridge.answer('sync.check', () => null)
      const stop = takeWindowKeys()
      const after = vi.fn((event: KeyboardEvent) => event.defaultPrevented)
      addEventListener('keydown', after)
      await user.keyboard(keys)
      removeEventListener('keydown', after)
      stop()
      expect(bridge.argsOf('sync.check')).toHaveLength(1)
      expect(after).toHaveLastReturnedWith(true)
    }
  )
})
