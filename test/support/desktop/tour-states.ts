/**
 * Part of the tour: problems, waiting and several accounts. States that a test cannot produce (a full disk, an update, a
 * missing answer) are sent to the real window as events.
 */
import type { ElectronApplication, Page } from '@playwright/test'
import type { DemoServer } from '../demo/api.ts'
import { startDemoServer } from '../demo/server.ts'
import type { Connection, OutboxItem } from '../../../electron/tickets/views.ts'
import type { RunningApp } from './app.ts'
import { invoke } from './steps.ts'
import { outboxTour } from './tour-outbox.ts'
import { broadcast } from './tour-steps.ts'
import { outboxOf } from '../builders.ts'

interface Scene {
  readonly app: RunningApp
  readonly demo: DemoServer
  /** A server for a second account. */
  readonly other: DemoServer
  readonly see: (name: string) => Promise<void>
}

const hour = 3_600_000

export async function states({ app, demo, other, see }: Scene): Promise<void> {
  const { electron } = app
  const inbox = await app.window(/Gelen kutusu/)
  const button = (name: string): ReturnType<Page['getByRole']> =>
    inbox.getByRole('button', { name, exact: true })
  const row = (id: number): ReturnType<Page['getByRole']> =>
    inbox.getByRole('option').filter({ hasText: String(id) })
  const banner = (words: string): ReturnType<Page['getByRole']> =>
    inbox.getByRole('status').filter({ hasText: words })

  await severalAccounts(inbox, other, see)

  const { accounts, outbox } = await invoke(inbox, 'app.state')
  const connection = (change: Partial<Connection>): Promise<void> =>
    broadcast(
      electron,
      'accounts',
      accounts.map((account) => ({ ...account, connection: { ...account.connection, ...change } }))
    )
  const yesterday = Date.now() - 20 * hour

  await row(272298).click()
  await connection({ state: 'offline', problem: { kind: 'offline' }, freshAt: yesterday, nextAt: null })
  await banner('Çevrimdışısınız').waitFor()
  await see('offline')
  await broadcast(electron, 'accounts', accounts)

  await broadcast(electron, 'notices', [
    { kind: 'storage-full', detail: 'drafts.json' },
    { kind: 'shortcut-taken', detail: 'Ctrl+Alt+Shift+B' }
  ])
  await banner('Disk dolu').waitFor()
  await see('notices')
  await broadcast(electron, 'notices', [])

  const waits = (id: string, change: Partial<OutboxItem>): OutboxItem =>
    outboxOf({
      id,
      accountId: accounts[0]?.id ?? '',
      action: { kind: 'reply', ticketId: 272298, text: 'Teşekkürler, şimdi bağlanabiliyorum.' },
      state: 'uncertain',
      queuedAt: Date.now(),
      attempts: 1,
      problem: { kind: 'timeout' },
      nextAttemptAt: Date.now() + hour,
      ...change
    })
  const waiting = [
    waits('tour-1', {}),
    waits('tour-2', {
      state: 'refused',
      problem: { kind: 'refused', serverMessage: 'Mesaj çok kısa.' },
      nextAttemptAt: null
    })
  ]
  await broadcast(electron, 'outbox', { changed: waiting, removed: outbox.map(({ id }) => id) })
  const cards = inbox.getByRole('region', { name: 'Yazışma' }).getByRole('article')
  await cards.last().scrollIntoViewIfNeeded()
  await see('outbox')
  await broadcast(electron, 'outbox', { changed: outbox, removed: waiting.map(({ id }) => id) })

  await broadcast(electron, 'update', {
    kind: 'available',
    version: '0.2.0',
    notes: 'Arama artık ekleri de buluyor.'
  })
  await button('İndir').waitFor()
  await see('update')
  await broadcast(electron, 'update', { kind: 'off' })

  await broadcast(electron, 'progress', { kind: 'export', done: 412, total: 1280 })
  await button('Durdur').waitFor()
  await see('export')
  await broadcast(electron, 'progress', { kind: 'export', done: 1280, total: 1280 })

  await noList(electron, inbox, see)
  await row(272240).click()
  await button('Bileti kapat').click()
  await inbox.getByText(/^#272240 .*kapatılıyor$/).waitFor()
  // It is transparent during its transition.
  await inbox.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation instanceof CSSAnimation && animation.animationName.endsWith('rise'))
        .map((animation) => animation.finished)
    )
  )
  await see('undo')
  // Cancelled, or already sent; a message appears and disappears in both cases.
  await inbox.keyboard.press('z')
  await inbox.getByText('#272240 kapatılıyor').waitFor({ state: 'detached' })
  await inbox.locator('.told').waitFor({ state: 'detached' })
  await outboxTour({ app, demo, see })
  await row(272298).click()

  await refused(electron, inbox, demo, see)
}

