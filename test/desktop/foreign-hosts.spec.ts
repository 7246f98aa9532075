/**
 * Main connects only to hosts that the user named. Tries each way in which a window can make main contact a server, from
 * code inside our own page, as an injected script would.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ElectronApplication, Page } from '@playwright/test'
import type { Args, Bridge, CommandName } from '../../electron/ipc/contract.ts'
import { expect, test } from '../support/desktop/fixtures.ts'
import { changeSettings, connect, invoke, rowOf } from '../support/desktop/steps.ts'

/** Main's answer to a command: `ok`, or the kind of problem. */
const outcome = <Name extends CommandName>(page: Page, name: Name, args: Args<Name>): Promise<string> =>
  page.evaluate(
    async ([command, given]) => {
      const { bilet } = window as unknown as {
        bilet: { invoke(name: string, args: unknown): Promise<unknown> }
      }
      const answer = (await bilet.invoke(command, given)) as Awaited<ReturnType<Bridge['invoke']>>
      return answer.ok ? 'ok' : answer.error.kind
    },
    [name, args] as const
  )

interface Asked {
  readonly message: string
  readonly detail: string
  readonly buttons: readonly string[]
  /** Button that Enter and Escape choose. */
  readonly byDefault: string | undefined
  readonly isInFrontOfWindow: boolean
}

interface Watched {
  asked: Asked[]
  opened: string[]
  mostOpenAtOnce: number
  answer: 'cancel' | 'accept'
}

/** Records all dialogs and all addresses opened in the browser. */
const watch = (electron: ElectronApplication): Promise<void> =>
  electron.evaluate(({ dialog, shell }) => {
    const watched: Watched = { asked: [], opened: [], mostOpenAtOnce: 0, answer: 'cancel' }
    Object.assign(globalThis, { watched })
    let open = 0
    dialog.showMessageBox = async (...args: unknown[]) => {
      const { message, detail = '', buttons = [], defaultId = -1 } = args.at(-1) as Electron.MessageBoxOptions
      const isInFrontOfWindow = args.length === 2
      watched.asked.push({ message, detail, buttons, byDefault: buttons[defaultId], isInFrontOfWindow })
      watched.mostOpenAtOnce = Math.max(watched.mostOpenAtOnce, ++open)
      await new Promise((resolve) => setTimeout(resolve, 300))
      open -= 1
      return { response: watched.answer === 'accept' ? 1 : 0, checkboxChecked: false }
    }
    shell.openExternal = (address) => {
      watched.opened.push(address)
      return Promise.resolve()
    }
  })

/** Returns what was recorded since the last call. */
const seen = (electron: ElectronApplication): Promise<Watched> =>
  electron.evaluate(() => {
    const { watched } = globalThis as unknown as { watched: Watched }
    const taken = { ...watched }
    Object.assign(watched, { asked: [], opened: [], mostOpenAtOnce: 0 })
    return taken
  })

const answerWith = (electron: ElectronApplication, answer: Watched['answer']): Promise<void> =>
  electron.evaluate((_, wanted) => {
    ;(globalThis as unknown as { watched: Watched }).watched.answer = wanted
  }, answer)

