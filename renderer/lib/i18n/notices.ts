import type { Locale } from '../../../electron/tickets/locale.ts'
import type { Notice } from '../../../electron/tickets/views.ts'

/** What was in a damaged file that a person wrote. */
const lostInFile: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  tr: {
    'accounts.json': 'Hesap listesi hasarlıydı, ayrı bir dosyaya taşındı',
    'outbox.json': 'Giden kutusunun dosyası hasarlıydı, ayrı bir dosyaya taşındı; içindekiler gönderilmedi',
    'drafts.json': 'Taslakların dosyası hasarlıydı, ayrı bir dosyaya taşındı',
    'sent.json': 'Gönderilenlerin geçmişi hasarlıydı, ayrı bir dosyaya taşındı',
    'settings.json': 'Ayarların dosyası hasarlıydı, ayrı bir dosyaya taşındı',
    'secrets.json': 'Kayıtlı anahtarların dosyası hasarlıydı, ayrı bir dosyaya taşındı'
  },
  en: {
    'accounts.json': 'The list of accounts was damaged and moved to a separate file',
    'outbox.json': 'The outbox file was damaged and moved to a separate file; nothing in it was sent',
    'drafts.json': 'The drafts file was damaged and moved to a separate file',
    'sent.json': 'The history of sent messages was damaged and moved to a separate file',
    'settings.json': 'The settings file was damaged and moved to a separate file',
    'secrets.json': 'The file of stored tokens was damaged and moved to a separate file'
  }
}

/** What a file holds, at the beginning of a sentence. */
const contentOf: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  tr: {
    'accounts.json': 'Hesap listesi',
    'account.json': 'Bir hesabın bilgileri',
    'outbox.json': 'Gönderilmeyi bekleyenler',
    'drafts.json': 'Taslaklar',
    'sent.json': 'Gönderilenlerin geçmişi',
    'marks.json': 'Nelerin okunduğu bilgisi',
    'secrets.json': 'Kayıtlı anahtarlar'
  },
  en: {
    'accounts.json': 'The list of accounts',
    'account.json': 'The details of an account',
    'outbox.json': 'What waits to be sent',
    'drafts.json': 'The drafts',
    'sent.json': 'The history of what was sent',
    'marks.json': 'What you have read',
    'secrets.json': 'The stored tokens'
  }
}

