/** Shows why the app cannot start, and exits. */
import { app, dialog } from 'electron'
import { accessSync, constants, mkdirSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { localeOf, type Locale } from '../../tickets/locale.ts'

interface Words {
  readonly message: string
  readonly detail: string
}
export type WordsByLocale = Readonly<Record<Locale, Words>>

const unwritable: (folder: string) => WordsByLocale = (folder) => ({
  tr: {
    message: 'Bilet uygulaması klasörüne yazamıyor.',
    detail: `${folder}\n\nKlasörün izinlerini ve diskteki boş yeri kontrol edin, sonra yeniden açın.`
  },
  en: {
    message: 'Bilet cannot write to its folder.',
    detail: `${folder}\n\nCheck the folder’s permissions and the free space on the disk, then start Bilet again.`
  }
})

const inUse: (folder: string) => WordsByLocale = (folder) => ({
  tr: {
    message: 'Uygulamanın klasörü kullanımda görünüyor.',
    detail: `${folder}\n\nUygulama zaten açık görünüyor ama yanıt vermiyor. Açıksa kapatın ya da bilgisayarı yeniden başlatın, sonra yeniden açın.`
  },
  en: {
    message: 'Bilet’s folder seems to be in use.',
    detail: `${folder}\n\nBilet seems to be open already but does not respond. If it is, quit it or restart the computer, then start Bilet again.`
  }
})

/** Prints the error and shows it in a dialog; exits with code 1 when the dialog is closed. */
export async function showErrorAndExit(words: WordsByLocale): Promise<void> {
  await app.whenReady()
  const { message, detail } = words[localeOf(app.getLocale())]
  console.error(`${message} ${detail}`)
  // Other dialogs never resolve on Linux without a window (Electron 33).
  dialog.showErrorBox(message, detail)
  app.exit(1)
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Whether an instance on this computer holds the folder. Chromium's lock contains host name and process id. */
function isLockHeldHere(folder: string): boolean {
  // On Windows the lock is not a file; an instance that does not get it has notified its holder.
  if (process.platform === 'win32') return true
  try {
    const holder = readlinkSync(join(folder, 'SingletonLock'))
    const [, host, pid] = /^(.*)-(\d+)$/.exec(holder) ?? []
    if (host !== hostname()) return false
    process.kill(Number(pid), 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Why this instance did not get the lock, if no running instance took over its command line; null if one did. */
export function explainLostLock(folder: string): WordsByLocale | null {
  if (!isWritable(folder)) return unwritable(folder)
  return isLockHeldHere(folder) ? null : inUse(folder)
}
