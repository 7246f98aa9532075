import type { Locale } from '../../../electron/tickets/locale.ts'
import type { ProblemKind } from '../../../electron/tickets/problem.ts'

/** What happened, then what to do. */
type Problems = Readonly<Record<ProblemKind, string>>

/** Ends the words of what goes on by itself. */
const soon: Readonly<Record<Locale, string>> = {
  tr: ' Az sonra yeniden denenecek.',
  en: ' It is tried again soon.'
}

export type System = 'linux' | 'darwin' | 'win32'

/** Which roots are trusted, and where a company's own is added, on each system. */
const untrustedIssuer: Readonly<Record<Locale, Readonly<Record<System, string>>>> = {
  tr: {
    linux:
      'Sunucunun sertifikasını veren kuruma güvenilmiyor. Ağınız bağlantıları kendi sertifikasıyla denetliyor olabilir. Bilet /etc/ssl/certs’e değil, Chromium’un listesine ve ~/.pki/nssdb deposuna bakar: kurumunuzun kök sertifikasını “certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n kurum -i kok.pem” komutuyla ekleyin, sonra Bilet’ten çıkıp yeniden açın.',
    darwin:
      'Sunucunun sertifikasını veren kuruma güvenilmiyor. Ağınız bağlantıları kendi sertifikasıyla denetliyor olabilir: kurumunuzun kök sertifikasını Anahtar Zinciri Erişimi’ne ekleyip “Her Zaman Güven” yapın, sonra Bilet’ten çıkıp yeniden açın.',
    win32:
      'Sunucunun sertifikasını veren kuruma güvenilmiyor. Ağınız bağlantıları kendi sertifikasıyla denetliyor olabilir: kurumunuzun kök sertifikasını “Güvenilen Kök Sertifika Yetkilileri” deposuna yükleyin, sonra Bilet’ten çıkıp yeniden açın.'
  },
  en: {
    linux:
      'The issuer of the server’s certificate is not trusted. Your network may look into connections with a certificate of its own. Bilet reads Chromium’s list and the store ~/.pki/nssdb, not /etc/ssl/certs: add your company’s root certificate with “certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n company -i root.pem”, then quit Bilet and open it again.',
    darwin:
      'The issuer of the server’s certificate is not trusted. Your network may look into connections with a certificate of its own: add your company’s root certificate to Keychain Access and set it to “Always Trust”, then quit Bilet and open it again.',
    win32:
      'The issuer of the server’s certificate is not trusted. Your network may look into connections with a certificate of its own: install your company’s root certificate under “Trusted Root Certification Authorities”, then quit Bilet and open it again.'
  }
}