test('main asks before it talks to a server that is neither Netinternet’s nor an account’s', async ({
  demo,
  launch
}) => {
  const reached: string[] = []
  const foreign = createServer(({ url }, response) => {
    reached.push(url ?? '')
    response.end('{"data":[]}')
  })
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve))
  const foreignHost = `127.0.0.1:${(foreign.address() as AddressInfo).port}`
  const auth = { kind: 'bearer', token: 'words-of-the-person' } as const
  const request = (baseUrl: string): Args<'accounts.connect'> => ({
    ...{ name: '', baseUrl, version: 'auto', auth, thisRunOnly: true }
  })
  try {
    const app = await launch()
    const { electron } = app
    const inbox = await app.window(/Inbox/)
    await watch(electron)
    // The question about downloading a dictionary is tested in no-network.spec.ts.
    expect(await changeSettings(inbox, { spelling: 'off' })).toBe(true)

    await test.step('a person who typed the address is asked once, and a no loses nothing of the form', async () => {
      await connect(inbox, demo, { address: `http://${foreignHost}` })
      await expect(inbox.getByText('You did not allow a connection to this server')).toBeVisible()
      await expect(inbox.getByLabel('API token')).toHaveValue(demo.token)
      await expect(inbox.getByLabel('API address')).toHaveValue(`http://${foreignHost}`)
      await expect(inbox.getByLabel('API address')).toBeFocused()
      const { asked } = await seen(electron)
      expect(asked).toEqual([
        {
          message: `Connect to ${foreignHost}?`,
          detail: expect.stringContaining('Your API token and what you write are sent') as unknown as string,
          buttons: ['Cancel', 'Connect'],
          byDefault: 'Cancel',
          isInFrontOfWindow: true
        }
      ])
      expect(reached).toEqual([])
    })

    await test.step('a script that asks for many at once gets one question, and reaches nobody', async () => {
      const hosts = Array.from({ length: 20 }, (_, index) => `https://by-script-${index}.example`)
      const answers = await Promise.all(
        [`http://${foreignHost}`, ...hosts].map((host) => outcome(inbox, 'accounts.connect', request(host)))
      )
      expect(new Set(answers)).toEqual(new Set(['host-refused']))
      const { asked, mostOpenAtOnce } = await seen(electron)
      expect(asked).toHaveLength(1)
      expect(mostOpenAtOnce).toBe(1)
      expect(reached).toEqual([])
    })

    await test.step('the sample account is no foreign server, and nobody is asked', async () => {
      expect(await outcome(inbox, 'accounts.demo', undefined)).toBe('ok')
      await expect(rowOf(inbox, 272298)).toBeVisible()
      expect((await seen(electron)).asked).toEqual([])
    })

    await test.step('a yes is for this host and port, until it is an account’s', async () => {
      await answerWith(electron, 'accept')
      const wrong = { ...request(demo.origin), auth: { kind: 'bearer', token: 'wrong' } } as const
      expect(await outcome(inbox, 'accounts.connect', wrong)).toBe('unauthorized')
      const right = { ...request(demo.origin), auth: { kind: 'bearer', token: demo.token } } as const
      expect(await outcome(inbox, 'accounts.connect', right)).toBe('ok')
      expect((await seen(electron)).asked.map(({ message }) => message)).toEqual([
        `Connect to ${new URL(demo.origin).host}?`
      ])
      await answerWith(electron, 'cancel')
      expect(await outcome(inbox, 'accounts.connect', request(`http://${foreignHost}`))).toBe('host-refused')
      expect((await seen(electron)).asked).toHaveLength(1)
    })

    const accounts = (await invoke(inbox, 'app.state')).accounts
    const account = accounts.find((candidate) => !candidate.demo)
    const sample = accounts.find((candidate) => candidate.demo)
    if (!account || !sample) throw new Error('Both accounts should be there')

    await test.step('credentials for an account go to its own server, whatever address comes with them', async () => {
      const args: Args<'accounts.reconnect'> = {
        ...{ accountId: account.id, auth: { kind: 'bearer', token: demo.token }, thisRunOnly: true },
        otherCustomer: 'ask',
        address: { baseUrl: `http://${foreignHost}`, version: 'auto' }
      }
      expect(await outcome(inbox, 'accounts.reconnect', args)).toBe('host-refused')
      await answerWith(electron, 'accept')
      expect(await outcome(inbox, 'accounts.reconnect', args)).toBe('ok')
      await answerWith(electron, 'cancel')
      await seen(electron)
      expect(reached).toEqual([])
    })

    await test.step('an account’s server sends nobody elsewhere: not its list, not its services, not what is written', async () => {
      const headers = { Location: `http://${foreignHost}/elsewhere` }
      for (const status of [301, 302, 307, 308])
        demo.injectFault({ on: 'any', effect: { kind: 'status', status, headers } })
      await invoke(inbox, 'sync.check')
      await invoke(inbox, 'services.list', { accountId: account.id })
      await invoke(inbox, 'tickets.reply', {
        ref: { accountId: account.id, ticketId: 272298 },
        text: 'Words'
      })
      await expect.poll(() => demo.requests.some(({ path }) => path.endsWith('/reply'))).toBe(true)
      demo.clearFaults()
      expect(reached).toEqual([])
      expect((await seen(electron)).asked).toEqual([])
    })

    await test.step('a file of a message comes from a foreign server only after a yes, and only one that is linked', async () => {
      const { rows, found } = await inbox.evaluate(async (accountId) => {
        const { bilet } = window as unknown as { bilet: Bridge }
        const all = await bilet.invoke('tickets.rows', { from: 0, count: 100 })
        const own = all.ok ? all.value.filter((row) => row.accountId === accountId) : []
        for (const { id } of own) {
          const thread = await bilet.invoke('tickets.thread', { accountId, ticketId: id })
          const links = thread.ok ? thread.value.messages.flatMap(({ attachments }) => attachments) : []
          for (const link of links)
            if (link.kind === 'link') return { rows: own.length, found: { ticketId: id, url: link.url } }
        }
        return { rows: own.length, found: null }
      }, sample.id)
      expect(rows).toBeGreaterThan(0)
      if (!found) throw new Error('The sample has a ticket with a file')
      const ref = { accountId: sample.id, ticketId: found.ticketId }
      for (const name of ['attachments.image', 'attachments.save'] as const)
        expect(await outcome(inbox, name, { ref, url: found.url })).toBe('host-refused')
      const { asked } = await seen(electron)
      expect(asked.map(({ message }) => message)).toEqual(
        Array(2).fill(`Fetch the file from ${new URL(found.url).host}?`)
      )
      const url = `http://${foreignHost}/words`
      expect(await outcome(inbox, 'attachments.image', { ref, url })).toBe('invalid-address')
      expect((await seen(electron)).asked).toEqual([])
    })

    await test.step('links and the panel go to the person’s own browser; main fetches none of them', async () => {
      const panelUrl = 'https://panel.example/view?id={id}'
      await invoke(inbox, 'accounts.setRules', { accountId: account.id, rules: { panelUrl } })
      await invoke(inbox, 'tickets.openInPanel', { accountId: account.id, ticketId: 272298 })
      await invoke(inbox, 'link.open', { url: 'https://by-link.example/' })
      await invoke(inbox, 'link.open', { url: `http://${foreignHost}/by-link` })
      const { asked, opened } = await seen(electron)
      expect(opened).toEqual(['https://panel.example/view?id=272298', 'https://by-link.example/'])
      expect(asked.map(({ message }) => message)).toEqual([`Open ${foreignHost}?`])
      expect(reached).toEqual([])
    })
    await app.quit()
  } finally {
    foreign.close()
  }
})

test('Turkish people are asked in Turkish', async ({ demo, launch }) => {
  const app = await launch({ lang: 'tr' })
  const inbox = await app.window(/Gelen kutusu/)
  await watch(app.electron)
  const auth = { kind: 'bearer', token: demo.token } as const
  const args = { name: '', baseUrl: 'örnek.example', version: 'auto', auth, thisRunOnly: true } as const
  expect(await outcome(inbox, 'accounts.connect', args)).toBe('host-refused')
  const { asked } = await seen(app.electron)
  expect(asked).toMatchObject([
    { message: 'xn--rnek-4qa.example sunucusuna bağlanılsın mı?', buttons: ['Vazgeç', 'Bağlan'] }
  ])
  await app.quit()
})
