/**
 * Visits every screen of the app in one run, in Turkish. Screenshots and accessibility checks use the same tour, so that they
 * cover the same screens.
 */
import type { Page } from '@playwright/test'
import type { HelpPage } from '../../../electron/ipc/contract.ts'
import type { DemoServer } from '../demo/api.ts'
import { startDemoServer } from '../demo/server.ts'
import type { RunningApp } from './app.ts'
import { change, applyLook } from './looks.ts'
import { dismissDialog, invoke } from './steps.ts'
import { states } from './tour-states.ts'
import { broadcast, resize } from './tour-steps.ts'
import { workTour } from './tour-work.ts'
import { writingTour } from './tour-writing.ts'
import { newTicketOf } from '../builders.ts'

export interface Tour {
  readonly app: RunningApp
  readonly demo: DemoServer
  /** Clicks the tray icon. */
  readonly clickTray: () => Promise<unknown>
  /** Called for each screen. Changes of the look are reset afterwards. */
  readonly visit: (page: Page, name: string) => Promise<void>
}

const reply =
  'Merhaba,\r\n\r\nGüvenlik duvarındaki kuralı düzelttik, 198.51.100.7 adresinden bağlanabiliyor olmalısınız. Ayrıntı: https://wiki.example.com/ssh\r\n\r\n______\r\n\r\nNetinternet - Teknik Birim'

type Visit = (page: Page, name: string) => Promise<void>

export async function tour({ app, demo, clickTray, visit }: Tour): Promise<void> {
  const inbox = await app.window(/Gelen kutusu/)
  const see: Visit = async (page, name) => {
    // Moves the pointer away from all controls.
    await page.mouse.move(0, 0)
    await visit(page, name)
    await applyLook(page, { theme: 'light', language: 'tr' })
  }
  await applyLook(inbox, { theme: 'light', language: 'tr' })
  // Polling is paused, so that it does not overwrite the events sent below.
  await change(inbox, { pollSeconds: 3600 })
  const other = await startDemoServer({ token: 'of-the-other-account', sample: false })
  try {
    await firstRun(inbox, other, see)
    await connect(inbox, demo)
    await everyday(app, demo, see)
    await workTour(app, inbox, see)
    await help(app, see)
    await newTicket(app, see)
    await settingsTour(app, inbox, see)
    await writingTour({ app, demo, clickTray, see })
    await states({ app, demo, other, see: (name) => see(inbox, name) })
  } finally {
    await other.close()
  }
}

const buttonOf = (page: Page, name: string): ReturnType<Page['getByRole']> =>
  page.getByRole('button', { name, exact: true })
const rowOf = (page: Page, id: number): ReturnType<Page['getByRole']> =>
  page.getByRole('option').filter({ hasText: String(id) })

async function connect(inbox: Page, { origin, token }: Pick<DemoServer, 'origin' | 'token'>): Promise<void> {
  if (!(await inbox.getByLabel('API adresi').isVisible()))
    await inbox.getByText('Gelişmiş', { exact: true }).click()
  await inbox.getByLabel('API adresi').fill(origin)
  await inbox.getByLabel('API anahtarı').fill(token)
  await buttonOf(inbox, 'Bağlan').click()
}

/** An account without tickets; removed afterwards. */
async function firstRun(inbox: Page, empty: DemoServer, see: Visit): Promise<void> {
  await inbox.getByLabel('API anahtarı').waitFor()
  await see(inbox, 'onboarding')
  await connect(inbox, { origin: empty.origin, token: 'a-wrong-token' })
  await inbox.getByRole('alert').waitFor()
  await see(inbox, 'onboarding-refused')
  await connect(inbox, empty)
  await inbox.getByText('Henüz bilet yok').waitFor()
  await see(inbox, 'inbox-empty')
  const state = await invoke(inbox, 'app.state')
  for (const { id } of state.accounts) await invoke(inbox, 'accounts.remove', { accountId: id })
  await inbox.getByLabel('API anahtarı').waitFor()
}

