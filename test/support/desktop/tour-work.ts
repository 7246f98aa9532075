/** Part of the tour: what the person keeps about tickets. It leaves the tickets as they were. */
import type { Page } from '@playwright/test'
import type { Args } from '../../../electron/ipc/contract.ts'
import type { RunningApp } from './app.ts'
import { change } from './looks.ts'
import { dismissDialog, invoke } from './steps.ts'
import { resize } from './tour-steps.ts'

type See = (page: Page, name: string) => Promise<void>
type WorkChange = Args<'tickets.setWork'>['change']

const hour = 3_600_000
const long = 'Çok uzun adlı bir müşterinin etiketi 26'

/** Resets everything that `change` can set. */
const nothing: WorkChange = {
  done: false,
  snoozedUntil: null,
  followUpAt: null,
  pinned: false,
  muted: false,
  title: '',
  note: '',
  removeTags: ['Ajans', 'Sunucu', long]
}

export async function workTour(app: RunningApp, inbox: Page, see: See): Promise<void> {
  const row = (id: number): ReturnType<Page['getByRole']> =>
    inbox.getByRole('option').filter({ hasText: `#${id}` })
  const accountId = (await invoke(inbox, 'app.state')).accounts[0]?.id ?? ''
  const set = (ids: readonly number[], work: WorkChange): Promise<null> =>
    invoke(inbox, 'tickets.setWork', {
      refs: ids.map((ticketId) => ({ accountId, ticketId })),
      change: work
    })
  await change(inbox, {
    tags: [
      { name: 'Ajans', color: 0 },
      { name: 'Sunucu', color: 6 },
      { name: long, color: 1 }
    ],
    savedSearches: [{ id: 's1', name: 'Bekleyen sunucular', query: 'durum:bekleyen etiket:Sunucu' }]
  })
  await set([272298], {
    pinned: true,
    muted: true,
    title: 'Web sunucusu: SSH erişimi',
    note: 'Müşterinin sözleşmesi 1 Aralık’ta yenileniyor.\nÖnce Deniz’i ara.',
    addTags: ['Ajans', 'Sunucu', long]
  })
  await set([272291], { done: true, addTags: ['Ajans'] })
  await set([272251], { snoozedUntil: Date.now() + 20 * hour })
  await set([272240], { followUpAt: Date.now() + 30 * hour, addTags: ['Sunucu'] })
  await row(272298).click()
  await inbox.getByText('Önce Deniz’i ara').waitFor()
  await inbox.getByRole('button', { name: /^Bekleyen sunucular \d/ }).waitFor()
  await see(inbox, 'work')

  const list = inbox.getByRole('listbox', { name: 'Biletler' })
  const keys = { snooze: 'h', 'follow-up': 'f', tags: 't', title: 'F2', note: 'Shift+N' }
  for (const [name, key] of Object.entries(keys)) {
    await list.focus()
    await inbox.keyboard.press(key)
    await inbox.getByRole('dialog').waitFor()
    await see(inbox, name)
    await dismissDialog(inbox)
  }
  await inbox.getByRole('searchbox', { name: 'Ara' }).fill('etiket:Ajans')
  await inbox.getByRole('button', { name: 'Bu aramayı filtre olarak kaydet' }).click()
  await inbox.getByRole('dialog').waitFor()
  await see(inbox, 'save-search')
  await dismissDialog(inbox)
  await inbox.getByRole('searchbox', { name: 'Ara' }).fill('')
  await row(272298).click()
  await list.focus()
  await inbox.keyboard.press('p')
  await inbox.locator('.undo').waitFor()
  await see(inbox, 'undo-work')
  await inbox.keyboard.press('z')
  await inbox.locator('.undo').waitFor({ state: 'detached' })

  await resize(app, 'Gelen kutusu', 560, 420)
  await inbox.waitForFunction(() => innerWidth < 600)
  await see(inbox, 'work-small')
  await inbox.getByRole('button', { name: 'Listeye dön', exact: true }).click()
  await row(272298).waitFor()
  await see(inbox, 'work-list-small')
  await resize(app, 'Gelen kutusu', 980, 660)
  await inbox.waitForFunction(() => innerWidth > 900)
  await workSettings(inbox, see)
  await set([272298, 272291, 272251, 272240], nothing)
  await change(inbox, { tags: [], savedSearches: [] })
  await row(272298).click()
}

async function workSettings(inbox: Page, see: See): Promise<void> {
  const button = (name: string): ReturnType<Page['getByRole']> =>
    inbox.getByRole('button', { name, exact: true })
  await button('Ayarlar').click()
  await inbox.getByRole('navigation').getByRole('button', { name: 'Etiketler ve aramalar' }).click()
  await see(inbox, 'settings-tags')
  await button('Etiket ekle').click()
  await inbox.getByLabel('Etiket adı').waitFor()
  await see(inbox, 'settings-tag')
  await button('Vazgeç').click()
  await inbox.getByRole('navigation').getByRole('button', { name: 'Bildirimler' }).click()
  const workingHours = inbox.getByRole('checkbox', { name: 'Yalnız çalışma saatlerinde bildir' })
  await workingHours.check()
  await button('Kural ekle').click()
  await inbox.getByRole('listitem', { name: '1. kural' }).waitFor()
  await see(inbox, 'settings-notification-rules')
  await button('1. kuralı kaldır').click()
  await workingHours.uncheck()
  await inbox.getByRole('navigation').getByRole('button', { name: 'Hesaplar' }).click()
  await button('Hesap kuralları').click()
  await button('Hatırlatma kuralı ekle').click()
  await inbox.getByLabel('Saat', { exact: true }).waitFor()
  await see(inbox, 'settings-follow-up-rules')
  await button('1. hatırlatma kuralını kaldır').click()
  await button('Hesap kuralları').click()
  await button('Gelen kutusuna dön').click()
}
