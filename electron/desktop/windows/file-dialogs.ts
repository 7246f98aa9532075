/** The system's dialogs that save and open files. */
import {
  app,
  BrowserWindow,
  dialog,
  type FileFilter,
  type OpenDialogOptions,
  type SaveDialogOptions
} from 'electron'
import { extname, join } from 'node:path'
import type { Locale } from '../../tickets/locale.ts'
import { wordsOf } from '../words.ts'

function filtersFor(name: string, locale: Locale): FileFilter[] {
  const words = wordsOf(locale)
  const extension = extname(name).slice(1)
  const kinds: Readonly<Record<string, string>> = { txt: words.files.text, md: 'Markdown', json: 'JSON' }
  const kind = kinds[extension]
  return [
    ...(kind === undefined ? [] : [{ name: kind, extensions: [extension] }]),
    { name: words.files.all, extensions: ['*'] }
  ]
}

const windowOf = (id: number | null): BrowserWindow | null => (id === null ? null : BrowserWindow.fromId(id))

/**
 * Opens the dialog for the window with this id (`BrowserWindow.id`), modal (a sheet on macOS), or without a parent if
 * there is no such window. Null if the person cancels.
 */
export async function askWhereToSave(
  suggestedName: string,
  windowId: number | null,
  locale: Locale
): Promise<string | null> {
  const options: SaveDialogOptions = {
    defaultPath: join(app.getPath('documents'), suggestedName),
    filters: filtersFor(suggestedName, locale)
  }
  const window = windowOf(windowId)
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options))
  return canceled || filePath === '' ? null : filePath
}

/** Opens the dialog for one JSON file, like `askWhereToSave`. Null if the person cancels. */
export async function askWhatToOpen(windowId: number | null, locale: Locale): Promise<string | null> {
  const options: OpenDialogOptions = {
    defaultPath: app.getPath('documents'),
    filters: filtersFor('data.json', locale),
    properties: ['openFile']
  }
  const window = windowOf(windowId)
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options))
  return canceled ? null : (filePaths[0] ?? null)
}
