import type { Locale } from '../../../electron/tickets/locale.ts'
import type { ProblemKind } from '../../../electron/tickets/problem.ts'
import { numbers as n } from './numbers.ts'

/** Where nothing tries again by itself, other words than elsewhere. */
type OwnWords = Readonly<Partial<Record<ProblemKind, string>>>

const ownWords: Readonly<Record<Locale, OwnWords>> = {
  tr: {
    unauthorized: 'Sunucu bu anahtarı kabul etmedi. Panelden yeni bir anahtar alıp yapıştırın.',
    offline: 'Çevrimdışısınız. Ağa bağlanıp yeniden deneyin.',
    unreachable: 'Sunucuya ulaşılamıyor. Adresi ve bağlantınızı denetleyip yeniden deneyin.',
    timeout: 'Sunucu zamanında yanıt vermedi. Biraz sonra yeniden deneyin.',
    'connection-lost': 'Bağlantı yarıda kesildi. Yeniden deneyin.',
    'rate-limited': 'Sunucu beklememizi istedi. Birkaç dakika sonra yeniden deneyin.',
    'server-error': 'Sunucuda bir hata oluştu. Biraz sonra yeniden deneyin.',
    refused: 'Sunucu isteği geri çevirdi. Anahtarı ve “Gelişmiş” bölümünü denetleyin.',
    'empty-answer': 'Bu adres boş bir yanıt verdi. Adresi denetleyin.',
    'not-json': 'Bu adresin yanıtı okunamadı: JSON biçiminde değil. Adresi denetleyin.',
    'web-page':
      'Bu adresten bilet listesi yerine bir web sayfası geldi. Adresi denetleyin; ağınız bir giriş sayfası istiyor da olabilir.',
    truncated: 'Yanıt yarım geldi. Yeniden deneyin.',
    'too-large': 'Sunucunun yanıtı okunamayacak kadar büyük. Adresi denetleyin.',
    stopped: 'Vazgeçildi, hiçbir şey değişmedi. İstediğinizde yeniden bağlanabilirsiniz.'
  },
  en: {
    unauthorized: 'The server did not accept this token. Get a new one from the panel and paste it here.',
    offline: 'You are offline. Connect to a network and try again.',
    unreachable: 'The server cannot be reached. Check the address and your connection, and try again.',
    timeout: 'The server did not answer in time. Try again in a while.',
    'connection-lost': 'The connection broke off. Try again.',
    'rate-limited': 'The server asks us to wait. Try again in a few minutes.',
    'server-error': 'The server had an error. Try again in a while.',
    refused: 'The server refused this. Check the token, and what stands under Advanced.',
    'empty-answer': 'This address sent an empty answer. Check it.',
    'not-json': 'The answer of this address could not be read: it is not JSON. Check the address.',
    'web-page':
      'This address answers with a web page, not the ticket list. Check it; your network may also want you to sign in.',
    truncated: 'The answer broke off half-way. Try again.',
    'too-large': 'The server’s answer is too large to read. Check the address.',
    stopped: 'Cancelled; nothing was changed. You can connect again whenever you like.'
  }
}

