/** Questions in system dialogs, which no page can answer. Enter and Escape answer no. */
import { BrowserWindow, dialog, type MessageBoxOptions } from 'electron'
import type { Locale } from '../../tickets/locale.ts'
import { wordsOf } from '../words.ts'
import { defaultHost, type HostPurpose } from './host-gate.ts'
import type { OneQuestion } from './one-question.ts'

export interface Questions {
  /** Whether to open a page over unencrypted http. */
  readonly http: (host: string) => Promise<boolean>
  /** Whether the app may talk to an unknown host. */
  readonly host: (host: string, purpose: HostPurpose) => Promise<boolean>
  /** Whether to download the spelling dictionary; null if another question was open. */
  readonly dictionary: () => Promise<boolean | null>
}

const windowInFront = (): BrowserWindow | undefined =>
  BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows().find((window) => window.isVisible())

/**
 * Answers no if no window is visible: nobody would see it, and on Linux a dialog without a window never resolves
 * (Electron 33).
 */
async function show(message: string, detail: string, cancel: string, accept: string): Promise<boolean> {
  const question: MessageBoxOptions = {
    type: 'question',
    message,
    detail,
    buttons: [cancel, accept],
    defaultId: 0,
    cancelId: 0,
    noLink: true
  }
  const window = windowInFront()
  return window !== undefined && (await dialog.showMessageBox(window, question)).response === 1
}

/** Questions are shown one at a time; see `OneQuestion`. */
export function createQuestions(once: OneQuestion, locale: () => Locale): Questions {
  return {
    http: async (host) => {
      const answer = await once(`http ${host}`, () => {
        const words = wordsOf(locale())
        return show(words.openHttp(host), words.openHttpDetail, words.cancel, words.open)
      })
      return answer === true
    },
    host: async (host, purpose) => {
      const answer = await once(`${purpose} ${host}`, () => {
        const words = wordsOf(locale())
        return purpose === 'account'
          ? show(words.connectHost(host), words.connectHostDetail(defaultHost), words.cancel, words.connect)
          : show(words.fetchFrom(host), words.fetchFromDetail, words.cancel, words.fetchFile)
      })
      return answer === true
    },
    dictionary: () =>
      once('dictionary', () => {
        const words = wordsOf(locale())
        return show(words.fetchDictionary, words.fetchDictionaryDetail, words.no, words.download)
      })
  }
}
