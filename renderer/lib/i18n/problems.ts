import type { Locale } from '../../../electron/tickets/locale.ts'
import type { ProblemKind } from '../../../electron/tickets/problem.ts'

/** What happened, then what to do. */
type Problems = Readonly<Record<ProblemKind, string>>

/** Ends the words of what goes on by itself. */
const soon: Readonly<Record<Locale, string>> = {
  tr: ' Az sonra yeniden denenecek.',
  en: ' Retrying soon.'
}

export type System = 'linux' | 'darwin' | 'win32'

type IssuerKind = 'untrusted-issuer' | 'issuer-known-to-system' | 'issuer-known-to-nobody'

/** Where a company's own root is added so that this app trusts it, on each system; the end of a sentence. */
const addRoot: Readonly<Record<Locale, Readonly<Record<System, string>>>> = {
  tr: {
    linux:
      'kurumunuzun kök sertifikasını “certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n kurum -i kok.pem” komutuyla ekleyin, sonra uygulamadan çıkıp yeniden açın.',
    darwin:
      'kurumunuzun kök sertifikasını Anahtar Zinciri Erişimi’ne ekleyip “Her Zaman Güven” yapın, sonra uygulamadan çıkıp yeniden açın.',
    win32:
      'kurumunuzun kök sertifikasını “Güvenilen Kök Sertifika Yetkilileri” deposuna yükleyin, sonra uygulamadan çıkıp yeniden açın.'
  },
  en: {
    linux:
      'add your company’s root certificate with “certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n company -i root.pem”, then quit Bilet and open it again.',
    darwin:
      'add your company’s root certificate to Keychain Access and set it to “Always Trust”, then quit Bilet and open it again.',
    win32:
      'install your company’s root certificate under “Trusted Root Certification Authorities”, then quit Bilet and open it again.'
  }
}

/** Linux only: elsewhere Chromium asks the system. */
const rootStore: Readonly<Record<Locale, string>> = {
  tr: ' Uygulama /etc/ssl/certs’e değil, Chromium’un listesine ve ~/.pki/nssdb deposuna bakar.',
  en: ' Bilet reads Chromium’s list and the store ~/.pki/nssdb, not /etc/ssl/certs.'
}

type IssuerWords = Readonly<Record<IssuerKind, string>>

/** `store`: where the certificates are looked up; `add`: how one is added there. */
const issuerTexts: Readonly<Record<Locale, (store: string, add: string) => IssuerWords>> = {
  tr: (store, add) => ({
    'untrusted-issuer': `Sunucunun sertifikasını veren kuruma güvenilmiyor.${store} Ağınız bağlantıları kendi sertifikasıyla inceliyor olabilir: ${add}`,
    'issuer-known-to-system': `Sunucunun sertifikasını veren kuruma sisteminiz güveniyor, ama bu uygulama güvenmiyor.${store} Uygulamanın da güvenmesi için ${add}`,
    'issuer-known-to-nobody': `Sunucunun sertifikasını veren kuruma ne bu uygulama ne de sisteminiz güveniyor. Adresi kontrol edin; tanımadığınız bir ağdaysanız başka bir ağ deneyin. Ağınız bağlantıları kendi sertifikasıyla inceliyorsa kök sertifikayı ağ yöneticinizden alın: ${add}`
  }),
  en: (store, add) => ({
    'untrusted-issuer': `The issuer of the server’s certificate is not trusted.${store} Your network may inspect connections with its own certificate: ${add}`,
    'issuer-known-to-system': `Your system trusts the issuer of the server’s certificate, but Bilet does not yet.${store} To make Bilet trust it, ${add}`,
    'issuer-known-to-nobody': `Neither Bilet nor your system trusts the issuer of the server’s certificate. Check the address; on a network you do not know, try another one. If your network inspects connections with its own certificate, get its root certificate from the administrator: ${add}`
  })
}

const issuerWords = (locale: Locale, system: System): IssuerWords =>
  issuerTexts[locale](system === 'linux' ? rootStore[locale] : '', addRoot[locale][system])

