import type { Locale } from '../../../electron/tickets/locale.ts'
import type { Notice } from '../../../electron/tickets/views.ts'

/** What was in a damaged file that a person wrote. */
const lostInFile: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  tr: {
    'accounts.json': 'Hesap listesi hasarlıydı ve kenara alındı',
    'outbox.json': 'Gönderilmeyi bekleyenlerin dosyası hasarlıydı ve kenara alındı; içindekiler gönderilmedi',
    'drafts.json': 'Taslakların dosyası hasarlıydı ve kenara alındı',
    'sent.json': 'Gönderilenlerin geçmişi hasarlıydı ve kenara alındı',
    'settings.json': 'Ayarların dosyası hasarlıydı ve kenara alındı',
    'secrets.json': 'Kayıtlı anahtarların dosyası hasarlıydı ve kenara alındı'
  },
  en: {
    'accounts.json': 'The list of accounts was damaged and set aside',
    'outbox.json': 'The file of what waits to be sent was damaged and set aside; nothing in it was sent',
    'drafts.json': 'The file of drafts was damaged and set aside',
    'sent.json': 'The history of what was sent was damaged and set aside',
    'settings.json': 'The file of settings was damaged and set aside',
    'secrets.json': 'The file of stored tokens was damaged and set aside'
  }
}

const tr: Readonly<Record<Notice['kind'], (detail: string) => string>> = {
  'storage-full': () => 'Disk dolu. Yer açın; o zamana kadar değişiklikler yalnızca ekranda.',
  'storage-read-only': () =>
    'Bilet’in klasörüne yazılamıyor. İzinlerini denetleyin; değişiklikler yalnızca ekranda.',
  'storage-failed': () => 'Diske yazılamadı. Değişiklikler yalnızca ekranda; yeniden denenecek.',
  'folder-in-use': (computer) =>
    `Bilet’in verilerini ${computer ? `başka bir bilgisayardaki (${computer})` : 'başka bir'} Bilet kullanıyor; burada hiçbir şey alınmaz, gönderilmez, saklanmaz. Ötekini kapatın; kapanınca burası kendiliğinden devam eder.`,
  'read-marks-lost': (detail) =>
    `${detail}: hangi yanıtların okunduğu bilgisi kayboldu. Destek ekibinin son yanıtları okunmamış sayıldı; okuduklarınızı işaretleyebilirsiniz.`,
  'cache-set-aside': () =>
    'Bu bilgisayarda saklanan bilet listesi okunamadı ve kenara alındı; liste sunucudan yeniden alınıyor. Okunmuş biletler okunmuş kalır.',
  'file-set-aside': (detail) =>
    `${lostInFile.tr[detail] ?? 'Hasarlı bir dosya kenara alındı'} (${detail}). Dosyanın kendisi Bilet’in klasöründe duruyor; içindekileri kurtardıysanız ya da artık gerekmiyorsa “Anladım”ı seçin.`,
  'partly-not-understood': (detail) =>
    `${detail} dosyasında bu sürümün anlamadığı kayıtlar var; daha yeni bir sürüm yazmış olabilir. Silinmediler: oldukları gibi saklanıyorlar. Görmek için Bilet’i güncelleyin.`,
  'accounts-rebuilt': () =>
    'Hesap listesi okunamadı ve klasörlerden yeniden kuruldu. Hesapların adlarını denetleyin; adresi bilinmeyen bir hesapta yeniden oturum açın, yeni bir hesap eklemeyin.',
  'proxy-sign-in': (proxy) => `Vekil sunucu (${proxy}) kullanıcı adı ve parola istiyor.`,
  'proxy-refused': (proxy) => `Vekil sunucu (${proxy}) bu kullanıcı adı ve parolayı kabul etmedi.`,
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
      : 'Windows bildirimleri göstermiyor; yeni yanıtları kaçırabilirsiniz. Ayarlar → Sistem → Bildirimler’den izin verin.'
}

const en: typeof tr = {
  'storage-full': () => 'The disk is full. Make room; until then changes are on screen only.',
  'storage-read-only': () =>
    'Bilet’s folder cannot be written. Check its permissions; changes are on screen only.',
  'storage-failed': () => 'Writing to disk failed. Changes are on screen only; it is tried again.',
  'folder-in-use': (computer) =>
    `Bilet’s data is used by Bilet ${computer ? `on another computer (${computer})` : 'in another copy'}; nothing is fetched, sent or kept here. Close the other one; this one goes on by itself then.`,
  'read-marks-lost': (detail) =>
    `${detail}: which replies you have read is not known any more. The support staff’s last replies count as unread; mark those that you have read.`,
  'cache-set-aside': () =>
    'The tickets kept on this computer could not be read and were set aside; the list is fetched anew. What was read stays read.',
  'file-set-aside': (detail) =>
    `${lostInFile.en[detail] ?? 'A damaged file was set aside'} (${detail}). The file itself stays in Bilet’s folder; choose “Got it” once you have saved what is in it, or need it no more.`,
  'partly-not-understood': (detail) =>
    `This version does not understand some entries of ${detail}; a newer one may have written them. They are not deleted but kept as they are. Update Bilet to see them.`,
  'accounts-rebuilt': () =>
    'The list of accounts could not be read and was rebuilt from their folders. Check their names; where an account’s address is unknown, sign in to that account again instead of adding a new one.',
  'proxy-sign-in': (proxy) => `The proxy (${proxy}) wants a user name and a password.`,
  'proxy-refused': (proxy) => `The proxy (${proxy}) did not accept this user name and password.`,
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
      : 'Windows does not show notifications, so you may miss new replies. Allow them under Settings → System → Notifications.'
}

export const notices: Readonly<Record<Locale, typeof tr>> = { tr, en }
