import { Menu, type BrowserWindow, type ContextMenuParams, type MenuItemConstructorOptions } from 'electron'
import type { Locale } from '../../tickets/locale.ts'
import { wordsOf } from '../words.ts'

/** What was pressed on, as far as its menu needs it. */
export type ContextParams = Pick<
  ContextMenuParams,
  'isEditable' | 'selectionText' | 'editFlags' | 'misspelledWord' | 'dictionarySuggestions'
>

interface Spelling {
  replace(suggestion: string): void
  learn(word: string): void
}

const suggestionsShown = 5

/** The menu of a text: for a field everything, for selected words Copy, for anything else none. */
export function textMenu(
  { isEditable, selectionText, editFlags, misspelledWord, dictionarySuggestions }: ContextParams,
  locale: Locale,
  spelling: Spelling
): MenuItemConstructorOptions[] {
  const words = wordsOf(locale)
  const copy: MenuItemConstructorOptions = {
    role: 'copy',
    label: words.menu.copy,
    enabled: editFlags.canCopy
  }
  if (!isEditable) return selectionText.trim() === '' ? [] : [copy]
  const corrections: MenuItemConstructorOptions[] =
    misspelledWord === ''
      ? []
      : [
          ...dictionarySuggestions.slice(0, suggestionsShown).map((suggestion) => ({
            label: suggestion,
            click: () => spelling.replace(suggestion)
          })),
          { label: words.menu.learn, click: () => spelling.learn(misspelledWord) },
          { type: 'separator' }
        ]
  return [
    ...corrections,
    { role: 'undo', label: words.menu.undo, enabled: editFlags.canUndo },
    { role: 'redo', label: words.menu.redo, enabled: editFlags.canRedo },
    { type: 'separator' },
    { role: 'cut', label: words.menu.cut, enabled: editFlags.canCut },
    copy,
    { role: 'paste', label: words.menu.paste, enabled: editFlags.canPaste },
    { type: 'separator' },
    { role: 'selectAll', label: words.menu.selectAll, enabled: editFlags.canSelectAll }
  ]
}

/** Electron shows no menu on a right click by itself. */
export function offerTextMenu(window: BrowserWindow, locale: () => Locale): void {
  const { webContents } = window
  webContents.on('context-menu', (_event, pressed) => {
    const template = textMenu(pressed, locale(), {
      replace: (suggestion) => webContents.replaceMisspelling(suggestion),
      learn: (word) => webContents.session.addWordToSpellCheckerDictionary(word)
    })
    if (template.length > 0) Menu.buildFromTemplate(template).popup({ window })
  })
}