const tr: Problems = {
  unauthorized:
    'Sunucu bu anahtarı kabul etmedi. Sorun devam ederse panelden yeni bir anahtar alıp yeniden oturum açın.',
  forbidden:
    'Bu anahtarın destek biletlerine erişim yetkisi yok. Panelden yetkisini kontrol edin ya da yeni bir anahtar alın.',
  'keychain-locked': 'Anahtarlık kilitli. Kilidini açıp yeniden deneyin.',
  'no-credentials': 'Anahtar bu oturumda yok. Yeniden oturum açıp anahtarı yapıştırın.',
  offline:
    'Çevrimdışısınız. Ağ bağlantınızı kontrol edin; bağlantı kurulunca otomatik olarak devam edilecek.',
  unreachable: 'Sunucuya ulaşılamıyor. Adresi ve bağlantınızı kontrol edin. Az sonra yeniden denenecek.',
  timeout: 'Sunucu zamanında yanıt vermedi. Az sonra yeniden denenecek.',
  'connection-lost': 'Bağlantı yarıda kesildi. Az sonra yeniden denenecek.',
  'no-address':
    'Bu hesabın adresi bilinmiyor, çünkü hesap listesi kaybolmuştu. Bu hesapta yeniden oturum açıp adresini girin; yazdıklarınız ve okundu işaretleri duruyor.',
  tls: 'Sunucunun güvenlik sertifikasına güvenilemiyor. Adresi ve bilgisayarınızın saatini kontrol edin.',
  ...issuerWords('tr', 'linux'),
  proxy: 'Proxy sunucusu isteği engelledi. Sistemin ağ ayarlarını kontrol edin.',
  'host-refused':
    'Bu sunucuya bağlanılmasına izin vermediniz; hiçbir şey gönderilmedi. Yeniden denerseniz tekrar sorulur.',
  'proxy-sign-in':
    'Proxy sunucusu kullanıcı adı ve şifre istiyor. Pencerenin üstündeki “Proxy sunucusunda oturum aç” ile girin.',
  'wrong-address':
    'Bu adreste bilet API’si yok. Adresi kontrol edin; genellikle https://api.ni.net.tr adresidir.',
  'rate-limited':
    'Sunucu çok sık istek aldığı için beklememizi istedi. Süre dolunca otomatik olarak devam edilecek.',
  'server-error': 'Sunucuda bir hata oluştu. Az sonra yeniden denenecek.',
  refused: 'Sunucu isteği reddetti. Az sonra yeniden denenecek.',
  blocked:
    'API’nin önündeki bir güvenlik duvarı ya da doğrulama sayfası isteği engelledi. Az sonra yeniden denenecek.',
  'web-page':
    'Bilet listesi yerine bir web sayfası geldi: bakım ya da giriş sayfası olabilir. Az sonra yeniden denenecek.',
  'empty-answer': 'Sunucu boş bir yanıt verdi. Az sonra yeniden denenecek.',
  'not-json': 'Sunucunun yanıtı okunamadı: JSON biçiminde değil. Az sonra yeniden denenecek.',
  truncated: 'Yanıt yarım geldi. Az sonra yeniden denenecek.',
  'unexpected-shape': 'Sunucunun yanıtı beklenen biçimde değil. Adresi ve API sürümünü kontrol edin.',
  'suspiciously-empty': 'Sunucu boş bir liste gönderdi. Emin olmak için bir kez daha isteniyor.',
  'too-large':
    'Sunucunun yanıtı okunamayacak kadar büyük. Son alınan liste gösteriliyor. Az sonra yeniden denenecek.',
  stopped: 'Listenin alınması durduruldu. Az sonra yeniden denenecek.',
  'insecure-address': 'Bu adres şifrelenmemiş (http). Anahtarınızın güvenliği için https kullanın.',
  'invalid-address': 'Geçerli bir adres yazın. Örnek: https://api.ni.net.tr',
  'invalid-arguments': 'Bir alan eksik ya da hatalı. Kontrol edip yeniden deneyin.',
  'unknown-account': 'Bu hesap kaldırılmış. Ayarlar → Hesaplar’dan yeniden ekleyebilirsiniz.',
  'unknown-ticket': 'Bu bilet sunucunun listesinde artık yok. Gerekirse yeni bir bilet açın.',
  'account-exists':
    'Bu hesap zaten bağlı. Anahtarını değiştirmek için Ayarlar → Hesaplar’da yeniden oturum açın.',
  'in-flight': 'Şu anda gönderiliyor ya da ulaşmış olabilir; sonucu belli olunca değiştirebilirsiniz.',
  'other-customer':
    'Bu anahtar başka bir müşterinin: listesindeki biletlerin hiçbiri bu hesapta bilinmiyor. Ayrı bir hesap olarak ekleyin ya da bu hesabın yerine koyun.',
  'text-too-long': 'Metin çok uzun. En çok 100.000 karakter gönderilebilir; kısaltın, yazdıklarınız duruyor.',
  'storage-full': 'Disk dolu. Yer açın; yazdıklarınız ekranda duruyor.',
  'storage-read-only':
    'Klasöre yazılamıyor. Klasörün izinlerini kontrol edin; yazdıklarınız ekranda duruyor.',
  'storage-failed': 'Diske yazılamadı. Yeniden deneyin; yazdıklarınız ekranda duruyor.',
  'folder-in-use': 'Uygulama başka bir pencerede açık. Diğerini kapatın, sonra yeniden deneyin.',
  'no-keychain': 'Sunucu şifresi yalnızca bellekteydi ve artık yok. Bileti düzenleyip şifreyi yeniden girin.',
  'file-no-room': 'Disk dolu; dosya yazılmadı. Yer açın ya da başka bir yer seçin.',
  'file-not-allowed': 'Bu klasöre yazma izni yok; dosya yazılmadı. Başka bir klasör seçin.',
  'file-not-read': 'Dosya okunamadı. Yeniden deneyin ya da başka bir dosya seçin.',
  'import-damaged':
    'Bu dosya içe aktarılamıyor: ayar ve veri dosyası değil ya da bozulmuş. Hiçbir şey değiştirilmedi.',
  'import-too-large':
    'Buradakilerle birlikte izin verilenden çok hazır yanıt, etiket ya da arama olurdu. Hiçbir şey değiştirilmedi; bazılarını silip yeniden deneyin.',
  'import-newer': 'Bu dosya daha yeni bir sürümle dışa aktarılmış. Uygulamayı güncelleyip yeniden deneyin.',
  'file-not-written': 'Dosya yazılamadı. Yeniden deneyin ya da başka bir yer seçin.',
  'shortcut-taken': 'Bu tuşlar başka bir program tarafından kullanılıyor. Başka tuşlar deneyin.',
  'shortcut-invalid': 'Sistem bu tuşları kısayol olarak kabul etmiyor. Başka tuşlar deneyin.',
  internal:
    'Beklenmeyen bir hata oluştu. Yeniden deneyin; devam ederse Ayarlar → Tanılama → Sorun bildir’i seçin.'
}