/** A second account whose staff have answered. */
async function severalAccounts(inbox: Page, other: DemoServer, see: Scene['see']): Promise<void> {
  other.addTicket({
    message: 'Alan adımızın ad sunucularını değiştirdik, yayılmıyor; bakabilir misiniz?',
    status: 'answered',
    replies: [{ admin: 'Uğur Şen', message: 'Kayıtlarınız güncellendi, birkaç saat içinde yayılacak.' }]
  })
  const { id } = await invoke(inbox, 'accounts.connect', {
    name: 'Ajans Beta',
    baseUrl: other.origin,
    version: 'v1',
    auth: { kind: 'bearer', token: other.token },
    thisRunOnly: false
  })
  const theirs = inbox.getByRole('option').filter({ hasText: 'Ajans Beta' })
  await theirs.click()
  await inbox.getByRole('article').first().waitFor()
  await see('accounts')
  await fiveAccounts(inbox, see)
  await invoke(inbox, 'accounts.remove', { accountId: id })
  await theirs.waitFor({ state: 'detached' })
}

/** Adds three accounts with names of different lengths. */
async function fiveAccounts(inbox: Page, see: Scene['see']): Promise<void> {
  const added: { readonly id: string; readonly server: DemoServer }[] = []
  for (const name of ['Demirel Yazılım', 'Ege Barındırma ve Sunucu Hizmetleri Ltd. Şti.', 'Kuzey']) {
    const server = await startDemoServer({ token: 'of-one-more-account', sample: false })
    const { id } = await invoke(inbox, 'accounts.connect', {
      name,
      baseUrl: server.origin,
      version: 'v1',
      auth: { kind: 'bearer', token: server.token },
      thisRunOnly: false
    })
    added.push({ id, server })
  }
  await inbox.getByRole('navigation', { name: 'Hesaplar' }).getByRole('button', { name: 'Kuzey' }).waitFor()
  await see('chips')
  for (const { id, server } of added) {
    await invoke(inbox, 'accounts.remove', { accountId: id })
    await server.close()
  }
}

/** The state after a start without a network and without a cached list. */
async function noList(electron: ElectronApplication, inbox: Page, see: Scene['see']): Promise<void> {
  const { accounts } = await invoke(inbox, 'app.state')
  const rows = await invoke(inbox, 'tickets.rows', { from: 0, count: 1000 })
  const accountId = accounts[0]?.id ?? ''
  const all = (connection: Partial<Connection>): Promise<void> =>
    broadcast(
      electron,
      'accounts',
      accounts.map((account) => ({ ...account, connection: { ...account.connection, ...connection } }))
    )
  await broadcast(electron, 'rows', { accountId, changed: [], removed: rows.map(({ id }) => id) })
  await all({ state: 'connecting', freshAt: null, problem: null })
  await inbox.getByText('Biletleriniz alınıyor').waitFor()
  await see('first-list')
  await all({ state: 'failing', freshAt: null, problem: { kind: 'unreachable' }, nextAt: Date.now() + hour })
  await inbox.getByText('Henüz bilet listesi yok').waitFor()
  await see('no-list')
  await broadcast(electron, 'rows', { accountId, changed: rows, removed: [] })
  await broadcast(electron, 'accounts', accounts)
}

/** The server returns errors, then rejects the credentials. */
async function refused(
  electron: ElectronApplication,
  inbox: Page,
  demo: DemoServer,
  see: Scene['see']
): Promise<void> {
  const check = (): Promise<void> => inbox.getByRole('button', { name: 'Şimdi yenile', exact: true }).click()
  demo.injectFault({ on: 'any', effect: { kind: 'html' }, times: Infinity })
  await check()
  await inbox.getByRole('status').filter({ hasText: 'web sayfası' }).waitFor()
  await inbox.getByRole('option').filter({ hasText: '272298' }).click()
  await inbox.getByRole('textbox', { name: 'Mesaj' }).press('Control+Enter')
  await inbox.getByText('Gönderilmeyi bekliyor').first().waitFor()
  await see('trouble')
  demo.clearFaults()
  demo.requireToken('another-token')
  await check()
  await inbox.getByRole('status').filter({ hasText: 'kabul etmedi' }).waitFor()
  // A single refusal is not enough; the server has to refuse repeatedly.
  await electron.evaluate((_, ms) => {
    const now = performance.now.bind(performance)
    performance.now = () => now() + ms
  }, 11 * 60_000)
  const signedOut = inbox.getByText('yeniden oturum açın', { exact: true }).first()
  for (let times = 0; times < 20 && !(await signedOut.isVisible()); times++) {
    await check()
    await inbox.waitForTimeout(600)
  }
  await see('signed-out')

  // The new key belongs to another customer.
  demo.fill(12, 1)
  await inbox.getByRole('button', { name: 'Oturum aç' }).first().click()
  await inbox.getByLabel('API anahtarı').fill('another-token')
  await inbox.getByRole('button', { name: 'Bağlan' }).click()
  await inbox.getByRole('group', { name: 'Bu anahtar başka bir müşteriye ait.' }).waitFor()
  await see('other-customer')
}
