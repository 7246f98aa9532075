import type { Locale } from '../../../electron/tickets/locale.ts'
import type { ProblemKind } from '../../../electron/tickets/problem.ts'
import { numbers as n } from '../numbers.ts'

/** Texts for forms, where nothing is retried automatically. */
type OwnWords = Readonly<Partial<Record<ProblemKind, string>>>

const ownWords: Readonly<Record<Locale, OwnWords>> = {
  tr: {
    unauthorized: 'Sunucu bu anahtarı kabul etmedi. Panelden yeni bir anahtar alıp yapıştırın.',
    offline: 'Çevrimdışısınız. Ağa bağlanıp yeniden deneyin.',
    unreachable: 'Sunucuya ulaşılamıyor. Adresi ve bağlantınızı kontrol edip yeniden deneyin.',
    timeout: 'Sunucu zamanında yanıt vermedi. Biraz sonra yeniden deneyin.',
    'connection-lost': 'Bağlantı yarıda kesildi. Yeniden deneyin.',
    'rate-limited':
      'Sunucu çok sık istek aldığı için beklememizi istedi. Birkaç dakika sonra yeniden deneyin.',
    'server-error': 'Sunucuda bir hata oluştu. Biraz sonra yeniden deneyin.',
    refused: 'Sunucu isteği reddetti. Anahtarı ve “Gelişmiş” bölümünü kontrol edin.',
    'empty-answer': 'Bu adres boş bir yanıt verdi. Adresi kontrol edin.',
    'not-json': 'Bu adresin yanıtı okunamadı: JSON biçiminde değil. Adresi kontrol edin.',
    'web-page':
      'Bu adresten bilet listesi yerine bir web sayfası geldi. Adresi kontrol edin; ağınız bir giriş sayfası istiyor da olabilir.',
    truncated: 'Yanıt yarım geldi. Yeniden deneyin.',
    'too-large': 'Sunucunun yanıtı okunamayacak kadar büyük. Adresi kontrol edin.',
    stopped: 'Bağlanmaktan vazgeçildi, hiçbir şey değişmedi. İstediğinizde yeniden bağlanabilirsiniz.'
  },
  en: {
    unauthorized: 'The server did not accept this token. Get a new one from the panel and paste it here.',
    offline: 'You are offline. Connect to a network and try again.',
    unreachable: 'The server cannot be reached. Check the address and your connection, and try again.',
    timeout: 'The server did not respond in time. Try again in a while.',
    'connection-lost': 'The connection was lost. Try again.',
    'rate-limited': 'The server received too many requests and asked us to wait. Try again in a few minutes.',
    'server-error': 'The server reported an error. Try again in a while.',
    refused: 'The server refused the request. Check the token and the settings under Advanced.',
    'empty-answer': 'This address sent an empty response. Check the address.',
    'not-json': 'The response from this address could not be read: it is not JSON. Check the address.',
    'web-page':
      'This address returned a web page instead of the ticket list. Check the address; your network may also require you to sign in.',
    truncated: 'The response was cut off. Try again.',
    'too-large': 'The server’s response is too large to read. Check the address.',
    stopped: 'Cancelled; nothing was changed. You can connect again at any time.'
  }
}

