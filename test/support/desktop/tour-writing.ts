/** Part of the tour: templates, saved replies, drafts, the service of a ticket, and the popover of the tray icon. */
import type { Page } from '@playwright/test'
import type { DemoServer } from '../demo/api.ts'
import type { RunningApp } from './app.ts'
import { change } from './looks.ts'
import { closeWindow, dismissDialog, invoke } from './steps.ts'
import { broadcast } from './tour-steps.ts'

export interface WritingScene {
  readonly app: RunningApp
  readonly demo: DemoServer
  /** Clicks the tray icon. */
  readonly clickTray: () => Promise<unknown>
  readonly see: (page: Page, name: string) => Promise<void>
}

const snippets = [
  { name: 'Teşekkür', text: 'Merhaba {ad},\n\n{bilet} için teşekkürler.' },
  { name: 'IP adresi', text: '{ip} adresinden bağlanıyorum; hizmet {hizmet}.' },
  {
    name: 'Çok uzun adlı bir hazır yanıt, sunucunun yeniden başlatılmasını onaylamak için',
    text: 'Sunucuyu bu gece 03.00 ile 05.00 arasında yeniden başlatabilirsiniz; bizim tarafımızda bir işlem gerekmiyor.'
  }
]
const template = {
  ...{ title: 'Ek IP talebi', department: 'Veri Merkezi İşlemleri', service: '952157' },
  message: '{hizmet} için {ip} yanına bir adres rica ederiz.'
}
const templates = [
  { name: 'Yeni IP', ...template },
  { name: 'Yedekleme başarısız', ...template, title: 'Yedekleme görevi başarısız', service: '' }
]

const buttonOf = (page: Page, name: string): ReturnType<Page['getByRole']> =>
  page.getByRole('button', { name, exact: true })

export async function writingTour(scene: WritingScene): Promise<void> {
  const { app } = scene
  const inbox = await app.window(/Gelen kutusu/)
  const before = (await invoke(inbox, 'app.state')).settings.snippets
  await change(inbox, { snippets, templates })
  await templateSettings(inbox, scene)
  await savedReplies(inbox, scene)
  await drafts(inbox, scene)
  await inbox.getByRole('option').filter({ hasText: 'Ek IP adresi talebi' }).click()
  await inbox.getByText('SSD VDS II').waitFor()
  await scene.see(inbox, 'service')
  await popover(inbox, scene)
  await change(inbox, { snippets: before, templates: [] })
}

async function templateSettings(inbox: Page, { see }: WritingScene): Promise<void> {
  await buttonOf(inbox, 'Ayarlar').click()
  await inbox.getByRole('navigation').getByRole('button', { name: 'Şablonlar' }).click()
  await inbox.getByText('Yedekleme başarısız').waitFor()
  await see(inbox, 'settings-templates')
  await buttonOf(inbox, 'Şablon ekle').click()
  await inbox.getByLabel('Ad', { exact: true }).waitFor()
  await see(inbox, 'settings-template')
  await buttonOf(inbox, 'Vazgeç').click()
  await buttonOf(inbox, 'Gelen kutusuna dön').click()
}

async function savedReplies(inbox: Page, { see }: WritingScene): Promise<void> {
  await inbox.getByRole('option').filter({ hasText: '#272298' }).click()
  const box = inbox.getByRole('textbox', { name: 'Mesaj' })
  await box.fill('')
  await box.pressSequentially(';')
  await inbox.getByRole('listbox', { name: 'Hazır yanıtlar' }).waitFor()
  await see(inbox, 'suggestions')
  await box.pressSequentially('ip')
  await inbox.keyboard.press('Enter')
  await inbox.keyboard.press('Control+Enter')
  await inbox.getByRole('alert').filter({ hasText: '{ip}' }).waitFor()
  await see(inbox, 'unfilled')
  await box.fill('Yarım kalan bir yanıt')
}

async function drafts(inbox: Page, { app, see }: WritingScene): Promise<void> {
  await invoke(inbox, 'window.open', { window: 'compose' })
  const compose = await app.window(/Yeni bilet/)
  await compose.getByLabel('Başlık').fill('Alan adı transferi')
  await buttonOf(compose, 'Yeni taslak').click()
  await compose.waitForFunction(
    () => document.querySelector<HTMLInputElement>('#title')?.value === '' && document.hasFocus()
  )
  await compose.getByLabel('Başlık').fill('Yedekleme görevi başarısız')
  await compose.getByRole('button', { name: /^Sonraki taslak/ }).waitFor()
  await see(compose, 'new-ticket-drafts')
  await compose.getByLabel('Mesaj', { exact: true }).pressSequentially(';')
  await compose.getByRole('listbox', { name: 'Hazır yanıtlar' }).waitFor()
  await see(compose, 'new-ticket-suggestions')
  await compose.keyboard.press('Escape')
  await compose.getByLabel('Mesaj', { exact: true }).fill('')
  await closeWindow(app.electron, 'Yeni bilet')

  await broadcast(app.electron, 'navigate', { to: 'outbox' })
  const list = inbox.getByRole('region', { name: 'Taslaklar' })
  await list.getByRole('listitem').nth(2).waitFor()
  await see(inbox, 'drafts')
  for (;;) {
    const next = list.getByRole('button', { name: /^Taslağı sil: / }).first()
    const left = await list.getByRole('listitem').count()
    if (left === 0 || !(await next.isVisible())) break
    await next.click()
    await list
      .getByRole('listitem')
      .nth(left - 1)
      .waitFor({ state: 'detached' })
  }
  await inbox.keyboard.press('Escape')
  await inbox.getByRole('option').first().waitFor()
}

async function popover(inbox: Page, { app, demo, clickTray, see }: WritingScene): Promise<void> {
  demo.staffReply(272291, 'Ayşe Öztürk', 'Günlüğe bakıyoruz, birazdan döneceğiz.')
  demo.staffReply(272240, 'İrem Aksoy', 'Disk alanını büyüttük; sunucuyu yeniden başlatmanız gerekmiyor.')
  await buttonOf(inbox, 'Şimdi yenile').click()
  await inbox.getByRole('option').filter({ hasText: 'Disk alanını büyüttük' }).waitFor()
  await change(inbox, { trayClick: 'popover' })
  await closeWindow(app.electron, 'Gelen kutusu')
  await clickTray()
  const page = await app.window(/Okunmamış biletler/)
  await page.getByRole('listitem').nth(1).waitFor()
  await see(page, 'popover')
  await page.keyboard.press('h')
  await page.getByRole('dialog').waitFor()
  await see(page, 'popover-snooze')
  await dismissDialog(page)
  await page.keyboard.press('r')
  await page.getByRole('textbox').fill('Teşekkürler, çalışıyor.')
  await see(page, 'popover-reply')
  await page.getByRole('textbox').fill('')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /#272291/ }).click()
  await inbox.getByRole('region', { name: /^#272291/ }).waitFor()
  await change(inbox, { trayClick: 'inbox' })
}