async function everyday(app: RunningApp, demo: DemoServer, see: Visit): Promise<void> {
  const inbox = await app.window(/Gelen kutusu/)
  const button = (name: string): ReturnType<Page['getByRole']> => buttonOf(inbox, name)
  const row = (id: number): ReturnType<Page['getByRole']> => rowOf(inbox, id)
  await row(272298).waitFor()
  const [account] = (await invoke(inbox, 'app.state')).accounts
  // Created in the app, so that title and department are known.
  await invoke(inbox, 'tickets.create', {
    accountId: account?.id ?? '',
    draft: newTicketOf({
      title: 'Ek IP adresi talebi',
      departmentId: account?.departments[0]?.id ?? 0,
      service: '952157',
      message: 'VPS sunucumuza bir IPv4 adresi daha eklenmesini rica ederiz.'
    }),
    password: ''
  })
  await inbox.getByRole('option').filter({ hasText: 'Ek IP adresi talebi' }).waitFor()
  await see(inbox, 'inbox-list')

  demo.staffReply(272298, 'Ayşe Öztürk', reply)
  demo.staffReply(272251, 'İrem Aksoy', 'Transfer kodunuz kayıtlı e-posta adresinize gönderildi.')
  await button('Şimdi yenile').click()
  await row(272298).filter({ hasText: 'Güvenlik duvarındaki' }).waitFor()
  await row(272298).click()
  await inbox.getByRole('article').last().waitFor()
  await inbox
    .getByRole('textbox', { name: 'Mesaj' })
    .fill('Teşekkürler, şu an bağlanabiliyorum — iyi çalışmalar.')
  await see(inbox, 'inbox')

  await button('Diğer işlemler').click()
  await inbox.getByRole('menu').waitFor()
  await see(inbox, 'menu')
  await inbox.keyboard.press('Escape')

  await inbox.getByRole('listbox', { name: 'Biletler' }).focus()
  await inbox.keyboard.press('Control+a')
  await inbox.keyboard.press('e')
  await inbox.getByRole('dialog').waitFor()
  await see(inbox, 'close')
  await inbox.getByRole('dialog').getByRole('button', { name: 'Vazgeç' }).click()
  await inbox.keyboard.press('Escape')

  await row(272291).click()
  await inbox.getByText('php-fpm').first().waitFor()
  await see(inbox, 'attachment')
  await row(272298).click()

  await inbox.keyboard.press('Control+k')
  await inbox.getByRole('dialog').getByRole('combobox').fill('s')
  await see(inbox, 'palette')
  await dismissDialog(inbox)
  await row(272298).click()
  await inbox.getByRole('listbox', { name: 'Biletler' }).focus()
  await inbox.keyboard.press('?')
  await inbox.getByRole('dialog').waitFor()
  await see(inbox, 'shortcuts')
  await dismissDialog(inbox)

  await inbox.keyboard.press('x')
  await inbox.keyboard.press('Shift+ArrowDown')
  await see(inbox, 'selection')
  await inbox.keyboard.press('Escape')

  const search = inbox.getByRole('searchbox', { name: 'Ara' })
  await search.fill('sikayet')
  await inbox.locator('mark').first().waitFor()
  await see(inbox, 'search')
  await search.fill('zzzz is:neolursa')
  await inbox.getByText('için sonuç yok').waitFor()
  await see(inbox, 'search-nothing')
  await search.fill('')
  await row(272298).waitFor()

  await resize(app, 'Gelen kutusu', 560, 420)
  await inbox.waitForFunction(() => innerWidth < 600)
  await see(inbox, 'inbox-small')
  if (await button('Listeye dön').isVisible()) await button('Listeye dön').click()
  await row(272298).waitFor()
  await see(inbox, 'list-small')
  await resize(app, 'Gelen kutusu', 980, 660)
  await inbox.waitForFunction(() => innerWidth > 900)
}

/** The guide, the shortcuts, the problem report, the news of an update and the hints of the first use. */
async function help(app: RunningApp, see: Visit): Promise<void> {
  const { electron } = app
  const inbox = await app.window(/Gelen kutusu/)
  const open = (page: HelpPage): Promise<void> => broadcast(electron, 'navigate', { to: 'help', page })
  await open('guide')
  await inbox.getByRole('article').getByRole('heading').first().waitFor()
  await see(inbox, 'guide')
  await inbox.getByRole('searchbox').fill('bildirim')
  await inbox.locator('mark[data-current]').waitFor()
  await see(inbox, 'guide-search')
  await inbox.keyboard.press('Escape')
  await inbox.keyboard.press('Escape')
  await rowOf(inbox, 272298).waitFor()
  for (const page of ['news', 'report'] as const) {
    await open(page)
    await inbox.getByRole('dialog').waitFor()
    if (page === 'report') await inbox.getByText(/^Bilet \d/).waitFor()
    await see(inbox, page)
    await dismissDialog(inbox)
  }
  await change(inbox, { newsShownFor: '', dismissedHints: [] })
  for (const hint of ['filters', 'keys', 'tray'] as const) {
    if (hint !== 'filters') await rowOf(inbox, 272298).click()
    await inbox.getByRole('complementary', { name: 'İpucu' }).waitFor()
    await see(inbox, `hint-${hint}`)
    await inbox.getByRole('complementary').getByRole('button', { name: 'Anladım' }).click()
  }
  await inbox.getByRole('complementary').waitFor({ state: 'detached' })
  await inbox
    .getByRole('status')
    .filter({ hasText: 'güncellendi' })
    .getByRole('button', { name: 'Anladım' })
    .click()
}