const en: Problems = {
  unauthorized:
    'The server did not accept this token. If this keeps happening, get a new one from the panel and sign in again.',
  forbidden:
    'This token has no permission to read tickets. Check its permissions in the panel, or get a new one.',
  'keychain-locked': 'The keychain is locked. Unlock it, then try again.',
  'no-credentials': 'The token isn’t available in this session. Sign in again and paste it.',
  offline:
    'You are offline. Check your network connection; it resumes automatically when you are back online.',
  unreachable: 'The server cannot be reached. Check the address and your connection. Retrying soon.',
  timeout: 'The server did not respond in time. Retrying soon.',
  'connection-lost': 'The connection was lost. Retrying soon.',
  'no-address':
    'The address of this account is unknown, because the list of accounts was lost. Sign in to this account again and enter its address; what you wrote and your read marks are still here.',
  tls: 'The server’s certificate cannot be trusted. Check the address and your computer’s clock.',
  ...issuerWords('en', 'linux'),
  proxy: 'The proxy blocked the request. Check the system’s network settings.',
  'host-refused':
    'You did not allow a connection to this server; nothing was sent. If you try again, you will be asked again.',
  'proxy-sign-in':
    'The proxy asks for a user name and a password. Enter them with “Sign in to the proxy” at the top of the window.',
  'wrong-address':
    'There is no ticket API at this address. Check the address; it is usually https://api.ni.net.tr.',
  'rate-limited':
    'The server received too many requests and asked us to wait. It resumes automatically when the time is up.',
  'server-error': 'The server reported an error. Retrying soon.',
  refused: 'The server refused the request. Retrying soon.',
  blocked: 'A firewall or a verification page in front of the API blocked the request. Retrying soon.',
  'web-page':
    'A web page arrived instead of the ticket list: perhaps maintenance or a sign-in page. Retrying soon.',
  'empty-answer': 'The server sent an empty response. Retrying soon.',
  'not-json': 'The server’s response could not be read: it is not JSON. Retrying soon.',
  truncated: 'The response was cut off. Retrying soon.',
  'unexpected-shape':
    'The server’s response is not what the API documents. Check the address and the API version.',
  'suspiciously-empty': 'The server sent an empty list. Asking once more to make sure.',
  'too-large': 'The server’s response is too large to read. The last list is still shown. Retrying soon.',
  stopped: 'Fetching the list was stopped. Retrying soon.',
  'insecure-address': 'This address is not encrypted (http). Use https to keep your token safe.',
  'invalid-address': 'Enter a valid address. Example: https://api.ni.net.tr',
  'invalid-arguments': 'A field is missing or invalid. Check it and try again.',
  'unknown-account': 'This account was removed. You can add it again under Settings → Accounts.',
  'unknown-ticket': 'This ticket is no longer on the server. Open a new one if you need to.',
  'account-exists':
    'This account is already connected. To change its token, sign in again under Settings → Accounts.',
  'in-flight': 'It is being sent, or may have arrived; you can change it once that is known.',
  'other-customer':
    'This token belongs to another customer: none of its tickets are in this account. Add it as a separate account, or replace this one.',
  'text-too-long':
    'The text is too long. At most 100,000 characters can be sent; shorten it; what you wrote is kept.',
  'storage-full': 'The disk is full. Free up some space; what you wrote is still on screen.',
  'storage-read-only':
    'The folder is not writable. Check its permissions; what you wrote is still on screen.',
  'storage-failed': 'Writing to disk failed. Try again; what you wrote is still on screen.',
  'folder-in-use': 'Bilet is open in another window. Close the other one, then try again.',
  'no-keychain':
    'The server password was kept in memory only and is gone. Edit the ticket and enter it again.',
  'file-no-room': 'The disk is full; the file was not saved. Free up some space or choose another location.',
  'file-not-allowed':
    'You have no permission to write to this folder; the file was not saved. Choose another folder.',
  'file-not-read': 'The file could not be read. Try again or choose another file.',
  'import-damaged':
    'This file cannot be imported: it is not a file of settings and data, or it is damaged. Nothing was changed.',
  'import-too-large':
    'Together with those here there would be too many saved replies, tags or searches. Nothing was changed; delete some and try again.',
  'import-newer': 'A newer version exported this file. Update Bilet and try again.',
  'file-not-written': 'The file could not be saved. Try again or choose another location.',
  'shortcut-taken': 'Another program uses these keys. Try others.',
  'shortcut-invalid': 'The system does not accept these keys as a shortcut. Try others.',
  internal:
    'Something unexpected happened. Try again; if it keeps happening, choose Settings → Diagnostics → Report a problem.'
}

export const problems: Readonly<Record<Locale, Problems>> = { tr, en }

/** Some depend on where the system keeps things. */
export const problemsOn = (locale: Locale, system: System): Problems => ({
  ...problems[locale],
  ...issuerWords(locale, system)
})

/** Without the promise of another try: it stands for one whose time is not known. */
export function withoutRetrySentence(text: string, locale: Locale): string {
  return text.endsWith(soon[locale]) ? text.slice(0, -soon[locale].length) : text
}