const tr: Problems = {
  unauthorized:
    'Sunucu bu anahtarı kabul etmedi. Sürerse panelden yeni bir anahtar alıp yeniden oturum açın.',
  forbidden:
    'Bu anahtarın destek biletlerine izni yok. Panelde yetkisini denetleyin ya da yeni bir anahtar alın.',
  'keychain-locked': 'Anahtarlık kilitli. Kilidini açıp yeniden deneyin.',
  'no-credentials': 'Anahtar bu oturumda yok. Yeniden oturum açıp anahtarı yapıştırın.',
  offline: 'Çevrimdışısınız. Ağ bağlantınızı denetleyin; bağlantı gelince kendiliğinden sürer.',
  unreachable: 'Sunucuya ulaşılamıyor. Adresi ve bağlantınızı denetleyin. Az sonra yeniden denenecek.',
  timeout: 'Sunucu zamanında yanıt vermedi. Az sonra yeniden denenecek.',
  'connection-lost': 'Bağlantı yarıda kesildi. Az sonra yeniden denenecek.',
  'no-address':
    'Bu hesabın adresi bilinmiyor, çünkü hesap listesi kaybolmuştu. Bu hesapta yeniden oturum açıp adresini girin; yazdıklarınız ve okundu işaretleri duruyor.',
  tls: 'Sunucunun güvenlik sertifikasına güvenilemiyor. Adresi ve bilgisayarınızın saatini denetleyin.',
  'untrusted-issuer': untrustedIssuer.tr.linux,
  proxy: 'Vekil sunucu (proxy) isteği geçirmedi. Sistemin ağ ayarlarını denetleyin.',
  'proxy-sign-in':
    'Vekil sunucu (proxy) kullanıcı adı ve parola istiyor. Pencerenin üstündeki “Vekil sunucuda oturum aç” ile girin.',
  'wrong-address':
    'Bu adreste bilet API’si yok. Adresi denetleyin; genellikle https://api.ni.net.tr adresidir.',
  'rate-limited': 'Sunucu beklememizi istedi. Süre dolunca kendiliğinden sürer.',
  'server-error': 'Sunucuda bir hata oluştu. Az sonra yeniden denenecek.',
  refused: 'Sunucu isteği reddetti. Az sonra yeniden denenecek.',
  blocked:
    'API’nin önündeki bir güvenlik duvarı ya da doğrulama sayfası isteği engelledi. Az sonra yeniden denenecek.',
  'web-page':
    'Bilet listesi yerine bir web sayfası geldi: bakım ya da giriş sayfası olabilir. Az sonra yeniden denenecek.',
  'empty-answer': 'Sunucu boş bir yanıt verdi. Az sonra yeniden denenecek.',
  'not-json': 'Sunucunun yanıtı okunamadı: JSON biçiminde değil. Az sonra yeniden denenecek.',
  truncated: 'Yanıt yarım geldi. Az sonra yeniden denenecek.',
  'unexpected-shape': 'Sunucunun yanıtı beklenen biçimde değil. Adresi ve API sürümünü denetleyin.',
  'suspiciously-empty': 'Sunucu boş bir liste gönderdi. Doğru mu diye bir kez daha soruluyor.',
  'too-large':
    'Sunucunun yanıtı okunamayacak kadar büyük. Son okunan liste duruyor. Az sonra yeniden denenecek.',
  stopped: 'Listenin alınması durduruldu. Az sonra yeniden denenecek.',
  'insecure-address': 'Bu adres şifrelenmemiş (http). Anahtarınızın güvenliği için https kullanın.',
  'invalid-address': 'Bu bir adres değil. Örneğin https://api.ni.net.tr yazın.',
  'invalid-arguments': 'Bir alan eksik ya da hatalı. Denetleyip yeniden deneyin.',
  'unknown-account': 'Bu hesap kaldırılmış. Ayarlar → Hesaplar’dan yeniden ekleyebilirsiniz.',
  'unknown-ticket': 'Bu bilet sunucunun listesinde artık yok. Gerekirse yeni bir bilet açın.',
  'account-exists':
    'Bu hesap zaten bağlı. Anahtarını değiştirmek için Ayarlar → Hesaplar’da yeniden oturum açın.',
  'in-flight': 'Şu anda gönderiliyor ya da ulaşmış olabilir; sonucu belli olunca değiştirebilirsiniz.',
  'other-customer':
    'Bu anahtar başka bir müşterinin: listesindeki biletlerin hiçbiri bu hesapta bilinmiyor. Ayrı bir hesap olarak ekleyin ya da bu hesabın yerine koyun.',
  'text-too-long': 'Metin çok uzun. En çok 100.000 karakter gönderilebilir; kısaltın, yazdıklarınız duruyor.',
  'other-draft': 'Yeni bilet penceresinde başka bir taslak var. Önce onu gönderin ya da silin.',
  'storage-full': 'Disk dolu. Yer açın; yazdıklarınız ekranda duruyor.',
  'storage-read-only': 'Klasöre yazılamıyor. Klasörün izinlerini denetleyin; yazdıklarınız ekranda duruyor.',
  'storage-failed': 'Diske yazılamadı. Yeniden deneyin; yazdıklarınız ekranda duruyor.',
  'folder-in-use': 'Bilet’in verilerini başka bir Bilet kullanıyor. Ötekini kapatın, sonra yeniden deneyin.',
  'no-keychain': 'Sunucu şifresi yalnızca bellekteydi ve artık yok. Bileti düzenleyip şifreyi yeniden girin.',
  'file-no-room': 'Disk dolu; dosya yazılmadı. Yer açın ya da başka bir yer seçin.',
  'file-not-allowed': 'Bu klasöre yazma izni yok; dosya yazılmadı. Başka bir klasör seçin.',
  'file-not-written': 'Dosya yazılamadı. Yeniden deneyin ya da başka bir yer seçin.',
  'shortcut-taken': 'Bu tuşlar başka bir programda kullanılıyor. Başka tuşlar deneyin.',
  'shortcut-invalid': 'Sistem bu tuşları kısayol olarak kabul etmiyor. Başka tuşlar deneyin.',
  internal: 'Beklenmeyen bir hata oluştu. Yeniden deneyin; sürerse Ayarlar → Tanılama’dan bildirin.'
}