const tr: Readonly<Record<Notice['kind'], (detail: string) => string>> = {
  'storage-full': () => 'Disk dolu. Yer açın; o zamana kadar değişiklikler kaydedilemez.',
  'storage-read-only': () =>
    'Uygulamanın klasörüne yazılamıyor. İzinlerini kontrol edin; o zamana kadar değişiklikler kaydedilemez.',
  'storage-failed': () => 'Diske yazılamadı. Değişiklikler henüz kaydedilmedi; yeniden denenecek.',
  'folder-in-use': (computer) =>
    `Uygulama başka bir ${computer ? `bilgisayarda (${computer})` : 'pencerede'} açık; burada hiçbir şey alınmaz, gönderilmez, kaydedilmez. Diğerini kapatın; kapanınca burası otomatik olarak devam eder.`,
  'read-marks-lost': (detail) =>
    `${detail}: hangi yanıtların okunduğu bilgisi kayboldu. Destek ekibinin son yanıtları okunmadı olarak işaretlendi; okuduklarınızı işaretleyebilirsiniz.`,
  'letters-damaged': (account) =>
    `${account}: sunucu gönderdiğiniz bir iletideki Türkçe harfleri bozdu. Bu hesabın iletileri bundan sonra Türkçe karakterler çevrilerek gönderilecek; ayarı hesabın kurallarında.`,
  'cache-set-aside': () =>
    'Bu bilgisayarda saklanan bilet listesi okunamadı; liste sunucudan yeniden alınıyor. Okundu işaretleri korunuyor.',
  'file-set-aside': (detail) =>
    `${lostInFile.tr[detail] ?? 'Hasarlı bir dosya ayrı bir dosyaya taşındı'} (${detail}). Dosyanın kendisi uygulamanın klasöründe duruyor; içindekileri kurtardıysanız ya da artık gerekmiyorsa “Anladım”ı seçin.`,
  'file-partly-damaged': (detail) =>
    `${detail} dosyasının bazı satırları hasarlıydı; gerisi okundu. ${detail === 'outbox.json' ? 'Gönderilip gönderilmediği bilinmeyen iletiler siz onaylamadan gönderilmez. ' : ''}Dosyanın eski hâlinin bir kopyası uygulamanın klasöründe duruyor.`,
  'file-of-newer-version': (detail) =>
    `${contentOf.tr[detail] ?? 'Bir dosya'} (${detail}) daha yeni bir sürümle kaydedilmiş; bu sürüm onu okuyamıyor. Dosya olduğu gibi saklanıyor: o sürüme yeniden geçtiğinizde içindekiler, burada yazdıklarınızla birlikte geri gelir.`,
  'file-rejoined': (detail) =>
    `${contentOf.tr[detail] ?? 'Bir dosya'} (${detail}): eski bir sürüm kullanılırken saklanan içerik geri geldi. ${detail === 'outbox.json' ? 'Bu arada yeniden yazmış olabileceğiniz iletiler siz onaylamadan gönderilmez.' : 'O sırada yazdıklarınız da duruyor.'}`,
  'partly-not-understood': (detail) =>
    `${detail} dosyasında bu sürümün anlamadığı kayıtlar var; daha yeni bir sürüm yazmış olabilir. Silinmediler, oldukları gibi saklanıyorlar. Görmek için uygulamayı güncelleyin.`,
  'accounts-rebuilt': () =>
    'Hesap listesi okunamadı ve klasörlerden yeniden oluşturuldu. Hesapların adlarını kontrol edin; adresi bilinmeyen bir hesapta yeniden oturum açın, yeni bir hesap eklemeyin.',
  'proxy-sign-in': (proxy) => `Proxy sunucusu (${proxy}) kullanıcı adı ve şifre istiyor.`,
  'proxy-refused': (proxy) => `Proxy sunucusu (${proxy}) bu kullanıcı adını ve şifreyi kabul etmedi.`,
  'no-keychain': () =>
    'Bu bilgisayarda anahtarlık yok; anahtarınız uygulamadan çıkınca silinir. Kalıcı olması için GNOME Keyring ya da KWallet kurun.',
  'password-in-memory': () =>
    'Anahtarlık olmadığı için sunucu şifresi yalnızca bellekte tutuluyor. Biletiniz gönderilmeden uygulamadan çıkarsanız şifre yeniden sorulur.',
  'keychain-changed': (detail) =>
    `${detail}: anahtarlık değişmiş, kayıtlı anahtar okunamıyor. Yeniden oturum açın.`,
  'keychain-locked': (detail) =>
    `${detail}: anahtarlık kilitli. Kayıtlı anahtar duruyor; okunabilmesi için kilidi açıp “Şimdi yenile”yi seçin.`,
  'no-tray': () =>
    'Bu masaüstünde sistem tepsisi yok. Uygulama, penceresi açık kaldıkça çalışır; GNOME’da simge için AppIndicator eklentisini kurun.',
  'shortcut-taken': (detail) =>
    `${detail} kısayolu başka bir program tarafından kullanılıyor. Ayarlar → Genel’den başka tuşlar seçin.`,
  'shortcut-invalid': (detail) =>
    `Sistem ${detail} kısayolunu kabul etmiyor. Ayarlar → Genel’den başka tuşlar seçin.`,
  'still-in-tray': () =>
    'Pencere kapatılınca uygulama sistem tepsisinde çalışmaya devam eder. Ayarlar → Genel’den değiştirebilirsiniz.',
  'login-item-failed': () =>
    'Otomatik başlatma ayarı değiştirilemedi: sistemin başlangıç klasörüne yazılamıyor. İzinlerini kontrol edin.',
  'login-item-approval': () =>
    'Otomatik başlatma için izniniz gerekiyor: Sistem Ayarları → Genel → Giriş Öğeleri’nde Bilet’i açın.',
  'notifications-denied': (platform) =>
    platform === 'darwin'
      ? 'macOS bildirimleri göstermiyor; yeni yanıtları kaçırabilirsiniz. Sistem Ayarları → Bildirimler → Bilet’ten izin verin.'
      : 'Windows bildirimleri göstermiyor; yeni yanıtları kaçırabilirsiniz. Ayarlar → Sistem → Bildirimler’den izin verin.'
}