async function newTicket(app: RunningApp, see: Visit): Promise<void> {
  await invoke(await app.window(/Gelen kutusu/), 'window.open', { window: 'compose' })
  const compose = await app.window(/Yeni bilet/)
  await compose.getByLabel('Başlık').fill('Yedekleme görevi başarısız')
  await compose.getByLabel('Hizmet').fill('952157')
  await compose
    .getByLabel('Mesaj', { exact: true })
    .fill('Gece yedeği “disk dolu” hatasıyla bitti; günlüğü inceleyebilir misiniz?')
  await see(compose, 'new-ticket')
  await compose.getByLabel('Departman').press('ArrowDown')
  await compose.getByRole('listbox').waitFor()
  await see(compose, 'new-ticket-chooser')
  await compose.keyboard.press('Escape')
  await resize(app, 'Yeni bilet', 400, 420)
  await compose.waitForFunction(() => innerHeight < 450)
  await see(compose, 'new-ticket-small')
  await resize(app, 'Yeni bilet', 480, 640)
  await compose.getByLabel('Hizmet').fill('95x')
  await compose.getByText('Sunucu erişimi').click()
  await compose.getByLabel('Sunucu IP').fill('1.2.3')
  await compose.getByRole('button', { name: 'Gönder' }).click()
  await compose.getByRole('alert').first().waitFor()
  await see(compose, 'new-ticket-errors')
  await compose.keyboard.press('Escape')
}

async function settingsTour(app: RunningApp, inbox: Page, see: Visit): Promise<void> {
  const button = (name: string): ReturnType<Page['getByRole']> => buttonOf(inbox, name)
  await button('Ayarlar').click()
  await see(inbox, 'settings-accounts')
  await button('Adı ve rengi düzenle').click()
  await see(inbox, 'settings-account-name')
  await inbox.keyboard.press('Escape')
  await button('Hesap kuralları').click()
  await inbox.getByLabel('Panelde bilet adresi').waitFor()
  await see(inbox, 'settings-rules')
  await button('Hesap kuralları').click()
  await button('Kaldır').first().click()
  await inbox.getByRole('dialog').waitFor()
  await see(inbox, 'settings-account-remove')
  await inbox.keyboard.press('Escape')
  await button('Hesap ekle').click()
  await inbox.getByLabel('API anahtarı').waitFor()
  await see(inbox, 'settings-add-account')
  await button('Vazgeç').click()

  const sections = {
    notifications: 'Bildirimler',
    general: 'Genel',
    snippets: 'Hazır yanıtlar',
    privacy: 'Gizlilik ve veriler',
    diagnostics: 'Tanılama',
    about: 'Hakkında'
  }
  for (const [id, name] of Object.entries(sections)) {
    await inbox.getByRole('navigation').getByRole('button', { name }).click()
    if (id === 'snippets') {
      await button('Hazır yanıt ekle').click()
      await inbox.getByLabel('Ad', { exact: true }).fill('Teşekkür')
      await inbox.getByLabel('Metin').fill('Merhaba {name},\n\n{ticket} için teşekkürler.')
      await button('Ekle').click()
      await inbox.getByText('Teşekkür', { exact: true }).waitFor()
    }
    if (id === 'about') await inbox.getByText('Açık kaynak lisansları').click()
    await see(inbox, `settings-${id}`)
    if (id === 'general') {
      await resize(app, 'Gelen kutusu', 560, 420)
      await inbox.waitForFunction(() => innerWidth < 600)
      await see(inbox, 'settings-small')
      await resize(app, 'Gelen kutusu', 980, 660)
      await inbox.waitForFunction(() => innerWidth > 900)
    }
    if (id !== 'notifications') continue
    await inbox.getByLabel('Sessiz saatler').check()
    await see(inbox, 'settings-quiet-hours')
    await inbox.getByLabel('Sessiz saatler').uncheck()
  }
  await button('Gelen kutusuna dön').click()
  await button('İstatistikler').click()
  await inbox.getByRole('table', { name: 'Saatlere göre' }).waitFor()
  await see(inbox, 'statistics')
  await resize(app, 'Gelen kutusu', 560, 420)
  await inbox.waitForFunction(() => innerWidth < 600)
  await see(inbox, 'statistics-small')
  await resize(app, 'Gelen kutusu', 980, 660)
  await inbox.waitForFunction(() => innerWidth > 900)
  await button('Gelen kutusuna dön').click()
}
