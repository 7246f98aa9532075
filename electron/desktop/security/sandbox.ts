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
 * Somebody, mostly an AppImage's starter, took the sandbox away. Only developers may run like that. To be asked before
 * `app.enableSandbox()`, which takes the switch off the command line after it has done its harm.
 */
export const isWithoutSandbox = (): boolean => app.isPackaged && app.commandLine.hasSwitch('no-sandbox')
