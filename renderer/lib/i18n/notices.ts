import type { Notice } from '../../../electron/tickets/views.ts'

const tr: Readonly<Record<Notice['kind'], (detail: string) => string>> = {
  'storage-full': () => 'Disk dolu. Yer açın; o zamana kadar değişiklikler yalnızca ekranda.',
  'storage-read-only': () =>
    'Bilet’in klasörüne yazılamıyor. İzinlerini denetleyin; değişiklikler yalnızca ekranda.',
  'storage-failed': () => 'Diske yazılamadı. Değişiklikler yalnızca ekranda; yeniden denenecek.',
  'file-set-aside': (detail) => `Hasarlı bir dosya (${detail}) kenara alındı ve yeniden başlandı.`,
  'no-keychain': () => 'Bu bilgisayarda anahtarlık yok; anahtar yalnızca bu oturumda tutuluyor.',
  'keychain-changed': (detail) =>
    `${detail}: anahtarlık değişmiş, kayıtlı anahtar okunamıyor. Yeniden oturum açın.`,
  'no-tray': () => 'Bu masaüstünde tepsi yok. Bilet penceresi açık kaldıkça çalışır.',
  'shortcut-taken': (detail) => `${detail} kısayolu başka bir programda. Ayarlardan değiştirin.`,
  'still-in-tray': () =>
    'Pencere kapanınca Bilet tepside çalışmayı sürdürür. Ayarlardan değiştirebilirsiniz.',
  'demo-fallback': () => 'Demo tarayıcıda çalışıyor.'
}

const en: typeof tr = {
  'storage-full': () => 'The disk is full. Make room; until then changes are on screen only.',
  'storage-read-only': () =>
    'Bilet’s folder cannot be written. Check its permissions; changes are on screen only.',
  'storage-failed': () => 'Writing to disk failed. Changes are on screen only; it is tried again.',
  'file-set-aside': (detail) => `A damaged file (${detail}) was set aside and started anew.`,
  'no-keychain': () => 'This computer has no keychain; the token is kept for this run only.',
  'keychain-changed': (detail) =>
    `${detail}: the keychain changed and the stored token cannot be read. Sign in again.`,
  'no-tray': () => 'This desktop has no tray. Bilet runs as long as its window is open.',
  'shortcut-taken': (detail) => `Another program has the shortcut ${detail}. Change it in the settings.`,
  'still-in-tray': () => 'Bilet goes on in the tray when its window closes. The settings change that.',
  'demo-fallback': () => 'The demo runs in the browser.'
}

export const notices = { tr, en }