const en: Problems = {
  unauthorized:
    'The server did not accept this token. If it goes on, get a new one from the panel and sign in again.',
  forbidden: 'This token may not read tickets. Check its rights in the panel, or get a new one.',
  'keychain-locked': 'The keychain is locked. Unlock it, then try again.',
  'no-credentials': 'There is no token in this run. Sign in again and paste it.',
  offline: 'You are offline. Check your network; everything goes on by itself when it is back.',
  unreachable: 'The server cannot be reached. Check the address and your connection. It is tried again soon.',
  timeout: 'The server did not answer in time. It is tried again soon.',
  'connection-lost': 'The connection broke off. It is tried again soon.',
  'no-address':
    'The address of this account is unknown, because the list of accounts was lost. Sign in to this account again and give its address; what you wrote and your read marks are still here.',
  tls: 'The server’s certificate cannot be trusted. Check the address and your computer’s clock.',
  'untrusted-issuer': untrustedIssuer.en.linux,
  proxy: 'A proxy did not let the request through. Check the system’s network settings.',
  'proxy-sign-in':
    'The proxy wants a user name and a password. Enter them with “Sign in to the proxy” at the top of the window.',
  'wrong-address': 'There is no ticket API at this address. Check it; usually it is https://api.ni.net.tr.',
  'rate-limited': 'The server asks us to wait. It goes on by itself when the time is over.',
  'server-error': 'The server had an error. It is tried again soon.',
  refused: 'The server refused the request. It is tried again soon.',
  blocked: 'A firewall or a check page in front of the API stopped the request. It is tried again soon.',
  'web-page':
    'This is a web page, not the ticket list: maintenance or a sign-in page perhaps. It is tried again soon.',
  'empty-answer': 'The server sent an empty answer. It is tried again soon.',
  'not-json': 'The server’s answer could not be read: it is not JSON. It is tried again soon.',
  truncated: 'The answer broke off half-way. It is tried again soon.',
  'unexpected-shape':
    'The server’s answer is not what the API documents. Check the address and the API version.',
  'suspiciously-empty': 'The server sent an empty list. It is asked once more before we believe it.',
  'too-large': 'The server’s answer is too large to read. The last good list stays. It is tried again soon.',
  stopped: 'Getting the list was stopped. It is tried again soon.',
  'insecure-address': 'This address is not encrypted (http). Use https to keep your token safe.',
  'invalid-address': 'This is not an address. Write for example https://api.ni.net.tr.',
  'invalid-arguments': 'A field is missing or wrong. Check it and try again.',
  'unknown-account': 'This account was removed. Settings → Accounts adds it again.',
  'unknown-ticket': 'The server lists this ticket no longer. Open a new one if you need to.',
  'account-exists':
    'This account is connected already. To change its token, sign in again under Settings → Accounts.',
  'in-flight': 'It is being sent, or may have arrived; you can change it once that is known.',
  'other-customer':
    'This token belongs to another customer: none of its tickets is known to this account. Add it as another account, or replace this one.',
  'text-too-long':
    'The text is too long. At most 100,000 characters can be sent; shorten it, what you wrote is kept.',
  'other-draft': 'The new-ticket window holds another draft. Send or clear that one first.',
  'storage-full': 'The disk is full. Make room; what you wrote is still on screen.',
  'storage-read-only':
    'The folder cannot be written. Check its permissions; what you wrote is still on screen.',
  'storage-failed': 'Writing to disk failed. Try again; what you wrote is still on screen.',
  'folder-in-use': 'Another copy of Bilet uses Bilet’s data. Close it, then try again.',
  'no-keychain': 'The server password was in memory only and is gone. Edit the ticket and enter it again.',
  'file-no-room': 'The disk is full; the file was not written. Make room or choose another place.',
  'file-not-allowed': 'This folder cannot be written to; the file was not written. Choose another folder.',
  'file-not-written': 'The file could not be written. Try again or choose another place.',
  'shortcut-taken': 'Another program uses these keys. Try others.',
  'shortcut-invalid': 'The system does not accept these keys as a shortcut. Try others.',
  internal: 'Something unexpected happened. Try again; if it goes on, report it from Settings → Diagnostics.'
}

export const problems: Readonly<Record<Locale, Problems>> = { tr, en }

/** Some depend on where the system keeps things. */
export const problemsOn = (locale: Locale, system: System): Problems => ({
  ...problems[locale],
  'untrusted-issuer': untrustedIssuer[locale][system]
})

/** Without the promise of another try: it stands for one whose time is not known. */
export function withoutSoon(text: string, locale: Locale): string {
  return text.endsWith(soon[locale]) ? text.slice(0, -soon[locale].length) : text
}
