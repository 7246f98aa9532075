import type { Locale } from '../../../electron/tickets/locale.ts'

const tr = {
  updateAvailable: (version: string) => `Bilet ${version} çıktı.`,
  updateDownloading: (version: string) => `Bilet ${version} indiriliyor…`,
  updateReady: (version: string, onQuit: boolean) =>
    `Bilet ${version} indirildi${onQuit ? '; uygulamadan çıkınca kurulur' : ''}. “Sonra” derseniz bu sürüm kurulmaz, bir sonraki sunulur.`,
  updateFailed: (version: string) => `Bilet ${version} indirilemedi.`,
  updateNotes: 'Yenilikler',
  updateDownload: 'İndir',
  updateRetry: 'Yeniden dene',
  updateInstall: 'Yeniden başlat ve kur',
  updateLater: 'Sonra',

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
    `Bilet ${version} is downloaded${onQuit ? ' and will be installed when Bilet quits' : ''}. With “Later” this version is left out, and the next one offered.`,
  updateFailed: (version) => `Bilet ${version} could not be downloaded.`,
  updateNotes: 'What is new',
  updateDownload: 'Download',
  updateRetry: 'Try again',
  updateInstall: 'Restart and install',
  updateLater: 'Later',

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
