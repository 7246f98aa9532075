import type { Locale } from '../../../electron/tickets/locale.ts'
import { numbers as n } from '../numbers.ts'

const tr = {
  guide: 'Kullanım kılavuzu',
  back: 'Gelen kutusuna dön',
  contents: 'Konular',
  find: 'Kılavuzda ara',
  found: (count: number) => (count === 0 ? 'Bulunamadı' : `${n.tr(count)} sonuç`),
  news: 'Yenilikler',
  newsOf: (version: string) => `Sürüm ${version}: yenilikler`,
  close: 'Kapat',
  report: 'Sorun bildir',
  happened: 'Ne oldu?',
  happenedHint: 'Ne yapıyordunuz, ne bekliyordunuz, ne gördünüz? Şifre ve anahtar yazmayın.',
  added: 'Eklenecek bilgiler',
  addedHint: 'Sürümler ve durumlar; mesaj, adres ve anahtar içermez.',
  noAddress:
    'Bu kopyada sorun bildirme adresi yok: metni kopyalayın ya da dosyaya kaydedin ve uygulamayı aldığınız kişiye iletin.',
  openPage: 'Kopyala ve sorun bildirme sayfasını aç',
  pageOpened: 'Metin panoda; açılan sayfaya yapıştırın.',
  mail: 'E-posta taslağı aç',
  mailed: 'Taslak, e-posta programınızda açıldı.',
  mailedPart: 'Taslak açıldı. Metnin tamamı ona sığmadı; panoya kopyalandı, taslağa yapıştırın.',
  pasteHere: '(Metnin tamamı panoda: buraya yapıştırın.)',
  subject: (version: string) => `Sorun bildirimi, sürüm ${version}`,
  copy: 'Kopyala',
  copied: 'Kopyalandı.',
  saveToFile: 'Dosyaya kaydet',
  saved: 'Dosyaya kaydedildi.',

  hint: 'İpucu',
  gotIt: 'Anladım',
  showKeys: 'Tuşları göster',
  hints: {
    filters: (unread: string, waiting: string) =>
      `“${unread}”: destek ekibinin görmediğiniz yanıtları. “${waiting}”: yanıtlama sırası sizde olan biletler.`,
    keys: () => 'Fare gerekmez: j ve k biletler arasında gezer, r yanıtlar, ? bütün tuşları gösterir.',
    tray: () =>
      'Pencereyi kapatsanız da uygulama sistem tepsisinde çalışır ve yeni yanıtları bildirir. Tamamen kapatmak için simgenin menüsünden Çık’ı seçin.'
  }
}

const en: typeof tr = {
  guide: 'User guide',
  back: 'Back to the inbox',
  contents: 'Contents',
  find: 'Search the guide',
  found: (count) => (count === 0 ? 'Not found' : `${n.en(count)} ${count === 1 ? 'result' : 'results'}`),
  news: 'What is new',
  newsOf: (version) => `What is new in version ${version}`,
  close: 'Close',
  report: 'Report a problem',
  happened: 'What happened?',
  happenedHint: 'What did you do, what did you expect, what did you see? Write no passwords and tokens.',
  added: 'What is added',
  addedHint: 'Versions and states; no messages, addresses or tokens.',
  noAddress:
    'This copy has no address for reports: copy the text or save it to a file, and send it to whoever gave you the app.',
  openPage: 'Copy and open the report page',
  pageOpened: 'The text is on the clipboard; paste it into the page that was opened.',
  mail: 'Open an e-mail draft',
  mailed: 'The draft is open in your e-mail program.',
  mailedPart:
    'The draft is open. It has no room for all of the text; that is on the clipboard, paste it there.',
  pasteHere: '(The whole text is on the clipboard: paste it here.)',
  subject: (version) => `Problem report, version ${version}`,
  copy: 'Copy',
  copied: 'Copied.',
  saveToFile: 'Save to a file',
  saved: 'Saved to the file.',

  hint: 'Tip',
  gotIt: 'Got it',
  showKeys: 'Show keys',
  hints: {
    filters: (unread, waiting) =>
      `“${unread}”: replies from the support staff that you have not seen. “${waiting}”: tickets where it is your turn.`,
    keys: () => 'No mouse needed: j and k move between tickets, r replies, ? shows all keys.',
    tray: () =>
      'When you close the window, the app keeps running in the tray and tells you about new replies. To quit, choose Quit in the icon’s menu.'
  }
}

export const help: Readonly<Record<Locale, typeof tr>> = { tr, en }