const tr = {
  connectFailed: ownWords.tr,
  welcome: 'Destek biletlerinize yanıt gelir gelmez haberiniz olsun',
  lead: 'Uygulama Netinternet’teki biletlerinizi izler, yanıt gelince haber verir. Bağlamak için bir API anahtarı gerekir:',
  token: 'API anahtarı',
  howToGet: 'Bağlanmak için üç adım',
  stepPanel: 'Müşteri panelinde oturum açın.',
  openPanel: 'Paneli aç',
  stepKey: 'API sayfasında yeni bir anahtar oluşturun.',
  stepPaste: 'Anahtarı kopyalayıp aşağıya yapıştırın.',
  linkFailed: (url: string) => `Tarayıcı açılamadı. Adresi kendiniz açın: ${url}`,
  noApiPage: 'API sayfasını göremiyorum',
  noApiPageHint:
    'Hesabınızda API erişimi kapalı olabilir. Bu metni panelden yeni bir destek bileti olarak gönderin; erişim açılınca buradan devam edin.',
  supportText: 'Destek ekibine gönderilecek metin',
  supportMessage:
    'Merhaba,\n\nMüşteri panelinde API sayfasını göremiyorum. Destek biletlerimi API üzerinden takip etmek istiyorum. Hesabım için API erişimini açmanızı ve anahtarı panelde nereden oluşturacağımı bildirmenizi rica ederim.\n\nAnahtarın destek biletlerini listeleme, oluşturma, yanıtlama ve kapatma yetkisi olmalı; hizmetlerimi listeleme yetkisi de olursa iyi olur.\n\nTeşekkürler.',
  copySupportText: 'Metni kopyala',
  copied: 'Metin kopyalandı',
  aboutKey: 'Anahtarın yetkileri ve iptali',
  keyRights:
    'Destek biletlerini listeleme, oluşturma, yanıtlama ve kapatma yetkisi yeterlidir. Hizmetleri listeleme yetkisi de olursa yeni bilette hizmetinizi adıyla seçersiniz. Fatura, alan adı ya da sunucu yönetimi yetkisi gerekmez.',
  keyRevoke:
    'Anahtarı istediğiniz an panelde, oluşturduğunuz sayfadan silerek iptal edebilirsiniz: uygulama o andan sonra hiçbir şey alamaz ve gönderemez. Bilgisayarınızı kaybederseniz ilk işiniz bu olsun.',
  documentation: 'API belgeleri',
  clipboardHasToken: 'Panoda bir anahtar var gibi görünüyor.',
  paste: 'Yapıştır',
  pasteFromClipboard: 'Panodan yapıştır',
  pasted: 'Anahtar yapıştırıldı.',
  nothingToPaste: 'Panoda anahtara benzeyen bir metin yok. Anahtarı yeniden kopyalayın.',
  advanced: 'Gelişmiş',
  address: 'API adresi',
  version: 'API sürümü',
  findOut: 'Otomatik',
  proof: 'Kimlik doğrulama',
  bearer: 'Bearer anahtarı (varsayılan)',
  header: 'Özel HTTP başlığı (header)',
  pair: 'access ve secret parametreleri',
  headerName: 'Başlık adı',
  access: 'Access',
  secret: 'Secret',
  name: 'Hesap adı',
  nameHint: 'Yalnızca bu uygulamada görünür; isteğe bağlı.',
  connect: 'Bağlan',
  connecting: 'Bağlanıyor…',
  connectingHint: 'Anahtar kontrol ediliyor…',
  cancel: 'Vazgeç',
  otherCustomer: 'Bu anahtar başka bir müşteriye ait.',
  otherCustomerHint: (account: string) =>
    `Listesindeki biletlerin hiçbiri “${account}” hesabında yok. Hiçbir şey değiştirilmedi. Yerine koyarsanız bu hesabın biletleri bu bilgisayardan silinir; sunucuda kalır.`,
  otherCustomerWaiting: (count: number) =>
    `Bu hesap için yazılmış ${n.tr(count)} ileti bekliyor; diğer müşteriye gönderilmez.`,
  addSeparately: 'Ayrı hesap olarak ekle',
  replaceAccount: 'Bu hesabın yerine koy',
  demo: 'Demoyu dene',
  demoHint: 'Örnek bir hesap; hiçbir yere bağlanmaz.',
  noKeychain:
    'Bu bilgisayarda anahtarlık bulunamadı. Anahtarınız diske yazılmadan, yalnızca bu oturum için bellekte tutulabilir; uygulamayı yeniden açınca tekrar sorulur.',
  thisRunOnly: 'Yalnızca bu oturum için tut',
  needThisRunOnly:
    'Devam etmek için bu seçeneği işaretleyin ya da bir anahtarlık kurun (GNOME Keyring, KWallet).',
  show: 'Göster',
  hide: 'Gizle',
  serverSays: (text: string) => `Sunucunun yanıtı: “${text}”`,
  malformedToken:
    'Anahtar boşluk ya da Türkçe karakter içermez; bir parçası eksik ya da fazla olabilir. Panelden yeniden kopyalayın.',
  missing: {
    token: 'Anahtarı yapıştırın.',
    access: 'Access değerini yapıştırın.',
    secret: 'Secret değerini yapıştırın.',
    header: 'Başlığın adını boşluksuz yazın. Örnek: X-Api-Key',
    address: 'Geçerli bir adres yazın. Örnek: https://api.ni.net.tr'
  }
}