const tr = {
  connectFailed: ownWords.tr,
  welcome: 'Destek biletleriniz, yanıt geldiği anda',
  lead: 'Netinternet panelinden aldığınız API anahtarını yapıştırın. Bilet yanıtları izler ve geldiğinde haber verir.',
  token: 'API anahtarı',
  howToGet: 'Panelde API sayfasını açıp yeni bir anahtar oluşturun.',
  documentation: 'API belgeleri',
  advanced: 'Gelişmiş',
  address: 'API adresi',
  version: 'API sürümü',
  findOut: 'Kendisi bulsun',
  proof: 'Kimlik doğrulama',
  bearer: 'Bearer anahtarı (olağan yol)',
  header: 'Başka bir üst bilgi (header)',
  pair: 'access ve secret parametreleri',
  headerName: 'Üst bilgi adı',
  access: 'Access',
  secret: 'Secret',
  name: 'Hesap adı',
  nameHint: 'Bilet içinde görünen ad; boş kalabilir.',
  connect: 'Bağlan',
  connecting: 'Bağlanıyor…',
  connectingHint: 'Anahtar bilet listesiyle sınanıyor.',
  cancel: 'Vazgeç',
  otherCustomer: 'Bu anahtar başka bir müşteriye ait.',
  otherCustomerHint: (account: string) =>
    `Listesindeki biletlerin hiçbiri “${account}” hesabında yok. Hiçbir şey değiştirilmedi. Yerine koyarsanız bu hesabın biletleri bu bilgisayardan silinir; sunucuda kalır.`,
  otherCustomerWaiting: (count: number) =>
    `Bu hesap için yazılmış ${n.tr(count)} ileti bekliyor; öteki müşteriye gönderilmez.`,
  addSeparately: 'Ayrı hesap olarak ekle',
  replaceAccount: 'Bu hesabın yerine koy',
  demo: 'Demoyu dene',
  demoHint: 'Örnek bir hesapla, hiçbir yere bağlanmadan.',
  noKeychain:
    'Bu bilgisayarda anahtarlık bulunamadı. Anahtarınız diske yazılmadan, yalnızca bu oturum için bellekte tutulabilir; Bilet’i yeniden başlatınca tekrar sorulur.',
  thisRunOnly: 'Yalnızca bu oturum için tut',
  needThisRunOnly:
    'Sürdürmek için bu seçeneği işaretleyin ya da bir anahtarlık kurun (GNOME Keyring, KWallet).',
  show: 'Göster',
  hide: 'Gizle',
  serverSays: (text: string) => `Sunucunun yanıtı: “${text}”`,
  malformedToken:
    'Anahtar boşluk ya da Türkçe harf içermez; bir parçası eksik ya da fazla olabilir. Panelden yeniden kopyalayın.',
  missing: {
    token: 'Anahtarı yapıştırın.',
    access: 'Access değerini yapıştırın.',
    secret: 'Secret değerini yapıştırın.',
    header: 'Üst bilginin adını yazın: boşluksuz, örneğin X-Api-Key.',
    address: 'Bir adres yazın. Genellikle https://api.ni.net.tr adresidir.'
  }
}

const en: typeof tr = {
  connectFailed: ownWords.en,
  welcome: 'Your support tickets, the moment they are answered',
  lead: 'Paste the API token from the Netinternet panel. Bilet watches for replies and tells you when one is there.',
  token: 'API token',
  howToGet: 'Open the API page of the panel and make a new key.',
  documentation: 'API documentation',
  advanced: 'Advanced',
  address: 'API address',
  version: 'API version',
  findOut: 'Find out',
  proof: 'Proof of who asks',
  bearer: 'Bearer token (usual)',
  header: 'Another header',
  pair: 'access and secret parameters',
  headerName: 'Header name',
  access: 'Access',
  secret: 'Secret',
  name: 'Account name',
  nameHint: 'How Bilet calls it; may stay empty.',
  connect: 'Connect',
  connecting: 'Connecting…',
  connectingHint: 'The token is tried by asking for the ticket list.',
  cancel: 'Cancel',
  otherCustomer: 'This token belongs to another customer.',
  otherCustomerHint: (account) =>
    `None of its tickets is known to “${account}”. Nothing was changed. If you replace the account, its tickets are removed from this computer; they stay at the server.`,
  otherCustomerWaiting: (count) =>
    `${n.en(count)} ${count === 1 ? 'message' : 'messages'} written for this account ${count === 1 ? 'waits' : 'wait'}; nothing of it is sent to the other customer.`,
  addSeparately: 'Add as another account',
  replaceAccount: 'Replace this account',
  demo: 'Try the demo',
  demoHint: 'A sample account; connects to nothing.',
  noKeychain:
    'This computer has no keychain. Your token can be kept in memory for this run only, without being written to disk; after a restart Bilet asks for it again.',
  thisRunOnly: 'Keep it for this run only',
  needThisRunOnly: 'Tick this to go on, or install a keychain (GNOME Keyring, KWallet).',
  show: 'Show',
  hide: 'Hide',
  serverSays: (text) => `The server says: “${text}”`,
  malformedToken:
    'A token has no spaces and plain letters only; some of it may be missing or too much. Copy it from the panel again.',
  missing: {
    token: 'Paste the token.',
    access: 'Paste the access value.',
    secret: 'Paste the secret.',
    header: 'Write the header’s name, without spaces, for example X-Api-Key.',
    address: 'Write an address. Usually it is https://api.ni.net.tr.'
  }
}

export const onboarding: Readonly<Record<Locale, typeof tr>> = { tr, en }
