import type { Locale } from '../../../electron/tickets/locale.ts'
import type { Notice } from '../../../electron/tickets/views.ts'

const tr: Readonly<Record<Notice['kind'], (detail: string) => string>> = {
  'storage-full': () => 'Disk dolu. Yer açın; o zamana kadar değişiklikler yalnızca ekranda.',
  'storage-read-only': () =>
    'Bilet’in klasörüne yazılamıyor. İzinlerini denetleyin; değişiklikler yalnızca ekranda.',
  'storage-failed': () => 'Diske yazılamadı. Değişiklikler yalnızca ekranda; yeniden denenecek.',
  'folder-in-use': () =>
    'Bilet’in verilerini başka bir Bilet kullanıyor; burada hiçbir şey alınmaz, gönderilmez, saklanmaz. Ötekini kapatın, sonra Bilet’ten çıkıp yeniden açın.',
  'file-set-aside': (detail) =>
    `Hasarlı bir dosya (${detail}) kenara alındı; Bilet onsuz çalışıyor. Dosyanın kendisi Bilet’in klasöründe duruyor.`,
  'read-marks-lost': (detail) =>
    `${detail}: hangi yanıtların okunduğu bilgisi kayboldu. Destek ekibinin son yanıtları okunmamış sayıldı; okuduklarınızı işaretleyebilirsiniz.`,
  'cache-set-aside': () =>
    'Bu bilgisayarda saklanan bilet listesi okunamadı ve kenara alındı; liste sunucudan yeniden alınıyor. Okunmuş biletler okunmuş kalır.',
  'no-keychain': () =>
    'Bu bilgisayarda anahtarlık yok; anahtarınız uygulamadan çıkınca silinir. Kalıcı olması için GNOME Keyring ya da KWallet kurun.',
  'password-in-memory': () =>
    'Anahtarlık olmadığı için sunucu şifresi yalnızca bellekte. Bilet gönderilmeden çıkarsanız şifre yeniden sorulur.',
  'keychain-changed': (detail) =>
    `${detail}: anahtarlık değişmiş, kayıtlı anahtar okunamıyor. Yeniden oturum açın.`,
  'keychain-locked': (detail) =>
    `${detail}: anahtarlık kilitli. Kayıtlı anahtar duruyor; okunabilmesi için kilidi açıp yenileyin.`,
  'no-tray': () =>
    'Bu masaüstünde tepsi yok. Bilet, penceresi açık kaldıkça çalışır; GNOME’da AppIndicator eklentisi simgeyi getirir.',
  'shortcut-taken': (detail) =>
    `${detail} kısayolu başka bir programda kullanılıyor. Ayarlar → Genel’den başka tuşlar seçin.`,
  'shortcut-invalid': (detail) =>
    `Sistem ${detail} kısayolunu kabul etmiyor. Ayarlar → Genel’den başka tuşlar seçin.`,
  'still-in-tray': () =>
    'Pencere kapanınca Bilet tepside çalışmayı sürdürür. Ayarlar → Genel’den değiştirebilirsiniz.',
  'login-item-failed': () =>
    'Oturum açılınca başlama değiştirilemedi: sistemin başlangıç klasörüne yazılamıyor. İzinlerini denetleyin.',
  'login-item-approval': () =>
    'Oturum açılınca başlaması için izniniz gerekiyor: Sistem Ayarları → Genel → Giriş Öğeleri’nde Bilet’i açın.',
  'notifications-denied': (platform) =>
    platform === 'darwin'
      ? 'macOS bildirimleri göstermiyor; yeni yanıtları kaçırabilirsiniz. Sistem Ayarları → Bildirimler → Bilet’ten izin verin.'
      : 'Windows bildirimleri göstermiyor; yeni yanıtları kaçırabilirsiniz. Ayarlar → Sistem → Bildirimler’den izin verin.',
  'demo-fallback': () => 'Demo tarayıcıda çalışıyor.'
}

const en: typeof tr = {
  'storage-full': () => 'The disk is full. Make room; until then changes are on screen only.',
  'storage-read-only': () =>
    'Bilet’s folder cannot be written. Check its permissions; changes are on screen only.',
  'storage-failed': () => 'Writing to disk failed. Changes are on screen only; it is tried again.',
  'folder-in-use': () =>
    'Bilet’s data is used by another copy of Bilet; nothing is fetched, sent or kept here. Close the other one, then quit Bilet and open it again.',
  'file-set-aside': (detail) =>
    `A damaged file (${detail}) was set aside; Bilet goes on without it. The file itself stays in Bilet’s folder.`,
  'read-marks-lost': (detail) =>
    `${detail}: which replies you have read is not known any more. The support staff’s last replies count as unread; mark those that you have read.`,
  'cache-set-aside': () =>
    'The tickets kept on this computer could not be read and were set aside; the list is fetched anew. What was read stays read.',
  'no-keychain': () =>
    'This computer has no keychain; your token goes when Bilet quits. Install GNOME Keyring or KWallet to keep it.',
  'password-in-memory': () =>
    'Without a keychain the server password is in memory only. Quit before the ticket is sent, and it is asked for again.',
  'keychain-changed': (detail) =>
    `${detail}: the keychain changed and the stored token cannot be read. Sign in again.`,
  'keychain-locked': (detail) =>
    `${detail}: the keychain is locked. The stored token is still there; unlock the keychain, then check now.`,
  'no-tray': () =>
    'This desktop has no tray. Bilet runs as long as its window is open; on GNOME the AppIndicator extension brings the icon.',
  'shortcut-taken': (detail) =>
    `Another program uses the shortcut ${detail}. Choose other keys under Settings → General.`,
  'shortcut-invalid': (detail) =>
    `The shortcut ${detail} is not accepted by the system. Choose other keys under Settings → General.`,
  'still-in-tray': () => 'Bilet goes on in the tray when its window closes. Settings → General changes that.',
  'login-item-failed': () =>
    'Launch at login could not be changed: the system’s folder of startup programs cannot be written. Check its permissions.',
  'login-item-approval': () =>
    'Launch at login needs your permission: turn Bilet on under System Settings → General → Login Items.',
  'notifications-denied': (platform) =>
    platform === 'darwin'
      ? 'macOS does not show notifications, so you may miss new replies. Allow them under System Settings → Notifications → Bilet.'
      : 'Windows does not show notifications, so you may miss new replies. Allow them under Settings → System → Notifications.',
  'demo-fallback': () => 'The demo runs in the browser.'
}

export const notices: Readonly<Record<Locale, typeof tr>> = { tr, en }
