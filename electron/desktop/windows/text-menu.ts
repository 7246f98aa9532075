import {
  clipboard,
  Menu,
  type BrowserWindow,
  type ContextMenuParams,
  type MenuItemConstructorOptions
} from 'electron'
import type { Locale } from '../../tickets/locale.ts'
import { wordsOf } from '../words.ts'

/** What was pressed on, as far as its menu needs it. */
export type ContextParams = Pick<
  ContextMenuParams,
  'isEditable' | 'selectionText' | 'linkURL' | 'editFlags' | 'misspelledWord' | 'dictionarySuggestions'
>

interface Spelling {
  replace(suggestion: string): void
  learn(word: string): void
}

/** What a page can do with selected words; null for what it cannot now. */
export interface PageTextActions {
  quote(): (() => void) | null
  search(): ((words: string) => void) | null
}

const suggestionsShown = 5
/** Longer selections are no words to search for. */
const longestQuery = 100

const noPageActions: PageTextActions = { quote: () => null, search: () => null }

function linkMenu(linkURL: string, locale: Locale): MenuItemConstructorOptions[] {
  const words = wordsOf(locale)
  const [, mail] = /^mailto:([^?]+)/i.exec(linkURL) ?? []
  const copy = (text: string): void => {
    // No promise before Electron 45.
    void clipboard.writeText(text)
  }
  if (mail !== undefined)
    return [{ label: words.menu.copyAddress, click: () => copy(decodeURIComponent(mail)) }]
  return /^https?:/i.test(linkURL) ? [{ label: words.menu.copyLink, click: () => copy(linkURL) }] : []
}

function selectionMenu(
  selectionText: string,
  copy: MenuItemConstructorOptions,
  locale: Locale,
  page: PageTextActions
): MenuItemConstructorOptions[] {
  const selected = selectionText.replace(/\s+/g, ' ').trim()
  if (selected === '') return []
  const words = wordsOf(locale)
  const quote = page.quote()
  const search = selected.length > longestQuery ? null : page.search()
  return [
    copy,
    ...(quote ? [{ label: words.menu.quote, click: quote }] : []),
    ...(search ? [{ label: words.menu.searchFor, click: () => search(selected) }] : [])
  ]
}

/** The menu of a text: for a field everything; for selected words and for a link what can be done with them; else none. */
export function textMenu(
  { isEditable, selectionText, linkURL, editFlags, misspelledWord, dictionarySuggestions }: ContextParams,
  locale: Locale,
  spelling: Spelling,
  page: PageTextActions = noPageActions
): MenuItemConstructorOptions[] {
  const words = wordsOf(locale)
  const copy: MenuItemConstructorOptions = {
    role: 'copy',
    label: words.menu.copy,
    enabled: editFlags.canCopy
  }
  if (!isEditable) return [...selectionMenu(selectionText, copy, locale, page), ...linkMenu(linkURL, locale)]
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
export function offerTextMenu(window: BrowserWindow, locale: () => Locale, page: PageTextActions): void {
  const { webContents } = window
  webContents.on('context-menu', (_event, pressed) => {
    const spelling = {
      replace: (suggestion: string) => webContents.replaceMisspelling(suggestion),
      learn: (word: string) => webContents.session.addWordToSpellCheckerDictionary(word)
    }
    const template = textMenu(pressed, locale(), spelling, page)
    if (template.length > 0) Menu.buildFromTemplate(template).popup({ window })
  })
}
