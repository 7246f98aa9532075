import { BrowserWindow, dialog, type MessageBoxOptions } from 'electron'
import type { Locale } from '../../tickets/locale.ts'
import { wordsOf } from '../words.ts'

/** Whether the person wants a host opened to which everything goes in the clear. Cancel is what Enter does. */
export async function askForHttp(host: string, locale: Locale): Promise<boolean> {
  const words = wordsOf(locale)
  const question: MessageBoxOptions = {
    type: 'question',
    message: words.openHttp(host),
    detail: words.openHttpDetail,
    buttons: [words.cancel, words.open],
    defaultId: 0,
    cancelId: 0
  }
  const window = BrowserWindow.getFocusedWindow()
  const { response } = window
    ? await dialog.showMessageBox(window, question)
    : await dialog.showMessageBox(question)
  return response === 1
}
