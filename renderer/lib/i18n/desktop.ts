import type { Locale } from '../../../electron/tickets/locale.ts'

const tr = {
  updateAvailable: (version: string) => `Yeni sürüm hazır: ${version}`,
  updateDownloading: (version: string) => `Yeni sürüm indiriliyor: ${version}`,
  updateReady: (version: string, onQuit: boolean) =>
    `Yeni sürüm indirildi: ${version}${onQuit ? '. Uygulamadan çıkınca kurulacak' : ''}.`,
  updateFailed: (version: string) => `${version} sürümü indirilemedi.`,
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
  proxySignIn: 'Vekil sunucuda oturum aç',
  proxyUser: 'Kullanıcı adı',
  proxyPassword: 'Parola',
  proxyRemember: 'Anahtarlıkta sakla',
  proxyCancel: 'Vazgeç',

  backend: 'Bildirim yöntemi',
  wayHint: 'Bildirimler gelmiyor ya da tıklanınca açılmıyorsa ötekini deneyin.',
  backends: { auto: 'Sisteme uygun olan', electron: 'Electron', 'node-notifier': 'node-notifier' },

  stayWithoutTray: 'Tepsi yoksa pencere kapanınca da çalışmayı sürdür',
  stayWithoutTrayHint: 'Bilet’i yeniden başlatmak penceresini geri getirir.'
}

const en: typeof tr = {
  updateAvailable: (version) => `Bilet ${version} is out.`,
  updateDownloading: (version) => `Downloading Bilet ${version}…`,
  updateReady: (version, onQuit) =>
    `Bilet ${version} is downloaded${onQuit ? ' and will be installed when Bilet quits' : ''}.`,
  updateFailed: (version) => `Bilet ${version} could not be downloaded.`,
  updateNotes: 'What is new',
  updateDownload: 'Download',
  updateRetry: 'Try again',
  updateInstall: 'Restart and install',
  updateLater: 'Later',
  updateLaterHint: 'You will be asked again tomorrow.',
  updateSkip: 'Skip this version',
  updateSkipHint: 'Skip this version and you will be offered the next one.',

  showFile: 'Show file',
  fileGone: 'The file is not there any more.',
  proxySignIn: 'Sign in to the proxy',
  proxyUser: 'User name',
  proxyPassword: 'Password',
  proxyRemember: 'Keep in the keychain',
  proxyCancel: 'Cancel',

  backend: 'Notifications shown by',
  wayHint: 'If notifications do not come, or a click on them opens nothing, try the other one.',
  backends: { auto: 'What suits this system', electron: 'Electron', 'node-notifier': 'node-notifier' },

  stayWithoutTray: 'Where there is no tray, go on when the window closes',
  stayWithoutTrayHint: 'Starting Bilet again brings its window back.'
}

export const desktop: Readonly<Record<Locale, typeof tr>> = { tr, en }
