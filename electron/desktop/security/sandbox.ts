import { app } from 'electron'
import type { WordsByLocale } from '../lifecycle/startup-failure.ts'

export const withoutSandboxWords: WordsByLocale = {
  tr: {
    message: 'Bilet uygulaması korumalı alan (sandbox) olmadan çalışmaz.',
    detail:
      'Bu sistem kullanıcı ad alanlarını (user namespaces) kısıtlıyor; AppImage bu yüzden --no-sandbox ile başlatıldı. ' +
      'Uygulamayı deb ya da rpm paketinden kurun: gereken AppArmor izni paketle birlikte gelir.'
  },
  en: {
    message: 'Bilet does not run without its sandbox.',
    detail:
      'This system restricts user namespaces, so the AppImage was started with --no-sandbox. ' +
      'Install Bilet from its deb or rpm package: it brings the AppArmor permission that is needed.'
  }
}

/**
 * Whether the app was started with --no-sandbox, usually by an AppImage's launcher; only allowed from source. Call it
 * before `app.enableSandbox()`, which removes the switch from the command line after it has taken effect.
 */
export const isWithoutSandbox = (): boolean => app.isPackaged && app.commandLine.hasSwitch('no-sandbox')