const en: typeof tr = {
  connectFailed: ownWords.en,
  welcome: 'Know the moment your support tickets are answered',
  lead: 'Bilet watches your tickets at Netinternet and tells you when there is a reply. To connect it you need an API token:',
  token: 'API token',
  howToGet: 'Three steps to connect',
  stepPanel: 'Sign in to the customer panel.',
  openPanel: 'Open the panel',
  stepKey: 'Create a new token on the API page.',
  stepPaste: 'Copy the token and paste it below.',
  linkFailed: (url) => `The browser could not be opened. Open this address yourself: ${url}`,
  noApiPage: 'I cannot see the API page',
  noApiPageHint:
    'API access may be switched off for your account. Send this text from the panel as a new support ticket; once access is on, go on here.',
  supportText: 'Text for the support team',
  supportMessage:
    'Hello,\n\nI cannot see the API page in the customer panel. I would like to follow my support tickets through the API. Please enable API access for my account and tell me where in the panel I can create a token.\n\nThe token needs permission to list, create, answer and close support tickets; permission to list my services would be useful, too.\n\nThank you.',
  copySupportText: 'Copy the text',
  copied: 'The text was copied',
  aboutKey: 'What the token may do, and revoking it',
  keyRights:
    'Permission to list, create, answer and close support tickets is enough. If it may list your services as well, you choose a service by its name in a new ticket. It needs no permission for invoices, domains or servers.',
  keyRevoke:
    'You can revoke the token at any time by deleting it on the page of the panel where you created it: from then on the app can neither fetch nor send anything. If you lose your computer, do this first.',
  documentation: 'API documentation',
  clipboardHasToken: 'There seems to be a token on the clipboard.',
  paste: 'Paste',
  pasteFromClipboard: 'Paste from clipboard',
  pasted: 'The token was pasted.',
  nothingToPaste: 'Nothing on the clipboard looks like a token. Copy the token again.',
  advanced: 'Advanced',
  address: 'API address',
  version: 'API version',
  findOut: 'Detect automatically',
  proof: 'Authentication',
  bearer: 'Bearer token (default)',
  header: 'Custom HTTP header',
  pair: 'access and secret parameters',
  headerName: 'Header name',
  access: 'Access',
  secret: 'Secret',
  name: 'Account name',
  nameHint: 'Only shown in Bilet; optional.',
  connect: 'Connect',
  connecting: 'Connecting…',
  connectingHint: 'Checking the token…',
  cancel: 'Cancel',
  otherCustomer: 'This token belongs to another customer.',
  otherCustomerHint: (account) =>
    `None of its tickets are in “${account}”. Nothing was changed. If you replace the account, its tickets are removed from this computer; they stay on the server.`,
  otherCustomerWaiting: (count) =>
    `${n.en(count)} ${count === 1 ? 'message' : 'messages'} written for this account ${count === 1 ? 'is' : 'are'} waiting; nothing will be sent to the other customer.`,
  addSeparately: 'Add as a separate account',
  replaceAccount: 'Replace this account',
  demo: 'Try the demo',
  demoHint: 'A sample account; it connects to nothing.',
  noKeychain:
    'This computer has no keychain. Your token can be kept in memory for this session only, without being written to disk; Bilet will ask for it again after a restart.',
  thisRunOnly: 'Keep it for this session only',
  needThisRunOnly: 'Tick this to continue, or install a keychain (GNOME Keyring, KWallet).',
  show: 'Show',
  hide: 'Hide',
  serverSays: (text) => `The server says: “${text}”`,
  malformedToken:
    'A token contains no spaces or accented letters; part of it may be missing, or there may be something extra. Copy it from the panel again.',
  missing: {
    token: 'Paste the token.',
    access: 'Paste the access value.',
    secret: 'Paste the secret.',
    header: 'Enter the header name without spaces. Example: X-Api-Key',
    address: 'Enter a valid address. Example: https://api.ni.net.tr'
  }
}

export const onboarding: Readonly<Record<Locale, typeof tr>> = { tr, en }