const en: typeof tr = {
  'storage-full': () => 'The disk is full. Free up some space; until then changes cannot be saved.',
  'storage-read-only': () =>
    'Bilet cannot write to its folder. Check the folder’s permissions; until then changes cannot be saved.',
  'storage-failed': () => 'Writing to disk failed. Changes are not saved yet; retrying.',
  'folder-in-use': (computer) =>
    `Bilet is open ${computer ? `on another computer (${computer})` : 'in another window'}; nothing is fetched, sent or saved here. Close the other one, and this one resumes automatically.`,
  'read-marks-lost': (detail) =>
    `${detail}: the record of which replies you have read was lost. The support staff’s last replies are marked as unread; mark those you have read.`,
  'letters-damaged': (account) =>
    `${account}: the server damaged the Turkish letters of a message that you sent. From now on this account’s messages are sent with Turkish letters replaced; the setting is in the account’s rules.`,
  'cache-set-aside': () =>
    'The tickets stored on this computer could not be read; the list is being fetched again. Read marks are kept.',
  'file-set-aside': (detail) =>
    `${lostInFile.en[detail] ?? 'A damaged file was moved to a separate file'} (${detail}). The file itself stays in Bilet’s folder; choose “Got it” once you have saved its contents or no longer need them.`,
  'file-partly-damaged': (detail) =>
    `Some lines of ${detail} were damaged; the rest was read. ${detail === 'outbox.json' ? 'Messages that may have been sent already are not sent again unless you say so. ' : ''}A copy of the file as it was stays in Bilet’s folder.`,
  'file-of-newer-version': (detail) =>
    `${contentOf.en[detail] ?? 'A file'} (${detail}) was saved by a newer version, and this one cannot read it. The file is kept as it is: once you use that version again, its contents come back together with what you write here.`,
  'file-rejoined': (detail) =>
    `${contentOf.en[detail] ?? 'A file'} (${detail}): what was kept while an earlier version was in use is back. ${detail === 'outbox.json' ? 'Messages that you may have written again meanwhile are not sent unless you say so.' : 'What you wrote meanwhile is there, too.'}`,
  'partly-not-understood': (detail) =>
    `This version does not understand some entries of ${detail}; a newer one may have written them. They are not deleted but kept as they are. Update Bilet to see them.`,
  'accounts-rebuilt': () =>
    'The list of accounts could not be read and was rebuilt from their folders. Check their names; where an account’s address is unknown, sign in to that account again instead of adding a new one.',
  'proxy-sign-in': (proxy) => `The proxy (${proxy}) asks for a user name and a password.`,
  'proxy-refused': (proxy) => `The proxy (${proxy}) did not accept this user name and password.`,
  'no-keychain': () =>
    'This computer has no keychain; your token is erased when you quit Bilet. Install GNOME Keyring or KWallet to keep it.',
  'password-in-memory': () =>
    'Without a keychain the server password is kept in memory only. If you quit before the ticket is sent, you will be asked for it again.',
  'keychain-changed': (detail) =>
    `${detail}: the keychain changed and the stored token cannot be read. Sign in again.`,
  'keychain-locked': (detail) =>
    `${detail}: the keychain is locked. The stored token is still there; unlock the keychain, then choose “Check now”.`,
  'no-tray': () =>
    'This desktop has no system tray. Bilet runs as long as its window is open; on GNOME, install the AppIndicator extension for the icon.',
  'shortcut-taken': (detail) =>
    `Another program uses the shortcut ${detail}. Choose other keys under Settings → General.`,
  'shortcut-invalid': (detail) =>
    `The system does not accept the shortcut ${detail}. Choose other keys under Settings → General.`,
  'still-in-tray': () =>
    'Bilet keeps running in the tray when its window is closed. You can change this under Settings → General.',
  'login-item-failed': () =>
    'Launch at login could not be changed: the system’s startup folder is not writable. Check its permissions.',
  'login-item-approval': () =>
    'Launch at login needs your permission: turn Bilet on under System Settings → General → Login Items.',
  'notifications-denied': (platform) =>
    platform === 'darwin'
      ? 'macOS does not show notifications, so you may miss new replies. Allow them under System Settings → Notifications → Bilet.'
      : 'Windows does not show notifications, so you may miss new replies. Allow them under Settings → System → Notifications.'
}

export const notices: Readonly<Record<Locale, typeof tr>> = { tr, en }
