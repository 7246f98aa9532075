const tr = {
  welcome: 'Destek biletleriniz, yanıt geldiği anda',
  lead: 'Netinternet panelinden aldığınız API anahtarını yapıştırın. Bilet, yanıtları izler ve geldiğinde haber verir.',
  token: 'API anahtarı',
  howToGet: 'Panelde API sayfasını açıp yeni bir anahtar oluşturun.',
  advanced: 'Gelişmiş',
  address: 'API adresi',
  version: 'API sürümü',
  findOut: 'Kendisi bulsun',
  proof: 'Kimlik kanıtı',
  bearer: 'Bearer anahtarı',
  header: 'Başka bir üst bilgi (header)',
  pair: 'access ve secret parametreleri',
  headerName: 'Üst bilgi adı',
  access: 'Access',
  secret: 'Secret',
  name: 'Hesap adı',
  connect: 'Bağlan',
  connecting: 'Bağlanıyor…',
  demo: 'Demoyu dene',
  demoHint: 'Örnek bir hesapla, hiçbir yere bağlanmadan.',
  noKeychain:
    'Bu bilgisayarda anahtarlık bulunamadı. Anahtarınız diske yazılmadan yalnızca bu oturum için bellekte tutulabilir.',
  thisRunOnly: 'Yalnızca bu oturum için tut',
  needThisRunOnly:
    'Sürdürmek için bu seçeneği işaretleyin ya da bir anahtarlık kurun (GNOME Keyring, KWallet).',
  show: 'Göster',
  hide: 'Gizle',
  tokenRequired: 'Anahtarı yapıştırın.'
}

const en: typeof tr = {
  welcome: 'Your support tickets, the moment they are answered',
  lead: 'Paste the API token from the Netinternet panel. Bilet watches for replies and tells you when one is there.',
  token: 'API token',
  howToGet: 'Open the API page of the panel and make a new key.',
  advanced: 'Advanced',
  address: 'API address',
  version: 'API version',
  findOut: 'Find out',
  proof: 'Proof of who asks',
  bearer: 'Bearer token',
  header: 'Another header',
  pair: 'access and secret parameters',
  headerName: 'Header name',
  access: 'Access',
  secret: 'Secret',
  name: 'Account name',
  connect: 'Connect',
  connecting: 'Connecting…',
  demo: 'Try the demo',
  demoHint: 'A sample account; connects to nothing.',
  noKeychain:
    'This computer has no keychain. Your token can be kept in memory for this run only, without being written to disk.',
  thisRunOnly: 'Keep it for this run only',
  needThisRunOnly: 'Tick this to go on, or install a keychain (GNOME Keyring, KWallet).',
  show: 'Show',
  hide: 'Hide',
  tokenRequired: 'Paste the token.'
}

export const onboarding = { tr, en }
