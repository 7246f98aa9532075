import type { Locale } from '../../../electron/tickets/locale.ts'

const tr = {
  updateAvailable: (version: string) => `Yeni sürüm hazır: ${version}`,
  updateDownloading: (version: string) => `Yeni sürüm indiriliyor: ${version}`,
  updateReady: (version: string, onQuit: boolean) =>
    `Yeni sürüm indirildi: ${version}${onQuit ? '. Uygulamadan çıkınca kurulacak' : ''}.`,
  updateFailed: (version: string) => `${version} sürümü indirilemedi.`,
  updatePublished: (version: string) => `${version} sürümü yayımlandı.`,
  updatePage: 'İndirme sayfasını aç',
  updated: (version: string) => `Uygulama ${version} sürümüne güncellendi.`,
  updateNotes: 'Yenilikler',
  updateDownload: 'İndir',
  updateRetry: 'Yeniden dene',
  updateInstall: 'Yeniden başlat ve kur',
  updateLater: 'Sonra',
  updateLaterHint: 'Yarın yeniden sorulur.',
  updateSkip: 'Bu sürümü atla',
  updateSkipHint: 'Bu sürümü atlarsanız bir sonraki sürüm önerilir.',

  showFile: 'Dosyayı göster',
  fileGone: 'Dosya artık orada değil.',
  proxySignIn: 'Proxy sunucusunda oturum aç',
  proxyUser: 'Kullanıcı adı',
  proxyPassword: 'Şifre',
  proxyRemember: 'Anahtarlıkta sakla',
  proxyCancel: 'Vazgeç',

  backend: 'Bildirim yöntemi',
  wayHint: 'Bildirimler gelmiyor ya da tıklanınca açılmıyorsa diğer yöntemi deneyin.',
  backends: { auto: 'Otomatik (önerilen)', electron: 'Yöntem 1', 'node-notifier': 'Yöntem 2' },

  stayWithoutTray: 'Sistem tepsisi yoksa pencere kapatılınca arka planda çalışmaya devam et',
  stayWithoutTrayHint: 'Pencereyi geri getirmek için uygulamayı yeniden açın.',
  keepRunning: 'Arka planda çalışmaya devam et'
}

const en: typeof tr = {
  updateAvailable: (version) => `A new version is available: ${version}`,
  updateDownloading: (version) => `Downloading Bilet ${version}…`,
  updateReady: (version, onQuit) =>
    `Bilet ${version} was downloaded${onQuit ? ' and will be installed when you quit' : ''}.`,
  updateFailed: (version) => `Bilet ${version} could not be downloaded.`,
  updatePublished: (version) => `Bilet ${version} is out.`,
  updatePage: 'Open the download page',
  updated: (version) => `Bilet was updated to version ${version}.`,
  updateNotes: 'What’s new',
  updateDownload: 'Download',
  updateRetry: 'Try again',
  updateInstall: 'Restart and install',
  updateLater: 'Later',
  updateLaterHint: 'You will be asked again tomorrow.',
  updateSkip: 'Skip this version',
  updateSkipHint: 'Skip this version and you will be offered the next one.',

  showFile: 'Show file',
  fileGone: 'The file is no longer there.',
  proxySignIn: 'Sign in to the proxy',
  proxyUser: 'User name',
  proxyPassword: 'Password',
  proxyRemember: 'Save in the keychain',
  proxyCancel: 'Cancel',

  backend: 'Notification delivery',
  wayHint: 'If notifications do not appear, or clicking them opens nothing, try the other method.',
  backends: { auto: 'Automatic (recommended)', electron: 'Method 1', 'node-notifier': 'Method 2' },

  stayWithoutTray: 'Keep running in the background when there is no tray',
  stayWithoutTrayHint: 'Open Bilet again to bring its window back.',
  keepRunning: 'Keep running in the background'
}

export const desktop: Readonly<Record<Locale, typeof tr>> = { tr, en }
